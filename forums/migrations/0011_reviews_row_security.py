"""The second wall of access reviews, and their way to the grants of a seat.

An access manager is not thereby a reader: neither the objects nor the grants that name its
seat's readers are its to see. What a review lists and ends of them goes through these definer
functions, which ask who may and reach the grants of the seat alone.
"""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import policy_function, protected_table

_SEEN = (
    "delegation_id = any((select rcp_managed_seats())::uuid[]) "
    "OR (select rcp_operator()) OR (select forums_membership_system())"
)

TABLES = """
CREATE FUNCTION forums_grant_tables() RETURNS TABLE (grants regclass, objects regclass)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT c.oid::regclass, con.confrelid::regclass
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'content_object_id'
    JOIN pg_constraint con ON con.conrelid = c.oid AND con.contype = 'f'
        AND con.conkey = ARRAY[a.attnum]
    WHERE t.tgname = c.relname || '_upkeep'
$$
"""

HOLDERS = """
CREATE FUNCTION forums_holders_of(seat uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN d.forum_id IS NULL THEN ARRAY[d.id, coalesce(d.country_id, d.organisation_id)]
                ELSE ARRAY[d.id] END
    FROM forums_delegation d WHERE d.id = seat
$$
"""

MAY = """
CREATE FUNCTION forums_may_review(seat uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT seat = any(rcp_managed_seats()) OR rcp_operator() OR forums_membership_system()
$$
"""

# Grants to the owner itself, which a restricted object has, are no access of others.
LIST = """
CREATE FUNCTION forums_review_grants(seat uuid) RETURNS TABLE (
    grants text, grant_id uuid, object_id uuid, group_id int, permission_id int,
    expires_at timestamptz, owner uuid, own_end timestamptz, other_due timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held record;
    holders uuid[] := forums_holders_of(seat);
BEGIN
    IF NOT forums_may_review(seat) THEN
        RETURN;
    END IF;
    FOR held IN SELECT * FROM forums_grant_tables() LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT %1$L, g.id, g.content_object_id, g.group_id, g.permission_id, g.expires_at,
                   o.owner_delegation_id, other.own_end, other.due_at
            FROM %2$s g
            JOIN %3$s o ON o.id = g.content_object_id
            JOIN identity_rolegroup r ON r.group_id = g.group_id
            LEFT JOIN forums_delegation d ON d.id = o.owner_delegation_id
            LEFT JOIN LATERAL (
                SELECT (i.ends ->> g.id::text)::timestamptz AS own_end, v.due_at
                FROM forums_accessreviewitem i
                JOIN forums_accessreview v ON v.id = i.review_id
                WHERE i.object_id = o.id AND i.decision = 'open' AND i.ends ? g.id::text
                  AND v.closed_at IS NULL AND v.delegation_id <> $1
                ORDER BY v.due_at LIMIT 1
            ) other ON true
            WHERE (g.expires_at IS NULL OR g.expires_at > statement_timestamp())
              AND (o.owner_delegation_id = $1 OR r.holder_id = any($2))
              AND r.holder_id IS DISTINCT FROM o.owner_delegation_id
              AND (d.id IS NULL
                   OR r.holder_id <> coalesce(d.country_id, d.organisation_id))
            $sql$, held.grants::text, held.grants, held.objects) USING seat, holders;
    END LOOP;
END $$
"""

SET_ENDS = """
CREATE FUNCTION forums_review_set_ends(
    seat uuid, grants_table text, ids uuid[], ends timestamptz[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held record;
BEGIN
    IF NOT forums_may_review(seat) THEN
        RETURN;
    END IF;
    FOR held IN SELECT * FROM forums_grant_tables() t WHERE t.grants::text = grants_table LOOP
        EXECUTE format($sql$
            UPDATE %1$s g SET expires_at = n.until
            FROM unnest($3, $4) AS n(id, until), %2$s o, identity_rolegroup r
            WHERE g.id = n.id AND o.id = g.content_object_id AND r.group_id = g.group_id
              AND (o.owner_delegation_id = $1 OR r.holder_id = any($2))
            $sql$, held.grants, held.objects) USING seat, forums_holders_of(seat), ids, ends;
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0010_readings_row_security")]

    operations = run_at_once(
        protected_table("forums_accessreview", _SEEN),
        protected_table(
            "forums_accessreviewitem",
            "EXISTS (SELECT FROM forums_accessreview parent WHERE parent.id = review_id)",
        ),
        policy_function("forums_grant_tables()", TABLES),
        policy_function("forums_holders_of(uuid)", HOLDERS),
        policy_function("forums_may_review(uuid)", MAY),
        policy_function("forums_review_grants(uuid)", LIST),
        policy_function("forums_review_set_ends(uuid, text, uuid[], timestamptz[])", SET_ENDS),
    )
