"""What the database does for those who manage access, as operations of migrations.

Who manages access need not read the object, and ends what is hidden from it: these functions
check the caller themselves, and tell no more of an object than its key and its owner.
"""

from django.db.migrations import RunSQL

from platform_api.core.rls import RUNTIME_ROLE, policy_function

_DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

MANAGED = policy_function(
    "rcp_managed()",
    f"""
    CREATE FUNCTION rcp_managed() RETURNS uuid[] LANGUAGE sql STABLE {_DEFINER} AS $$
        SELECT coalesce(array_agg(DISTINCT holder_id), '{{}}') FROM identity_rolegroup
        WHERE role IN ('head', 'access_manager') AND group_id = any(rcp_groups())
    $$
    """,
)
"""The seats, countries and organisations whose access the caller manages."""

OVERSEEN_FORUMS = policy_function(
    "rcp_overseen_forums()",
    f"""
    CREATE FUNCTION rcp_overseen_forums() RETURNS uuid[] LANGUAGE sql STABLE {_DEFINER} AS $$
        SELECT coalesce(array_agg(forum_id), '{{}}') FROM forums_office
        WHERE kind = 'secretariat' AND delegation_id = any(rcp_managed())
          AND since <= (statement_timestamp() AT TIME ZONE 'UTC')::date
          AND (until IS NULL OR until > (statement_timestamp() AT TIME ZONE 'UTC')::date)
    $$
    """,
)
"""The forums whose secretariat's access the caller manages."""


def managed_grants(
    table: str,
    object_table: str,
    *,
    owner: str = "o.owner_delegation_id",
    forum: str = "o.forum_id",
) -> list[RunSQL]:
    """Let those who manage access to the objects of a grant table know, lock and end its grants.

    owner, forum: SQL expressions over the object's row ``o``: whose seat manages access to it;
    and the forum whose secretariat does where the owner is null.

    ``<table>_managed(object)``: the caller manages access to it, or oversees it for its forum.
    ``<table>_overseen(…)``: keys and owners of the national objects of a forum on which others
    than the owner hold a grant, to its secretariat. ``<table>_end(object, groups)``: ends what
    groups hold. ``<table>_lock(objects)``: keeps others from changing access at the same time.
    """
    model = object_table.partition("_")[2]
    place = f"CASE WHEN {owner} IS NULL THEN {forum} ELSE s.forum_id END"
    managed = policy_function(
        f"{table}_managed(uuid)",
        f"""
        CREATE FUNCTION {table}_managed(object uuid) RETURNS boolean
        LANGUAGE sql STABLE {_DEFINER} AS $$
            SELECT EXISTS (
                SELECT FROM {object_table} o LEFT JOIN forums_delegation s ON s.id = {owner}
                WHERE o.id = object AND (
                    {owner} = any(rcp_managed()) OR {place} = any(rcp_overseen_forums())))
        $$
        """,
    )
    policy = RunSQL(
        [
            (
                f"CREATE POLICY {table}_managed ON {table} FOR SELECT TO {RUNTIME_ROLE} USING ("
                "(select cardinality(rcp_managed())) > 0 AND "
                f"{table}_managed(content_object_id))"
            )
        ],
        [f"DROP POLICY {table}_managed ON {table}"],
    )
    overseen = policy_function(
        f"{table}_overseen(uuid, uuid, uuid, uuid, int, int[], int, timestamptz)",
        f"""
        CREATE FUNCTION {table}_overseen(
            wanted uuid, owned_by uuid, below uuid, above uuid, most int,
            groups int[], permission int, ending timestamptz
        ) RETURNS TABLE (object uuid, owner uuid)
        LANGUAGE plpgsql STABLE {_DEFINER} AS $$
        BEGIN
            IF NOT wanted = any(rcp_overseen_forums()) THEN
                RETURN;
            END IF;
            RETURN QUERY
            SELECT o.id, {owner} FROM {object_table} o JOIN forums_delegation s ON s.id = {owner}
            WHERE s.forum_id = wanted AND NOT s.id = any(rcp_managed())
              AND (owned_by IS NULL OR s.id = owned_by)
              AND (below IS NULL OR o.id < below) AND (above IS NULL OR o.id > above)
              AND EXISTS (
                SELECT FROM {table} g JOIN identity_rolegroup r ON r.group_id = g.group_id
                WHERE g.content_object_id = o.id AND r.holder_id <> s.id
                  AND (g.expires_at IS NULL OR g.expires_at > statement_timestamp())
                  AND (groups IS NULL OR g.group_id = any(groups))
                  AND (permission IS NULL OR g.permission_id = permission)
                  AND (ending IS NULL OR g.expires_at < ending))
            ORDER BY CASE WHEN above IS NULL THEN o.id END DESC, o.id
            LIMIT most;
        END $$
        """,
    )
    end = policy_function(
        f"{table}_end(uuid, int[])",
        f"""
        CREATE FUNCTION {table}_end(object uuid, groups int[])
        RETURNS TABLE (owner uuid, ended int)
        LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
        DECLARE
            known boolean := {table}_managed(object);
        BEGIN
            IF NOT rcp_live() THEN
                RAISE EXCEPTION 'only a live actor ends access'
                    USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN QUERY
            WITH gone AS (
                DELETE FROM {table} g USING identity_rolegroup r, auth_permission p
                WHERE g.content_object_id = object AND g.group_id = any(groups)
                  AND r.group_id = g.group_id AND p.id = g.permission_id
                  AND (known OR r.holder_id = any(rcp_managed()))
                  AND r.holder_id IS DISTINCT FROM (
                    SELECT o.owner_delegation_id FROM {object_table} o WHERE o.id = object)
                RETURNING p.codename = 'view_{model}' AND (
                    g.expires_at IS NULL OR g.expires_at > statement_timestamp()) AS live)
            SELECT (SELECT o.owner_delegation_id FROM {object_table} o WHERE o.id = object),
                   count(*)::int FROM gone WHERE live HAVING count(*) > 0;
        END $$
        """,
    )
    lock = policy_function(
        f"{table}_lock(uuid[])",
        f"""
        CREATE FUNCTION {table}_lock(objects uuid[]) RETURNS void
        LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
        BEGIN
            IF NOT rcp_live() THEN
                RAISE EXCEPTION 'only a live actor changes access'
                    USING ERRCODE = 'insufficient_privilege';
            END IF;
            PERFORM FROM {object_table} o WHERE o.id = any(objects)
            ORDER BY o.id FOR NO KEY UPDATE;
        END $$
        """,
    )
    return [managed, policy, overseen, end, lock]
