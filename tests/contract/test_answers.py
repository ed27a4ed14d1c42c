"""What the platform answers is what the document says, on the scenario's data."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import inflection
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.texts.models import Section
from forums.membership.models import Delegate, Delegation
from platform_api.core.openapi.naming import owner_of
from tests.api import ApiClient, api
from tests.factories import OperatorFactory

from .conftest import Schema
from .shapes import resolved, undeclared, validator

pytestmark = [pytest.mark.contract, pytest.mark.django_db]

SOMETIMES = {
    "Idempotency-Replayed",
    "Link",
    "Preference-Applied",
    "Retry-After",
    "WWW-Authenticate",
}
"""Headers that an answer has on some occasions only."""

ENOUGH = 4
"""Objects of one kind that are looked at, for each caller."""

_PERIOD = {"since": "2026-01-01T00:00:00Z", "until": "2026-07-01T00:00:00Z"}
NEEDED: dict[str, dict[str, str]] = {
    "/api/v1/countries/{code}/exposure": _PERIOD,
    "/api/v1/delegations/{id}/exposure": _PERIOD,
    "/api/v1/search": {"q": "discrimination"},
}
"""The parameters without which a read answers nothing."""


class Checked:
    """A caller whose every answer is held against the document."""

    def __init__(self, document: Schema, client: ApiClient) -> None:
        self.document = document
        self.client = client

    def send(self, method: str, path: str, template: str, *given: Any, **more: Any) -> Any:
        """The answer to a request of an operation, when it is as documented."""
        response = getattr(self.client, method)(path, *given, **more)
        operation = self.document["paths"][template][method]
        where = f"{method} {path}: {response.status_code}"
        assert str(response.status_code) in operation["responses"], where
        documented = resolved(self.document, operation["responses"][str(response.status_code)])
        expected = set(documented["headers"]) - SOMETIMES
        assert {name for name in expected if name not in response.headers} == set(), where
        # A file is streamed.
        if not response.getvalue():
            assert response.status_code in (204, 304) or "Preference-Applied" in response.headers
            return response
        media_type = response.headers["Content-Type"].partition(";")[0]
        schema = documented["content"][media_type]["schema"]
        if not media_type.endswith("json"):
            return response
        body = response.json()
        errors = [
            f"{where} {error.json_path}: {error.message}"
            for error in validator(self.document, schema).iter_errors(body)
        ]
        assert errors == []
        if not media_type.startswith("application/problem"):
            assert undeclared(self.document, schema, body) == [], where
        return response


def _person(country: str, role: str, forum: str | None = "wb-mod") -> ApiClient:
    """Somebody who acts for a country's seat in a forum, or for its home seat."""
    seats = Delegation.objects.filter(country__code=country)
    seat = seats.get(forum__slug=forum) if forum else seats.get(forum=None)
    return api(Delegate.objects.get(delegation=seat, role=role))


