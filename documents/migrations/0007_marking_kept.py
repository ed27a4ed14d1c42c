"""Grants on documents, sections and versions keep to the marks, and sections to their document's."""

from django.db import migrations

from forums.marking.sql import Bound, releasable_grants
from platform_api.core.migrating import run_at_once
from platform_api.search.sql import BY_SERVICES, definer

_DOCUMENT = "(SELECT s.document_id FROM documents_section s WHERE s.id = {object})"
_ABOVE = """(
    WITH RECURSIVE up(id, parent_id) AS (
        SELECT s.id, s.parent_id FROM documents_section s WHERE s.id = {object}
        UNION ALL
        SELECT s.id, s.parent_id FROM documents_section s JOIN up ON s.id = up.parent_id)
    SELECT id FROM up)"""
_BELOW = """(
    WITH RECURSIVE down(id) AS (
        SELECT {object}
        UNION ALL
        SELECT s.id FROM documents_section s JOIN down ON s.parent_id = down.id)
    SELECT id FROM down)"""
_VERSION = "(SELECT v.document_id FROM documents_documentversion v WHERE v.id = {object})"

# A document's owner narrows sections with it that are hidden from it. Who may is the service's to
# decide; none but a seat of the owner, or any where it is the forum's own, is handed anything.
_OWNED = """EXISTS (
    SELECT FROM documents_document d WHERE d.id = s.document_id
        AND (d.owner_delegation_id IS NULL OR d.owner_delegation_id = any(rcp_seats())))"""

MARKED = f"""
    SELECT s.id, s.parent_id, s.owner_delegation_id, s.tlp::text, s.releasable_to, s.restricted
    FROM documents_section s
    WHERE s.document_id = document AND s.state <> 'private_drafting' AND {_OWNED}
    ORDER BY s.id
"""

SETTLE = f"""
BEGIN
    UPDATE documents_section s SET effective_scope_id = scope, inherits = inherited
    WHERE s.id = section AND s.state <> 'private_drafting' AND {_OWNED}
      AND (s.effective_scope_id, s.inherits) IS DISTINCT FROM (scope, inherited);
END
"""

# An owner marks its section, too, out of a document that has been narrowed meanwhile. Whoever
# owns no section of the document is handed nothing.
DOCUMENT_MARKED = """
    SELECT d.forum_id, d.owner_delegation_id, d.drafting_scope_id, d.circulated, d.tlp::text,
        d.releasable_to, d.restricted
    FROM documents_document d
    WHERE d.id = document AND EXISTS (
        SELECT FROM documents_section s
        WHERE s.document_id = d.id AND s.owner_delegation_id = any(rcp_seats()))
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_granting"), ("forums", "0008_marking_kept")]

    operations = run_at_once(
        *releasable_grants("documents_documentgrant", Bound("documents_document")),
        *releasable_grants(
            "documents_sectiongrant",
            Bound("documents_section", _ABOVE),
            Bound("documents_document", _DOCUMENT),
            below=f"(o.id IN {_BELOW} OR o.document_id = {{object}})",
        ),
        *releasable_grants(
            "documents_documentversiongrant",
            Bound("documents_document", _VERSION),
            below="o.document_id = {object}",
        ),
        definer(
            "documents_sections_marked(document uuid)",
            "RETURNS TABLE (id uuid, parent_id uuid, owner_delegation_id uuid, tlp text, "
            "releasable_to uuid[], restricted boolean) LANGUAGE sql STABLE",
            MARKED,
            called_by=BY_SERVICES,
        ),
        definer(
            "documents_section_settle(section uuid, scope int, inherited boolean)",
            "RETURNS void LANGUAGE plpgsql",
            SETTLE,
            called_by=BY_SERVICES,
        ),
        definer(
            "documents_document_marked(document uuid)",
            "RETURNS TABLE (forum_id uuid, owner_delegation_id uuid, drafting_scope_id int, "
            "circulated boolean, tlp text, releasable_to uuid[], restricted boolean) "
            "LANGUAGE sql STABLE",
            DOCUMENT_MARKED,
            called_by=BY_SERVICES,
        ),
    )
