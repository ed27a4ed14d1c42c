"""Lets the runtime role defer and run jobs.

The queue's own migrations make its tables, on which the defaults give the runtime role what it
needs, and functions, on which they give nothing.
"""

from django.db import migrations

_EACH = """
DO $$
DECLARE
    of_queue regprocedure;
BEGIN
    FOR of_queue IN
        SELECT p.oid FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'procrastinate\\_%'
    LOOP
        EXECUTE format('{change}', of_queue);
    END LOOP;
END $$
"""
GRANT = _EACH.format(change="GRANT EXECUTE ON FUNCTION %s TO rcp_runtime")
REVOKE = _EACH.format(change="REVOKE EXECUTE ON FUNCTION %s FROM rcp_runtime")


class Migration(migrations.Migration):
    # The newest of the queue's migrations: after an upgrade that brings functions this is
    # repeated in a further one (a test tells).
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]

    operations = [migrations.RunSQL(GRANT, REVOKE)]
