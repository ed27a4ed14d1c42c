"""What settles the readers of a section is known to its owner, whoever reads the document."""

from django.db import migrations

from platform_api.search.sql import BY_SERVICES, definer

# An owner marks its section, too, out of a document that has been narrowed meanwhile. Whoever
# owns no section of the document is handed nothing.
MARKED = """
    SELECT d.forum_id, d.owner_delegation_id, d.drafting_scope_id, d.circulated, d.tlp::text,
        d.releasable_to, d.restricted
    FROM documents_document d
    WHERE d.id = document AND EXISTS (
        SELECT FROM documents_section s
        WHERE s.document_id = d.id AND s.owner_delegation_id = any(rcp_seats()))
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0028_texts_on_sections_purged")]

    operations = [
        definer(
            "documents_document_marked(document uuid)",
            "RETURNS TABLE (forum_id uuid, owner_delegation_id uuid, drafting_scope_id int, "
            "circulated boolean, tlp text, releasable_to uuid[], restricted boolean) "
            "LANGUAGE sql STABLE",
            MARKED,
            called_by=BY_SERVICES,
        ),
    ]
