"""The second wall: what PostgreSQL lets the runtime role do, whatever the application asks."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import DataError, connection
from django.db.models import Q
from psycopg import errors, sql
from psycopg_pool import ConnectionPool

from documents.texts.models import Document, Section
from forums.granting.rules import KEPT, managed_seats
from platform_api.core import access
from platform_api.core.actor import ANONYMOUS, PUBLIC_SCOPE, Actor, ActorKind
from platform_api.core.feed import PermissionFeed
from platform_api.core.registry import registry
from platform_api.core.transaction import LIFETIME_SECONDS, acting, signed_actor
from platform_api.identity.actors import system_actor
from platform_api.ledger.models import Event
from tests.postgres import ClonedDatabase

from . import granting, narrowing
from .crawl import addresses, ask_all
from .routes import ROUTES
from .world import World

pytestmark = pytest.mark.access

_MODELS = [each.model for each in registry.protections]
_GRANTS = [each.grants for each in registry.protections if each.grants]
PROTECTED = sorted(model._meta.db_table for model in _MODELS)
GRANTS = sorted(model._meta.db_table for model in _GRANTS)
KEYS = {model._meta.db_table: model._meta.pk.column for model in (*_MODELS, *_GRANTS)}
SHOWN_WITH_THE_OBJECT = {"forums_meetinggrant", "documents_documentversiongrant"}
FURTHER = {
    "forums_meetinggrant_meeting",
    "documents_documentversiongrant_drafted",
    *(f"{table}_managed" for table in GRANTS),
}
"""Policies that show more grants: to whoever sees the meeting, or the document of the version; and
to those who manage access to the object."""

NAMES = {"forums_forum", "forums_delegation", "forums_office"}
"""Named in what outsiders were granted: the wall shows them to every caller with a context."""


@pytest.fixture
def runtime(world_database: tuple[ClonedDatabase, World]) -> Iterator[psycopg.Connection]:
    """A bare connection that logged in as the runtime role, to the committed world."""
    with world_database[0].connect("runtime") as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def built(world_database: tuple[ClonedDatabase, World]) -> World:
    return world_database[1]


def _ids(cursor: Any, table: str) -> set[Any]:
    query = sql.SQL("SELECT {} FROM {}").format(sql.Identifier(KEYS[table]), sql.Identifier(table))
    cursor.execute(query.as_string())
    return {row[0] for row in cursor.fetchall()}


def _act(runtime: psycopg.Connection, setting: str) -> None:
    runtime.execute("SELECT set_config('rcp.actor', %s, true)", [setting])


def _seen(runtime: psycopg.Connection) -> dict[str, int]:
    """How many rows of each walled table are there, where there are any."""
    with runtime.cursor() as cursor:
        counts = {table: len(_ids(cursor, table)) for table in (*PROTECTED, *GRANTS)}
    return {table: count for table, count in counts.items() if count}


# -- which tables stand behind it ---------------------------------------------------------------


def test_every_protected_table_and_grant_table_is_walled_for_its_owner_too(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relforcerowsecurity FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relrowsecurity"
        )
        forced = dict(cursor.fetchall())

    assert set(forced) >= {*PROTECTED, *GRANTS}
    assert all(forced.values()), forced


def test_each_wall_has_one_policy_for_each_command(world: World) -> None:
    """The runtime role's, and the migrating role's own; what is more is named above."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, ARRAY(SELECT unnest(roles)::text), cmd, permissive, policyname"
            " FROM pg_policies WHERE tablename = any(%s)",
            [[*PROTECTED, *GRANTS]],
        )
        found = sorted(
            (table, *roles, command, kind)
            for table, roles, command, kind, name in cursor
            if name not in FURTHER
        )

    assert found == sorted(
        (table, role, command, "PERMISSIVE")
        for table in (*PROTECTED, *GRANTS)
        for role, command in (
            ("rcp_owner", "ALL"),
            *(("rcp_runtime", command) for command in ("SELECT", "INSERT", "UPDATE", "DELETE")),
        )
    )


