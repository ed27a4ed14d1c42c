"""Entries, events and seals cannot be changed by anybody; details only be erased, on the record.

Triggers are ENABLE ALWAYS, so that session_replication_role does not switch them off.
"""

from django.db import migrations

from platform_api.core.migrating import run_at_once

REFUSE = """
CREATE FUNCTION ledger_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the ledger refuses % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = 'Entries are only ever added.';
END $$;

CREATE TRIGGER ledger_entry_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_event_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_event
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_detail_refuse BEFORE UPDATE OR TRUNCATE ON ledger_detail
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_refuse;
ALTER TABLE ledger_event ENABLE ALWAYS TRIGGER ledger_event_refuse;
ALTER TABLE ledger_seal ENABLE ALWAYS TRIGGER ledger_seal_refuse;
ALTER TABLE ledger_detail ENABLE ALWAYS TRIGGER ledger_detail_refuse;
"""

UNREFUSE = """
DROP TRIGGER ledger_detail_refuse ON ledger_detail;
DROP TRIGGER ledger_seal_refuse ON ledger_seal;
DROP TRIGGER ledger_event_refuse ON ledger_event;
DROP TRIGGER ledger_entry_refuse ON ledger_entry;
DROP FUNCTION ledger_refuse();
"""

# The clock and the transaction are the database's; that something was erased only the
# erasing function may say, which current_user tells because it is a definer function.
STAMP = """
CREATE FUNCTION ledger_stamp() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.kind = 'detail.erased' AND current_user <> 'rcp_policy' THEN
        RAISE EXCEPTION 'only ledger_erase_detail writes detail.erased'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.at := clock_timestamp();
    NEW.xid := pg_current_xact_id();
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_entry_stamp BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_stamp();
"""

UNSTAMP = """
DROP TRIGGER ledger_entry_stamp ON ledger_entry;
DROP FUNCTION ledger_stamp();
"""

# AFTER, because an entry and its details are one statement. A definer, because row-level
# security may hide the entry from the very actor who writes it.
DETAIL_TIME = """
CREATE FUNCTION ledger_detail_check_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM public.ledger_entry e
        WHERE e.id = NEW.entry_id AND e.xid = pg_current_xact_id() AND e.details_hash IS NOT NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'details are written with their entry, never later'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_detail_insert AFTER INSERT ON ledger_detail
    FOR EACH ROW EXECUTE FUNCTION ledger_detail_check_insert();
ALTER FUNCTION ledger_detail_check_insert() OWNER TO rcp_policy;
"""

UNDETAIL_TIME = """
DROP TRIGGER ledger_detail_insert ON ledger_detail;
DROP FUNCTION ledger_detail_check_insert();
"""

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

# Deleting needs both: to be the erasing function, and an entry of this very transaction.
ERASE = """
CREATE FUNCTION ledger_detail_check_delete() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = 'rcp_policy' THEN
        PERFORM FROM public.ledger_entry e
            WHERE e.object_type = 'ledger.entry' AND e.object_id = OLD.entry_id::text
                AND e.kind = 'detail.erased' AND e.xid = pg_current_xact_id();
        IF FOUND THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'the ledger refuses DELETE on ledger_detail'
        USING ERRCODE = 'insufficient_privilege', HINT = 'Details are erased by detail_erase.';
END $$;

CREATE TRIGGER ledger_detail_delete BEFORE DELETE ON ledger_detail
    FOR EACH ROW EXECUTE FUNCTION ledger_detail_check_delete();
ALTER TABLE ledger_detail ENABLE ALWAYS TRIGGER ledger_detail_delete;

CREATE FUNCTION ledger_erase_detail(
    erased uuid, erasure uuid, actor_id uuid, actor_kind text, seat_id uuid,
    client_id text, request_id text, details_hash bytea, salt bytea, payload jsonb
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target public.ledger_entry;
BEGIN
    SELECT e.* INTO target FROM public.ledger_entry e WHERE e.id = erased;
    INSERT INTO public.ledger_entry (
        id, kind, actor_id, actor_kind, seat_id, client_id, request_id,
        object_type, object_id, owner_seat_id, effective_scope_id, details_hash
    ) VALUES (
        erasure, 'detail.erased', actor_id, actor_kind, seat_id, client_id, request_id,
        'ledger.entry', erased::text, target.owner_seat_id, target.effective_scope_id, details_hash
    );
    INSERT INTO public.ledger_detail (entry_id, salt, payload) VALUES (erasure, salt, payload);
    DELETE FROM public.ledger_detail d WHERE d.entry_id = erased;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % has no details', erased USING ERRCODE = 'no_data_found';
    END IF;
END $$;

REVOKE ALL ON FUNCTION ledger_erase_detail FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_erase_detail TO rcp_runtime;
ALTER FUNCTION ledger_erase_detail OWNER TO rcp_policy;
"""

UNERASE = """
DROP FUNCTION ledger_erase_detail;
DROP TRIGGER ledger_detail_delete ON ledger_detail;
DROP FUNCTION ledger_detail_check_delete();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = run_at_once(
        migrations.RunSQL(REFUSE, UNREFUSE),
        migrations.RunSQL(STAMP, UNSTAMP),
        migrations.RunSQL(DETAIL_TIME, UNDETAIL_TIME),
        migrations.RunSQL(EVENT_TIME, UNEVENT_TIME),
        migrations.RunSQL(ERASE, UNERASE),
    )
