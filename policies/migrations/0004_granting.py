"""What those who manage access to instruments and practices may know and do."""

from django.db import migrations

from forums.granting.sql import managed_grants
from platform_api.core.migrating import run_at_once


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_search")]

    operations = run_at_once(
        *managed_grants("policies_instrumentgrant", "policies_instrument"),
        *managed_grants("policies_practicegrant", "policies_practice"),
    )
