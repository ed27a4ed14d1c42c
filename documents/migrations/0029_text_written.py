"""Whether a text is still written, told without a lock to whoever reads a section of it alone."""

from django.db import migrations

from platform_api.search.sql import BY_SERVICES, definer

TEXT_IS_WRITTEN = """
SELECT rcp_live() AND EXISTS (
    SELECT FROM documents_document d
    WHERE d.id = document AND d.state IN ('drafting', 'consultation'))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0028_texts_on_sections_purged"),
        ("identity", "0002_actor_functions"),
    ]

    operations = [
        definer(
            "documents_text_is_written(document uuid)",
            "RETURNS boolean LANGUAGE sql STABLE",
            TEXT_IS_WRITTEN,
            called_by=BY_SERVICES,
        ),
    ]
