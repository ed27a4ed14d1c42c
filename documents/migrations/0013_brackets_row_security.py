"""The second wall of brackets: whoever reads a section reads its brackets."""

from django.db import migrations

from platform_api.core.rls import protected_table


def _parent(table: str, key: str) -> str:
    """The parent is visible under its own policy."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {key})"


class Migration(migrations.Migration):
    dependencies = [("documents", "0012_brackets"), ("documents", "0002_row_security")]

    operations = [
        protected_table("documents_bracket", _parent("documents_section", "section_id")),
        protected_table("documents_bracketalternative", _parent("documents_bracket", "bracket_id")),
        protected_table("documents_bracketproponent", _parent("documents_bracket", "bracket_id")),
    ]
