"""The second wall of comments: who reads the section and is in the comment's ring."""

from django.db import migrations

from platform_api.core.rls import granted_on, in_scope, policy_function, protected_table

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


class Migration(migrations.Migration):
    dependencies = [("documents", "0018_comments")]

    operations = [
        protected_table(
            "documents_comment",
            "EXISTS (SELECT FROM documents_section parent WHERE parent.id = section_id) "
            f"AND ({in_scope('seat_scope_id')} OR {in_scope()} "
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
    ]
