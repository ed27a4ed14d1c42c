"""The second wall of amendments: in their ring, as far as the section is seen."""

from django.db import migrations

from platform_api.core.rls import in_scope, protected_table


def _parent(table: str, key: str) -> str:
    """The parent is visible under its own policy."""
    return f"EXISTS (SELECT FROM {table} parent WHERE parent.id = {key})"


class Migration(migrations.Migration):
    dependencies = [("documents", "0022_amendments")]

    operations = [
        protected_table(
            "documents_amendment",
            f"{in_scope()} AND {_parent('documents_section', 'section_id')}",
        ),
        protected_table(
            "documents_amendmentproposal",
            f"{in_scope()} AND {_parent('documents_amendment', 'amendment_id')}",
        ),
        protected_table(
            "documents_amendmentcosponsor", _parent("documents_amendment", "amendment_id")
        ),
    ]
