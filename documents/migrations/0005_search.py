"""Documents and sections are found by those who read them."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.search.sql import Parent, search_source


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
    )
