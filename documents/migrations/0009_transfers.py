"""Documents and sections change hands by accepted transfers alone."""

from django.db import migrations

from forums.transfers.sql import handed_over
from platform_api.core.rls import POLICY_ROLE

_BELOW = """
    WITH RECURSIVE down(id) AS (
        SELECT t.object_id
        UNION ALL
        SELECT s.id FROM documents_section s JOIN down ON s.parent_id = down.id)
    SELECT id FROM down
"""

_REFUSE = """
CREATE OR REPLACE FUNCTION documents_version_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    {exception}
    RAISE EXCEPTION 'a version is never changed' USING ERRCODE = 'insufficient_privilege';
END $$
"""
_WITH_ITS_DOCUMENT = f"IF current_user = '{POLICY_ROLE}' THEN RETURN NULL; END IF;"


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_marking_kept"), ("forums", "0012_transfers_kept")]

    operations = [
        # The owner that stands on a version is its document's, for who presents it.
        migrations.RunSQL(
            [_REFUSE.format(exception=_WITH_ITS_DOCUMENT)], [_REFUSE.format(exception="")]
        ),
        *handed_over(
            "document",
            "documents_document",
            unless="""
            IF NOT EXISTS (
                SELECT FROM documents_documentdelegation m
                WHERE m.document_id = t.object_id AND m.delegation_id = d.id
            ) THEN
                RETURN 'not_drafting_group';
            END IF;
            """,
            also="""
            UPDATE documents_documentversion SET owner_delegation_id = d.id
            WHERE document_id = t.object_id;
            """,
        ),
        *handed_over(
            "section",
            "documents_section",
            with_it=", inherits = false",
            unless=f"""
            IF EXISTS (
                SELECT FROM documents_section s
                WHERE s.id IN ({_BELOW}) AND s.state = 'private_drafting'
            ) THEN
                RETURN 'at_home';
            END IF;
            """,
            also=f"""
            UPDATE documents_section SET owner_delegation_id = d.id
            WHERE id IN ({_BELOW}) AND owner_delegation_id = t.giver_id;
            """,
        ),
    ]
