"""The wall of break-glass: an operator's own opening, while it is live, is the one way through."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import OWNER_ROLE, POLICY_ROLE, RUNTIME_ROLE, policy_function

_DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
_TABLE = "forums_opening"
_OWN = "operator_id::text = (select rcp_subject())"

# Not for the runtime role: it reads any walled table.
ROW = f"""
CREATE FUNCTION forums_walled_row(walled text, object uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE {_DEFINER} AS $$
DECLARE
    found jsonb;
BEGIN
    IF EXISTS (
        SELECT FROM pg_class c WHERE c.oid = to_regclass(format('public.%I', walled))
           AND c.relkind = 'r' AND c.relrowsecurity AND c.relforcerowsecurity) THEN
        EXECUTE format('SELECT to_jsonb(o) FROM public.%I o WHERE o.id = $1', walled)
            INTO found USING object;
    END IF;
    RETURN found;
END $$
"""

PLACE = f"""
CREATE FUNCTION forums_opening_place(walled text, object uuid, parent text)
RETURNS TABLE (owner uuid, forum uuid, above uuid)
LANGUAGE plpgsql STABLE {_DEFINER} AS $$
DECLARE
    found jsonb;
BEGIN
    IF rcp_operator() THEN
        found := forums_walled_row(walled, object);
        IF found IS NOT NULL THEN
            RETURN QUERY SELECT (found ->> 'owner_delegation_id')::uuid,
                (found ->> 'forum_id')::uuid, (found ->> parent)::uuid;
        END IF;
    END IF;
END $$
"""

OPENED = f"""
CREATE FUNCTION forums_opening_row(opening uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE {_DEFINER} AS $$
DECLARE
    opened {_TABLE};
BEGIN
    SELECT * INTO opened FROM {_TABLE} o
    WHERE o.id = opening AND o.operator_id::text = rcp_subject() AND rcp_operator()
      AND o.closed_at IS NULL AND o.until > statement_timestamp();
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    RETURN forums_walled_row(opened.object_table, opened.object_id);
END $$
"""

POLICIES = {
    "select": f"FOR SELECT TO {RUNTIME_ROLE} USING ((select rcp_operator()) "
    "OR owner_seat_id = any((select rcp_seats())::uuid[]))",
    "insert": f"FOR INSERT TO {RUNTIME_ROLE} WITH CHECK ((select rcp_operator()) AND {_OWN})",
    "update": f"FOR UPDATE TO {RUNTIME_ROLE} USING ({_OWN}) WITH CHECK ({_OWN})",
    "owner": f"TO {OWNER_ROLE} USING (true) WITH CHECK (true)",
}


class Migration(migrations.Migration):
    dependencies = [("forums", "0012_exposure")]

    operations = run_at_once(
        migrations.RunSQL(
            [
                ROW,
                "REVOKE ALL ON FUNCTION forums_walled_row(text, uuid) FROM PUBLIC",
                f"ALTER FUNCTION forums_walled_row(text, uuid) OWNER TO {POLICY_ROLE}",
            ],
            ["DROP FUNCTION forums_walled_row(text, uuid)"],
        ),
        policy_function("forums_opening_place(text, uuid, text)", PLACE),
        policy_function("forums_opening_row(uuid)", OPENED),
        migrations.RunSQL(
            [
                f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {_TABLE} FORCE ROW LEVEL SECURITY",
                *(
                    f"CREATE POLICY {_TABLE}_{name} ON {_TABLE} {rest}"
                    for name, rest in POLICIES.items()
                ),
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {_TABLE} FROM {RUNTIME_ROLE}",
                f"GRANT UPDATE (closed_at) ON {_TABLE} TO {RUNTIME_ROLE}",
            ],
            [
                f"REVOKE UPDATE (closed_at) ON {_TABLE} FROM {RUNTIME_ROLE}",
                f"GRANT UPDATE, DELETE ON {_TABLE} TO {RUNTIME_ROLE}",
                *(f"DROP POLICY {_TABLE}_{name} ON {_TABLE}" for name in reversed(POLICIES)),
                f"ALTER TABLE {_TABLE} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {_TABLE} DISABLE ROW LEVEL SECURITY",
            ],
        ),
    )