def test_the_world_has_rows_in_every_walled_table(world: World) -> None:
    """Otherwise seeing none would prove nothing."""
    with connection.cursor() as cursor:
        empty = [table for table in (*PROTECTED, *GRANTS) if not _ids(cursor, table)]

    assert empty == []


# -- who the database believes ------------------------------------------------------------------


def test_without_an_actor_nothing_is_seen(runtime: psycopg.Connection) -> None:
    assert _seen(runtime) == {}


def _forgeries() -> dict[str, Callable[[str, str], str]]:
    """Ways to make up a setting, from a good one and another user's id."""

    def parts(good: str) -> list[str]:
        return good.split("|")

    return {
        "empty": lambda good, other: "",
        "no parts": lambda good, other: "||",
        "nonsense": lambda good, other: "x",
        "no mac": lambda good, other: "|".join(parts(good)[:2]),
        "empty mac": lambda good, other: "|".join(parts(good)[:2]) + "|",
        "mac cut short": lambda good, other: good[:-1],
        "mac in capitals": lambda good, other: "|".join([*parts(good)[:2], parts(good)[2].upper()]),
        "one more part": lambda good, other: good + "|",
        "a space behind": lambda good, other: good + " ",
        "a line behind the expiry": lambda good, other: good.replace("|", "\n|", 2),
        "another user": lambda good, other: good.replace(parts(good)[0], other),
        "everybody": lambda good, other: good.replace(parts(good)[0], "public"),
        "a later expiry": lambda good, other: good.replace(
            parts(good)[1], str(int(parts(good)[1]) + 1)
        ),
        "an endless expiry": lambda good, other: good.replace(parts(good)[1], "9" * 30),
        "a negative expiry": lambda good, other: good.replace(parts(good)[1], "-1"),
        "digits of another script": lambda good, other: good.replace(parts(good)[1], "٩٩٩٩٩٩٩٩٩٩"),
        "SQL in it": lambda good, other: good.replace(parts(good)[0], "' OR '1'='1"),
    }


@pytest.mark.parametrize("forgery", _forgeries().values(), ids=_forgeries().keys())
def test_a_forged_actor_sees_nothing_and_breaks_nothing(
    forgery: Callable[[str, str], str], runtime: psycopg.Connection, built: World
) -> None:
    good = signed_actor(built.actors["Serbia head"])
    other = str(built.actors["Montenegro head"].user_id)
    forged = forgery(good, other)
    assert forged != good
    _act(runtime, forged)

    assert _seen(runtime) == {}


def test_an_expired_actor_sees_nothing(runtime: psycopg.Connection, built: World) -> None:
    begun = time.time() - LIFETIME_SECONDS - 1
    _act(runtime, signed_actor(built.actors["Serbia head"], now=begun))
    assert _seen(runtime) == {}

    _act(runtime, signed_actor(built.actors["Serbia head"], now=begun + 60))
    assert "documents_document" in _seen(runtime)


def test_an_actor_signed_with_another_key_sees_nothing(
    runtime: psycopg.Connection, built: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        settings, "ACTOR_KEY", b"another instance's key of 64 bytes".ljust(64, b".")
    )
    _act(runtime, signed_actor(built.actors["Serbia head"]))

    assert _seen(runtime) == {}


def test_a_signed_user_that_there_is_not_sees_what_everybody_sees(
    runtime: psycopg.Connection,
) -> None:
    _act(runtime, signed_actor(ANONYMOUS))
    everybody = _seen(runtime)
    _act(runtime, signed_actor(Actor(kind=ActorKind.PERSON, user_id=uuid4())))

    assert _seen(runtime) == everybody


# -- what each caller sees ----------------------------------------------------------------------


def test_the_wall_shows_each_persona_the_rows_that_the_application_shows(world: World) -> None:
    """Row for row, in every table; names of forums and seats are the one thing it tells more."""
    for persona, actor in world.actors.items():
        expected = {
            each.model._meta.db_table: set(
                each.model._default_manager.visible_to(actor).values_list("pk", flat=True)
            )
            for each in registry.protections
        }
        with acting(actor), connection.cursor() as cursor:
            walled = {table: _ids(cursor, table) for table in PROTECTED}
        for table in PROTECTED:
            if table in NAMES:
                assert walled[table] >= expected[table], (persona, table)
            else:
                assert walled[table] == expected[table], (persona, table)


