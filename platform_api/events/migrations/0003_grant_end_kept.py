"""Grants that run out are noted by a trigger, and taken by one function when they are due."""

from django.db import migrations

from platform_api.core.migrating import run_at_once

# A holder's levels are several rows; the one that lets it view stands for all of them.
# A definer, because who gives or ends a grant has no right to this table.
KEEP = """
CREATE FUNCTION events_keep_grant_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM public.events_grantend e WHERE e.id = OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.expires_at IS NOT NULL AND EXISTS (
        SELECT FROM public.auth_permission p
        WHERE p.id = NEW.permission_id AND p.codename LIKE 'view\\_%'
    ) THEN
        INSERT INTO public.events_grantend (id, object_type, object_id, group_id, ends_at)
            VALUES (NEW.id, TG_ARGV[0], NEW.content_object_id, NEW.group_id, NEW.expires_at);
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION events_keep_grant_end() FROM PUBLIC;
ALTER FUNCTION events_keep_grant_end() OWNER TO rcp_policy;
SET LOCAL ROLE rcp_policy;
GRANT EXECUTE ON FUNCTION events_keep_grant_end() TO rcp_owner;
RESET ROLE;
"""

# The triggers on the grant tables go with it.
UNKEEP = "DROP FUNCTION events_keep_grant_end() CASCADE;"

TAKE = """
CREATE FUNCTION events_take_ended_grants(at_most integer)
RETURNS TABLE (object_type text, object_id uuid, group_id integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    subject text := public.rcp_subject();
BEGIN
    IF subject IS NULL OR subject = 'public' OR NOT EXISTS (
        SELECT FROM public.identity_user u
        WHERE u.id = subject::uuid AND u.is_active AND u.kind = 'system'
            AND u.email = 'grants@system.invalid'
    ) THEN
        RETURN;
    END IF;
    RETURN QUERY
        DELETE FROM public.events_grantend e WHERE e.id IN (
            SELECT due.id FROM public.events_grantend due
            WHERE due.ends_at <= statement_timestamp()
            ORDER BY due.ends_at LIMIT at_most FOR UPDATE SKIP LOCKED
        )
        RETURNING e.object_type::text, e.object_id, e.group_id;
END $$;
REVOKE ALL ON FUNCTION events_take_ended_grants(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION events_take_ended_grants(integer) TO rcp_runtime;
ALTER FUNCTION events_take_ended_grants(integer) OWNER TO rcp_policy;
"""

UNTAKE = "DROP FUNCTION events_take_ended_grants(integer);"


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_row_security"),
        ("identity", "0002_actor_functions"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = run_at_once(
        migrations.RunSQL(KEEP, UNKEEP),
        migrations.RunSQL(TAKE, UNTAKE),
        migrations.RunSQL(
            "REVOKE ALL ON events_grantend FROM PUBLIC, rcp_runtime",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON events_grantend TO rcp_runtime",
        ),
    )
