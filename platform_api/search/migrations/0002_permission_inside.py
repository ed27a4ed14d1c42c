"""The index with permission inside: who reads an entry is lexemes beside its words.

A caller searches through ``search_find`` alone, which takes the caller's scopes and groups from
the signed actor and answers keys; texts are read elsewhere, behind their own walls.

Locks: a change of an object's readers takes the object alone, everything that depends on its
readers takes it shared, and its parents too. So a section released at the moment in which its
document is granted is found by both.

Texts that are read by some of their parent's readers only carry these beside those of their ring,
and a search asks for both.
"""

from django.db import migrations

from platform_api.core.migrating import run_at_once
from platform_api.core.rls import OWNER_ROLE, RUNTIME_ROLE
from platform_api.search.sql import BY_MIGRATIONS, BY_SERVICES, definer

PARENT = """
DECLARE
    source search_kind;
    found uuid;
BEGIN
    SELECT * INTO STRICT source FROM search_kind k WHERE k.type_name = kind;
    IF source.parent_type = '' THEN
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT o.%I FROM %I o WHERE o.id = $1 AND %s',
                   source.parent_column, source.table_name,
                   CASE WHEN only_inherited AND source.inherits_column <> ''
                        THEN format('o.%I', source.inherits_column) ELSE 'true' END)
        INTO found USING object;
    RETURN found;
END
"""

LOCK = """
DECLARE
    source search_kind;
    above uuid;
    key bigint := hashtextextended('search ' || kind || ' ' || object, 0);
BEGIN
    IF alone THEN
        PERFORM pg_advisory_xact_lock(key);
    ELSE
        PERFORM pg_advisory_xact_lock_shared(key);
    END IF;
    SELECT * INTO STRICT source FROM search_kind k WHERE k.type_name = kind;
    above := search_parent(kind, object, false);
    IF above IS NOT NULL THEN
        PERFORM search_lock(source.parent_type, above, false);
    END IF;
END
"""

RING = """
DECLARE
    source search_kind;
    above uuid;
    granted boolean;
BEGIN
    SELECT * INTO STRICT source FROM search_kind k WHERE k.type_name = kind;
    RETURN QUERY EXECUTE format(
        'SELECT ''@s'' || s.id, timestamptz ''9999-12-31Z''
         FROM %I o, unnest(ARRAY[%s]) s(id) WHERE o.id = $1 AND s.id IS NOT NULL',
        source.table_name, source.ring_columns) USING object;
    IF source.ring_granted <> '' THEN
        EXECUTE format('SELECT %s FROM %I o WHERE o.id = $1',
                       source.ring_granted, source.table_name) INTO granted USING object;
        above := search_parent(kind, object, false);
        IF granted THEN
            RETURN QUERY SELECT r.* FROM search_readers(source.parent_type, above) r
                         WHERE starts_with(r.token, '@g');
        END IF;
    END IF;
END
"""

READERS = """
DECLARE
    source search_kind;
    above uuid;
BEGIN
    SELECT * INTO STRICT source FROM search_kind k WHERE k.type_name = kind;
    IF source.ring_columns <> '' THEN
        RETURN QUERY SELECT * FROM search_ring(kind, object);
        RETURN;
    END IF;
    IF source.scope_column <> '' THEN
        RETURN QUERY EXECUTE format(
            'SELECT ''@s'' || o.%1$I, timestamptz ''9999-12-31Z'' FROM %2$I o
             WHERE o.id = $1 AND o.%1$I IS NOT NULL',
            source.scope_column, source.table_name) USING object;
    END IF;
    IF source.grant_table <> '' THEN
        RETURN QUERY EXECUTE format(
            'SELECT ''@g'' || g.group_id, coalesce(g.expires_at, ''9999-12-31Z'')
             FROM %I g JOIN auth_permission p ON p.id = g.permission_id
             WHERE g.content_object_id = $1 AND starts_with(p.codename, ''view_'')',
            source.grant_table) USING object;
    END IF;
    above := search_parent(kind, object, true);
    IF above IS NOT NULL THEN
        RETURN QUERY SELECT * FROM search_readers(source.parent_type, above);
    END IF;
END
"""