def test_anonymous_callers_see_public_rows_and_names_alone(world: World) -> None:
    with acting(ANONYMOUS), connection.cursor() as cursor:
        seen = {table: _ids(cursor, table) for table in (*PROTECTED, *GRANTS)}

    assert seen["documents_document"] == {world["document: public"].pk}
    assert seen["documents_section"] == {world["section: public"].pk}
    assert len(seen["documents_revision"]) == 1
    assert not any(seen[table] for table in (*GRANTS, "forums_delegate", "forums_clientbinding"))
    for protection in registry.protections:
        if protection.scope_field and protection.model._meta.db_table not in NAMES:
            rows = protection.model._default_manager.filter(
                pk__in=seen[protection.model._meta.db_table]
            )
            inherited = {protection.inherits_field: True} if protection.inherits_field else {}
            public = Q(**{protection.scope_field: PUBLIC_SCOPE})
            hidden = rows.exclude(public | Q(**inherited)) if inherited else rows.exclude(public)
            assert not hidden.exists(), protection.type_name


@pytest.mark.parametrize(
    "persona",
    [
        "granted read, head",
        "Serbia head",
        "Serbia reader",
        "Serbia access_manager",
        "Albania head",
        "secretariat head",
        "secretariat reader",
        "operator",
    ],
)
def test_a_caller_sees_its_own_grants_and_those_on_its_own_objects(
    persona: str, world: World
) -> None:
    """Who manages access sees those on what its seat keeps, and for a secretariat those on what
    the seats of its forum own. Operators see all of them, since they tell no content."""
    actor = world.actors[persona]
    for protection in registry.protections:
        if protection.grants is None:
            continue
        table, grants = protection.grants._meta.db_table, protection.grants._default_manager
        owned = Q(content_object__owner_delegation__in=actor.seats)
        kept = Q()
        for seat in managed_seats(actor):
            office = seat == world.seats["secretariat"].pk
            keeping = KEPT[protection.type_name]
            kept |= keeping.kept_by(seat, [world.forum.pk] if office else [])
            if office:
                seats = world.forum.delegations.all()
                kept |= Q(owner_delegation__in=seats)
                if keeping.parent:
                    kept |= Q(document__owner_delegation__in=seats)
        objects = protection.model._default_manager.filter(kept) if kept else ()
        expected = grants.filter(
            Q(group__in=actor.groups) | owned | Q(content_object__in=[each.pk for each in objects])
        )
        if actor.is_operator:
            expected = grants.all()
        with connection.cursor() as cursor:
            ids = set(expected.values_list("pk", flat=True))
            with acting(actor):
                seen = _ids(cursor, table)
                if table in SHOWN_WITH_THE_OBJECT:
                    objects = protection.model._default_manager.visible_to(actor)
                    ids |= set(
                        grants.filter(content_object__in=objects).values_list("pk", flat=True)
                    )
                assert seen == ids, table


_PERSONAS = (
    "Serbia drafter",
    "Albania head",
    "granted read, head",
    "grant expired, head",
    "Montenegro head",
)


