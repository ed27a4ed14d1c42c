"""The second wall of the documents app."""

from django.db import migrations

from platform_api.core.rls import grant_table, granted, in_scope, policy_function, protected_table


def _parent(table: str, key: str) -> str:
    """The row inherits, and its parent is visible under the parent's own policy."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {key})"


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("forums", "0002_row_security")]

    operations = [
        *grant_table("documents_documentgrant", "documents_document", "o.created_at", "o.kind"),
        *grant_table("documents_sectiongrant", "documents_section", "o.updated_at", "'section'"),
        protected_table(
            "documents_document", f"{in_scope()} OR {granted('documents_documentgrant', 'id')}"
        ),
        protected_table(
            "documents_documentdelegation", _parent("documents_document", "document_id")
        ),
        protected_table(
            "documents_section",
            f"{in_scope()} OR {granted('documents_sectiongrant', 'id')} "
            f"OR (inherits AND {_parent('documents_document', 'document_id')})",
        ),
        protected_table(
            "documents_revision",
            f"{in_scope()} OR (inherits AND {_parent('documents_section', 'section_id')})",
        ),
        protected_table("documents_releasecommitment", in_scope()),
        # What happens to a section is told to the readers of its document, also when it is done
        # by somebody who was granted the section alone. The number of a scope tells nothing.
        policy_function(
            "documents_scope_of(uuid)",
            """
            CREATE FUNCTION documents_scope_of(document uuid) RETURNS integer
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
                SELECT effective_scope_id FROM documents_document WHERE id = document
            $$
            """,
        ),
    ]