_TOKENS = """
    SELECT coalesce(array_agg(t.token ORDER BY t.token), '{}') AS tokens,
           coalesce(array_agg(t.ends ORDER BY t.token), '{}') AS ends
    FROM (SELECT s.token, max(s.until) AS ends FROM search_readers(%s) s GROUP BY s.token) t
"""

WRITE = f"""
DECLARE
    source search_kind;
    child search_kind;
    below uuid;
    above uuid;
    around text[];
    around_ends timestamptz[];
BEGIN
    SELECT * INTO STRICT source FROM search_kind k WHERE k.type_name = kind;
    IF source.ring_columns <> '' THEN
        above := search_parent(kind, object, false);
        SELECT a.tokens, a.ends INTO around, around_ends
        FROM ({_TOKENS % "source.parent_type, above"}) a;
    END IF;
    UPDATE search_entry e
    SET access = r.tokens, until = r.ends, within = around, within_until = around_ends
    FROM ({_TOKENS % "kind, object"}) r
    WHERE e.type_name = kind AND e.object_id = object
      AND (e.access, e.until, e.within, e.within_until)
          IS DISTINCT FROM (r.tokens, r.ends, around, around_ends);
    IF NOT below_too THEN
        RETURN;
    END IF;
    FOR child IN SELECT * FROM search_kind k WHERE k.parent_type = kind LOOP
        FOR below IN EXECUTE format('SELECT o.id FROM %I o WHERE o.%I = $1 ORDER BY o.id',
                                    child.table_name, child.parent_column) USING object LOOP
            PERFORM search_write_readers(child.type_name, below, true);
        END LOOP;
    END LOOP;
END
"""

REFRESH = """
BEGIN
    PERFORM search_lock(kind, object, true);
    PERFORM search_write_readers(kind, object, true);
END
"""

FOLLOW = """
BEGIN
    IF tg_op = 'DELETE' THEN
        DELETE FROM search_entry e WHERE e.type_name = tg_argv[0] AND e.object_id = old.id;
    ELSE
        PERFORM search_refresh(tg_argv[0], new.id);
    END IF;
    RETURN NULL;
END
"""

FOLLOW_GRANTS = """
DECLARE
    object uuid;
BEGIN
    FOR object IN SELECT DISTINCT c.content_object_id FROM changed c ORDER BY 1 LOOP
        PERFORM search_refresh(tg_argv[0], object);
    END LOOP;
    RETURN NULL;
END
"""

PUT = f"""
DECLARE
    object uuid;
BEGIN
    IF '{RUNTIME_ROLE}' IN (session_user, current_setting('role')) AND NOT rcp_live() THEN
        RAISE EXCEPTION 'nobody is acting' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR object IN SELECT DISTINCT k FROM unnest(keys) k ORDER BY 1 LOOP
        PERFORM search_lock(kind, object, false);
    END LOOP;
    DELETE FROM search_entry e
    WHERE e.type_name = kind AND e.object_id = any(keys) AND NOT EXISTS (
        SELECT FROM unnest(objects, languages) t(object, language)
        WHERE t.object = e.object_id AND t.language = e.language);
    INSERT INTO search_entry (type_name, object_id, language, words, access, until)
    SELECT kind, t.object, t.language, t.words::tsvector, '{{}}', '{{}}'
    FROM unnest(objects, languages, lexemes) t(object, language, words)
    ON CONFLICT (type_name, object_id, language) DO UPDATE SET words = excluded.words
    WHERE search_entry.words IS DISTINCT FROM excluded.words;
    FOR object IN SELECT DISTINCT k FROM unnest(keys) k ORDER BY 1 LOOP
        PERFORM search_write_readers(kind, object, false);
    END LOOP;
END
"""

