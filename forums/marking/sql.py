"""Marks in the database: narrowed scopes keep their readers, grants keep to ``releasable_to``."""

from dataclasses import dataclass

from django.db.migrations import RunSQL

from platform_api.core.actor import PUBLIC_SCOPE
from platform_api.core.rls import POLICY_ROLE, policy_function
from platform_api.search.sql import definer

_DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

WANTED = f"""
    SELECT DISTINCT ON (w.group_id) w.group_id, w.valid_from, w.valid_until FROM (
        SELECT r.group_id, r.valid_from, r.valid_until
        FROM forums_narrowedscope n
        JOIN identity_scopereader r ON r.scope_id = n.home_id
        WHERE n.scope_id = narrowed
        UNION ALL
        SELECT r.group_id, r.valid_from, r.valid_until
        FROM forums_narrowedscope n
        JOIN identity_scopereader r ON r.scope_id = n.base_id
        WHERE n.scope_id = narrowed AND forums_group_among(r.group_id, n.releasable_to)
        UNION ALL
        SELECT g.group_id, timestamptz '1900-01-01Z', NULL
        FROM forums_narrowedscope n
        JOIN identity_rolegroup g
            ON g.kind = 'party' AND g.role = 'reader' AND g.holder_id = any(n.releasable_to)
        WHERE n.scope_id = narrowed AND n.base_id = {PUBLIC_SCOPE}) w
    ORDER BY w.group_id, w.valid_until DESC NULLS FIRST
"""

AMONG = """
    SELECT EXISTS (
        SELECT FROM identity_rolegroup g LEFT JOIN forums_delegation d ON d.id = g.holder_id
        WHERE g.group_id = holder_group AND (
            g.holder_id = any(parties) OR d.country_id = any(parties)
            OR d.organisation_id = any(parties)))
"""

REFRESH = """
BEGIN
    DELETE FROM identity_scopereader r
    WHERE r.scope_id = narrowed
      AND r.group_id NOT IN (SELECT w.group_id FROM forums_narrowed_readers(narrowed) w);
    INSERT INTO identity_scopereader AS r (scope_id, group_id, valid_from, valid_until)
    SELECT narrowed, w.group_id, w.valid_from, w.valid_until
    FROM forums_narrowed_readers(narrowed) w
    ON CONFLICT (scope_id, group_id) DO UPDATE
        SET valid_from = excluded.valid_from, valid_until = excluded.valid_until
        WHERE (r.valid_from, r.valid_until)
            IS DISTINCT FROM (excluded.valid_from, excluded.valid_until);
END
"""

# A scope that is being made and a reader who comes or goes wait for one another.
MADE = f"""
CREATE FUNCTION forums_narrowed_made() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('narrowed scope', new.base_id));
    PERFORM forums_narrowed_refresh(new.scope_id);
    RETURN NULL;
END $$
"""

READER_CHANGED = f"""
CREATE FUNCTION forums_narrowed_reader_changed() RETURNS trigger
LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
    changed int := CASE WHEN tg_op = 'DELETE' THEN old.scope_id ELSE new.scope_id END;
BEGIN
    IF EXISTS (SELECT FROM forums_narrowedscope n WHERE n.scope_id = changed) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('narrowed scope', changed));
    PERFORM forums_narrowed_refresh(n.scope_id) FROM forums_narrowedscope n
    WHERE changed IN (n.base_id, n.home_id);
    RETURN NULL;
END $$
"""

PARTY_COMES = f"""
CREATE FUNCTION forums_narrowed_party_comes() RETURNS trigger
LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
    PERFORM forums_narrowed_refresh(n.scope_id) FROM forums_narrowedscope n
    WHERE n.base_id = {PUBLIC_SCOPE} AND new.holder_id = any(n.releasable_to);
    RETURN NULL;
END $$
"""


def trigger_function(name: str, sql: str) -> RunSQL:
    """A trigger function owned by the policy role, which nobody calls."""
    return RunSQL(
        [
            sql,
            f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC",
        ],
        [f"DROP FUNCTION {name}()"],
    )


def owned_by_policy(name: str) -> RunSQL:
    """Hand a trigger function over once its triggers stand, which the owner has to make."""
    return RunSQL([f"ALTER FUNCTION {name}() OWNER TO {POLICY_ROLE}"], [RunSQL.noop])


def _trigger(name: str, table: str, rest: str) -> RunSQL:
    return RunSQL(
        [f"CREATE TRIGGER {name} {rest} EXECUTE FUNCTION {name}()"],
        [f"DROP TRIGGER {name} ON {table}"],
    )


