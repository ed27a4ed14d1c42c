"""The second wall of the policies app; what happened in law is only ever added to."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import (
    grant_table,
    granted_directly,
    in_scope,
    kind_kept,
    policy_function,
    protected_table,
)

DESCENDS = """
CREATE FUNCTION policies_practice_descends(descendant uuid, ancestor uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH RECURSIVE up(id) AS (
        SELECT descendant
        UNION
        SELECT v.practice_id FROM up
        JOIN policies_adaptation a ON a.practice_id = up.id
        JOIN policies_practiceversion v ON v.id = a.source_version_id)
    SELECT EXISTS (SELECT FROM up WHERE id = ancestor)
$$
"""

# Time and immutability are the database's; ENABLE ALWAYS, so that no setting switches them off.
APPEND_ONLY = """
CREATE FUNCTION policies_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION policies_stamp() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.recorded_at := statement_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER policies_legalstatusevent_refuse
    BEFORE UPDATE OR DELETE OR TRUNCATE ON policies_legalstatusevent
    FOR EACH STATEMENT EXECUTE FUNCTION policies_refuse();
CREATE TRIGGER policies_legalstatusevent_stamp BEFORE INSERT ON policies_legalstatusevent
    FOR EACH ROW EXECUTE FUNCTION policies_stamp();
CREATE TRIGGER policies_practiceversion_refuse
    BEFORE UPDATE OR DELETE OR TRUNCATE ON policies_practiceversion
    FOR EACH STATEMENT EXECUTE FUNCTION policies_refuse();
ALTER TABLE policies_legalstatusevent ENABLE ALWAYS TRIGGER policies_legalstatusevent_refuse;
ALTER TABLE policies_legalstatusevent ENABLE ALWAYS TRIGGER policies_legalstatusevent_stamp;
ALTER TABLE policies_practiceversion ENABLE ALWAYS TRIGGER policies_practiceversion_refuse;
"""

UNAPPEND_ONLY = """
DROP TRIGGER policies_practiceversion_refuse ON policies_practiceversion;
DROP TRIGGER policies_legalstatusevent_stamp ON policies_legalstatusevent;
DROP TRIGGER policies_legalstatusevent_refuse ON policies_legalstatusevent;
DROP FUNCTION policies_stamp();
DROP FUNCTION policies_refuse();
"""


def _parent(table: str, key: str) -> str:
    """The parent is visible under its own policy."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {key})"


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial"), ("forums", "0002_actor_functions")]

    operations = run_at_once(
        *grant_table("policies_instrumentgrant", "policies_instrument", "o.created_at", "o.kind"),
        kind_kept("policies_instrumentgrant", "policies_instrument"),
        *grant_table("policies_practicegrant", "policies_practice", "o.created_at", "'practice'"),
        protected_table(
            "policies_instrument",
            f"{in_scope()} OR {granted_directly('policies_instrumentgrant', 'policies_instrument')}",
        ),
        protected_table(
            "policies_legalstatusevent", _parent("policies_instrument", "instrument_id")
        ),
        protected_table(
            "policies_practice",
            f"{in_scope()} OR {granted_directly('policies_practicegrant', 'policies_practice')}",
        ),
        protected_table("policies_practicedraft", in_scope()),
        protected_table("policies_practiceversion", _parent("policies_practice", "practice_id")),
        protected_table(
            "policies_adaptation",
            f"{_parent('policies_practice', 'practice_id')} AND (source_version_id IS NULL "
            f"OR {_parent('policies_practiceversion', 'source_version_id')})",
        ),
        policy_function("policies_practice_descends(uuid, uuid)", DESCENDS),
        migrations.RunSQL([APPEND_ONLY], [UNAPPEND_ONLY]),
    )