FIND = """
DECLARE
    tokens text[] := ARRAY(
        SELECT '@s' || s FROM unnest(rcp_scopes()) s
        UNION ALL SELECT '@g' || g FROM unnest(rcp_groups()) g);
    gate tsquery;
BEGIN
    -- A query that asks for access lexemes would tell who else reads a text.
    IF cardinality(tokens) = 0 OR numnode(wanted) = 0 OR strpos(wanted::text, '@') > 0 THEN
        RETURN;
    END IF;
    SELECT string_agg(quote_literal(t), ' | ')::tsquery INTO gate FROM unnest(tokens) t;
    RETURN QUERY EXECUTE $query$
        SELECT f.type_name::text, f.object_id, f.language::text, ts_rank(f.words, $1, 1)
        FROM (
            SELECT e.type_name, e.object_id, e.language, e.words FROM search_entry e
            WHERE e.words || array_to_tsvector(e.access) @@ ($1 && $2)
              AND e.type_name = any($3)
              AND ($4 = '' OR lower(e.language) = $4 OR starts_with(lower(e.language), $4 || '-'))
              AND EXISTS (
                SELECT FROM unnest(e.access, e.until) t(token, until)
                WHERE t.token = any($5) AND t.until > statement_timestamp())
              AND (e.within IS NULL OR EXISTS (
                SELECT FROM unnest(e.within, e.within_until) w(token, until)
                WHERE w.token = any($5) AND w.until > statement_timestamp()))
            ORDER BY e.type_name, e.object_id, e.language LIMIT $6) f
        $query$ USING wanted, gate, kinds, lower(tag), tokens, most;
END
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("identity", "0002_actor_functions")]

    operations = run_at_once(
        migrations.RunSQL(
            [
                f"REVOKE ALL ON search_entry, search_kind FROM {RUNTIME_ROLE}",
                *(
                    statement
                    for table in ("search_entry", "search_kind")
                    for statement in (
                        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                        (
                            f"CREATE POLICY {table}_owner ON {table} TO {OWNER_ROLE} "
                            "USING (true) WITH CHECK (true)"
                        ),
                    )
                ),
            ],
            [
                *(
                    statement
                    for table in ("search_entry", "search_kind")
                    for statement in (
                        f"DROP POLICY {table}_owner ON {table}",
                        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                    )
                ),
                (
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON search_entry, search_kind "
                    f"TO {RUNTIME_ROLE}"
                ),
            ],
        ),
        migrations.RunSQL(
            [
                (
                    "CREATE INDEX search_entry_lexemes ON search_entry "
                    "USING gin ((words || array_to_tsvector(access)))"
                )
            ],
            ["DROP INDEX search_entry_lexemes"],
        ),
        definer(
            "search_parent(kind text, object uuid, only_inherited boolean)",
            "RETURNS uuid LANGUAGE plpgsql STABLE",
            PARENT,
            called_by=(),
        ),
        definer(
            "search_lock(kind text, object uuid, alone boolean)",
            "RETURNS void LANGUAGE plpgsql",
            LOCK,
            called_by=(),
        ),
        definer(
            "search_ring(kind text, object uuid)",
            "RETURNS TABLE (token text, until timestamptz) LANGUAGE plpgsql STABLE",
            RING,
            called_by=(),
        ),
        definer(
            "search_readers(kind text, object uuid)",
            "RETURNS TABLE (token text, until timestamptz) LANGUAGE plpgsql STABLE",
            READERS,
            called_by=(),
        ),
        definer(
            "search_write_readers(kind text, object uuid, below_too boolean)",
            "RETURNS void LANGUAGE plpgsql",
            WRITE,
            called_by=(),
        ),
        definer(
            "search_refresh(kind text, object uuid)",
            "RETURNS void LANGUAGE plpgsql",
            REFRESH,
            called_by=(),
        ),
        definer(
            "search_follow()",
            "RETURNS trigger LANGUAGE plpgsql",
            FOLLOW,
            called_by=BY_MIGRATIONS,
        ),
        definer(
            "search_follow_grants()",
            "RETURNS trigger LANGUAGE plpgsql",
            FOLLOW_GRANTS,
            called_by=BY_MIGRATIONS,
        ),
        definer(
            "search_put(kind text, keys uuid[], objects uuid[], languages text[], lexemes text[])",
            "RETURNS void LANGUAGE plpgsql",
            PUT,
            called_by=BY_SERVICES,
        ),
        definer(
            "search_find(wanted tsquery, kinds text[], tag text, most int)",
            "RETURNS TABLE (type_name text, object_id uuid, language text, rank real) "
            "LANGUAGE plpgsql STABLE",
            FIND,
            called_by=BY_SERVICES,
        ),
    )
