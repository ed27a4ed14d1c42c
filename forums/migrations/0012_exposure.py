"""What a suspended seat could see: counts and ids for operators, who read no content."""

from django.db import migrations

from platform_api.core.rls import policy_function

# Tables are those with reader scopes, and those with grants; each is asked in one statement.
EXPOSURE = """
CREATE FUNCTION forums_exposure(
    holders uuid[], since timestamptz, until timestamptz, at_most int)
RETURNS TABLE (table_name text, through text, total bigint, ids uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held record;
    groups int[];
    scopes int[];
BEGIN
    IF NOT rcp_operator() THEN
        RETURN;
    END IF;
    SELECT coalesce(array_agg(r.group_id), '{}') INTO groups
    FROM identity_rolegroup r WHERE r.holder_id = any(holders);
    SELECT coalesce(array_agg(DISTINCT s.scope_id), '{}') INTO scopes
    FROM identity_scopereader s
    WHERE s.group_id = any(groups) AND s.valid_from < until
      AND (s.valid_until IS NULL OR s.valid_until > since);
    FOR held IN
        SELECT c.oid::regclass AS rows FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'effective_scope_id'
        JOIN pg_attribute b ON b.attrelid = c.oid AND b.attname = 'created_at'
        WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace
        ORDER BY c.relname
    LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT %1$L, 'scope', count(*),
                   coalesce((array_agg(o.id ORDER BY o.id))[1:$3], '{}')
            FROM %2$s o WHERE o.effective_scope_id = any($1) AND o.created_at < $2
            $sql$, held.rows::text, held.rows) USING scopes, until, at_most;
    END LOOP;
    FOR held IN SELECT t.grants, t.objects FROM forums_grant_tables() t ORDER BY 1 LOOP
        RETURN QUERY EXECUTE format($sql$
            SELECT %1$L, 'grant', count(*), coalesce((array_agg(g.id ORDER BY g.id))[1:$4], '{}')
            FROM (SELECT DISTINCT content_object_id AS id FROM %2$s
                  WHERE group_id = any($1) AND created_at < $2
                    AND (expires_at IS NULL OR expires_at > $3)) g
            $sql$, held.objects::text, held.grants) USING groups, until, since, at_most;
    END LOOP;
END $$
"""

_SIGNATURE = "forums_exposure(uuid[], timestamptz, timestamptz, int)"


class Migration(migrations.Migration):
    dependencies = [("forums", "0011_reviews_row_security")]

    operations = [policy_function(_SIGNATURE, EXPOSURE)]
