"""The second wall of transfers; an owner changes by one that was accepted."""

from django.db import migrations

from forums.transfers.sql import OWNER_STAYS, handed_over
from platform_api.core.migrating import run_at_once
from platform_api.core.rls import protected_table

_SEATS = "(select rcp_seats())::uuid[]"


class Migration(migrations.Migration):
    dependencies = [("forums", "0008_marking_kept")]

    operations = run_at_once(
        protected_table(
            "forums_transfer", f"giver_id = any({_SEATS}) OR receiver_id = any({_SEATS})"
        ),
        OWNER_STAYS,
        *handed_over("meeting", "forums_meeting"),
        *handed_over(
            "project",
            "forums_project",
            unless="""
            IF EXISTS (
                SELECT FROM forums_project p JOIN forums_project q
                    ON q.identifier = p.identifier AND q.owner_delegation_id = d.id
                WHERE p.id = t.object_id
            ) THEN
                RETURN 'identifier_taken';
            END IF;
            """,
            also="""
            UPDATE forums_transaction SET owner_delegation_id = d.id
            WHERE project_id = t.object_id;
            """,
        ),
    )
