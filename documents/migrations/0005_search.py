"""What is found by those who read it; comments and amendments by those in their ring besides."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.search.sql import Parent, Ring, search_source


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_section_parts_row_security"),
        ("search", "0002_permission_inside"),
    ]

    operations = run_at_once(
        *search_source("document", "documents_document", grant_table="documents_documentgrant"),
        *search_source(
            "section",
            "documents_section",
            grant_table="documents_sectiongrant",
            parent=Parent("document", "document_id", inherits_column="inherits"),
        ),
        *search_source(
            "comment",
            "documents_comment",
            parent=Parent("section", "section_id"),
            ring=Ring(
                ("seat_scope_id", "effective_scope_id"),
                granted="o.audience = 'forum'",
                watched=("audience",),
            ),
        ),
        *search_source(
            "amendment",
            "documents_amendment",
            parent=Parent("section", "section_id"),
            ring=Ring(("effective_scope_id",)),
        ),
    )