@pytest.fixture
def managed(scenario: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the scenario leaves out: access that is reviewed, offered and stopped."""
    serbia = Delegation.objects.get(forum__slug="wb-mod", country__code="RS")
    chapter = Section.objects.get(owner_delegation=serbia, title="Serbia", parent=None)
    manager, head = _person("RS", "access_manager"), _person("RS", "head")
    seat, told = str(serbia.pk), {"type": "section", "id": str(chapter.pk)}
    bosnia = Delegation.objects.get(forum__slug="wb-mod", country__code="BA")
    stopped = Delegation.objects.get(forum__slug="seemic", country__code="BG")
    due = (datetime.now(UTC) + timedelta(days=9)).isoformat()
    invited = {"delegation": seat, "email": "new@tests.example", "role": "reader"}
    offered = {"object": told, "to": str(bosnia.pk), "reason": "They write it from now on."}
    released = head.post(
        f"sections/{chapter.pk}/release",
        {"include_descendants": True},
        if_match=head.get(f"sections/{chapter.pk}")["ETag"],
    )
    assert released.status_code == 200, released.content
    for client, path, body in (
        (manager, "access-reviews", {"delegation": seat, "due_at": due}),
        (manager, "invitations", invited),
        (head, "access/transfers", offered),
        (api(OperatorFactory()), f"delegations/{stopped.pk}/suspend", {"reason": "Keys lost."}),
    ):
        answer = client.post(path, body)
        assert answer.status_code in (200, 201), answer.content
    file = {"file": SimpleUploadedFile("Decision.txt", b"Words.\n", "text/plain")}
    cited = {"instrument": head.get("instruments").json()["items"][0]["id"]}
    tree = head.get(f"documents/{chapter.document_id}/sections").json()["items"]
    first = tree[0]["id"]
    for answer in (
        head.upload(f"sections/{first}/attachments", file),
        head.post(f"sections/{first}/citations", cited),
    ):
        assert answer.status_code == 201, answer.content
    _drafted_upon(_person("RS", "drafter"), first, str(chapter.pk))
    named = f"section:{chapter.pk}"
    needed = {
        "explain": {"object": named, "subject": f"delegation:{seat}"},
        "who-can": {"object": named, "ability": "revise"},
        "grants": {"object": named},
        "matrix": {"type": "section"},
        "marking": {"object": named},
        "readings": {"object": named},
    }
    for name, query in needed.items():
        monkeypatch.setitem(NEEDED, f"/api/v1/access/{name}", query)


def _drafted_upon(drafter: ApiClient, common: str, own: str) -> None:
    """What hangs on released sections: one of each, and words that clashed."""
    shown = drafter.get(f"sections/{common}").json()
    passage = {"revision": shown["head"], "start": 0, "end": 8}
    for name, sent in (
        ("comments", {"body": "Is it so?", "audience": "internal"}),
        ("amendments", {"base": shown["head"], "body": f"Changed. {shown['body']}"}),
        ("brackets", passage | {"alternatives": ["Something else"]}),
    ):
        answer = drafter.post(f"sections/{common}/{name}", sent)
        assert answer.status_code == 201, answer.content
    shown = drafter.get(f"sections/{own}").json()
    head, body = shown["head"], shown["body"]
    asked = {"section": own, "passage": body[:8], "reason": "It names somebody."}
    assert drafter.post("purges", asked).status_code == 201
    for word, status in (("One", 200), ("Another", 409)):
        sent = {"base": head, "body": f"{word} {body}", "note": ""}
        answer = drafter.post(f"sections/{own}/merge", sent)
        assert answer.status_code == status, answer.content


def test_every_read_answers_as_documented(document: Schema, managed: None) -> None:
    callers = [_person("RS", role) for role in ("drafter", "access_manager")]
    callers += [_person("RS", "drafter", None), _person("HR", "reader", "seemic")]
    callers.append(api(OperatorFactory()))
    reads = [
        path
        for path, item in document["paths"].items()
        if path.startswith("/api/v1/") and "get" in item and item["get"]["tags"] != ["contract"]
    ]
    answered: set[str] = set()
    for client in callers:
        checked = Checked(document, client)
        known: dict[str, list[dict[str, Any]]] = {}
        waiting = reads
        while found := {template: _filled(template, known) for template in waiting}:
            ready = [template for template in waiting if found[template]]
            if not ready:
                break
            waiting = [template for template in waiting if template not in ready]
            for template in ready:
                for path in found[template]:
                    items = _read(checked, path, template)
                    answered |= {template} if items is not None else set()
                    for name in _collections(template):
                        known.setdefault(name, []).extend(items or [])
    assert sorted(set(reads) - answered) == []


def test_refusals_of_reads_answer_as_documented(document: Schema, scenario: None) -> None:
    checked = Checked(document, _person("RS", "drafter"))
    absent = "/api/v1/sections/5f557203-3018-40c5-a38f-d547923a7369"
    one, many = "/api/v1/sections/{id}", "/api/v1/documents"
    assert checked.send("get", absent, one).status_code == 404
    assert checked.send("get", many, many, {"limit": "0"}).status_code == 400
    assert checked.send("get", many, many, {"colour": "red"}).status_code == 400
    assert checked.send("get", many, many, headers={"Accept": "text/csv"}).status_code == 406
    assert Checked(document, api()).send("get", many, many).status_code == 401
    limited = Checked(document, api(Delegate.objects.first(), ["forums:read"]))
    assert limited.send("get", many, many).status_code == 403


def test_a_section_from_its_making_to_its_release_answers_as_documented(
    document: Schema, scenario: None
) -> None:
    drafter = Checked(document, _person("RS", "drafter"))
    head = Checked(document, _person("RS", "head"))
    manual = drafter.client.get("documents").json()["items"][0]["id"]
    tree, one = "/api/v1/documents/{document_id}/sections", "/api/v1/sections/{id}"
    act = f"{one}/release"
    sections = tree.replace("{document_id}", manual)
    wanted = {"title": "Annex", "body": "Text.\n", "language": "en"}

    made = drafter.send("post", sections, tree, wanted, key="annex")
    assert made.status_code == 201
    repeated = drafter.send("post", sections, tree, wanted, key="annex")
    assert repeated.headers["Idempotency-Replayed"] == "true"
    other = drafter.send("post", sections, tree, wanted | {"title": "B"}, key="annex")
    assert other.status_code == 422
    address = one.replace("{id}", made.json()["id"])
    released = act.replace("{id}", made.json()["id"])

    assert drafter.send("patch", address, one, {"body": "New.\n"}).status_code == 428
    stale = drafter.send("patch", address, one, {"body": "New.\n"}, if_match="9")
    assert stale.status_code == 412
    wrong = drafter.send("patch", address, one, {"boddy": "New.\n"}, if_match=made)
    assert wrong.status_code == 400
    brief = {"Prefer": "return=minimal"}
    revised = drafter.send("patch", address, one, {"body": "N.\n"}, if_match=made, headers=brief)
    assert (revised.status_code, revised.content) == (200, b"")
    refused = drafter.send("post", released, act, {}, if_match=revised)
    assert (refused.status_code, refused.json()["code"]) == (403, "head_required")
    done = head.send("post", released, act, {}, if_match=revised)
    assert done.json()["state"] == "released"
    again = head.send("post", released, act, {}, if_match=done)
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


def test_a_document_and_its_titles_answer_as_documented(document: Schema, scenario: None) -> None:
    drafter = Checked(document, _person("RS", "drafter"))
    many, one = "/api/v1/documents", "/api/v1/documents/{id}"
    seat = drafter.client.get("me").json()["seats"][0]["delegation"]
    wanted = {
        "forum": "wb-mod",
        "delegation": seat,
        "kind": "report",
        "titles": {"en": "Report"},
        "working_language": "en",
        "drafting_group": [seat],
    }
    made = drafter.send("post", many, many, wanted)
    assert made.status_code == 201
    assert made.headers["Location"].endswith(made.json()["id"])
    address = one.replace("{id}", made.json()["id"])
    changed = drafter.send("patch", address, one, {"titles": {"mk": "Извештај"}}, if_match=made)
    assert changed.json()["titles"] == {"en": "Report", "mk": "Извештај"}
    common = drafter.send("post", many, many, wanted | {"common": True})
    assert (common.status_code, common.json()["code"]) == (403, "not_secretariat")


def test_a_delegate_answers_as_documented(document: Schema, scenario: None) -> None:
    manager = Checked(document, _person("RS", "access_manager"))
    many = "/api/v1/delegations/{delegation_id}/delegates"
    end = "/api/v1/delegates/{id}/end"
    seat = manager.client.get("me").json()["seats"][0]["delegation"]
    people = many.replace("{delegation_id}", seat)
    email = Delegate.objects.get(delegation=seat, role="drafter").user.email
    made = manager.send("post", people, many, {"user": email, "role": "reader"})
    assert made.status_code == 201
    held = manager.send("post", people, many, {"user": email, "role": "reader"})
    assert (held.status_code, held.json()["code"]) == (409, "already_held")
    email = Delegate.objects.get(delegation=seat, role="access_manager").user.email
    own = manager.send("post", people, many, {"user": email, "role": "head"})
    assert (own.status_code, own.json()["code"]) == (403, "own_role")
    ended = manager.send("post", end.replace("{id}", made.json()["id"]), end, if_match=made)
    assert ended.json()["valid_until"]


def _read(checked: Checked, path: str, template: str) -> list[dict[str, Any]] | None:
    """Read in each way there is; some of the items, None when that is refused."""
    answer = checked.send("get", path, template, _query(checked.document, template))
    if answer.status_code != 200:
        return None
    least = NEEDED.get(template)
    etag = checked.send("get", path, template, least).headers["ETag"]
    again = checked.send("get", path, template, least, headers={"If-None-Match": etag})
    assert again.status_code == 304
    told = answer.json() if answer["Content-Type"] == "application/json" else {}
    items: list[dict[str, Any]] = told.get("items", [])
    return items[:ENOUGH]


def _collections(template: str) -> set[str]:
    """What the items of a list go by in paths: ``versions``, ``practice-versions``."""
    statics = [part for part in template.split("/") if part and "{" not in part]
    own = {"agenda": "agenda-items"}.get(statics[-1], statics[-1])
    if template.endswith("}") or len(statics) < 4:
        return {own}
    return {own, f"{inflection.singularize(statics[-2])}-{statics[-1]}"}


def _filled(template: str, known: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The paths of a template with objects that lists have told of."""
    variables = re.findall(r"\{(\w+)\}", template)
    if not variables:
        return [template]
    (variable,) = variables
    before = template.partition("{")[0].rstrip("/").rpartition("/")[2]
    member = variable.removeprefix(f"{owner_of(template, variable)}_")
    values = dict.fromkeys(item[member] for item in known.get(before, []))
    return [template.replace("{" + variable + "}", value) for value in values]


def _query(document: Schema, template: str) -> dict[str, str]:
    """The parameters that make an answer say most."""
    parameters = document["paths"][template]["get"].get("parameters", [])
    names = {resolved(document, one)["name"] for one in parameters}
    most = {"abilities": "reasons", "count": "true"}
    chosen = {name: value for name, value in most.items() if name in names}
    return chosen | NEEDED.get(template, {})
