"""Texts that are read by some of their parent's readers only: who is in their ring, too.

Their entries carry the readers of the parent beside those of the ring, and a search asks for both.
"""

from importlib import import_module

import django.contrib.postgres.fields
from django.db import migrations, models

from platform_api.search.sql import BY_SERVICES, definer, redefined

_BEFORE = import_module("platform_api.search.migrations.0002_permission_inside")

_TOKENS = """
    SELECT coalesce(array_agg(t.token ORDER BY t.token), '{}') AS tokens,
           coalesce(array_agg(t.ends ORDER BY t.token), '{}') AS ends
    FROM (SELECT s.token, max(s.until) AS ends FROM search_readers(%s) s GROUP BY s.token) t
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

READERS = _BEFORE.READERS.replace(
    "    IF source.scope_column <> '' THEN",
    """    IF source.ring_columns <> '' THEN
        RETURN QUERY SELECT * FROM search_ring(kind, object);
        RETURN;
    END IF;
    IF source.scope_column <> '' THEN""",
)

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

FIND = _BEFORE.FIND.replace(
    "            ORDER BY e.type_name",
    """              AND (e.within IS NULL OR EXISTS (
                SELECT FROM unnest(e.within, e.within_until) w(token, until)
                WHERE w.token = any($5) AND w.until > statement_timestamp()))
            ORDER BY e.type_name""",
)

READERS_OF = "search_readers(kind text, object uuid)"
WRITE_READERS = "search_write_readers(kind text, object uuid, below_too boolean)"
FIND_BY = "search_find(wanted tsquery, kinds text[], tag text, most int)"
_READERS = "RETURNS TABLE (token text, until timestamptz) LANGUAGE plpgsql STABLE"
_WRITE = "RETURNS void LANGUAGE plpgsql"
_FIND = (
    "RETURNS TABLE (type_name text, object_id uuid, language text, rank real) "
    "LANGUAGE plpgsql STABLE"
)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_permission_inside")]

    operations = [
        migrations.AddField(
            model_name="searchkind",
            name="ring_columns",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="searchkind",
            name="ring_granted",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="within",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="within_until",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateTimeField(), null=True, size=None
            ),
        ),
        definer("search_ring(kind text, object uuid)", _READERS, RING, called_by=()),
        redefined(
            definer(READERS_OF, _READERS, _BEFORE.READERS, called_by=()),
            definer(READERS_OF, _READERS, READERS, called_by=()),
        ),
        redefined(
            definer(WRITE_READERS, _WRITE, _BEFORE.WRITE, called_by=()),
            definer(WRITE_READERS, _WRITE, WRITE, called_by=()),
        ),
        redefined(
            definer(FIND_BY, _FIND, _BEFORE.FIND, called_by=BY_SERVICES),
            definer(FIND_BY, _FIND, FIND, called_by=BY_SERVICES),
        ),
    ]
