"""The second wall of working copies: at home with their delegation, whatever else it sees."""

from django.db import migrations

from platform_api.core.rls import in_scope, protected_table


class Migration(migrations.Migration):
    dependencies = [("documents", "0020_merging")]

    operations = [protected_table("documents_workingcopy", in_scope())]
