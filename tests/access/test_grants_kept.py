"""What the database itself keeps right about grants, in every table of grants alike.

Asked in bare SQL of the superuser: whichever way a grant comes about, changes or goes, its date,
its kind, who finds its object and when it ends follow.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.db.models import Model

from platform_api.core.actor import PUBLIC_SCOPE
from platform_api.core.ids import new_id
from platform_api.core.registry import Protection, registry
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.factories import delegate

from .world import World

pytestmark = pytest.mark.access

GRANTED = [each for each in registry.protections if each.grants]
SEARCHED = [each for each in GRANTED if each.type_name in registry.search_sources]
KINDS = [each for each in GRANTED if each.kind_field and each.type_name != "document_version"]
"""Types whose objects change their kind; a version is never changed."""


def _by_type(protection: Protection) -> str:
    return protection.type_name


def _ask(query: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _refused(what: str) -> Iterator[None]:
    with pytest.raises(Error, match=what), transaction.atomic():
        yield


@dataclass(frozen=True)
class Granted:
    """Objects of a type, and what a grant of sight on them is made of."""

    protection: Protection
    objects: Sequence[Model]
    group: int
    permission: int

    @property
    def table(self) -> str:
        assert self.protection.grants is not None
        return self.protection.grants._meta.db_table

    @property
    def objects_table(self) -> str:
        return self.protection.model._meta.db_table

    def give(self, **changed: Any) -> Any:
        """Insert a grant of sight on the first object, with these columns; its key."""
        values = {
            "id": str(new_id()),
            "content_object_id": str(self.objects[0].pk),
            "group_id": self.group,
            "permission_id": self.permission,
            "expires_at": None,
            **changed,
        }
        _ask(
            f"INSERT INTO {self.table} SELECT (jsonb_populate_record(g, %s::jsonb)).*"
            f" FROM {self.table} g LIMIT 1",
            json.dumps(values),
        )
        return values["id"]

    def change(self, key: Any, column: str, value: Any) -> None:
        _ask(f"UPDATE {self.table} SET {column} = %s WHERE id = %s", value, key)

    def ends(self, obj: Model) -> set[Any]:
        """Until when the group finds an object by its texts; empty when it does not find it."""
        found = _ask(
            "SELECT t.until FROM search_entry e, unnest(e.access, e.until) t(token, until)"
            " WHERE e.type_name = %s AND e.object_id = %s AND t.token = %s",
            self.protection.type_name,
            obj.pk,
            f"@g{self.group}",
        )
        return {str(until)[:10] for (until,) in found}


@pytest.fixture
def granted(request: pytest.FixtureRequest, world: World) -> Granted:
    """Two objects of a type, and a seat that was granted nothing on either."""
    protection: Protection = request.param
    objects = [obj for obj in world.objects.values() if type(obj) is protection.model]
    indexed = {key for (key,) in _ask("SELECT object_id FROM search_entry")}
    objects.sort(key=lambda obj: obj.pk not in indexed)
    [(group,)] = _ask(
        "SELECT group_id FROM identity_rolegroup WHERE holder_id = %s AND role = 'reader'",
        world.seats["Greece"].pk,
    )
    [(permission,)] = _ask(
        "SELECT p.id FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id"
        " WHERE c.app_label = %s AND c.model = %s AND starts_with(p.codename, 'view_')",
        protection.model._meta.app_label,
        protection.model._meta.model_name,
    )
    return Granted(protection, objects[:2], group, permission)


@pytest.mark.parametrize("granted", GRANTED, ids=_by_type, indirect=True)
def test_a_grant_is_dated_and_named_by_its_object_whatever_it_says(granted: Granted) -> None:
    key = granted.give(sort_at="2000-01-01T00:00Z", kind="another")
    told = f"SELECT sort_at, kind FROM {granted.table} WHERE id = %s"
    obj: Any = granted.objects[0]
    kind = granted.protection.kind_field
    expected = (obj.created_at, getattr(obj, kind) if kind else granted.protection.type_name)
    assert _ask(told, key) == [expected]

    granted.change(key, "sort_at", "2000-01-01T00:00Z")

    assert _ask(told, key) == [expected]


@pytest.mark.parametrize("granted", GRANTED, ids=_by_type, indirect=True)
def test_a_permission_of_another_type_is_refused(granted: Granted) -> None:
    [(foreign,)] = _ask("SELECT id FROM auth_permission WHERE codename = 'add_session'")

    with _refused("the permission is not one of"):
        granted.give(permission_id=foreign)


@pytest.mark.parametrize("granted", KINDS, ids=_by_type, indirect=True)
def test_a_grant_follows_the_kind_of_its_object(granted: Granted) -> None:
    kind = str(granted.protection.kind_field)
    field: Any = granted.protection.model._meta.get_field(kind)
    now = getattr(granted.objects[0], kind)
    later = next(value for value, _ in field.choices if value != now)
    key, told = granted.give(), f"SELECT kind FROM {granted.table} WHERE id = %s"
    assert _ask(told, key) == [(now,)]

    change = f"UPDATE {granted.objects_table} SET {kind} = %s WHERE id = %s"
    _ask(change, later, granted.objects[0].pk)

    assert _ask(told, key) == [(later,)]


@pytest.mark.parametrize("granted", GRANTED, ids=_by_type, indirect=True)
def test_what_is_releasable_to_few_is_granted_to_nobody_else(granted: Granted) -> None:
    mark = f"UPDATE {granted.objects_table} SET releasable_to = %s::uuid[] WHERE id = %s"
    target = granted.objects[0].pk
    if granted.protection.type_name == "document_version":
        mark = mark.replace(granted.objects_table, "documents_document")
        target = granted.objects[0].document_id  # type: ignore[attr-defined]
    _ask("SET LOCAL session_replication_role = replica")
    _ask(mark, [new_id()], target)
    _ask("SET LOCAL session_replication_role = origin")

    with _refused("not_releasable"):
        granted.give()


@pytest.mark.parametrize("granted", GRANTED, ids=_by_type, indirect=True)
def test_an_owner_changes_by_no_bare_update(granted: Granted, world: World) -> None:
    other = world.seats["Greece"].pk

    with _refused("only by a transfer|never changed"):
        _ask(
            f"UPDATE {granted.objects_table} SET owner_delegation_id = %s WHERE id = %s",
            other,
            granted.objects[0].pk,
        )


@pytest.mark.parametrize("granted", GRANTED, ids=_by_type, indirect=True)
def test_the_end_of_a_grant_is_kept_for_those_who_are_told_of_it(granted: Granted) -> None:
    kept = "SELECT ends_at::date::text FROM events_grantend WHERE id = %s"
    key = granted.give(expires_at="2030-01-01T00:00Z")
    assert _ask(kept, key) == [("2030-01-01",)]

    granted.change(key, "expires_at", "2031-01-01T00:00Z")
    assert _ask(kept, key) == [("2031-01-01",)]

    _ask(f"DELETE FROM {granted.table} WHERE id = %s", key)
    assert _ask(kept, key) == []


@pytest.mark.parametrize("granted", GRANTED, ids=_by_type, indirect=True)
def test_the_wall_opens_by_a_grant_of_sight_on_the_object_alone_and_while_it_lasts(
    granted: Granted, world: World
) -> None:
    first = granted.objects[0]
    model: Any = granted.protection.model
    holder = delegate(world.seats["Greece"], "reader").user
    rows, actor = model.objects.filter(pk=first.pk), actor_of(holder)

    def opened() -> bool:
        with acting(actor):
            return bool(rows.exists())

    for table in (each.grants._meta.db_table for each in GRANTED if each.grants):
        _ask(f"DELETE FROM {table} WHERE group_id = any(%s)", [*actor.groups])
    [(draft,)] = _ask(
        "SELECT p.id FROM auth_permission p, auth_permission v WHERE v.id = %s"
        " AND p.content_type_id = v.content_type_id AND starts_with(p.codename, 'draft_')",
        granted.permission,
    )
    granted.give(permission_id=draft)
    assert not opened()

    key = granted.give()
    assert opened()
    _ask(f"UPDATE {granted.table} SET expires_at = statement_timestamp() WHERE id = %s", key)
    assert not opened()


@pytest.mark.parametrize("granted", GRANTED, ids=_by_type, indirect=True)
def test_managers_are_shown_the_grants_on_their_own_seats_objects_alone(
    granted: Granted, world: World
) -> None:
    serbia = world.seats["Serbia"].pk
    own = next(
        obj
        for obj in world.objects.values()
        if type(obj) is granted.protection.model and _owner(obj) == serbia
    )
    granted.give(content_object_id=str(own.pk))

    def shown(persona: str) -> int:
        with acting(world.actors[persona]):
            rows = f"SELECT count(*) FROM {granted.table} WHERE content_object_id = %s"
            return int(_ask(rows, own.pk)[0][0])

    assert shown("Serbia access_manager") > 0
    assert shown("Montenegro head") == 0


def _owner(obj: Any) -> Any:
    return obj.owner_delegation_id


@pytest.mark.parametrize("granted", SEARCHED, ids=_by_type, indirect=True)
def test_who_was_granted_an_object_finds_it_as_long_as_the_grant_says(granted: Granted) -> None:
    first, second = granted.objects
    assert granted.ends(first) == set()

    key = granted.give(expires_at="2030-01-01T00:00Z")
    assert granted.ends(first) == {"2030-01-01"}

    granted.change(key, "expires_at", "2031-01-01T00:00Z")
    assert granted.ends(first) == {"2031-01-01"}

    # A grant that names another object is followed on both sides.
    granted.change(key, "content_object_id", second.pk)
    assert (granted.ends(first), granted.ends(second)) == (set(), {"2031-01-01"})

    _ask(f"DELETE FROM {granted.table} WHERE id = %s", key)
    assert granted.ends(second) == set()


@pytest.mark.parametrize("type_name", sorted(registry.search_sources))
def test_the_index_follows_the_scope_of_an_object_and_its_end(type_name: str, world: World) -> None:
    protection = registry.protection_named(type_name)
    table, inherits = protection.model._meta.db_table, protection.inherits_field
    entries = "SELECT access FROM search_entry WHERE type_name = %s AND object_id = %s"
    objects: list[Any] = [obj for obj in world.objects.values() if type(obj) is protection.model]
    scoped = [obj for obj in objects if obj.effective_scope_id not in (None, PUBLIC_SCOPE)]
    obj = next(obj for obj in scoped if _ask(entries, type_name, obj.pk))
    stopped, public = f", {inherits} = false" if inherits else "", f"@s{PUBLIC_SCOPE}"
    assert not any(public in access for (access,) in _ask(entries, type_name, obj.pk))

    _ask(f"UPDATE {table} SET effective_scope_id = {PUBLIC_SCOPE}{stopped} WHERE id = %s", obj.pk)
    after = _ask(entries, type_name, obj.pk)
    assert after
    assert all(public in access for (access,) in after)

    _ask("SET CONSTRAINTS ALL DEFERRED")
    _ask(f"DELETE FROM {table} WHERE id = %s", obj.pk)
    assert _ask(entries, type_name, obj.pk) == []
