"""The second wall of versions, which nobody changes, and of what is presented at meetings."""

from django.db import migrations

from platform_api.core.rls import RUNTIME_ROLE, grant_table, granted, protected_table


def _parent(table: str, key: str) -> str:
    """The parent is visible under its own policy."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {key})"


REFUSE = """
CREATE FUNCTION documents_version_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a version is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER documents_version_refuse BEFORE UPDATE ON documents_documentversion
    FOR EACH STATEMENT EXECUTE FUNCTION documents_version_refuse();
"""

UNREFUSE = """
DROP TRIGGER documents_version_refuse ON documents_documentversion;
DROP FUNCTION documents_version_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_versions"),
        ("forums", "0004_meetings_row_security"),
    ]

    operations = [
        *grant_table(
            "documents_documentversiongrant",
            "documents_documentversion",
            "o.created_at",
            "o.kind",
        ),
        protected_table(
            "documents_documentversion",
            f"{granted('documents_documentversiongrant', 'id')} "
            f"OR {_parent('documents_document', 'document_id')}",
        ),
        # A drafting group may know to whom its text is shown, and who presents a version of a
        # common document has to.
        migrations.RunSQL(
            "CREATE POLICY documents_documentversiongrant_drafted ON documents_documentversiongrant "
            f"FOR SELECT TO {RUNTIME_ROLE} USING (EXISTS ("
            "SELECT FROM documents_documentversion v JOIN documents_document d ON d.id = v.document_id "
            "WHERE v.id = content_object_id))",
            "DROP POLICY documents_documentversiongrant_drafted ON documents_documentversiongrant",
        ),
        protected_table(
            "documents_meetingmaterial",
            f"{_parent('documents_documentversion', 'version_id')} "
            f"AND {_parent('forums_agendaitem', 'agenda_item_id')}",
        ),
        migrations.RunSQL(REFUSE, UNREFUSE),
    ]
