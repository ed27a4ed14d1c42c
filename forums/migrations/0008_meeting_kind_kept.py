"""The kind that grants on a meeting repeat follows the meeting's."""

from django.db import migrations

from platform_api.core.rls import kind_kept


class Migration(migrations.Migration):
    dependencies = [("forums", "0007_search")]

    operations = [kind_kept("forums_meetinggrant", "forums_meeting")]
