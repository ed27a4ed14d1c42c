"""Handing over in the database: an owner changes by it and by nothing else."""

from django.db.migrations import RunSQL

from platform_api.core.rls import POLICY_ROLE
from platform_api.search.sql import BY_SERVICES, definer

OWNER_STAYS = RunSQL(
    [
        f"""
        CREATE FUNCTION forums_owner_stays() RETURNS trigger
        LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            IF current_user <> '{POLICY_ROLE}' THEN
                RAISE EXCEPTION 'an owner changes only by a transfer that was accepted'
                    USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN new;
        END $$
        """
    ],
    ["DROP FUNCTION forums_owner_stays()"],
)


def handed_over(
    type_name: str, table: str, *, with_it: str = "", also: str = "", unless: str = ""
) -> list[RunSQL]:
    """The owner of a table's rows stays, but for ``<table>_hand_over(transfer)``.

    It gives the offered object to the receiver, whose head the actor has to be, and answers
    ``done``, or why not: ``gone`` where the offer or the giver's ownership is not there any more.
    The object is its new owner's alone then; services settle its readers.

    with_it: further columns that are set, ``name = value, …``. also: further statements. unless:
    conditions by code, ``IF … THEN RETURN 'code'; END IF;``. In them ``t`` is the transfer, ``d``
    the receiving delegation.
    """
    body = f"""
        DECLARE
            t forums_transfer;
            d forums_delegation;
        BEGIN
            SELECT * INTO t FROM forums_transfer f
            WHERE f.id = transfer AND f.state = 'offered' AND f.object_type = '{type_name}'
            FOR UPDATE;
            IF NOT FOUND THEN
                RETURN 'gone';
            END IF;
            IF NOT EXISTS (
                SELECT FROM identity_rolegroup g WHERE g.holder_id = t.receiver_id
                    AND g.role = 'head' AND g.group_id = any(rcp_groups())
            ) THEN
                RAISE EXCEPTION 'only a head of the receiving seat takes an object'
                    USING ERRCODE = 'insufficient_privilege';
            END IF;
            SELECT * INTO STRICT d FROM forums_delegation s WHERE s.id = t.receiver_id;
            PERFORM FROM {table} o WHERE o.id = t.object_id FOR UPDATE;
            {unless}
            UPDATE {table} SET owner_delegation_id = d.id, effective_scope_id = d.home_scope_id
                {with_it}
            WHERE id = t.object_id AND owner_delegation_id = t.giver_id;
            IF NOT FOUND THEN
                RETURN 'gone';
            END IF;
            {also}
            RETURN 'done';
        END
    """
    return [
        RunSQL(
            [
                (
                    f"CREATE TRIGGER {table}_owner_stays BEFORE UPDATE ON {table} FOR EACH ROW "
                    "WHEN (old.owner_delegation_id IS DISTINCT FROM new.owner_delegation_id) "
                    "EXECUTE FUNCTION forums_owner_stays()"
                ),
            ],
            [f"DROP TRIGGER {table}_owner_stays ON {table}"],
        ),
        definer(
            f"{table}_hand_over(transfer uuid)",
            "RETURNS text LANGUAGE plpgsql",
            body,
            called_by=BY_SERVICES,
        ),
    ]
