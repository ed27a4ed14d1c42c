"""`manage.py verify_grants` finds each thing that may be wrong with a grant, and nothing else."""

import io
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from platform_api.core.actor import ANONYMOUS
from platform_api.core.registry import registry
from platform_api.core.transaction import acting
from platform_api.identity.grant_faults import Fault, grant_faults

from .world import World

pytestmark = [pytest.mark.access, pytest.mark.slow]

GRANTED = sorted(each.grants._meta.db_table for each in registry.protections if each.grants)
INHERITING = sorted(
    each.model._meta.db_table
    for each in registry.protections
    if each.inherits_field and each.scope_field
)
NOT_OF_ITS_MODEL = """
    SELECT id FROM auth_permission WHERE codename = 'add_session'
"""


def _verify() -> tuple[str, str, int]:
    """What the command prints, what it complains of, and its exit code."""
    out, complaints, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("verify_grants", stdout=out, stderr=complaints)
    except SystemExit as left:
        code = int(str(left.code))
    return out.getvalue(), complaints.getvalue(), code


def _spoil(statement: str) -> UUID | int:
    """Run a statement as after a careless repair: past triggers and foreign keys."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        rows = cursor.fetchall()
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert len(rows) == 1, "the world has such a row"
    return rows[0][0]


def _one(table: str, condition: str = "true") -> str:
    return f"id = (SELECT id FROM {table} WHERE {condition} ORDER BY id LIMIT 1)"


def test_a_sound_instance_has_no_fault(world: World) -> None:
    with connection.cursor() as cursor:
        for table in GRANTED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0], f"nothing to look at in {table}"

    assert _verify() == ("0\n", "", 0)


@pytest.mark.parametrize("table", GRANTED)
@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("sort_at = sort_at + interval '1 microsecond'", "its sort_at is not the creation of"),
        ("kind = 'another'", "its kind is not that of its object"),
        (f"permission_id = ({NOT_OF_ITS_MODEL})", "its permission is not one of its model"),
        ("group_id = 2147483647", "it names no group"),
        ("content_object_id = gen_random_uuid()", "it names no object"),
    ],
)
def test_a_grant_that_is_not_as_its_object_is_found(
    world: World, table: str, change: str, what: str
) -> None:
    row = _spoil(f"UPDATE {table} SET {change} WHERE {_one(table)} RETURNING id")

    [fault] = grant_faults()
    assert (fault.table, fault.row) == (table, row)
    assert fault.what.startswith(what)


def test_an_object_that_was_made_at_another_time_is_found(world: World) -> None:
    """The other side of the comparison: here all its grants are wrong."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT content_object_id FROM documents_documentgrant ORDER BY id LIMIT 1")
        [document] = cursor.fetchone()
        cursor.execute(
            "SELECT id FROM documents_documentgrant WHERE content_object_id = %s", [document]
        )
        grants = {row for [row] in cursor.fetchall()}
    _spoil(
        "UPDATE documents_document SET created_at = created_at - interval '1 day' "
        f"WHERE id = '{document}' RETURNING id"
    )

    assert {fault.row for fault in grant_faults()} == grants
    out, complaints, code = _verify()
    assert (out, code) == (f"{len(grants)}\n", 1)
    assert all(f"documents_documentgrant {row}: its sort_at" in complaints for row in grants)


def test_a_group_that_is_nobodys_role_is_found(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO auth_group (name) VALUES ('friends') RETURNING id")
        [friends] = cursor.fetchone()
    table = "forums_projectgrant"
    row = _spoil(f"UPDATE {table} SET group_id = {friends} WHERE {_one(table)} RETURNING id")

    assert list(grant_faults()) == [Fault(table, row, "its group is nobody's role")]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("guardian_groupobjectpermission", "object_pk, content_type_id, group_id, permission_id"),
        ("guardian_userobjectpermission", "object_pk, content_type_id, user_id, permission_id"),
    ],
)
def test_a_row_in_a_generic_table_is_found(world: World, table: str, columns: str) -> None:
    holder = "auth_group" if "group_id" in columns else "identity_user"
    row = _spoil(
        f"INSERT INTO {table} ({columns}) SELECT '1', p.content_type_id, "
        f"(SELECT id FROM {holder} ORDER BY id LIMIT 1), p.id FROM auth_permission p "
        "ORDER BY p.id LIMIT 1 RETURNING id"
    )

    assert list(grant_faults()) == [Fault(table, row, "guardian's generic tables hold no grant")]


@pytest.mark.parametrize("table", [table.replace("grant", "usergrant") for table in GRANTED])
def test_a_grant_to_a_user_is_found(world: World, table: str) -> None:
    row = _spoil(
        f"INSERT INTO {table} (id, permission_id, content_object_id, user_id) "
        "SELECT -1, (SELECT min(id) FROM auth_permission), gen_random_uuid(), id "
        "FROM identity_user ORDER BY id LIMIT 1 RETURNING id"
    )

    assert list(grant_faults()) == [Fault(table, row, "a grant names a group, never a user")]


@pytest.mark.parametrize("table", INHERITING)
def test_a_row_that_inherits_and_has_a_scope_is_found(world: World, table: str) -> None:
    row = _spoil(
        f"UPDATE {table} SET effective_scope_id = 1 WHERE {_one(table, 'inherits')} RETURNING id"
    )

    what = "it inherits its readers and has a scope of its own"
    assert list(grant_faults()) == [Fault(table, row, what)]


def test_who_does_not_see_every_grant_is_refused(world: World) -> None:
    """Row-level security would hide the faults, and their absence would be no news."""
    with acting(ANONYMOUS), pytest.raises(CommandError, match="DATABASE_ROLE=owner"):
        _verify()
