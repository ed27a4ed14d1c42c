"""Every route of the URL conf with every method: one cell for each outcome that it can have.

The tables are in ``expected_answers.py``. A route or an outcome without a row fails here by its
name, so that a new route begins with its rows.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from forums.countries.models import ContentLanguage, Country
from forums.organisations.models import Organisation
from platform_api.core.actor import Level
from platform_api.core.http.acts import MULTIPART
from platform_api.core.registry import registry
from tests.api import ApiClient
from tests.factories import UserFactory, grant

from . import (
    amendments,
    attachments,
    brackets,
    citations,
    commenting,
    funding,
    granting,
    merging,
    narrowing,
    people,
    policies_world,
    purging,
    releasing,
    states,
    structure,
)
from .expected_answers import ROWS
from .expected_decisions import TABLES
from .meetings import meeting_bodies
from .routes import API_ROUTES, METHODS, ROUTES, Route
from .tables import columns, decisions
from .world import World

pytestmark = pytest.mark.access

REFERENCE = {
    "country": lambda: Country.objects.get(code="RS"),
    "stopped country": lambda: Country.objects.get(code="BA"),
    "stopped organisation": lambda: Organisation.objects.get(key="stopped"),
    "language": ContentLanguage.objects.first,
    "organisation": lambda: Organisation.objects.get(key="racviac"),
}

_SINCE = "?since=2020-01-01T00:00:00Z"
QUERIES = {
    "search GET": "?q=section",
    "country-exposure GET": _SINCE,
    "delegation-exposure GET": _SINCE,
}
"""What has to be asked, by route and method."""


def _good_body(key: str, world: World, obj: Any) -> dict[str, Any]:
    """A body that is right in every respect, by route and method, for the object of the URL."""
    serbia, albania = world.seats["Serbia"], world.seats["Albania"]
    bodies: Mapping[str, Any] = {
        **policies_world.bodies(serbia),
        **granting.bodies(world),
        **narrowing.bodies(world.seats, world["document: national"]),
        **people.bodies(world.seats),
        **states.bodies(world.objects),
        **brackets.bodies(world.objects),
        **purging.bodies(lambda: world["section: released"]),
        **releasing.bodies(world["section: private"]),
        **commenting.BODIES,
        **amendments.bodies(world.objects),
        **attachments.BODIES,
        **citations.bodies(world["instrument: public"]),
        "delegation-delegates POST": lambda: {"user": UserFactory().email, "role": "head"},
        "documents POST": lambda: {
            "forum": world.forum.slug,
            "delegation": str(serbia.pk),
            "kind": "report",
            "titles": {"en": "A report"},
            "working_language": "en",
            "drafting_group": [str(serbia.pk), str(albania.pk)],
        },
        "document PATCH": lambda: {"titles": {"en": "Another title"}},
        "document-sections POST": lambda: {"title": "A section", "language": "en"},
        "section-merge POST": lambda: merging.merge_body(obj),
        "section PATCH": lambda: {"body": "Other words."},
    }
    ready = {**meeting_bodies(world), **funding.good_bodies(world.seats)}
    return ready[key] if key in ready else bodies[key]() if key in bodies else {}


def _object(name: str, world: World) -> Any:
    if name in ("-", "absent"):
        return None
    if name in REFERENCE:
        return REFERENCE[name]()
    return world[name if ": " in name else f"{name} "]


def _kwargs(route: Route, obj: Any) -> dict[str, Any]:
    """What the URL names: the object's key, or one that nothing has."""
    kwargs: dict[str, Any] = {}
    for name, converter in route.kwargs.items():
        if obj is None:
            kwargs[name] = uuid4() if type(converter).__name__ == "UUIDConverter" else "no-such"
        else:
            field = name.rpartition("_")[2]
            kwargs[name] = obj.pk if field == "id" else getattr(obj, field)
    return kwargs


