"""What the database does when a passage is purged, as operations of migrations.

Rows that hang on a section are hidden from whoever keeps it: drafts, internal comments and working
copies of other delegations. The passage has to leave them, too, and nobody may learn that it was
there. These functions ask for the caller's right themselves and tell only keys.
"""

from django.db.migrations import RunSQL

from platform_api.core.rls import RUNTIME_ROLE, policy_function

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"


def purgeable(
    table: str,
    type_name: str,
    *columns: str,
    section: str = "o.section_id",
    document: str = "",
    revisioned: bool = False,
) -> RunSQL:
    """Let a purge cut its passage out of the rows of a table that hang on its section.

    columns: of text or jsonb; an empty text must be allowed in each. type_name: of the model's
    Protection. section: SQL expression over the row ``o`` for the section it hangs on.
    document: the same for a document that it hangs on instead; empty where it never does.
    revisioned: its ``revision`` counts its changes, so that nobody writes back what was cut.

    ``<table>_purge(purge)`` answers with the keys of all rows that hang there, touched or not. What
    it touched is out of the search until it is written again.
    """
    cut = ", ".join(f"{column} = documents_without(o.{column}, p.passage)" for column in columns)
    cut += ", revision = o.revision + 1" if revisioned else ""
    held = " OR ".join(f"documents_holds(o.{column}, p.passage)" for column in columns)
    hangs = f"{section} = p.section_id"
    if document:
        hangs = f"({hangs} OR {document} = p.document_id)"
    return policy_function(
        f"{table}_purge(uuid)",
        f"""
        CREATE FUNCTION {table}_purge(purge uuid) RETURNS uuid[]
        LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
        DECLARE
            p documents_purge := documents_purge_permitted(purge);
        BEGIN
            IF p.passage <> '' THEN
                WITH cut AS (
                    UPDATE {table} o SET {cut}
                    WHERE {hangs} AND ({held}) RETURNING o.id
                ), unfound AS (
                    DELETE FROM search_entry e USING cut
                    WHERE e.type_name = '{type_name}' AND e.object_id = cut.id)
                INSERT INTO documents_purgedrow (purge_id, table_name, row_id)
                SELECT p.id, '{table}', cut.id FROM cut;
            END IF;
            RETURN array(SELECT o.id FROM {table} o WHERE {hangs});
        END $$
        """,
    )


def text_functions() -> list[RunSQL]:
    """How a passage is found and cut: in any white space, in texts and in the texts of a JSON."""
    return [
        policy_function(
            "documents_squeezed(text)",
            r"""
            CREATE FUNCTION documents_squeezed(value text) RETURNS text
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT regexp_replace(value, '[ \t\n\r\f\v]+', ' ', 'g')
            $$
            """,
        ),
        policy_function(
            "documents_holds(text, text)",
            """
            CREATE FUNCTION documents_holds(value text, passage text) RETURNS boolean
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT passage <> '' AND value IS NOT NULL
                    AND strpos(public.documents_squeezed(value), passage) > 0
            $$
            """,
        ),
        policy_function(
            "documents_holds(jsonb, text)",
            """
            CREATE FUNCTION documents_holds(value jsonb, passage text) RETURNS boolean
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
                SELECT EXISTS (
                    SELECT FROM jsonb_path_query(value, '$.** ? (@.type() == "string")') found
                    WHERE public.documents_holds(found #>> '{}', passage))
            $$
            """,
        ),
        # A pattern with white space between its words takes PostgreSQL minutes to compile; the
        # place in the squeezed text is carried over to the text as it stands instead.
        policy_function(
            "documents_without(text, text)",
            r"""
            CREATE FUNCTION documents_without(value text, passage text) RETURNS text
            LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
            DECLARE
                place int;
                blanks int;
                inside int := length(passage) - length(replace(passage, ' ', ''));
                wider int[];
                start int;
                size int;
            BEGIN
                WHILE public.documents_holds(value, passage) LOOP
                    place := strpos(public.documents_squeezed(value), passage);
                    blanks := (
                        SELECT length(t) - length(replace(t, ' ', ''))
                        FROM left(public.documents_squeezed(value), place - 1) t);
                    wider := array(
                        SELECT length(run[1]) - 1
                        FROM regexp_matches(value, '([ \t\n\r\f\v]+)', 'g')
                            WITH ORDINALITY AS m(run, n) ORDER BY n);
                    start := place + coalesce((SELECT sum(w) FROM unnest(wider[1:blanks]) w), 0);
                    size := length(passage) + coalesce((
                        SELECT sum(w) FROM unnest(wider[blanks + 1:blanks + inside]) w), 0);
                    value := left(value, start - 1) || substr(value, start + size);
                END LOOP;
                RETURN value;
            END $$
            """,
        ),
        policy_function(
            "documents_without(jsonb, text)",
            """
            CREATE FUNCTION documents_without(value jsonb, passage text) RETURNS jsonb
            LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
            BEGIN
                IF NOT public.documents_holds(value, passage) THEN
                    RETURN value;
                END IF;
                RETURN CASE jsonb_typeof(value)
                    WHEN 'string' THEN
                        to_jsonb(public.documents_without(value #>> '{}', passage))
                    WHEN 'array' THEN (
                        SELECT jsonb_agg(public.documents_without(e, passage) ORDER BY n)
                        FROM jsonb_array_elements(value) WITH ORDINALITY AS m(e, n))
                    ELSE (
                        SELECT jsonb_object_agg(k, public.documents_without(v, passage))
                        FROM jsonb_each(value) AS m(k, v))
                    END;
            END $$
            """,
        ),
    ]


