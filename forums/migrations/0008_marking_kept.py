"""Narrowed scopes keep their readers, and grants on meetings and projects keep to the marks."""

from django.db import migrations

from forums.marking.sql import Bound, narrowed_scopes, releasable_grants
from platform_api.core.migrating import run_at_once


class Migration(migrations.Migration):
    dependencies = [("forums", "0007_granting")]

    operations = run_at_once(
        *narrowed_scopes(),
        *releasable_grants("forums_meetinggrant", Bound("forums_meeting")),
        *releasable_grants("forums_projectgrant", Bound("forums_project")),
    )
