"""In every state of a document its sections' abilities tell what the writes do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from documents.texts.models import Section
from platform_api.core.actor import Level
from platform_api.core.service import writing
from tests.api import api
from tests.documents.amendments.support import drafted, submitted
from tests.documents.support import refusal
from tests.factories import delegate, grant, seat

from .test_documents_states import bring

STATES = ["drafting", "consultation", "final_draft", "withdrawn", "superseded"]
BODY = "One is said here.\n\nTwo is said there.\n"
PASSAGE = {"start": 0, "end": 3, "alternatives": ["Nothing"]}
ENDED = {"final_draft", "withdrawn", "superseded"}


def writes(section: Section) -> dict[str, Callable[[Any], Any]]:
    """For each ability a request that is right in every other respect."""
    path, tag = f"sections/{section.pk}", section.etag_revision

    def post(verb: str, body: Any = None, **headers: Any) -> Callable[[Any], Any]:
        return lambda client: client.post(f"{path}/{verb}", body or {}, **headers)

    child = {"title": "x", "language": "en", "parent": str(section.pk)}
    sections = f"documents/{section.document_id}/sections"
    return {
        "revise": lambda client: client.patch(path, {"body": "x"}, if_match=tag),
        "restructure": lambda client: client.delete(path, if_match=tag),
        "add_section": lambda client: client.post(sections, child),
        "bracket": post("brackets", {"revision": str(section.head), **PASSAGE}),
        "amend": post("amendments", {"base": str(section.head), "body": "x"}),
        "comment": post("comments", {"body": "x"}),
        "release": post("release", if_match=tag),
        "agree": post("agree", if_match=tag),
        "close": post("close", if_match=tag),
        "reopen": post("reopen", {"reason": "x"}, if_match=tag),
        "restore": post("restore", if_match=tag),
    }


def told_by(shown: Any) -> dict[str, Any]:
    """Each ability of a detail: True, or the reason why not."""
    reasons = {name: each["code"] for name, each in shown["ability_reasons"].items()}
    return {**shown["abilities"], **reasons}


def check(client: Any, section: Section) -> dict[str, Any]:
    """Ask for each ability and do it; what was done is undone. The abilities with reasons."""
    path = f"sections/{section.pk}"
    told = told_by(client.get(path, {"abilities": "reasons"}).json())
    for ability, write in writes(section).items():
        with transaction.atomic():
            answer = write(client)
            transaction.set_rollback(True)
        expected = told[ability]
        if expected is True:
            assert answer.status_code in (200, 201, 204), (ability, answer.content)
        elif ability == "add_section":  # asked of the document, which has its own reason
            assert answer.status_code in (404, 409), answer.content
        else:
            assert refusal(answer)[1] == expected, ability
    return told


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        pytest.param(kind, state, marks=[] if kind == "released" else pytest.mark.slow)
        for kind in ("at home", "released", "common", "agreed", "closed")
        for state in STATES
    ],
)
def test_abilities_tell_what_the_writes_do(desk, heading, kind, state):
    """To its owner's head, who may do all that the states allow."""
    given = {"common": True} if kind == "common" else {"released": kind != "at home"}
    section = desk.section(**given, body=BODY)
    for step in {"agreed": ["agree"], "closed": ["agree", "close"]}.get(kind, []):
        done = heading.post(f"sections/{section.pk}/{step}", if_match="1")
        assert done.status_code == 200, done.content
    if state == "final_draft" and kind in ("released", "common"):
        # As one that was marked for fewer while the rest was agreed.
        with_state(section, "provisionally_agreed")
        bring(desk, state)
        with_state(section, "released")
    else:
        bring(desk, state)

    told = check(heading, Section.objects.get(pk=section.pk))

    assert told["comment"] is True
    if kind == "released":
        written = ("revise", "restructure", "add_section", "bracket", "amend", "agree")
        expected = "text_fixed" if state in ENDED else True
        assert {told[name] for name in written} == {expected}
    if kind == "at home":
        assert (told["revise"], told["restructure"]) == (True, True)
        assert told["release"] == ("text_fixed" if state in ENDED else True)


def with_state(section: Section, state: str) -> None:
    with writing():
        Section.objects.filter(pk=section.pk).update(state=state)


@pytest.mark.parametrize("state", ["drafting", "withdrawn"])
def test_so_they_do_to_whoever_was_granted_the_section_alone(desk, state):
    """It does not see the document, nor what became of it."""
    section = desk.section(released=True, body=BODY)
    bosnia = seat(desk.forum, "BA")
    grant(section, bosnia, Level.DRAFT)
    bring(desk, state)

    told = check(api(delegate(bosnia, "drafter")), section)

    assert told["revise"] == ("text_fixed" if state == "withdrawn" else True)


@pytest.mark.parametrize("state", ["drafting", "withdrawn", "superseded"])
def test_a_list_tells_what_each_section_tells(desk, heading, state):
    rows = [desk.section(released=released) for released in (True, False)]
    bring(desk, state)
    path = f"documents/{desk.document.pk}/sections"

    listed = heading.get(path, {"abilities": "reasons"}).json()["items"]

    alone = [heading.get(f"sections/{row.pk}", {"abilities": "reasons"}).json() for row in rows]
    assert [told_by(each) for each in listed] == [told_by(each) for each in alone]
    assert told_by(listed[0])["revise"] == (True if state == "drafting" else "text_fixed")


@pytest.mark.parametrize("state", ["drafting", "withdrawn", "superseded"])
def test_what_hangs_on_a_section_tells_it_too(desk, heading, drafting, abroad, state):
    """Of brackets, amendments and files, what would write into the section."""
    section = desk.section(released=True, body=BODY)
    path = f"sections/{section.pk}"
    order = {"revision": str(section.head), **PASSAGE}
    bracket = abroad.post(f"{path}/brackets", order).json()
    abroad_head = api(desk.albanian_head)
    draft = drafted(abroad, section, "x")
    open_one = submitted(abroad, abroad_head, section, BODY.replace("Two", "Three"))
    parts = {"file": SimpleUploadedFile("Notes.txt", b"Words.\n", "text/plain")}
    file = drafting.upload(f"{path}/attachments", parts).json()
    bring(desk, state)
    may = state == "drafting"
    choice = {"alternative": bracket["alternatives"][1]["id"], "section_revision": "1"}

    for client, kind, key, ability, verb, body in (
        (drafting, "brackets", bracket["id"], "resolve", "resolve", choice),
        (abroad_head, "amendments", draft["id"], "submit", "submit", {}),
        (heading, "amendments", open_one["id"], "accept", "accept", {}),
        (drafting, "attachments", file["id"], "delete", "", None),
    ):
        shown = client.get(f"{kind}/{key}", {"abilities": "reasons"})
        assert told_by(shown.json())[ability] == (True if may else "text_fixed"), kind
        with transaction.atomic():
            if verb:
                answer = client.post(f"{kind}/{key}/{verb}", body, if_match=shown)
            else:
                answer = client.delete(f"{kind}/{key}", if_match=shown)
            transaction.set_rollback(True)
        if may:
            assert answer.status_code in (200, 204), answer.content
        else:
            assert refusal(answer) == (409, "text_fixed"), kind
            assert answer.json()["allowed"] == ["consultation", "drafting"]
    withdraw = abroad.post(
        f"brackets/{bracket['id']}/withdraw", if_match=abroad.get(f"brackets/{bracket['id']}")
    )
    assert withdraw.status_code == 200  # takes nothing from the text