@pytest.mark.slow
@pytest.mark.parametrize("persona", _PERSONAS)
def test_with_the_applications_filter_off_nobody_gets_a_row_more(
    persona: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists, feeds and details of what is more than a name answer the same to the byte."""
    client = world.personas[persona].api()
    urls = list(addresses(world, without=frozenset({"forum", "delegation"})))
    for key, query in {**granting.queries(world), **narrowing.queries(world.objects)}.items():
        plain = ROUTES[key.partition(" ")[0]].url()
        urls[urls.index(plain)] = plain + query
    urls.remove(ROUTES["forums"].url())
    events = urls.pop(urls.index(ROUTES["events"].url()))
    urls.append(f"{events}?limit=200&types={','.join(_kinds_of_more_than_names())}")
    with_it = ask_all(client, urls)

    off = _switch_the_filter_off(monkeypatch)
    without_it = ask_all(client, urls)

    assert off >= {"platform_api.core.access", "platform_api.core.models"}
    assert [url for url in urls if without_it[url] != with_it[url]] == []
    statuses = {status for status, _, _ in with_it.values()}
    assert {200, 404} <= statuses <= {200, 400, 403, 404}
    # 400 is how an object that a query names is unknown.
    unknown = [url for url, (status, _, _) in with_it.items() if status == 400]
    assert [url for url in unknown if "?" not in url] == []


def _kinds_of_more_than_names() -> list[str]:
    kinds = Event.objects.exclude(object_type__in=["forum", "delegation", "office"])
    return sorted(set(kinds.values_list("type", flat=True)))


def _switch_the_filter_off(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Let every condition and feed match everything; the names of the modules concerned."""
    original = access.visible_condition
    modules = {
        name
        for name, module in list(sys.modules.items())
        if getattr(module, "visible_condition", None) is original
    }
    for name in modules:
        monkeypatch.setattr(f"{name}.visible_condition", lambda model, actor: ~Q(pk=None))

    def everything(self: PermissionFeed, *, limit: int, **_: Any) -> list[Any]:
        rows = self.model._default_manager.order_by("-created_at", "-id")
        return list(rows.values_list("created_at", "id")[:limit])

    monkeypatch.setattr(PermissionFeed, "fetch", everything)
    return modules


def test_switching_the_filter_off_really_does_that(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = world.actors["Montenegro head"]
    hidden = world["section: private"]
    assert not access.is_visible(actor, hidden)

    _switch_the_filter_off(monkeypatch)

    assert access.is_visible(actor, hidden)
    assert Section.objects.visible_to(actor).count() == Section.objects.count()
    feed = PermissionFeed(Document, actor, queryset=Document.objects.visible_to(actor))
    assert len(feed.fetch(after=None, before=None, limit=100)) == Document.objects.count()


def test_a_reader_can_lock_every_row_that_it_sees(world: World) -> None:
    """Policies of UPDATE ask for a live actor only, else a lock would find nothing."""
    actor = world.actors["Albania reader"]
    with acting(actor):
        seen = set(Section.objects.values_list("pk", flat=True))
        locked = Section.objects.select_for_update(of=("self",)).values_list("pk", flat=True)
        assert set(locked) == seen
        assert world["section: released"].pk in seen


def test_an_anonymous_caller_locks_and_writes_nothing(world: World) -> None:
    with acting(ANONYMOUS), connection.cursor() as cursor:
        assert not Section.objects.select_for_update().exists()
        cursor.execute("UPDATE documents_section SET title = 'x' WHERE title <> 'x'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM documents_sectiongrant")
        assert cursor.rowcount == 0


# -- rights end at the next statement -----------------------------------------------------------

_NOW = "statement_timestamp()"
_SOON = f"{_NOW} + interval '1 hour'"
_ENDS = {
    "the user is deactivated": (
        "Serbia head",
        "UPDATE identity_user SET is_active = false WHERE id = %(user)s",
    ),
    "the membership ends": (
        "Serbia head",
        f"UPDATE identity_membership SET valid_until = {_NOW} WHERE user_id = %(user)s",
    ),
    "the membership has not begun": (
        "Serbia head",
        f"UPDATE identity_membership SET valid_from = {_SOON} WHERE user_id = %(user)s",
    ),
    "the seat is suspended": (
        "Serbia head",
        f"UPDATE identity_rolegroup SET suspended_at = {_NOW} WHERE group_id = any(%(groups)s)",
    ),
    "the scope loses its readers": (
        "Serbia head",
        f"UPDATE identity_scopereader SET valid_until = {_NOW} WHERE group_id = any(%(groups)s)",
    ),
    "the scope's readers have not begun": (
        "Serbia head",
        f"UPDATE identity_scopereader SET valid_from = {_SOON} WHERE group_id = any(%(groups)s)",
    ),
    "the grant expires": (
        "granted read, head",
        f"UPDATE documents_sectiongrant SET expires_at = {_NOW} WHERE group_id = any(%(groups)s)",
    ),
    "the grant is taken away": (
        "granted read, head",
        "DELETE FROM documents_sectiongrant WHERE group_id = any(%(groups)s)",
    ),
}


@pytest.mark.parametrize(("persona", "change"), _ENDS.values(), ids=_ENDS.keys())
def test_what_ends_within_a_transaction_is_lost_at_its_next_statement(
    persona: str, change: str, world: World
) -> None:
    actor, private = world.actors[persona], world.id("section: private")
    with acting(actor), connection.cursor() as cursor:
        assert private in _ids(cursor, "documents_section")

        cursor.execute(change, {"user": actor.user_id, "groups": [*actor.groups]})
        assert cursor.rowcount

        assert private not in _ids(cursor, "documents_section")


def test_an_operator_who_was_deactivated_is_none(world: World) -> None:
    actor = world.actors["operator"]
    with acting(actor), connection.cursor() as cursor:
        assert _ids(cursor, "forums_suspension")

        cursor.execute("UPDATE identity_user SET is_active = false WHERE id = %s", [actor.user_id])

        assert not _ids(cursor, "forums_suspension")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("membership", {"forums_delegate", "forums_clientbinding"}),
        ("mailer", {"notifications_notification"}),
        ("grants", set()),
    ],
)
def test_a_system_actor_is_shown_what_its_own_work_needs(
    name: str, shown: set[str], world: World
) -> None:
    asked = ("forums_delegate", "forums_clientbinding", "notifications_notification")
    with acting(system_actor(name)), connection.cursor() as cursor:
        assert {table for table in asked if _ids(cursor, table)} == shown


