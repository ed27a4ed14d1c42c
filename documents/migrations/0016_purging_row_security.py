"""The second wall of purges: the seat's own affair; what carries one out reaches every text."""

from django.db import migrations

from documents.purging.sql import CARRY_OUT, CLOSED, PERMITTED, text_functions
from platform_api.core.rls import in_scope, protected_table


class Migration(migrations.Migration):
    dependencies = [("documents", "0015_purging"), ("search", "0002_permission_inside")]

    operations = [
        protected_table("documents_purge", in_scope()),
        CLOSED,
        *text_functions(),
        PERMITTED,
        CARRY_OUT,
    ]
