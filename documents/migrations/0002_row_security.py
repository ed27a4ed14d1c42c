"""The second wall of documents, their sections and revisions.

A revision is never changed; a purge alone leaves a tombstone in its place.
"""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import (
    POLICY_ROLE,
    grant_table,
    granted_directly,
    in_scope,
    kind_kept,
    policy_function,
    protected_table,
)
from platform_api.search.sql import BY_SERVICES, definer

# Whoever writes of a section may have been granted it without its document. The answer holds until
# the transaction ends: a document that is declared final waits for what is being written of it.
TEXT_IS_OPEN = """
DECLARE
    found text;
BEGIN
    IF NOT rcp_live() THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT d.state INTO found FROM documents_document d WHERE d.id = document FOR SHARE;
    RETURN found IN ('drafting', 'consultation');
END
"""

REFUSE = f"""
CREATE FUNCTION documents_revision_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = '{POLICY_ROLE}' THEN RETURN NULL; END IF;
    RAISE EXCEPTION 'a revision is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER documents_revision_refuse BEFORE UPDATE ON documents_revision
    FOR EACH STATEMENT EXECUTE FUNCTION documents_revision_refuse();
"""

UNREFUSE = """
DROP TRIGGER documents_revision_refuse ON documents_revision;
DROP FUNCTION documents_revision_refuse();
"""


def _parent(table: str, key: str) -> str:
    """The row inherits, and its parent is visible under the parent's own policy."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {key})"


# The same without a lock, for whoever reads a section of it alone.
TEXT_IS_WRITTEN = """
SELECT rcp_live() AND EXISTS (
    SELECT FROM documents_document d
    WHERE d.id = document AND d.state IN ('drafting', 'consultation'))
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("forums", "0002_actor_functions")]

    operations = run_at_once(
        *grant_table("documents_documentgrant", "documents_document", "o.created_at", "o.kind"),
        kind_kept("documents_documentgrant", "documents_document"),
        *grant_table("documents_sectiongrant", "documents_section", "o.created_at", "'section'"),
        protected_table(
            "documents_document",
            f"{in_scope()} OR {granted_directly('documents_documentgrant', 'documents_document')}",
        ),
        protected_table(
            "documents_documentdelegation", _parent("documents_document", "document_id")
        ),
        protected_table(
            "documents_section",
            f"{in_scope()} OR (inherits AND {_parent('documents_document', 'document_id')}) "
            f"OR {granted_directly('documents_sectiongrant', 'documents_section')}",
        ),
        protected_table(
            "documents_revision",
            f"{in_scope()} OR (inherits AND {_parent('documents_section', 'section_id')})",
        ),
        migrations.RunSQL(REFUSE, UNREFUSE),
        protected_table(
            "documents_sectionlineage",
            f"{_parent('documents_revision', 'source_revision_id')} "
            f"AND {_parent('documents_revision', 'revision_id')}",
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
        definer(
            "documents_text_is_open(document uuid)",
            "RETURNS boolean LANGUAGE plpgsql VOLATILE",
            TEXT_IS_OPEN,
            called_by=BY_SERVICES,
        ),
        definer(
            "documents_text_is_written(document uuid)",
            "RETURNS boolean LANGUAGE sql STABLE",
            TEXT_IS_WRITTEN,
            called_by=BY_SERVICES,
        ),
    )