# -- connections that are used again ------------------------------------------------------------


def test_a_connection_tells_its_next_user_nothing(
    world_database: tuple[ClonedDatabase, World], django_db_blocker: Any
) -> None:
    database, built = world_database
    serbia, montenegro = built.actors["Serbia head"], built.actors["Montenegro head"]
    seen: dict[str, tuple[set[UUID], int]] = {}

    def look(who: str, query: str = "SELECT pg_backend_pid()") -> None:
        with connection.cursor() as cursor:
            ids = _ids(cursor, "documents_section")
            cursor.execute(query)
            seen[who] = (ids, cursor.fetchone()[0])

    with django_db_blocker.unblock(), database.as_role("runtime"):
        with acting(serbia):
            look("Serbia")
        look("nobody")
        with acting(montenegro):
            look("Montenegro")
        with pytest.raises(DataError), acting(serbia):
            look("an error", "SELECT 1/0")
        look("nobody after an error")

    assert len({backend for _, backend in seen.values()}) == 1
    private, decoy = built.id("section: private"), built.id("section: decoy")
    assert private in seen["Serbia"][0]
    assert decoy not in seen["Serbia"][0]
    assert decoy in seen["Montenegro"][0]
    assert private not in seen["Montenegro"][0]
    assert seen["nobody"][0] == seen["nobody after an error"][0] == set()


def test_a_pooled_connection_tells_its_next_user_nothing(
    world_database: tuple[ClonedDatabase, World],
) -> None:
    database, built = world_database
    with ConnectionPool(database.url("runtime"), min_size=1, max_size=1, open=True) as pool:
        with pool.connection() as first:
            _act(first, signed_actor(built.actors["Serbia head"]))
            assert "documents_section" in _seen(first)
            backend = first.info.backend_pid
        with pool.connection() as second:
            assert second.info.backend_pid == backend
            assert _seen(second) == {}


# -- what the runtime role may not do -----------------------------------------------------------