def narrowed_scopes() -> list[RunSQL]:
    """Narrowed scopes hold at any time the readers that remain of their bases."""
    kept = [
        (
            "forums_narrowed_made",
            MADE,
            "forums_narrowedscope",
            "AFTER INSERT ON forums_narrowedscope FOR EACH ROW",
        ),
        (
            "forums_narrowed_reader_changed",
            READER_CHANGED,
            "identity_scopereader",
            "AFTER INSERT OR UPDATE OR DELETE ON identity_scopereader FOR EACH ROW",
        ),
        (
            "forums_narrowed_party_comes",
            PARTY_COMES,
            "identity_rolegroup",
            (
                "AFTER INSERT ON identity_rolegroup FOR EACH ROW "
                "WHEN (new.kind = 'party' AND new.role = 'reader')"
            ),
        ),
    ]
    operations = [
        definer(
            "forums_group_among(holder_group int, parties uuid[])",
            "RETURNS boolean LANGUAGE sql STABLE",
            AMONG,
            called_by=(),
        ),
        definer(
            "forums_narrowed_readers(narrowed int)",
            "RETURNS TABLE (group_id int, valid_from timestamptz, valid_until timestamptz) "
            "LANGUAGE sql STABLE",
            WANTED,
            called_by=(),
        ),
        definer(
            "forums_narrowed_refresh(narrowed int)",
            "RETURNS void LANGUAGE plpgsql",
            REFRESH,
            called_by=(),
        ),
    ]
    for name, sql, table, rest in kept:
        operations += [
            trigger_function(name, sql),
            _trigger(name, table, rest),
            owned_by_policy(name),
        ]
    return operations


@dataclass(frozen=True, slots=True)
class Bound:
    """Rows whose ``releasable_to`` bind grants on an object.

    table: of the rows. keys: SQL for their ids in brackets; ``{object}`` is the object's.
    """

    table: str
    keys: str = "({object})"

    def among(self, key: str) -> str:
        """The ids of the rows that bind the object of a key."""
        return self.keys.format(object=key)


def releasable_grants(
    grant_table: str, *bounds: Bound, below: str = "o.id = {object}"
) -> list[RunSQL]:
    """Grants of a table stay within the ``releasable_to`` of rows that bind them.

    ``<grant table>_releasable(object, group)`` says whether a group may be named in one; the
    database refuses the others. ``<grant table>_unreleasable_end(object)`` ends those that have
    become such and tells which. below: the condition on an object ``o`` of the table that
    narrowing the argument reaches.

    The row is locked for sharing first, so that a grant and a narrowing wait for one another.
    """
    object_table = grant_table.removesuffix("grant")
    lists = " UNION ALL ".join(
        f"SELECT b.releasable_to FROM {bound.table} b WHERE b.id IN " + bound.among("object")
        for bound in bounds
    )
    locks = "\n".join(
        f"PERFORM FROM {bound.table} b WHERE b.id IN "
        + bound.among("new.content_object_id")
        + " FOR SHARE;"
        for bound in reversed(bounds)
    )
    releasable = f"{grant_table}_releasable"
    guard = f"{grant_table}_keep_releasable"
    return [
        policy_function(
            f"{releasable}(uuid, int)",
            f"""
            CREATE FUNCTION {releasable}(object uuid, holder_group int) RETURNS boolean
            LANGUAGE sql STABLE {_DEFINER} AS $$
                SELECT NOT EXISTS (
                    SELECT FROM ({lists}) bound WHERE bound.releasable_to IS NOT NULL
                        AND NOT forums_group_among(holder_group, bound.releasable_to))
            $$
            """,
        ),
        policy_function(
            f"{grant_table}_unreleasable_end(uuid)",
            f"""
            CREATE FUNCTION {grant_table}_unreleasable_end(narrowed uuid)
            RETURNS TABLE (object uuid, holder_group int)
            LANGUAGE plpgsql VOLATILE {_DEFINER} AS $$
            BEGIN
                IF NOT rcp_live() THEN
                    RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN QUERY DELETE FROM {grant_table} g USING {object_table} o
                WHERE g.content_object_id = o.id AND {below.format(object="narrowed")}
                  AND NOT {releasable}(o.id, g.group_id)
                RETURNING g.content_object_id, g.group_id;
            END $$
            """,
        ),
        trigger_function(
            guard,
            f"""
            CREATE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
            BEGIN
                {locks}
                IF NOT {releasable}(new.content_object_id, new.group_id) THEN
                    RAISE EXCEPTION 'not_releasable' USING ERRCODE = 'check_violation';
                END IF;
                RETURN new;
            END $$
            """,
        ),
        _trigger(guard, grant_table, f"BEFORE INSERT OR UPDATE ON {grant_table} FOR EACH ROW"),
        owned_by_policy(guard),
    ]
