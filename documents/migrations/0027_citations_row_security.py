"""The second wall of citations: they are read with their section."""

from django.db import migrations

from platform_api.core.rls import protected_table


class Migration(migrations.Migration):
    dependencies = [("documents", "0026_citations")]

    operations = [
        protected_table(
            "documents_citation",
            "EXISTS (SELECT FROM documents_section s WHERE s.id = section_id)",
        ),
    ]
