"""Working copies that nobody took up again are taken away by the worker, and by nobody else."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.search.sql import BY_SERVICES, definer

# The worker sees no working copy: it is told whose it was, and not what it said.
TAKE = """
DECLARE
    subject text := rcp_subject();
BEGIN
    IF subject IS NULL OR subject = 'public' OR NOT EXISTS (
        SELECT FROM identity_user u
        WHERE u.id = subject::uuid AND u.is_active AND u.kind = 'system'
            AND u.email = 'working_copies@system.invalid'
    ) THEN
        RETURN;
    END IF;
    RETURN QUERY
        DELETE FROM documents_workingcopy w WHERE w.id IN (
            SELECT due.id FROM documents_workingcopy due
            WHERE due.updated_at <= statement_timestamp() - make_interval(days => kept_days)
            ORDER BY due.updated_at, due.id LIMIT at_most FOR UPDATE SKIP LOCKED
        )
        RETURNING w.id, w.section_id, w.base_id, w.delegation_id, w.effective_scope_id;
END
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_purging")]

    operations = run_at_once(
        definer(
            "documents_take_working_copies(kept_days int, at_most int)",
            "RETURNS TABLE (id uuid, section_id uuid, base_id uuid, delegation_id uuid, "
            "effective_scope_id int) LANGUAGE plpgsql",
            TAKE,
            called_by=BY_SERVICES,
        ),
    )
