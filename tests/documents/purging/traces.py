"""Looking for words in everything a database and a folder hold, as an investigator would."""

from pathlib import Path

from django.db import connection
from psycopg import sql


def tables_with(*forms: str) -> set[str]:
    """Every table in which one of the forms of a word stands in some column: of text, JSON and
    arrays, of lexemes, and in UTF-8 of bytes."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, c.relname, array_agg(a.attname) FILTER ("
            " WHERE a.atttypid = 'bytea'::regtype) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE c.relkind IN ('r', 'p', 'm')"
            " AND n.nspname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1, 2"
        )
        tables = cursor.fetchall()
        assert len(tables) > 60
        for schema, table, byte_columns in tables:
            held = ["lower(t::text) LIKE %s"]
            held += [
                sql.SQL("position(%s::bytea in t.{}) > 0")
                .format(sql.Identifier(column))
                .as_string()
                for column in byte_columns or ()
            ]
            name = sql.Identifier(schema, table).as_string()
            statement = f"SELECT EXISTS (SELECT FROM {name} t WHERE {' OR '.join(held)})"
            for form in forms:
                values = [f"%{form.lower()}%", *[form.encode()] * (len(held) - 1)]
                cursor.execute(statement, values)
                if cursor.fetchone()[0]:
                    found.add(table)
    return found


def files_with(word: str, folder: Path) -> list[Path]:
    """Every file below a folder in which a word stands."""
    return [
        path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()
    ]
