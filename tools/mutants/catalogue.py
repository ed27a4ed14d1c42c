"""Every mutant there is, and which tests ought to notice it.

Policies and triggers are read from the catalogue of a migrated database and lines of rules from
the registry, so that none can be forgotten; functions and the application's predicates are named.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg

from .functions_of_slices import SLICE_FUNCTIONS
from .functions_of_the_wall import WALL_FUNCTIONS
from .mutant import Edit, Mutant
from .policies import conjuncts
from .rules import weakenings
from .sources_of_apps import APP_SOURCES
from .sources_of_the_platform import PLATFORM_SOURCES

ROOT = Path(__file__).parents[2]

_WALL = "tests/access/test_row_security.py"
_AS_SHOWN = f"{_WALL}::test_the_wall_shows_each_persona_the_rows_that_the_application_shows"
_OWN_GRANTS = f"{_WALL}::test_a_caller_sees_its_own_grants_and_those_on_its_own_objects"
_NO_ACTOR = f"{_WALL}::test_without_an_actor_nothing_is_seen"
_WRITES = "tests/access/test_wall_of_writes.py::test_nobody_"
_WRITTEN = {
    "INSERT": f"{_WRITES}puts_a_row_behind_the_wall",
    "UPDATE": f"{_WRITES}changes_a_row_behind_the_wall",
    "DELETE": f"{_WRITES}takes_a_row_from_behind_the_wall",
}
_TABLES = (
    "tests/access/test_matrix_decide.py::test_every_persona_may_do_exactly_what_the_table_says"
)

_FURTHER = ("tests/access", "tests/core", "tests/forums")
_APART = {
    "forums_opening": ("tests/administration/test_break_glass.py",),
    "ledger_event": ("tests/events/test_events_access.py",),
}
"""Walled tables that no protected model has."""

_COMMENTS_WALL = ("tests/access/test_comments_wall.py",)
_WALL_OF_PARTS = ("tests/access/test_wall_of_parts.py",)
_ALONE = {
    "documents_amendment": _WALL_OF_PARTS,
    "documents_amendmentproposal": _WALL_OF_PARTS,
    "documents_comment": _COMMENTS_WALL,
    "documents_sectionlineage": _WALL_OF_PARTS,
}
"""Tests of the wall of one table, which put together what the world of all tables does not hold."""

_AMENDMENTS = "tests/documents/amendments/test_amendments_"
_CHECKED = {
    "amendment": (
        f"{_AMENDMENTS}submit.py::test_who_wrote_any_of_it_does_not_submit_it_where_four_eyes_are_asked_for",
        f"{_AMENDMENTS}decide.py::test_nobody_accepts_what_they_worded_themselves_where_four_eyes_are_asked_for",
        f"{_AMENDMENTS}cosponsor.py::test_what_is_decided_keeps_its_co_sponsors",
    ),
    "purge": ("tests/documents/purging/test_purges_persons.py",),
}
"""By type: tests of lines whose further checks and states no object of the tables has."""

_SLICES = {
    "documents": ("tests/documents",),
    "events": ("tests/events",),
    "forums": ("tests/forums", "tests/administration"),
    "identity": ("tests/forums",),
    "ledger": ("tests/ledger", "tests/events"),
    "notifications": ("tests/notifications",),
    "policies": ("tests/policies",),
    "search": ("tests/search",),
}

_KEPT = "tests/access/test_grants_kept.py::test_"
_FINDS = f"{_KEPT}who_was_granted_an_object_finds_it_as_long_as_the_grant_says"
_MANAGED = f"{_KEPT}managers_are_shown_the_grants_on_their_own_seats_objects_alone"
_OPENS = f"{_KEPT}the_wall_opens_by_a_grant_of_sight_on_the_object_alone_and_while_it_lasts"
_FOLLOWS = f"{_KEPT}the_index_follows_the_scope_of_an_object_and_its_end"
_TRIGGERS = {
    "_owner_stays": (f"{_KEPT}an_owner_changes_by_no_bare_update",),
    "_search_gone": (_FOLLOWS,),
    "_search_readers": (_FOLLOWS,),
    "_search_": (_FINDS,),
    "events_grant_end": (f"{_KEPT}the_end_of_a_grant_is_kept_for_those_who_are_told_of_it",),
    "_keep_releasable": (f"{_KEPT}what_is_releasable_to_few_is_granted_to_nobody_else",),
    "_upkeep": (f"{_KEPT}a_grant_is_dated_and_named_by_its_object_whatever_it_says",),
    "_kind_kept": (f"{_KEPT}a_grant_follows_the_kind_of_its_object",),
    "forums_narrowed_": ("tests/forums/marking",),
    "documents_version_refuse": ("tests/documents/versions",),
    "policies_": ("tests/policies/instruments", "tests/policies/practices"),
    "ledger_": (
        "tests/ledger/test_append_only.py",
        "tests/ledger/test_detail_erase.py",
        "tests/ledger",
        "tests/events/test_events_access.py",
    ),
}
"""By what stands in a trigger's name; the tests of its slice are asked after these."""


