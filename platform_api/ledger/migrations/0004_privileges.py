"""Who may do what to the ledger's tables; the rest of what the defaults gave is taken back.

rcp_policy owns the functions of the migrations before; rcp_runtime serves requests and
seals through ``ledger_seal`` only.
"""

from django.db import migrations

from platform_api.core.migrating import run_at_once

TABLES = (
    "ledger_entry, ledger_event, ledger_detail, ledger_seal, ledger_unsealed, ledger_sealer_idle, "
    "ledger_denialcount, ledger_idempotentanswer, ledger_throttle"
)

GRANT = f"""
REVOKE ALL ON {TABLES} FROM PUBLIC, rcp_runtime, rcp_policy;
GRANT SELECT ON {TABLES} TO rcp_runtime;
GRANT INSERT ON ledger_entry, ledger_event, ledger_detail TO rcp_runtime;
GRANT INSERT, UPDATE, DELETE ON ledger_sealer_idle, ledger_denialcount,
    ledger_idempotentanswer, ledger_throttle TO rcp_runtime;
GRANT SELECT ON ledger_sealer_idle TO rcp_policy;
GRANT SELECT, INSERT ON ledger_entry, ledger_seal TO rcp_policy;
GRANT SELECT, INSERT, DELETE ON ledger_detail, ledger_unsealed TO rcp_policy;
"""

DEFAULTS = f"""
GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLES} TO rcp_runtime, rcp_policy;
"""

# The migrating role has given the functions away; it may still seal and erase.
OWNER_MAY = """
SET LOCAL ROLE rcp_policy;
GRANT EXECUTE ON FUNCTION ledger_seal, ledger_erase_detail TO rcp_owner;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_sealing")]

    operations = run_at_once(
        migrations.RunSQL(GRANT, DEFAULTS),
        migrations.RunSQL(OWNER_MAY, migrations.RunSQL.noop),
    )
