"""Events are written with their entry, and cannot be changed by anybody."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER ledger_event_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
ALTER TABLE ledger_event ENABLE ALWAYS TRIGGER ledger_event_refuse;
"""

UNREFUSE = "DROP TRIGGER ledger_event_refuse ON ledger_event;"

# An event that came later than its entry could lie behind a reader's cursor and never be told.
# AFTER, because an entry and its events are one statement. A definer, because row-level security
# may hide the entry from the very actor who writes it.
EVENT_TIME = """
CREATE FUNCTION ledger_event_check_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.ledger_entry e
        WHERE e.id = NEW.entry_id AND e.xid = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'events are written with their entry, never later'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_event_insert AFTER INSERT ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_event_check_insert();
ALTER FUNCTION ledger_event_check_insert() OWNER TO rcp_policy;
"""

UNEVENT_TIME = """
DROP TRIGGER ledger_event_insert ON ledger_event;
DROP FUNCTION ledger_event_check_insert();
"""

GRANT = """
REVOKE ALL ON ledger_event FROM PUBLIC, rcp_runtime, rcp_policy;
GRANT SELECT, INSERT ON ledger_event TO rcp_runtime;
"""

DEFAULTS = "GRANT SELECT, INSERT, UPDATE, DELETE ON ledger_event TO rcp_runtime, rcp_policy;"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_event")]

    operations = [
        migrations.RunSQL(REFUSE, UNREFUSE),
        migrations.RunSQL(EVENT_TIME, UNEVENT_TIME),
        migrations.RunSQL(GRANT, DEFAULTS),
    ]
