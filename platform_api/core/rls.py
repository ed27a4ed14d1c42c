"""Row-level security as migration operations.

SELECT policies hide rows; the others ask only for a live actor, since services decide who
writes (a reader's ``SELECT … FOR UPDATE`` would otherwise find nothing). Policies call only
functions owned by the role that bypasses row-level security, because a policy that read another
protected table under its own policy would recurse.
"""

from django.db.migrations import RunSQL

OWNER_ROLE = "rcp_owner"
POLICY_ROLE = "rcp_policy"
RUNTIME_ROLE = "rcp_runtime"


def policy_function(signature: str, sql: str) -> RunSQL:
    """A function that policies or triggers call, owned by the policy role.

    signature: name and argument types, ``rcp_groups()``. sql: the whole CREATE FUNCTION.
    """
    return RunSQL(
        [
            sql,
            f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {signature} TO {RUNTIME_ROLE}",
            f"ALTER FUNCTION {signature} OWNER TO {POLICY_ROLE}",
        ],
        [f"DROP FUNCTION {signature}"],
    )


def protected_table(table: str, visible: str) -> RunSQL:
    """Wall a table: ``visible`` is the SQL condition under which the actor sees a row.

    The migrating role works on all rows by a policy of its own: without one, data migrations
    and the checks of new foreign keys would silently find nothing.
    """
    live = "(select rcp_live())"
    policies = {
        "select": f"FOR SELECT TO {RUNTIME_ROLE} USING ({visible})",
        "insert": f"FOR INSERT TO {RUNTIME_ROLE} WITH CHECK ({live})",
        "update": f"FOR UPDATE TO {RUNTIME_ROLE} USING ({live}) WITH CHECK ({live})",
        "delete": f"FOR DELETE TO {RUNTIME_ROLE} USING ({live})",
        "owner": f"TO {OWNER_ROLE} USING (true) WITH CHECK (true)",
    }
    return RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            *(f"CREATE POLICY {table}_{name} ON {table} {rest}" for name, rest in policies.items()),
        ],
        [
            *(f"DROP POLICY {table}_{name} ON {table}" for name in reversed(policies)),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


def in_scope(column: str = "effective_scope_id") -> str:
    """The row's scope is among the actor's; the function runs once a statement."""
    return f"{column} = any((select rcp_scopes())::int[])"


def granted(grant_table: str, object_id: str) -> str:
    """The condition that a live grant gives the actor's groups a view of the row.

    The function, which ``granting_function`` makes, is asked for every row. Where the grant
    table's own policies call functions only and read no walled table, ``granted_directly`` costs
    a fraction.
    """
    return f"{grant_table}_sees({object_id})"


def granted_directly(grant_table: str, object_table: str) -> str:
    """As ``granted``, read from the grant table under its own policies: by one probe a row.

    The actor's groups are found once a statement. OFFSET 0 keeps PostgreSQL from reading all that
    the actor was ever granted instead.
    """
    return granted_on(grant_table, object_table, f"{object_table}.id")


def granted_on(grant_table: str, object_table: str, object_id: str) -> str:
    """As ``granted_directly``, of the object that an SQL expression over the row names."""
    groups = "(select rcp_groups())::int[]"
    return f"EXISTS ({_live(grant_table, object_table, object_id, groups)} OFFSET 0)"


def _live(grant_table: str, object_table: str, object_id: str, groups: str) -> str:
    """The grants that let groups view an object now."""
    app, model = object_table.split("_", 1)
    return f"""
        SELECT FROM {grant_table} g
        WHERE g.content_object_id = {object_id} AND g.group_id = any({groups})
          AND g.permission_id = (
              SELECT p.id FROM auth_permission p
              JOIN django_content_type c ON c.id = p.content_type_id
              WHERE c.app_label = '{app}' AND c.model = '{model}' AND p.codename = 'view_{model}')
          AND (g.expires_at IS NULL OR g.expires_at > statement_timestamp())"""


def granting_function(grant_table: str, object_table: str) -> RunSQL:
    """The function that ``granted`` asks."""
    return policy_function(
        f"{grant_table}_sees(uuid)",
        f"""
        CREATE FUNCTION {grant_table}_sees(object uuid) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
            SELECT EXISTS ({_live(grant_table, object_table, "object", "rcp_groups()")})
        $$
        """,
    )


def grant_table(
    table: str, object_table: str, sort: str, kind: str, owner: str = "owner_delegation_id"
) -> list[RunSQL]:
    """Policies and upkeep of one grant table.

    sort, kind: SQL expressions over the object's row ``o`` that fill ``sort_at`` and ``kind``.
    owner: the column of the object that names its owner's seat, which sees all grants on it;
    the others see those that name them, and operators the bare rows. A grant whose permission
    is not of the object's model is refused.
    """
    app, model = object_table.split("_", 1)
    owned = policy_function(
        f"{table}_owned(uuid)",
        f"""
        CREATE FUNCTION {table}_owned(object uuid) RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
            SELECT EXISTS (
                SELECT FROM {object_table} o
                WHERE o.id = object AND o.{owner} = any(rcp_seats()))
        $$
        """,
    )
    upkeep = RunSQL(
        [
            f"""
            CREATE FUNCTION {table}_upkeep() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
            BEGIN
                IF NOT EXISTS (
                    SELECT FROM auth_permission p
                    JOIN django_content_type c ON c.id = p.content_type_id
                    WHERE p.id = new.permission_id AND c.app_label = '{app}' AND c.model = '{model}'
                ) THEN
                    RAISE EXCEPTION 'the permission is not one of {object_table}'
                        USING ERRCODE = 'check_violation';
                END IF;
                SELECT {sort}, {kind} INTO new.sort_at, new.kind
                FROM {object_table} o WHERE o.id = new.content_object_id;
                RETURN new;
            END $$
            """,
            f"REVOKE ALL ON FUNCTION {table}_upkeep() FROM PUBLIC",
            (
                f"CREATE TRIGGER {table}_upkeep BEFORE INSERT OR UPDATE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_upkeep()"
            ),
            f"ALTER FUNCTION {table}_upkeep() OWNER TO {POLICY_ROLE}",
        ],
        [f"DROP TRIGGER {table}_upkeep ON {table}", f"DROP FUNCTION {table}_upkeep()"],
    )
    wall = protected_table(
        table,
        "group_id = any((select rcp_groups())::int[]) OR (select rcp_operator()) "
        f"OR {table}_owned(content_object_id)",
    )
    return [owned, upkeep, wall]


def kind_kept(table: str, object_table: str) -> RunSQL:
    """Bring ``kind`` of the grants on an object along when the object's changes."""
    name = f"{table}_kind_kept"
    return RunSQL(
        [
            f"""
            CREATE FUNCTION {name}() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
            BEGIN
                UPDATE {table} SET kind = new.kind WHERE content_object_id = new.id;
                RETURN NULL;
            END $$
            """,
            f"REVOKE ALL ON FUNCTION {name}() FROM PUBLIC",
            (
                f"CREATE TRIGGER {name} AFTER UPDATE OF kind ON {object_table} FOR EACH ROW "
                f"WHEN (old.kind IS DISTINCT FROM new.kind) EXECUTE FUNCTION {name}()"
            ),
            f"ALTER FUNCTION {name}() OWNER TO {POLICY_ROLE}",
        ],
        [f"DROP TRIGGER {name} ON {object_table}", f"DROP FUNCTION {name}()"],
    )