def _answer(
    route: Route,
    method: str,
    row: Mapping[str, str],
    world: World,
    clients: Mapping[str, ApiClient],
) -> str:
    """What the API answers to a row, in the words of the table.

    clients: of the API, by persona.
    """
    obj = _object(row["object"], world)
    key = f"{route.name} {method}"
    body = _good_body(key, world, obj) if row["sends"] != "-" else None
    if key in structure.OF_THE_SECTION and row["sends"] != "-":
        body = structure.bodies(obj).get(key)
    body = states.of_object(key, body, obj, world.objects)
    body = brackets.of_object(key, body, obj)
    body = amendments.of_object(key, body, obj)
    headers = {}
    act = route.act(method)
    asked = {**QUERIES, **granting.queries(world), **narrowing.queries(world.objects)}
    query = asked.get(key, "")
    if row["sends"] == "bad":
        body = {**(body or {}), "no_such_member": 1}
    if act is not None and act.precondition and row["sends"] not in ("-", "no etag"):
        current = getattr(obj, "etag_revision", "1")
        headers["If-Match"] = '"999"' if row["sends"] == "stale" else f'"{current}"'
    client, url = clients[row["who"]], route.url(**_kwargs(route, obj)) + query
    if act is not None and MULTIPART in act.consumes:
        response = client.upload(url, body or {})
    else:
        response = client._send(method, url, body, headers=headers)
    if response.status_code >= 400:
        return f"{response.status_code} {response.json()['code']}"
    if row["answer"].endswith(("some", "none")):
        told = response.json()
        return f"{response.status_code} {'some' if told['items'] else 'none'}"
    return str(response.status_code)


def _clients(world: World, names: Iterable[str]) -> dict[str, ApiClient]:
    return {name: world.personas[name].api() for name in names}


@pytest.mark.slow
@pytest.mark.parametrize("key", ROWS)
def test_each_caller_gets_exactly_the_answer_of_its_row(key: str, world: World) -> None:
    name, _, method = key.partition(" ")
    assert name in ROUTES, f"there is no route {name!r} any more"
    wrong = []
    rows = list(columns(ROWS[key]))
    clients = _clients(world, {row["who"] for row in rows})
    for row in rows:
        with transaction.atomic():
            answer = _answer(ROUTES[name], method, row, world, clients)
            transaction.set_rollback(True)
        if answer != row["answer"]:
            wrong.append(
                f"{row['who']} / {row['object']} / {row['sends']}: {answer}, not {row['answer']}"
            )

    assert not wrong, f"{key}\n" + "\n".join(wrong)


@pytest.mark.parametrize("route", API_ROUTES, ids=lambda route: route.name)
def test_every_route_and_method_has_rows_for_every_outcome_it_can_have(route: Route) -> None:
    for key in route.keys:
        assert key in ROWS, f"{key} ({route.path}) has no rows in tests/access/expected_answers.py"
        answers = [" ".join(row["answer"].split()[:2]) for row in columns(ROWS[key])]
        told = {a if a[0] in "45" else a.split()[0] for a in answers}
        missing = set(_outcomes(route, key.rpartition(" ")[2])) - told
        assert not missing, f"{key} has no row for {', '.join(sorted(missing))}"


_STATES = ("wrong_state", "deleted", "not_deleted", "text_fixed")
"""Reasons that are the object's state, or its document's."""


def _outcomes(route: Route, method: str) -> Iterator[str]:
    """The outcomes that follow from what a view declares and from the tables of decisions."""
    act = route.act(method)
    if act is None:
        yield "200"
        return
    yield str(act.status)
    if not (act.public or act.invited):
        yield "401 not_authenticated"
    if act.token_scope:
        yield "403 insufficient_scope"
    if route.kwargs:
        yield "404 not_found"
    if act.precondition:
        yield "428 precondition_required"
        yield "412 precondition_failed"
    if method != "GET":
        yield "400 invalid"
    if act.ability in (None, "view"):
        return
    for reason in _reasons(route.subject, act.ability):
        yield f"{'409' if reason in _STATES else '403'} {reason}"


def _reasons(type_name: str, ability: str) -> set[str]:
    """Why an ability is refused to somebody who signed in and sees the object."""
    found: set[str] = set()
    for name, table in TABLES.items():
        if name.startswith(f"{type_name}: "):
            asked, rows = decisions(table, None)
            found |= {cells[asked.index(ability)] for cells in rows.values()}
    # That nothing is done to a tombstone is decided in one place for all abilities of a type.
    return found - {"yes", "not_found", "not_authenticated", "deleted"}


