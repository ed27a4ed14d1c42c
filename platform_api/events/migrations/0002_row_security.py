"""The second wall of the change feed: an event is read by those it names.

Whether its object is seen is asked of the object's own table, which has a wall of its own.
"""

from django.db import migrations

WALL = """
ALTER TABLE ledger_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_event FORCE ROW LEVEL SECURITY;
CREATE POLICY ledger_event_select ON ledger_event FOR SELECT TO rcp_runtime USING (
    (audience_group_id IS NULL OR audience_group_id = any((select rcp_groups())::int[]))
    AND (narrow_scope_id IS NULL OR narrow_scope_id = any((select rcp_scopes())::int[]))
    AND (select rcp_subject()) IS NOT NULL
);
CREATE POLICY ledger_event_insert ON ledger_event FOR INSERT TO rcp_runtime WITH CHECK (true);
CREATE POLICY ledger_event_owner ON ledger_event TO rcp_owner USING (true) WITH CHECK (true);
"""

UNWALL = """
DROP POLICY ledger_event_owner ON ledger_event;
DROP POLICY ledger_event_insert ON ledger_event;
DROP POLICY ledger_event_select ON ledger_event;
ALTER TABLE ledger_event NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_event DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
        ("identity", "0002_actor_functions"),
        ("ledger", "0004_privileges"),
    ]

    operations = [migrations.RunSQL(WALL, UNWALL)]
