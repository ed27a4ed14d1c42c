"""The second wall of what hangs on sections: it is read with its section, in its own ring."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import granted_on, in_scope, policy_function, protected_table
from platform_api.search.sql import BY_SERVICES, definer

_GRANTED = (
    granted_on("documents_sectiongrant", "documents_section", "documents_comment.section_id")
    + " OR "
    + granted_on(
        "documents_documentgrant",
        "documents_document",
        "(SELECT s.document_id FROM documents_section s"
        " WHERE s.id = documents_comment.section_id AND s.inherits)",
    )
)

# Asked by the worker, which sees no attachment. A name is 32 random bytes: that one is in use tells
# nothing to who does not have the file.
UNKNOWN = """
    SELECT coalesce(array_agg(asked.token), '{}') FROM unnest(names) asked(token)
    WHERE NOT EXISTS (SELECT FROM documents_attachment a WHERE a.stored_as = asked.token)
"""


def _parent(table: str, key: str) -> str:
    """The parent is visible under its own policy."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {key})"


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_versions_row_security")]

    operations = run_at_once(
        protected_table("documents_bracket", _parent("documents_section", "section_id")),
        protected_table("documents_bracketalternative", _parent("documents_bracket", "bracket_id")),
        protected_table("documents_bracketproponent", _parent("documents_bracket", "bracket_id")),
        protected_table(
            "documents_comment",
            f"{_parent('documents_section', 'section_id')} AND ("
            f"{in_scope('seat_scope_id')} OR {in_scope()} "
            f"OR (audience = 'forum' AND ({_GRANTED})))",
        ),
        # Who was granted a section alone does not see its document, and the rings are the
        # document's. The numbers of scopes and the forum's id tell nothing.
        policy_function(
            "documents_rings_of(uuid)",
            """
            CREATE FUNCTION documents_rings_of(document uuid)
            RETURNS TABLE (forum_id uuid, forum_scope int, drafting_scope int)
            LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
                SELECT f.id, f.effective_scope_id, d.drafting_scope_id
                FROM documents_document d JOIN forums_forum f ON f.id = d.forum_id
                WHERE d.id = document
            $$
            """,
        ),
        # At home with their delegation, whatever else it sees.
        protected_table("documents_workingcopy", in_scope()),
        protected_table(
            "documents_amendment",
            f"{in_scope()} AND {_parent('documents_section', 'section_id')}",
        ),
        protected_table(
            "documents_amendmentproposal",
            f"{in_scope()} AND {_parent('documents_amendment', 'amendment_id')}",
        ),
        protected_table(
            "documents_amendmentcosponsor", _parent("documents_amendment", "amendment_id")
        ),
        protected_table(
            "documents_attachment",
            f"{_parent('documents_section', 'section_id')} "
            f"OR {_parent('documents_document', 'document_id')}",
        ),
        definer(
            "documents_attachments_unknown(names text[])",
            "RETURNS text[] LANGUAGE sql STABLE",
            UNKNOWN,
            called_by=BY_SERVICES,
        ),
        protected_table("documents_citation", _parent("documents_section", "section_id")),
    )
