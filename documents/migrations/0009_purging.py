"""The second wall of purges: the seat's own affair; what carries one out reaches every text."""

from django.db import migrations

from documents.purging.sql import (
    CARRY_OUT,
    CLOSED,
    CUT_HEADS,
    EMPTY_FILES,
    PERMITTED,
    purgeable,
    text_functions,
)
from platform_api.core.migrating import run_at_once
from platform_api.core.rls import in_scope, protected_table


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_transfers_kept")]

    operations = run_at_once(
        protected_table("documents_purge", in_scope()),
        CLOSED,
        *text_functions(),
        PERMITTED,
        CARRY_OUT,
        CUT_HEADS,
        EMPTY_FILES,
        # What hangs on a section is reached by its purges.
        purgeable(
            "documents_comment",
            "comment",
            "body",
            "anchor_quote",
            "anchor_prefix",
            "anchor_suffix",
            revisioned=True,
        ),
        purgeable(
            "documents_workingcopy", "working_copy", "title", "body", "note", revisioned=True
        ),
        purgeable(
            "documents_amendment",
            "amendment",
            "title",
            "body",
            "justification",
            "reason",
            "accepted_title",
            "accepted_body",
            revisioned=True,
        ),
        purgeable(
            "documents_amendmentproposal",
            "amendment_proposal",
            "title",
            "body",
            section="(SELECT a.section_id FROM documents_amendment a WHERE a.id = o.amendment_id)",
        ),
        purgeable(
            "documents_attachment",
            "attachment",
            "name",
            document="o.document_id",
            revisioned=True,
        ),
        purgeable("documents_bracket", "bracket", "note", revisioned=True),
        purgeable(
            "documents_bracketalternative",
            "bracket_alternative",
            "text",
            section="(SELECT b.section_id FROM documents_bracket b WHERE b.id = o.bracket_id)",
        ),
    )
