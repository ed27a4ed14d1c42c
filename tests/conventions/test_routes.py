"""Views declare what they answer, routes map it, and tests ask for it."""

import re
from functools import cache

import pytest

from platform_api.core.registry import registry
from tests.access.routes import ALL_ROUTES, API_ROUTES, Route

from .source import ROOT

pytestmark = pytest.mark.conventions

OWN_ROUTES = [route for route in ALL_ROUTES if not route.path.startswith("admin/")]
"""All but those that Django's admin site makes by itself."""

VIEWS = [route for route in API_ROUTES if route.view is not None]
_NOTHING_YET = "there is no object yet; the service asks for the seat's drafter"
_OPERATOR = "reference data has no rules; the view asks for an operator"
_MANAGER = "there is no object yet; the service asks for the seat's access manager"
_INVITED = "the mailed token alone says who may"
_OWN = "one's own notifications, with any credential"
_KEEPER = "names an object by type and id; the service asks for who keeps it"
_SEATS_OWN = "what is one's own seat's; the service asks for its head or manager"
WITHOUT_ABILITY = {
    "access-explain GET": _KEEPER,
    "access-who-can GET": _KEEPER,
    "access-matrix GET": _SEATS_OWN,
    "access-grants GET": _KEEPER,
    "access-grants POST": _KEEPER,
    "access-grants-end POST": _KEEPER,
    "access-grants-bulk POST": _KEEPER,
    "access-marking GET": _KEEPER,
    "access-marking POST": _KEEPER,
    "access-marking-preview POST": _KEEPER,
    "access-restrict POST": _KEEPER,
    "access-unrestrict POST": _KEEPER,
    "readings GET": _KEEPER,
    "transfers GET": _SEATS_OWN,
    "transfers POST": _KEEPER,
    "me GET": "everybody may know who they are",
    "country-exposure GET": _OPERATOR,
    "country-suspend POST": _OPERATOR,
    "country-resume POST": _OPERATOR,
    "organisation-suspend POST": _OPERATOR,
    "organisation-resume POST": _OPERATOR,
    "access-reviews POST": _MANAGER,
    "invitations POST": _MANAGER,
    "invitation-accept POST": _INVITED,
    "documents POST": _NOTHING_YET,
    "document-sections-release POST": "names sections by id; the service asks of each",
    "instruments POST": _NOTHING_YET,
    "meeting-series POST": _NOTHING_YET,
    "purges POST": "names a section; the service asks for who keeps it",
    "meetings POST": _NOTHING_YET,
    "practices POST": _NOTHING_YET,
    "projects POST": _NOTHING_YET,
    "notifications GET": _OWN,
    "notification GET": _OWN,
    "notification-read POST": _OWN,
    "notification-acknowledge POST": _OWN,
}
WITHOUT_REVISION = {
    "document-sections-release POST": "the body names the revision of each section",
    "section-merge POST": "the base in the body stands for it (decisions/0015)",
    "access-review-item-confirm POST": "is decided once, on what the review has frozen",
    "access-review-item-end POST": "is decided once, on what the review has frozen",
    "delegation-resume POST": "ends the one suspension that stands; there is no other to mistake",
    "document-version-present POST": "a version never changes; presenting adds beside it",
    "notification-read POST": "can't be lost to a technicality: reading again changes nothing",
    "notification-acknowledge POST": "can't be lost: acknowledging again changes nothing",
}


@pytest.mark.parametrize("route", VIEWS, ids=lambda route: route.name)
def test_every_mapped_method_has_an_act_and_a_handler(route: Route) -> None:
    assert route.view is not None
    for method, action in route.actions.items():
        assert action in route.view.acts, f"{method} leads to {action}, which has no act"
        assert callable(getattr(route.view, action, None)), f"{action} has no handler"


def test_every_act_of_a_view_is_reached_by_a_route() -> None:
    views = {route.view for route in VIEWS if route.view}
    for view in views:
        mapped = {
            action for route in VIEWS if route.view is view for action in route.actions.values()
        }
        assert set(view.acts) == mapped, view.__name__


@pytest.mark.parametrize("route", VIEWS, ids=lambda route: route.name)
def test_an_act_asks_for_an_ability_of_the_rule_table_and_a_scope_of_its_kind(route: Route) -> None:
    for method in route.actions:
        act = route.act(method)
        assert act is not None
        key = f"{route.name} {method}"
        reads = method == "GET"
        if act.ability is None:
            assert key in WITHOUT_ABILITY, key
        elif act.ability == "view":
            assert reads, f"{key} changes something and asks for sight only"
        else:
            rule = registry.protection_named(route.subject).rules[act.ability]
            assert act.token_scope == rule.token_scope, key
        if key != "me GET" and WITHOUT_ABILITY.get(key) not in (_OWN, _INVITED):
            ends = (":read", ":manage") if reads else (":write", ":manage")
            assert act.token_scope.endswith(ends), key


@pytest.mark.parametrize("route", VIEWS, ids=lambda route: route.name)
def test_what_changes_an_object_asks_for_its_revision(route: Route) -> None:
    for method in route.actions:
        act = route.act(method)
        assert act is not None
        # Somebody's act about itself cannot be lost to a technicality (API conventions).
        if act.own_act:
            continue
        if method in ("PATCH", "PUT", "DELETE") or (
            method == "POST" and route.subject and act.status == 200
        ):
            key = f"{route.name} {method}"
            assert act.precondition or key in WITHOUT_REVISION, key


def test_paths_have_no_trailing_slash_and_names_are_given_once() -> None:
    assert [route.path for route in OWN_ROUTES if route.path.endswith("/")] == []
    names = [route.name for route in OWN_ROUTES]
    assert len(names) == len(set(names))
    assert "None" not in names


@cache
def _tests() -> str:
    paths = sorted((ROOT / "tests").rglob("test_*.py"))
    return "\n".join(
        path.read_text(encoding="utf-8")
        for path in paths
        if path.parent.name != "conventions" and not path.name.startswith("test_matrix")
    )


@pytest.mark.parametrize("route", OWN_ROUTES, ids=lambda route: route.name)
def test_every_route_is_asked_for_by_a_test_of_its_own(route: Route) -> None:
    """By its path or name, besides the matrix, which asks about rights only."""
    path = route.path.removeprefix("api/v1/")
    literal = "".join(
        r"(?:\{[^}]+\}|[\w.-]+)" if part.startswith("<") else re.escape(part)
        for part in re.split(r"(<[^>]+>)", path)
    )
    tail = re.escape(path.rpartition(">")[2]) if ">/" in path else "(?!)"
    mentioned = re.compile(
        rf"""["'/]{literal}["'?]|["'}}]{tail}["'?]|["']{re.escape(route.name)}["']"""
    )
    found = bool(mentioned.search(_tests()))
    assert found, f"no test asks for {route.path}"
