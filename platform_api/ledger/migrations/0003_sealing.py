"""The queue of unsealed entries, and the one function that numbers and chains them."""

from django.db import migrations

from platform_api.core.migrating import run_at_once

# Plain waiting rows, read in order and deleted: keep the table small without being asked.
TABLES = """
ALTER TABLE ledger_unsealed SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 20000
);
CREATE UNLOGGED TABLE ledger_sealer_idle (
    process text PRIMARY KEY,
    until timestamptz NOT NULL
);
ALTER TABLE ledger_throttle SET UNLOGGED;
ALTER TABLE ledger_throttle SET (fillfactor = 50);
"""

UNTABLES = """
ALTER TABLE ledger_throttle RESET (fillfactor);
ALTER TABLE ledger_throttle SET LOGGED;
DROP TABLE ledger_sealer_idle;
ALTER TABLE ledger_unsealed RESET (
    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,
    autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold
);
"""

# NOTIFY takes a lock over the whole server at commit, so that notifying transactions commit
# one after the other. It is therefore sent only while a sealer sleeps and has asked for it.
QUEUE = """
CREATE FUNCTION ledger_enqueue() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.ledger_unsealed (xid, entry_id) VALUES (NEW.xid, NEW.id);
    IF EXISTS (SELECT FROM public.ledger_sealer_idle WHERE until > clock_timestamp()) THEN
        PERFORM pg_notify('ledger_unsealed', '');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_entry_enqueue AFTER INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_enqueue();
ALTER FUNCTION ledger_enqueue() OWNER TO rcp_policy;
"""

UNQUEUE = """
DROP TRIGGER ledger_entry_enqueue ON ledger_entry;
DROP FUNCTION ledger_enqueue();
"""

# The same bytes as platform_api/ledger/canonical.py, which describes them.
HASHES = """
CREATE FUNCTION ledger_framed(value bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN value IS NULL THEN int4send(-1) ELSE int4send(octet_length(value)) || value
END;

CREATE FUNCTION ledger_microseconds(moment timestamptz) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
RETURN (extract(epoch FROM moment) * 1000000)::bigint;

CREATE FUNCTION ledger_entry_hash(e ledger_entry) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(
    'rcp.ledger.entry.1'::bytea
    || ledger_framed(uuid_send(e.id))
    || ledger_framed(int8send(ledger_microseconds(e.at)))
    || ledger_framed(convert_to(e.kind, 'UTF8'))
    || ledger_framed(uuid_send(e.actor_id))
    || ledger_framed(convert_to(e.actor_kind, 'UTF8'))
    || ledger_framed(uuid_send(e.seat_id))
    || ledger_framed(convert_to(e.client_id, 'UTF8'))
    || ledger_framed(convert_to(e.request_id, 'UTF8'))
    || ledger_framed(convert_to(e.object_type, 'UTF8'))
    || ledger_framed(convert_to(e.object_id, 'UTF8'))
    || ledger_framed(uuid_send(e.owner_seat_id))
    || ledger_framed(int8send(e.effective_scope_id))
    || ledger_framed(e.details_hash)
);
"""

UNHASHES = """
DROP FUNCTION ledger_entry_hash;
DROP FUNCTION ledger_microseconds;
DROP FUNCTION ledger_framed;
"""

# What is below the snapshot's xmin is final: nobody can commit a smaller number any more,
# so positions never overtake a commit. A row that can be read although its number is not
# visible in the snapshot, and is not ours, was written on another server and restored here.
# A sealer that waited for nothing must see the last one's seals: read committed only.
SEAL = """
CREATE FUNCTION ledger_seal(batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lock_key CONSTANT bigint := -7912347184346815971;
    own CONSTANT xid8 := pg_current_xact_id_if_assigned();
    moment timestamptz;
    place bigint;
    chain bytea;
    digest bytea;
    next record;
    sealed integer := 0;
BEGIN
    IF current_setting('transaction_read_only') = 'on'
        OR current_setting('transaction_isolation') <> 'read committed'
    THEN
        RETURN 0;
    END IF;
    IF NOT pg_try_advisory_xact_lock(lock_key) THEN
        RETURN 0;
    END IF;
    SELECT s.position, s.chain_hash INTO place, chain
        FROM public.ledger_seal s ORDER BY s.position DESC LIMIT 1;
    place := coalesce(place, 0);
    chain := coalesce(chain, decode(repeat('00', 32), 'hex'));
    moment := clock_timestamp();
    FOR next IN
        SELECT q.xid, q.entry_id, entry
        FROM public.ledger_unsealed q JOIN public.ledger_entry entry ON entry.id = q.entry_id
        WHERE q.xid < pg_snapshot_xmin(pg_current_snapshot())
            OR (NOT pg_visible_in_snapshot(q.xid, pg_current_snapshot())
                AND q.xid IS DISTINCT FROM own)
        ORDER BY q.xid, q.entry_id
        LIMIT batch
    LOOP
        place := place + 1;
        digest := public.ledger_entry_hash(next.entry);
        chain := sha256(
            chain || digest || int8send(place) || int8send(public.ledger_microseconds(moment))
        );
        INSERT INTO public.ledger_seal (position, entry_id, entry_hash, chain_hash, sealed_at)
            VALUES (place, next.entry_id, digest, chain, moment);
        DELETE FROM public.ledger_unsealed q
            WHERE q.xid = next.xid AND q.entry_id = next.entry_id;
        sealed := sealed + 1;
    END LOOP;
    RETURN sealed;
END $$;

GRANT EXECUTE ON FUNCTION ledger_framed, ledger_microseconds, ledger_entry_hash TO rcp_policy;
REVOKE ALL ON FUNCTION ledger_seal FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_seal TO rcp_runtime;
ALTER FUNCTION ledger_seal OWNER TO rcp_policy;
"""

UNSEAL = "DROP FUNCTION ledger_seal;"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = run_at_once(
        migrations.RunSQL(TABLES, UNTABLES),
        migrations.RunSQL(QUEUE, UNQUEUE),
        migrations.RunSQL(HASHES, UNHASHES),
        migrations.RunSQL(SEAL, UNSEAL),
    )
