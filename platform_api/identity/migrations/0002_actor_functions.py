"""The public scope, the actor functions of row-level security, and the wall of identity."""

from django.db import migrations

from platform_api.core.actor import PUBLIC_SCOPE
from platform_api.core.migrating import run_at_once
from platform_api.core.rls import RUNTIME_ROLE, policy_function
from platform_api.identity.sql import groups_function

SUBJECT = """
CREATE FUNCTION rcp_subject() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    parts text[] := string_to_array(nullif(current_setting('rcp.actor', true), ''), '|');
    key record;
BEGIN
    IF parts IS NULL OR cardinality(parts) <> 3 OR parts[2] !~ '^[0-9]{1,12}$'
       OR parts[2]::bigint < extract(epoch FROM clock_timestamp()) THEN
        RETURN NULL;
    END IF;
    SELECT inner_pad, outer_pad INTO key FROM identity_actorkey;
    IF NOT FOUND OR parts[3] IS DISTINCT FROM encode(sha256(key.outer_pad || sha256(
           key.inner_pad || convert_to(parts[1] || '|' || parts[2], 'UTF8'))), 'hex') THEN
        RETURN NULL;
    END IF;
    RETURN parts[1];
END $$
"""

SCOPES = f"""
CREATE FUNCTION rcp_scopes() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF rcp_subject() IS NULL THEN
        RETURN '{{}}';
    END IF;
    RETURN array(
        SELECT {PUBLIC_SCOPE} UNION
        SELECT s.scope_id FROM identity_scopereader s
        WHERE s.group_id = any(rcp_groups()) AND s.valid_from <= statement_timestamp()
          AND (s.valid_until IS NULL OR s.valid_until > statement_timestamp()));
END $$
"""

LIVE = """
CREATE FUNCTION rcp_live() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    subject text := rcp_subject();
BEGIN
    RETURN subject IS NOT NULL AND subject <> 'public' AND EXISTS (
        SELECT FROM identity_user u WHERE u.id = subject::uuid AND u.is_active);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = run_at_once(
        migrations.RunSQL(
            [
                f"INSERT INTO identity_scope (id, kind, key) VALUES ({PUBLIC_SCOPE}, 'public', 'public')",
                "SELECT setval(pg_get_serial_sequence('identity_scope', 'id'), 1000)",
            ],
            [f"DELETE FROM identity_scope WHERE id = {PUBLIC_SCOPE}"],
        ),
        migrations.RunSQL(
            [f"REVOKE ALL ON identity_actorkey FROM {RUNTIME_ROLE}"],
            [f"GRANT SELECT, INSERT, UPDATE, DELETE ON identity_actorkey TO {RUNTIME_ROLE}"],
        ),
        policy_function("rcp_subject()", SUBJECT),
        policy_function("rcp_groups()", groups_function()),
        policy_function("rcp_scopes()", SCOPES),
        policy_function("rcp_live()", LIVE),
    )
