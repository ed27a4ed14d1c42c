"""The queries of verification.py.

An erasure is looked up in the same statement as the details it took away, so that one made
meanwhile is no false alarm. Columns of an entry stand in the order of ``ENTRY_COLUMNS``.
"""

SEALED = """
SELECT q.position, q.entry_hash, q.chain_hash, q.sealed_at, q.entry_id,
    e.id, e.at, e.kind, e.actor_id, e.actor_kind, e.seat_id, e.client_id, e.request_id,
    e.object_type, e.object_id, e.owner_seat_id, e.effective_scope_id, e.details_hash,
    d.salt, d.payload::text, erasure.at, erasure.actor_kind, erasure.actor_id
FROM (SELECT * FROM ledger_seal WHERE position > %s ORDER BY position LIMIT %s) q
LEFT JOIN ledger_entry e ON e.id = q.entry_id
LEFT JOIN ledger_detail d ON d.entry_id = q.entry_id
LEFT JOIN LATERAL (
    SELECT x.at, x.actor_kind, x.actor_id FROM ledger_entry x
    WHERE x.object_type = 'ledger.entry' AND x.object_id = q.entry_id::text
        AND x.kind = 'detail.erased'
    ORDER BY x.id LIMIT 1
) erasure ON e.details_hash IS NOT NULL
ORDER BY q.position
"""

QUEUED = """
SELECT q.xid::text, q.entry_id,
    e.id, e.at, e.kind, e.actor_id, e.actor_kind, e.seat_id, e.client_id, e.request_id,
    e.object_type, e.object_id, e.owner_seat_id, e.effective_scope_id, e.details_hash,
    d.salt, d.payload::text, erasure.at, erasure.actor_kind, erasure.actor_id
FROM (
    SELECT * FROM ledger_unsealed WHERE (xid, entry_id) > (%s::text::xid8, %s)
    ORDER BY xid, entry_id LIMIT %s
) q
LEFT JOIN ledger_entry e ON e.id = q.entry_id
LEFT JOIN ledger_detail d ON d.entry_id = q.entry_id
LEFT JOIN LATERAL (
    SELECT x.at, x.actor_kind, x.actor_id FROM ledger_entry x
    WHERE x.object_type = 'ledger.entry' AND x.object_id = q.entry_id::text
        AND x.kind = 'detail.erased'
    ORDER BY x.id LIMIT 1
) erasure ON e.details_hash IS NOT NULL
ORDER BY q.xid, q.entry_id
"""

# The following name entries that are wrong, up to a limit, with how many there are in all.
NOT_QUEUED = """
SELECT e.id, count(*) OVER () FROM ledger_entry e
WHERE NOT EXISTS (SELECT FROM ledger_seal s WHERE s.entry_id = e.id)
    AND NOT EXISTS (SELECT FROM ledger_unsealed u WHERE u.entry_id = e.id)
ORDER BY e.id LIMIT %s
"""

QUEUE_ORPHANS = """
SELECT u.entry_id, count(*) OVER () FROM ledger_unsealed u
WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = u.entry_id)
ORDER BY u.entry_id LIMIT %s
"""

QUEUED_THOUGH_SEALED = """
SELECT u.entry_id, count(*) OVER () FROM ledger_unsealed u
WHERE EXISTS (SELECT FROM ledger_seal s WHERE s.entry_id = u.entry_id)
ORDER BY u.entry_id LIMIT %s
"""

DETAIL_ORPHANS = """
SELECT d.entry_id, count(*) OVER () FROM ledger_detail d
WHERE NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = d.entry_id)
ORDER BY d.entry_id LIMIT %s
"""