PERMITTED = policy_function(
    "documents_purge_permitted(uuid)",
    f"""
    CREATE FUNCTION documents_purge_permitted(purge uuid) RETURNS documents_purge
    LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
    DECLARE
        p documents_purge;
    BEGIN
        SELECT * INTO p FROM documents_purge
        WHERE id = purge AND state = 'requested' FOR NO KEY UPDATE;
        IF p.id IS NULL OR NOT rcp_live() OR p.requested_by_id::text = rcp_subject()
           OR NOT EXISTS (
            SELECT FROM identity_rolegroup r
            WHERE r.role = 'head' AND r.holder_id = p.delegation_id
              AND r.group_id = any(rcp_groups()))
        THEN
            RAISE EXCEPTION 'only another person, a head of its seat, carries a purge out'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN p;
    END $$
    """,
)
"""The row of a purge that the caller may carry out now; an error for every other."""

_BY_AND_AT = """(
            SELECT jsonb_build_object(
                'by', jsonb_build_object('country', c.code, 'organisation', g.key),
                'at', to_char(statement_timestamp() AT TIME ZONE 'UTC',
                              'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            FROM forums_delegation d
            LEFT JOIN forums_country c ON c.id = d.country_id
            LEFT JOIN forums_organisation g ON g.id = d.organisation_id
            WHERE d.id = p.delegation_id)"""
"""What a version tells of a purge ``p``: for which party, and when."""

# The present text holds it no more when this is called, and its revision stays.
CARRY_OUT = policy_function(
    "documents_purge_carry_out(uuid)",
    f"""
    CREATE FUNCTION documents_purge_carry_out(purge uuid) RETURNS uuid[]
    LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
    DECLARE
        p documents_purge := documents_purge_permitted(purge);
        gone uuid[];
        tombstone jsonb;
    BEGIN
        gone := array(
            SELECT r.id FROM documents_revision r JOIN documents_section s ON s.id = r.section_id
            WHERE r.section_id = p.section_id AND r.id <> s.head AND r.purged_at IS NULL
              AND (r.effective_scope_id IS NULL OR r.effective_scope_id = p.effective_scope_id)
              AND (r.id = p.target_id OR documents_holds(r.title, p.passage)
                   OR documents_holds(r.body, p.passage) OR documents_holds(r.note, p.passage))
            ORDER BY r.id);
        UPDATE documents_revision SET title = '', body = '', note = '',
            purged_at = statement_timestamp(), purged_by_id = p.delegation_id
        WHERE id = any(gone);
        SELECT {_BY_AND_AT} INTO tombstone;
        tombstone := jsonb_build_object('title', '', 'body', '', 'purged', tombstone);
        WITH pinned AS (
            UPDATE documents_documentversion v SET manifest = jsonb_set(
                v.manifest, '{{sections}}', (
                    SELECT jsonb_agg(
                        CASE WHEN (e ->> 'revision')::uuid = any(gone) THEN e || tombstone
                             ELSE e END ORDER BY n)
                    FROM jsonb_array_elements(v.manifest -> 'sections')
                        WITH ORDINALITY AS m(e, n)))
            WHERE v.document_id = (
                    SELECT s.document_id FROM documents_section s WHERE s.id = p.section_id)
              AND EXISTS (
                SELECT FROM jsonb_array_elements(v.manifest -> 'sections') e
                WHERE (e ->> 'revision')::uuid = any(gone))
            RETURNING v.id)
        INSERT INTO documents_purgedrow (purge_id, table_name, row_id)
        SELECT p.id, 'documents_documentversion', pinned.id FROM pinned
        UNION ALL SELECT p.id, 'documents_revision', r FROM unnest(gone) r;
        RETURN gone;
    END $$
    """,
)

