"""What those who manage access to instruments and practices may know and do."""

from django.db import migrations

from forums.granting.sql import managed_grants


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_search")]

    operations = [
        *managed_grants("policies_instrumentgrant", "policies_instrument"),
        *managed_grants("policies_practicegrant", "policies_practice"),
    ]
