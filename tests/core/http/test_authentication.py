"""Who is let in, and what a credential without a scope may learn."""

from typing import Any

import pytest

from platform_api.core.registry import registry

from . import kit
from .problem import problem

FIRST = f"things/{kit.number(1)}"


def unauthenticated(code: str, path: str = "things") -> dict[str, Any]:
    return problem(
        401,
        "unauthenticated",
        f"/api/v1/{path}",
        code=code,
        detail="Send a bearer token that is still good.",
    )


def test_no_credentials_where_some_are_needed(api: Any, world: kit.World) -> None:
    answer = api.call("POST", "things", token=None, json={"title": "a"})

    assert (answer.status_code, answer.json()) == (401, unauthenticated("not_authenticated"))
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert (world.transactions, world.calls, world.denials) == ([], [], [])


@pytest.mark.parametrize("token", ["unknown", "broken", "suspended"])
@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_credentials_that_are_not_good_are_refused_on_public_acts_too(
    api: Any, token: str, method: str
) -> None:
    answer = api.call(method, FIRST, token=token)

    assert (answer.status_code, answer.json()) == (401, unauthenticated("invalid_token", FIRST))
    assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_another_kind_of_credential_is_not_good(api: Any) -> None:
    answer = api.call("GET", FIRST, token=None, headers={"Authorization": "Basic YTpi"})

    assert answer.status_code == 401


def test_a_builder_that_refuses_is_a_401(api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(request: Any) -> Any:
        raise kit.AuthenticationFailed("the seat has ended")

    monkeypatch.setattr(registry, "actor_builder", refuse)

    assert api.call("GET", FIRST).json() == unauthenticated("invalid_token", FIRST)


def test_a_query_string_that_the_oauth_library_can_not_read(api: Any) -> None:
    answer = api.call("GET", FIRST, token="unreadable")

    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {
            "pointer": "?",
            "code": "malformed_query",
            "detail": "The query string is not form-encoded.",
        }
    ]


def test_an_instance_may_switch_public_answers_off(api: Any, settings: Any) -> None:
    settings.PUBLIC_ACCESS = False

    assert api.call("GET", FIRST, token=None).status_code == 401


def test_a_form_body_is_out_of_reach_of_the_authenticators(api: Any) -> None:
    answer = api.call(
        "POST",
        "things",
        data=b"access_token=head",
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 415


@pytest.mark.parametrize("path", [FIRST, "things", f"things/{kit.number(77)}"])
def test_without_the_read_scope_nothing_is_looked_up(api: Any, world: kit.World, path: str) -> None:
    answer = api.call("GET", path, token="elsewhere")

    assert answer.status_code == 403
    assert answer.json() == problem(
        403,
        "forbidden",
        f"/api/v1/{path}",
        code="insufficient_scope",
        detail="The credential does not carry the scope that this needs.",
        scope=kit.READ,
    )
    assert (
        answer.headers["WWW-Authenticate"]
        == f'Bearer error="insufficient_scope", scope="{kit.READ}"'
    )
    assert world.calls == []
    assert world.denials == [("view", "thing", "", "insufficient_scope")]


def test_without_any_scope_of_the_area_a_write_looks_nothing_up(api: Any, world: kit.World) -> None:
    for id_ in (1, 77):
        answer = api.call("PATCH", f"things/{kit.number(id_)}", token="elsewhere")
        assert (answer.status_code, answer.json()["scope"]) == (403, kit.WRITE)
    assert world.calls == []


def test_with_the_read_scope_alone_a_write_is_refused_after_visibility(
    api: Any, world: kit.World
) -> None:
    absent = api.call("PATCH", f"things/{kit.number(77)}", token="read-only")
    visible = api.call("PATCH", FIRST, token="read-only")

    assert absent.status_code == 404
    assert (visible.status_code, visible.json()["code"]) == (403, "insufficient_scope")
    assert world.denials == [("revise", "thing", str(kit.number(1)), "insufficient_scope")]


@pytest.mark.parametrize("path", ["things", f"{FIRST}/object"])
def test_an_act_outside_the_rule_table_asks_for_its_scope_too(
    api: Any, world: kit.World, path: str
) -> None:
    answer = api.call("POST", path, token="read-only", json={})

    assert (answer.status_code, answer.json()["scope"]) == (403, kit.WRITE)
    assert world.given == []


@pytest.mark.parametrize(
    ("token", "id_", "path", "code"),
    [
        ("reader", 1, "/release", "head_required"),
        ("drafter", 1, "/release", "head_required"),
        ("head", 3, "/release", "not_owner"),
    ],
)
def test_a_denial_is_told_with_its_reason_and_recorded(
    api: Any, world: kit.World, token: str, id_: int, path: str, code: str
) -> None:
    answer = api.call("POST", f"things/{kit.number(id_)}{path}", token=token)

    assert answer.status_code == 403
    assert answer.json() == problem(
        403,
        "forbidden",
        f"/api/v1/things/{kit.number(id_)}{path}",
        code=code,
        detail="You may not do this here.",
    )
    assert world.denials == [("release", "thing", str(kit.number(id_)), code)]
    assert world.transactions == ["rolled back", "committed"]


def test_a_denial_that_can_not_be_recorded_is_a_denial_still(
    api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*what: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(registry, "denial_recorder", fail)

    assert api.call("POST", f"{FIRST}/release", token="reader").status_code == 403


def test_a_state_that_forbids_is_told_after_the_precondition(api: Any, world: kit.World) -> None:
    path = f"things/{kit.number(2)}"

    def patch(headers: dict[str, str]) -> Any:
        return api.call("PATCH", path, json={"title": "x"}, headers=headers)

    assert patch({}).status_code == 428
    assert patch({"If-Match": "*"}).status_code == 428
    assert patch({"If-Match": '"9"'}).status_code == 412
    answer = patch({"If-Match": '"1"'})
    assert answer.status_code == 409
    assert answer.json() == problem(
        409,
        "conflict",
        f"/api/v1/{path}",
        code="wrong_state",
        detail="The thing's state does not allow this.",
        state="released",
        allowed=["draft"],
    )
    assert world.denials == []


def test_a_stale_revision_is_told_the_present_one(api: Any) -> None:
    answer = api.call("PATCH", FIRST, json={"title": "x"}, headers={"If-Match": '"3"'})

    assert answer.status_code == 412
    assert answer.json() == problem(
        412,
        "precondition-failed",
        f"/api/v1/{FIRST}",
        code="precondition_failed",
        detail="The resource has changed since it was read. Nothing was written.",
    )
    assert answer.headers["ETag"] == '"4"'