CUT_HEADS = policy_function(
    "documents_purge_cut_heads(uuid)",
    f"""
    CREATE FUNCTION documents_purge_cut_heads(purge uuid) RETURNS uuid[]
    LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
    DECLARE
        p documents_purge := documents_purge_permitted(purge);
        gone uuid[] := array(
            SELECT v.id FROM documents_documentversion v
            WHERE v.document_id = p.document_id AND (
                documents_holds(v.manifest -> 'titles', p.passage)
                OR documents_holds(v.label, p.passage)));
    BEGIN
        UPDATE documents_documentversion v SET
            label = CASE WHEN documents_holds(v.label, p.passage) THEN '' ELSE v.label END,
            manifest = v.manifest || jsonb_build_object('purged', {_BY_AND_AT})
                || CASE WHEN documents_holds(v.manifest -> 'titles', p.passage)
                        THEN jsonb_build_object('titles', jsonb_build_object()) ELSE '{{}}' END
                || CASE WHEN documents_holds(v.label, p.passage)
                        THEN jsonb_build_object('label', '') ELSE '{{}}' END
        WHERE v.id = any(gone);
        INSERT INTO documents_purgedrow (purge_id, table_name, row_id)
        SELECT p.id, 'documents_document', p.document_id WHERE p.document_id IS NOT NULL
        UNION ALL SELECT p.id, 'documents_documentversion', r FROM unnest(gone) r;
        RETURN gone;
    END $$
    """,
)
"""Empties the titles and the label of a document's versions that hold the passage; their keys."""

EMPTY_FILES = policy_function(
    "documents_purge_empty_files(uuid, uuid[])",
    f"""
    CREATE FUNCTION documents_purge_empty_files(purge uuid, files uuid[]) RETURNS text[]
    LANGUAGE plpgsql VOLATILE {DEFINER} AS $$
    DECLARE
        p documents_purge := documents_purge_permitted(purge);
        gone uuid[];
        names text[];
    BEGIN
        SELECT coalesce(array_agg(a.id ORDER BY a.id), '{{}}'),
               coalesce(array_agg(a.stored_as) FILTER (WHERE a.stored_as IS NOT NULL), '{{}}')
        INTO gone, names
        FROM documents_attachment a
        WHERE a.id = any(files) AND a.purged_at IS NULL
          AND (a.section_id = p.section_id OR a.document_id = p.document_id);
        UPDATE documents_attachment a SET name = '', stored_as = NULL,
            deleted_at = coalesce(a.deleted_at, statement_timestamp()),
            purged_at = statement_timestamp(), purged_by_id = p.delegation_id,
            revision = a.revision + 1
        WHERE a.id = any(gone);
        INSERT INTO documents_purgedrow (purge_id, table_name, row_id)
        SELECT p.id, 'documents_attachment', r FROM unnest(gone) r;
        RETURN names;
    END $$
    """,
)
"""Makes tombstones of attached files of what the purge is about; what they were stored as."""

CLOSED = RunSQL(
    f"REVOKE ALL ON documents_purgedrow FROM {RUNTIME_ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON documents_purgedrow TO {RUNTIME_ROLE}",
)
