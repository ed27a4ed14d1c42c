"""A request is one transaction: all of it, or nothing but the record of its denial."""

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import RequestFactory

from platform_api.core import transaction
from platform_api.core.errors import Conflict, Forbidden, Refusal
from platform_api.core.http import views
from platform_api.core.http.views import Act, ResourceViewSet
from platform_api.core.registry import registry

from . import kit

pytestmark = pytest.mark.django_db


class Writing(ResourceViewSet):
    """Writes a row, then does what the test says."""

    model = kit.Thing
    authentication_classes = [kit.Tokens]
    acts: ClassVar[dict[str, Act]] = {"create": Act(ability=None, token_scope="")}
    then: ClassVar[Callable[[], Any]]

    def create(self) -> Any:
        kit.Thing(id=kit.number(1), title=connection_role()).save(force_insert=True)
        return type(self).then()


def connection_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.fixture(autouse=True)
def _table(world: kit.World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "acting", transaction.acting)
    with connection.schema_editor() as editor:
        editor.create_model(kit.Thing)
        if project.DATABASE_RUNTIME_ROLE:
            editor.execute(f"GRANT ALL ON kit_thing TO {project.DATABASE_RUNTIME_ROLE}")


def send(then: Callable[[], Any]) -> Any:
    view = type("View", (Writing,), {"then": staticmethod(then)}).as_view({"post": "create"})
    return view(RequestFactory().generic("POST", "/api/v1/x", HTTP_AUTHORIZATION="Bearer head"))


def titles() -> list[str]:
    return list(kit.Thing._default_manager.values_list("title", flat=True))


def test_what_succeeds_is_kept_and_was_done_in_the_runtime_role() -> None:
    before = connection_role()

    assert send(lambda: None).status_code == 204
    assert titles() == [project.DATABASE_RUNTIME_ROLE or before]
    assert connection_role() == before


def test_what_is_refused_is_undone() -> None:
    def refuse() -> Any:
        raise Conflict("no", code="no")

    assert send(refuse).status_code == 409
    assert titles() == []


def test_a_refusal_that_is_returned_keeps_what_was_written() -> None:
    def refuse() -> Refusal:
        return Conflict("late", code="late")

    assert send(refuse).status_code == 409
    assert len(titles()) == 1


@pytest.mark.parametrize(
    ("sql", "status"),
    [
        ("SELECT 'x'::int", 400),
        ("SELECT (2 ^ 40)::int", 400),
        ("SELECT 1 / 0", 400),
        ("SELECT repeat('x', 5)::uuid", 400),
        ("INSERT INTO kit_thing SELECT * FROM kit_thing", 409),
        ("SELECT no_such_function()", 500),
    ],
)
def test_an_error_of_the_database_undoes_all_and_leaves_a_good_connection(
    sql: str, status: int
) -> None:
    def fail() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    answer = send(fail)
    assert answer.status_code == status
    assert b"SELECT" not in answer.content
    assert titles() == []


def test_a_text_that_postgres_can_not_hold() -> None:
    def fail() -> None:
        kit.Thing._default_manager.filter(title="a\x00").exists()

    assert send(fail).status_code == 400


def test_a_denial_is_recorded_after_the_rollback(monkeypatch: pytest.MonkeyPatch) -> None:
    def record(actor: Any, *what: str) -> None:
        kit.Thing(id=kit.number(2), title=",".join(what)).save(force_insert=True)

    def deny() -> None:
        raise Forbidden("no", code="four_eyes")

    monkeypatch.setattr(registry, "denial_recorder", record)

    assert send(deny).status_code == 403
    assert titles() == ["create,thing,,four_eyes"]


def test_what_can_not_be_rendered_is_undone() -> None:
    answer = send(lambda: {"odd": object()})

    assert answer.status_code == 500
    assert titles() == []