def of_the_database(connection: psycopg.Connection) -> Iterator[Mutant]:
    """Policies that let all through or lack a condition, triggers that are off, functions."""
    policies = connection.execute(
        "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies "
        "WHERE 'rcp_runtime' = any(roles) ORDER BY 1, 2"
    ).fetchall()
    for table, policy, command, using, check in policies:
        if {using, check} <= {None, "true"}:
            continue  # it lets all through: something else keeps that table
        yield from _of_policy(table, policy, command, using, check)
    triggers = connection.execute(
        "SELECT c.relname, t.tgname, t.tgenabled FROM pg_trigger t "
        "JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace "
        "AND c.relname NOT LIKE 'procrastinate%' ORDER BY 1, 2"
    ).fetchall()
    for table, trigger, enabled in triggers:
        always = "ALWAYS " if enabled == "A" else ""
        likely = next((tests for part, tests in _TRIGGERS.items() if part in trigger), ())
        slices = _SLICES[table.partition("_")[0]]
        yield Mutant(
            f"trigger {trigger} on {table}",
            likely or slices,
            slices if likely else (),
            sql=f"ALTER TABLE {table} DISABLE TRIGGER {trigger}",
            undo=f"ALTER TABLE {table} ENABLE {always}TRIGGER {trigger}",
        )
    functions = dict(
        connection.execute(
            "SELECT proname, pg_get_functiondef(oid) FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' "
            "AND proname NOT LIKE 'procrastinate%' ORDER BY 1"
        ).fetchall()
    )
    for edit in (*WALL_FUNCTIONS, *SLICE_FUNCTIONS):
        yield from _of_functions(edit, functions)


def of_the_rules() -> Iterator[Mutant]:
    """Every line of the rule tables and every relation, weakened; the registry is filled."""
    for what, type_name in weakenings():
        tables = (f"{_TABLES}[{type_name}: ", "tests/access/test_rules_alone.py")
        likely = (*tables, *_CHECKED.get(type_name, ()))
        yield Mutant(f"rule {what}", likely, ("tests/access/test_matrix_http.py",), rule=what)


def of_the_sources() -> Iterator[Mutant]:
    """Every named predicate of the application. Raises LookupError when one does not stand."""
    for edit in (*PLATFORM_SOURCES, *APP_SOURCES):
        text = (ROOT / edit.where).read_text(encoding="utf-8")
        for what, old, new in edit.fragments:
            _require_once(text, old, f"{edit.where}: {what}")
            yield Mutant(
                f"{edit.where}: {what}",
                edit.likely,
                _FURTHER,
                path=edit.where,
                old=old,
                new=new,
            )


def _of_policy(
    table: str, policy: str, command: str, using: str | None, check: str | None
) -> Iterator[Mutant]:
    def clauses(using: str | None, check: str | None) -> str:
        told = f"USING ({using})" if using else ""
        return f"ALTER POLICY {policy} ON {table} {told}" + (
            f" WITH CHECK ({check})" if check else ""
        )

    slices = _SLICES[table.partition("_")[0]]
    if table in _APART:
        tests, further = _APART[table], (_WALL, *slices)
    elif command != "SELECT":
        tests, further = (_WRITTEN[command],), (_WALL, *slices)
    elif table.endswith("grant"):
        tests, further = (_OWN_GRANTS, _MANAGED), (_WALL, *slices)
    else:
        tests = (_NO_ACTOR, _AS_SHOWN, _OPENS, *_ALONE.get(table, ()))
        further = (_WALL, *slices)
    open_to_all = clauses(using and "true", check and "true")
    undo = clauses(using, check)
    yield Mutant(f"policy {policy}", tests, further, sql=open_to_all, undo=undo)
    lacking: list[tuple[str, str]] = []
    if using and command == "SELECT":
        lacking = [(name, clauses(without, check)) for name, without in conjuncts(using)]
    elif check and command == "INSERT":
        lacking = [(name, clauses(using, without)) for name, without in conjuncts(check)]
    times: Counter[str] = Counter()
    for condition, sql in lacking:
        times[condition] += 1
        again = f", for the {times[condition]}. time" if times[condition] > 1 else ""
        name = f"policy {policy}: {condition}{again}"
        yield Mutant(name, tests, further, sql=sql, undo=undo)


def _of_functions(edit: Edit, functions: Mapping[str, str]) -> Iterator[Mutant]:
    found = {name: text for name, text in functions.items() if re.fullmatch(edit.where, name)}
    if not found:
        raise LookupError(f"no function is named {edit.where}")
    shown = edit.where.replace("[a-z]+_[a-z]+", "…")
    undo = ";\n".join(found.values())
    for what, old, new in edit.fragments:
        name = f"{shown}(): {what}"
        for function, text in found.items():
            _require_once(text, old, f"{function}(): {what}")
        broken = ";\n".join(text.replace(old, new) for text in found.values())
        yield Mutant(name, edit.likely, _FURTHER, sql=broken, undo=undo)


def _require_once(text: str, fragment: str, what: str) -> None:
    if text.count(fragment) != 1:
        raise LookupError(f"{what}: {fragment!r} stands {text.count(fragment)} times, not once")
