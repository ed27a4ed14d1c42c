"""What those who manage access to documents, sections and versions may know and do."""

from django.db import migrations

from forums.granting.sql import managed_grants
from platform_api.core.migrating import run_at_once

_OF_DOCUMENT = "(SELECT d.{column} FROM documents_document d WHERE d.id = o.document_id)"


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_search")]

    operations = run_at_once(
        *managed_grants("documents_documentgrant", "documents_document"),
        # A common section is its document's.
        *managed_grants(
            "documents_sectiongrant",
            "documents_section",
            owner="coalesce(o.owner_delegation_id, "
            f"{_OF_DOCUMENT.format(column='owner_delegation_id')})",
            forum=_OF_DOCUMENT.format(column="forum_id"),
        ),
        *managed_grants("documents_documentversiongrant", "documents_documentversion"),
    )
