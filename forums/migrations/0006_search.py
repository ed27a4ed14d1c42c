"""Meetings and projects are found by those who read them."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.search.sql import search_source


class Migration(migrations.Migration):
    dependencies = [("forums", "0005_funding_row_security"), ("search", "0002_permission_inside")]

    operations = run_at_once(
        *search_source("meeting", "forums_meeting", grant_table="forums_meetinggrant"),
        *search_source("project", "forums_project", grant_table="forums_projectgrant"),
    )
