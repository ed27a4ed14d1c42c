"""The kind that grants on a meeting repeat follows the meeting's.

The wall of projects asks for grants by one probe a row.
"""

from django.db import migrations

from platform_api.core.rls import in_scope, kind_kept, probed_directly


class Migration(migrations.Migration):
    dependencies = [("forums", "0021_breakglass_row_security")]

    operations = [
        kind_kept("forums_meetinggrant", "forums_meeting"),
        *probed_directly("forums_projectgrant", "forums_project", in_scope()),
    ]
