"""Who finds what, kept by the database: a kind's row and the triggers on its tables.

``search_source`` is all that a migration of a searchable model needs. The readers of an object
are read from its own columns and grants and those of its parents, and written into its entries
whenever one of them changes, by whomever.
"""

from dataclasses import dataclass

from django.db.migrations import RunSQL

from platform_api.core.rls import OWNER_ROLE, POLICY_ROLE, RUNTIME_ROLE


@dataclass(frozen=True, slots=True)
class Parent:
    """The object whose readers read this one too.

    type_name: its kind, registered before. column: of the child, names the parent.
    inherits_column: a boolean of the child without which it does not inherit; empty for always.
    """

    type_name: str
    column: str
    inherits_column: str = ""


@dataclass(frozen=True, slots=True)
class Ring:
    """Who of the parent's readers reads a row: those who are in its ring.

    columns: of the row, each the scope of readers who are, or null. granted: an SQL condition over
    the row ``o`` under which those are, too, whom a grant lets read the parent; empty for never.
    watched: the columns that this condition reads.
    """

    columns: tuple[str, ...]
    granted: str = ""
    watched: tuple[str, ...] = ()


def search_source(
    type_name: str,
    table: str,
    *,
    scope_column: str = "effective_scope_id",
    grant_table: str = "",
    parent: Parent | None = None,
    ring: Ring | None = None,
) -> list[RunSQL]:
    """Make a table's rows searchable by those who read them.

    type_name: that of the model's Protection, whose visibility the other arguments repeat.
    scope_column: names the row's reader scope; empty where it has none.
    ring: narrows the parent's readers, in place of a scope and grants of the row's own.
    """
    if ring is not None:
        assert parent is not None
        assert not grant_table
        scope_column = ""
    named = [
        type_name,
        table,
        scope_column,
        grant_table,
        *((parent.type_name, parent.column, parent.inherits_column) if parent else ("", "", "")),
    ]
    columns = ", ".join(f"o.{column}" for column in ring.columns) if ring else ""
    named += [columns, ring.granted if ring else ""]
    watched = [scope_column, *((parent.column, parent.inherits_column) if parent else ())]
    watched += [*ring.columns, *ring.watched] if ring else []
    changed = " OR ".join(
        f"old.{column} IS DISTINCT FROM new.{column}" for column in watched if column
    )
    triggers = [
        (
            table,
            f"{table}_search_readers",
            (
                f"AFTER UPDATE ON {table} FOR EACH ROW WHEN ({changed}) "
                f"EXECUTE FUNCTION search_follow('{type_name}')"
            ),
        ),
        (
            table,
            f"{table}_search_gone",
            f"AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION search_follow('{type_name}')",
        ),
    ]
    for event, rows in _GRANT_EVENTS if grant_table else ():
        triggers.append(
            (
                grant_table,
                f"{grant_table}_search_{event}_{rows}".lower(),
                (
                    f"AFTER {event} ON {grant_table} REFERENCING {rows} TABLE AS changed "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION search_follow_grants('{type_name}')"
                ),
            )
        )
    values = ", ".join("'" + name.replace("'", "''") + "'" for name in named)
    return [
        RunSQL(
            [
                f"INSERT INTO search_kind VALUES ({values})",  # noqa: S608 - names of our own
                *(f"CREATE TRIGGER {name} {rest}" for _, name, rest in triggers),
            ],
            [
                *(f"DROP TRIGGER {name} ON {on}" for on, name, _ in reversed(triggers)),
                f"DELETE FROM search_entry WHERE type_name = '{type_name}'",  # noqa: S608
                f"DELETE FROM search_kind WHERE type_name = '{type_name}'",  # noqa: S608
            ],
        )
    ]


_GRANT_EVENTS = (("INSERT", "NEW"), ("UPDATE", "OLD"), ("UPDATE", "NEW"), ("DELETE", "OLD"))


def definer(signature: str, declaration: str, body: str, *, called_by: tuple[str, ...]) -> RunSQL:
    """A function of the policy role, with the rights to call it.

    declaration: what stands between the signature and the options, ``RETURNS void``.
    """
    name = f"{signature.partition('(')[0]}({_types(signature)})"
    return RunSQL(
        [
            (
                f"CREATE FUNCTION {signature} {declaration} SECURITY DEFINER "
                f"SET search_path = pg_catalog, public, pg_temp AS $$ {body} $$"
            ),
            f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
            f"ALTER FUNCTION {name} OWNER TO {POLICY_ROLE}",
            # A new owner takes the old one's rights away, so they are given by the new one.
            f"SET ROLE {POLICY_ROLE}",
            *(f"GRANT EXECUTE ON FUNCTION {name} TO {role}" for role in called_by),
            "RESET ROLE",
        ],
        [f"DROP FUNCTION {name}"],
    )


def _types(signature: str) -> str:
    """``kind text, object uuid`` without the names."""
    arguments = signature.partition("(")[2].rstrip(")")
    return ", ".join(part.split()[-1] for part in arguments.split(",") if part.strip())


BY_SERVICES = (OWNER_ROLE, RUNTIME_ROLE)
BY_MIGRATIONS = (OWNER_ROLE,)
