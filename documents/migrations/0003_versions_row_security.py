"""The second wall of versions, which nobody changes, and of what is presented at meetings."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import (
    POLICY_ROLE,
    grant_table,
    granted,
    granting_function,
    policy_function,
    protected_table,
)


def _parent(table: str, key: str) -> str:
    """The parent is visible under its own policy."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {key})"


# The owner that stands on a version is its document's, for who presents it, and a purge reaches it.
REFUSE = f"""
CREATE FUNCTION documents_version_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = '{POLICY_ROLE}' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'a version is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER documents_version_refuse BEFORE UPDATE ON documents_documentversion
    FOR EACH STATEMENT EXECUTE FUNCTION documents_version_refuse();
"""

UNREFUSE = """
DROP TRIGGER documents_version_refuse ON documents_documentversion;
DROP FUNCTION documents_version_refuse();
"""


# Grants on a version of a common document are hidden from whoever presents it, so that nothing but
# a definer can put off the end of one that is there. Who may present is the service's to decide.
SHOW = """
CREATE FUNCTION documents_version_show(
    version uuid, permission int, groups int[], until timestamptz, why text
) RETURNS int[]
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    shown int[];
BEGIN
    IF NOT rcp_live() THEN
        RAISE EXCEPTION 'only a live actor shows a version' USING ERRCODE = 'insufficient_privilege';
    END IF;
    WITH given AS (
        INSERT INTO documents_documentversiongrant AS held
            (id, content_object_id, permission_id, group_id, expires_at, reason, granted_by_id,
             created_at)
        SELECT gen_random_uuid(), version, permission, holder, until, why, rcp_subject()::uuid,
               statement_timestamp()
        FROM unnest(groups) holder
        ON CONFLICT (group_id, permission_id, content_object_id) DO UPDATE
            SET expires_at = excluded.expires_at, reason = excluded.reason,
                granted_by_id = excluded.granted_by_id
            WHERE held.expires_at < excluded.expires_at
        RETURNING group_id)
    SELECT coalesce(array_agg(group_id), '{}') INTO shown FROM given;
    RETURN shown;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_row_security"),
        ("forums", "0004_meetings_row_security"),
    ]

    operations = run_at_once(
        *grant_table(
            "documents_documentversiongrant",
            "documents_documentversion",
            "o.created_at",
            "o.kind",
        ),
        granting_function("documents_documentversiongrant", "documents_documentversion"),
        protected_table(
            "documents_documentversion",
            f"{granted('documents_documentversiongrant', 'id')} "
            f"OR {_parent('documents_document', 'document_id')}",
        ),
        policy_function("documents_version_show(uuid, int, int[], timestamptz, text)", SHOW),
        protected_table(
            "documents_meetingmaterial",
            f"{_parent('documents_documentversion', 'version_id')} "
            f"AND {_parent('forums_agendaitem', 'agenda_item_id')}",
        ),
        migrations.RunSQL(REFUSE, UNREFUSE),
    )
