"""Instruments and practices are found by those who read them."""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.search.sql import search_source


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_row_security"), ("search", "0002_permission_inside")]

    operations = run_at_once(
        *search_source("instrument", "policies_instrument", grant_table="policies_instrumentgrant"),
        *search_source("practice", "policies_practice", grant_table="policies_practicegrant"),
    )