@pytest.mark.parametrize("route", API_ROUTES, ids=lambda route: route.name)
def test_every_method_that_is_not_declared_answers_405(route: Route, world: World) -> None:
    """To everybody alike, whether the object is there or not, and naming what is allowed."""
    declared = set(route.actions) if route.view else {"GET"}
    allowed = declared | ({"HEAD"} if "GET" in declared else set())
    client = world.personas["Serbia head"].api()
    for method in sorted(set(METHODS) - allowed):
        response = client._django.generic(
            method,
            route.url(**_kwargs(route, None)),
            headers={"Authorization": f"Bearer {client.token}"},
        )
        assert response.status_code == 405, method
        assert set(response.headers["Allow"].split(", ")) == allowed, method
        if method != "HEAD":
            assert response.json()["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "route", [route for route in API_ROUTES if route.subject], ids=lambda route: route.name
)
def test_what_is_hidden_has_a_row_beside_what_is_absent(route: Route) -> None:
    """404 is asked for both of an object that nobody has and of one that others have."""
    for key in route.keys:
        rows = [row for row in columns(ROWS[key]) if row["answer"].startswith("404")]
        assert {row["object"] == "absent" for row in rows} == {True, False}, key


def test_every_protected_type_that_a_url_names_is_registered() -> None:
    named = {route.subject for route in API_ROUTES} - {""}
    assert named <= {protection.type_name for protection in registry.protections}


_WITNESSES = frozenset(
    {
        "Serbia drafter",
        "Serbia head",
        "Serbia head, author",
        "Serbia access_manager",
        "Albania head",
        "secretariat head",
        "granted read, head",
        "granted draft, drafter",
        "granted manage, head",
        "granted by country",
        "client",
        "operator",
    }
)
"""Personas of every kind; ``test_matrix_decide`` asks all of them."""


def _decided() -> Iterator[Any]:
    """Route and method, object, and for each decision on it a persona of its table, another one
    from object to object."""
    for route in API_ROUTES:
        for key in sorted({*route.keys} - releasing.OF_EACH):
            names = [name for name in TABLES if name.startswith(f"{route.subject}: ")]
            for turn, name in enumerate(names if route.subject else ()):
                act = route.act(key.rpartition(" ")[2])
                asked, rows = decisions(TABLES[name], None)
                column = asked.index((act and act.ability) or "view")
                seen = {
                    who: cells[column]
                    for who, cells in rows.items()
                    if who in _WITNESSES and cells[column] != "not_found"
                }
                yield pytest.param(key, name, _in_turn(seen, turn), id=f"{key}-{name}")


def _in_turn(seen: Mapping[str, str], turn: int) -> dict[str, str]:
    """One of those with the same decision."""
    chosen = {}
    for decided in {*seen.values()}:
        alike = [who for who, each in seen.items() if each == decided]
        chosen[alike[turn % len(alike)]] = decided
    return chosen


@pytest.mark.slow
@pytest.mark.parametrize(("key", "name", "seen"), list(_decided()))
def test_the_api_does_what_was_decided(
    key: str, name: str, seen: Mapping[str, str], world: World
) -> None:
    """What is allowed is done, what is refused is 403 for the reason in the table.

    A further state that the service asks about (409) may come between.
    """
    route, method = ROUTES[key.partition(" ")[0]], key.partition(" ")[2]
    act = route.act(method)
    assert act is not None
    wrong = []
    clients = _clients(world, seen)
    for who, decided in seen.items():
        sends = "-" if method == "GET" else "good"
        row = {"who": who, "object": name, "sends": sends, "answer": ""}
        with transaction.atomic():
            answer = _answer(route, method, row, world, clients)
            transaction.set_rollback(True)
        expected = f"{'409' if decided in _STATES else '403'} {decided}"
        if decided == "yes":
            expected = str(act.status)
        if answer != expected and not (decided == "yes" and answer.startswith("409")):
            wrong.append(f"{who}: {answer}, decided {decided}")

    assert not wrong, f"{key} of {name}\n" + "\n".join(wrong)


def test_a_grant_on_a_section_alone_opens_it_and_nothing_beside_it(world: World) -> None:
    """To a seat that was granted nothing on the document, and may write there."""
    section = world["section: private"]
    grant(section, world.seats["Bulgaria"], level=Level.DRAFT)
    reader, drafter = (world.personas[f"Bulgaria {role}"].api() for role in ("reader", "drafter"))

    shown = reader.get(f"sections/{section.pk}")
    written = drafter.patch(f"sections/{section.pk}", {"title": "Theirs"}, if_match=shown["ETag"])

    assert (shown.status_code, written.status_code) == (200, 200)
    assert written.json()["title"] == "Theirs"
    assert reader.get(f"documents/{section.document_id}").status_code == 404
    assert reader.get(f"documents/{section.document_id}/sections").status_code == 404
