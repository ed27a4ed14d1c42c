"""Documents and sections change hands by accepted transfers alone.

What is at home in a section holds its transfer up, but for a tombstone, which stays.
"""

from django.db import migrations

from forums.transfers.sql import handed_over
from platform_api.core.migrating import run_at_once

_BELOW = """
    WITH RECURSIVE down(id) AS (
        SELECT t.object_id
        UNION ALL
        SELECT s.id FROM documents_section s JOIN down ON s.parent_id = down.id)
    SELECT id FROM down
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_marking_kept"), ("forums", "0009_transfers_kept")]

    operations = run_at_once(
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
                WHERE s.id IN ({_BELOW}) AND s.state = 'private_drafting' AND s.deleted_at IS NULL
            ) THEN
                RETURN 'at_home';
            END IF;
            """,
            also=f"""
            UPDATE documents_section
            SET owner_delegation_id = d.id, effective_scope_id = d.home_scope_id, inherits = false
            WHERE id IN ({_BELOW}) AND owner_delegation_id = t.giver_id AND state <> 'private_drafting';
            """,
        ),
    )
