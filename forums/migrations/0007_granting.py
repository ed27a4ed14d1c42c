"""What those who manage access to meetings and projects may know and do."""

from django.db import migrations

from forums.granting.sql import managed_grants
from platform_api.core.migrating import run_at_once


class Migration(migrations.Migration):
    dependencies = [("forums", "0006_search")]

    operations = run_at_once(
        *managed_grants("forums_projectgrant", "forums_project"),
        *managed_grants("forums_meetinggrant", "forums_meeting"),
    )
