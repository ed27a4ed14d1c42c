"""Grants on instruments and practices keep to the marks."""

from django.db import migrations

from forums.marking.sql import Bound, releasable_grants
from platform_api.core.migrating import run_at_once


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_granting"), ("forums", "0008_marking_kept")]

    operations = run_at_once(
        *releasable_grants("policies_instrumentgrant", Bound("policies_instrument")),
        *releasable_grants("policies_practicegrant", Bound("policies_practice")),
    )