_FORBIDDEN = {
    "read the key": "SELECT * FROM identity_actorkey",
    "change the key": "UPDATE identity_actorkey SET inner_pad = ''",
    "grant itself the key": "GRANT SELECT ON identity_actorkey TO rcp_runtime",
    "become the policy role": "SET ROLE rcp_policy",
    "become the owner": "SET ROLE rcp_owner",
    "log in as the owner": "SET SESSION AUTHORIZATION rcp_owner",
    "bypass by its own attribute": "ALTER ROLE rcp_runtime BYPASSRLS",
    "bypass by a setting": "SET row_security = off; SELECT * FROM documents_section",
    "switch all triggers off": "SET session_replication_role = replica",
    "disable a trigger": "ALTER TABLE documents_sectiongrant DISABLE TRIGGER ALL",
    "drop a trigger": "DROP TRIGGER documents_sectiongrant_upkeep ON documents_sectiongrant",
    "lift the wall": "ALTER TABLE documents_section DISABLE ROW LEVEL SECURITY",
    "drop a policy": "DROP POLICY documents_section_select ON documents_section",
    "add a policy": "CREATE POLICY mine ON documents_section USING (true)",
    "rewrite a policy function": (
        "CREATE OR REPLACE FUNCTION rcp_live() RETURNS boolean LANGUAGE sql AS 'SELECT true'"
    ),
    "own a policy function": "ALTER FUNCTION rcp_live() OWNER TO rcp_runtime",
    "make a function": "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "make a table": "CREATE TABLE mine (id int)",
    "shadow a table": "CREATE TEMPORARY TABLE identity_membership (id int)",
    "make a schema": "CREATE SCHEMA mine",
    "make a view": "CREATE VIEW mine AS SELECT * FROM documents_section",
    "empty a table": "TRUNCATE documents_section CASCADE",
    "drop a table": "DROP TABLE documents_section",
    "read the server's files": "SELECT pg_read_file('PG_VERSION')",
    "run a program": "COPY documents_section TO PROGRAM 'cat'",
    "read passwords": "SELECT rolpassword FROM pg_authid",
}


@pytest.mark.parametrize("statement", _FORBIDDEN.values(), ids=_FORBIDDEN.keys())
def test_the_runtime_role_is_refused(statement: str, runtime: psycopg.Connection) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        runtime.execute(statement)


def test_statistics_tell_the_runtime_role_nothing_of_walled_columns(
    world_database: tuple[ClonedDatabase, World], runtime: psycopg.Connection
) -> None:
    database, _ = world_database
    query = "SELECT count(*) FROM pg_stats WHERE tablename = any(%s)"
    with database.connect("superuser", autocommit=True) as superuser:
        superuser.execute("ANALYZE documents_section, documents_document")
        assert superuser.execute(query, [PROTECTED]).fetchone() > (0,)

    assert runtime.execute(query, [PROTECTED]).fetchone() == (0,)


def test_no_role_holds_more_than_it_needs(runtime: psycopg.Connection) -> None:
    """The runtime role owns nothing, the policy role functions alone, neither is privileged."""
    owned = "SELECT count(*) FROM {} WHERE {} = %s::regrole"
    counts = {
        (role, catalogue): runtime.execute(owned.format(catalogue, column), [role]).fetchone()[0]
        for role in ("rcp_runtime", "rcp_policy")
        for catalogue, column in (("pg_class", "relowner"), ("pg_proc", "proowner"))
    }
    assert counts.pop(("rcp_policy", "pg_proc")) > 0
    assert set(counts.values()) == {0}

    attributes = runtime.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles"
        " WHERE rolname LIKE 'rcp\\_%' ORDER BY 1"
    ).fetchall()
    assert attributes == [
        ("rcp_owner", False, False, True),
        ("rcp_policy", False, True, False),
        ("rcp_runtime", False, False, True),
    ]


def test_every_definer_function_is_closed_to_the_public_and_to_temporary_names(
    runtime: psycopg.Connection,
) -> None:
    rows = runtime.execute(
        "SELECT proname, proconfig, pg_get_userbyid(proowner),"
        " coalesce(array_to_string(proacl, ' '), '') FROM pg_proc"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    ).fetchall()
    assert rows
    for name, config, owner, privileges in rows:
        (path,) = [item for item in config or () if item.startswith("search_path=")]
        assert path.startswith("search_path=pg_catalog"), name
        assert path.endswith("pg_temp"), name
        assert owner == "rcp_policy", name
        # An entry without a grantee is PUBLIC's; no list at all means the default, which is it.
        assert privileges, name
        assert not any(entry.startswith("=") for entry in privileges.split()), name


def test_clocks_agree(runtime: psycopg.Connection) -> None:
    """Signed actors are made by the host's clock and judged by the database's."""
    (now,) = runtime.execute("SELECT clock_timestamp()").fetchone() or (None,)
    assert abs((datetime.now(UTC) - now).total_seconds()) < LIFETIME_SECONDS / 10
