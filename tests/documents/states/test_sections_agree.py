"""POST /sections/{id}/agree, /close and /reopen: who settles a text, and what rests meanwhile."""

from typing import Any

import pytest

from documents.texts.models import Section
from platform_api.core.actor import Level
from tests.api import api
from tests.documents.support import (
    REQUEST,
    alike,
    denial,
    entry,
    invalid,
    moment,
    party,
    refusal,
    section_abilities,
    unknown_id,
)
from tests.factories import (
    DocumentFactory,
    OfficeFactory,
    OrganisationFactory,
    SectionFactory,
    delegate,
    grant,
    seat,
)

WHY = {"reason": "New facts."}


def send(client: Any, section: Any, verb: str, body: Any = None, if_match: Any = "1") -> Any:
    body = WHY if body is None and verb == "reopen" else body
    path = f"sections/{section.pk}/{verb}"
    return client.post(path, body, if_match=if_match, headers=REQUEST)


def state_of(section: Any) -> str:
    return Section.objects.values_list("state", flat=True).get(pk=section.pk)


def test_the_owner_s_head_agrees_and_the_answer_is_the_section(desk, heading, abroad, ledger):
    section = desk.section(released=True, title="Terms", body="Quarterly.")
    other = desk.section(released=True)
    ledger.new()

    answer = send(heading, section, "agree")

    assert answer.status_code == 200
    now = Section.objects.get(pk=section.pk)
    assert answer.json() == {
        "id": str(section.pk),
        "document": str(desk.document.pk),
        "parent": None,
        "number": "1",
        "depth": 0,
        "title": "Terms",
        "body": "Quarterly.",
        "language": "en",
        "state": "provisionally_agreed",
        "owner_delegation": party(desk.serbia),
        "updated_at": moment(now.updated_at),
        "released_at": moment(section.released_at),
        "single_person_release": False,
        "head": str(now.head),
        "deleted_at": None,
        "abilities": section_abilities(
            "add_section", "close", "reopen", "comment", "manage_access"
        ),
    }
    assert answer.headers["ETag"].startswith('"1.')
    assert state_of(other) == "released"
    assert abroad.get(f"sections/{section.pk}").json()["state"] == "provisionally_agreed"
    assert ledger.told() == [
        entry(
            "section.agreed",
            desk.head,
            section,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.document.effective_scope_id,
            details={"revision": "1", "before": "released", "after": "provisionally_agreed"},
        )
    ]


def test_the_whole_way_and_back(desk, heading, ledger):
    section = desk.section(released=True)
    ledger.new()

    for verb, state in (
        ("agree", "provisionally_agreed"),
        ("close", "closed"),
        ("reopen", "released"),
        ("agree", "provisionally_agreed"),
        ("reopen", "released"),
    ):
        assert send(heading, section, verb).json()["state"] == state

    told = [(each["kind"], each["details"].get("reason")) for each in ledger.told()]
    assert told == [
        ("section.agreed", None),
        ("section.closed", None),
        ("section.reopened", "New facts."),
        ("section.agreed", None),
        ("section.reopened", "New facts."),
    ]


@pytest.mark.parametrize(
    ("state", "verb", "allowed", "transitions"),
    [
        ("released", "close", ["provisionally_agreed"], {"agree": "provisionally_agreed"}),
        (
            "released",
            "reopen",
            ["closed", "provisionally_agreed"],
            {"agree": "provisionally_agreed"},
        ),
        (
            "provisionally_agreed",
            "agree",
            ["released"],
            {"close": "closed", "reopen": "released"},
        ),
        ("closed", "agree", ["released"], {"reopen": "released"}),
        ("closed", "close", ["provisionally_agreed"], {"reopen": "released"}),
    ],
)
def test_a_step_that_is_not_allowed_tells_those_that_are(
    desk, heading, ledger, state, verb, allowed, transitions
):
    section = desk.section(released=True)
    for step in {"released": (), "provisionally_agreed": ("agree",), "closed": ("agree", "close")}[
        state
    ]:
        send(heading, section, step)
    ledger.new()

    answer = send(heading, section, verb)

    assert refusal(answer) == (409, "wrong_state")
    told = {name: answer.json()[name] for name in ("state", "allowed", "transitions")}
    assert told == {"state": state, "allowed": allowed, "transitions": transitions}
    assert (state_of(section), ledger.new()) == (state, [])


@pytest.mark.parametrize("steps", [("agree",), ("agree", "close")])
def test_an_agreed_text_rests_until_it_is_reopened(desk, heading, drafting, steps):
    section = desk.section(released=True, body="one")
    path = f"sections/{section.pk}"
    for step in steps:
        send(heading, section, step)

    answer = drafting.patch(path, {"body": "two"}, if_match="1")

    assert refusal(answer) == (409, "wrong_state")
    assert answer.json()["allowed"] == ["private_drafting", "released"]
    assert answer.json()["transitions"]["reopen"] == "released"
    assert Section.objects.get(pk=section.pk).body == "one"
    assert refusal(drafting.patch(path, {"body": "two"}, if_match="9"))[0] == 412
    send(heading, section, "reopen")
    assert drafting.patch(path, {"body": "two"}, if_match="1").json()["body"] == "two"


def test_what_is_granted_to_draft_rests_too(desk, heading):
    section = desk.section(released=True)
    bosnia = seat(desk.forum, "BA")
    grant(section, bosnia, Level.DRAFT)
    send(heading, section, "agree")

    answer = api(delegate(bosnia, "drafter")).patch(
        f"sections/{section.pk}", {"body": "x"}, if_match="1"
    )

    assert refusal(answer) == (409, "wrong_state")


def test_a_chapter_that_is_agreed_takes_further_sections_until_it_is_closed(
    desk, heading, drafting
):
    chapter = desk.section(released=True)
    path = f"documents/{desk.document.pk}/sections"
    order = {"title": "Below", "language": "en", "parent": str(chapter.pk)}
    send(heading, chapter, "agree")
    assert drafting.post(path, order).status_code == 201

    send(heading, chapter, "close")

    assert refusal(drafting.post(path, order)) == (409, "wrong_state")


def test_a_draft_at_home_is_not_agreed(desk, heading):
    draft = desk.section()

    assert refusal(send(heading, draft, "agree", if_match="h1")) == (409, "wrong_state")
    assert state_of(draft) == "private_drafting"


def test_others_of_the_drafting_group_do_not_decide(desk, abroad, ledger):
    """Not even on their own chapter: the document's owner keeps the text as a whole."""
    own = desk.section(delegation=desk.albania, released=True)
    ledger.new()

    assert refusal(send(api(desk.albanian_head), own, "agree")) == (403, "not_document_owner")
    assert ledger.told() == [denial(desk.albanian_head, own, "agree", "not_document_owner")]
    assert refusal(send(abroad, own, "agree")) == (403, "not_document_owner")
    assert send(api(desk.head), own, "agree").status_code == 200


@pytest.mark.parametrize("role", ["drafter", "reader"])
def test_below_the_head_nobody_decides(desk, role):
    section = desk.section(released=True)

    assert refusal(send(api(delegate(desk.serbia, role)), section, "agree")) == (
        403,
        "head_required",
    )


def test_of_a_common_document_the_secretariat_and_the_penholder_decide(desk):
    racviac = OrganisationFactory(key="racviac")
    holder, office = seat(desk.forum, racviac), seat(desk.forum, "BG")
    OfficeFactory(holder=office, kind="secretariat")
    document = DocumentFactory(
        delegation=office,
        drafting_group=[desk.serbia, desk.albania, holder],
        common=True,
        penholder=racviac,
    )
    section = SectionFactory(document=document, delegation=desk.serbia, released=True)
    serbia, secretariat, pen = (
        api(delegate(each, "head")) for each in (desk.serbia, office, holder)
    )

    assert refusal(send(serbia, section, "agree")) == (403, "not_document_owner")
    assert send(secretariat, section, "agree").status_code == 200
    assert send(pen, section, "reopen").status_code == 200
    assert send(pen, section, "agree").status_code == 200
    assert refusal(send(api(delegate(holder, "drafter")), section, "close")) == (
        403,
        "head_required",
    )


def test_a_penholder_without_a_seat_in_the_drafting_group_decides_nothing(desk):
    racviac = OrganisationFactory(key="racviac")
    outside = seat(desk.forum, racviac)
    document = DocumentFactory(delegation=desk.serbia, penholder=racviac)
    section = SectionFactory(document=document, released=True)
    grant(document, outside)

    assert refusal(send(api(delegate(outside, "head")), section, "agree")) == (
        403,
        "not_document_owner",
    )


def test_a_grant_never_decides(desk):
    section = desk.section(released=True)
    grant(section, desk.albania, Level.MANAGE)

    assert refusal(send(api(desk.albanian_head), section, "agree")) == (403, "not_document_owner")


def test_a_hidden_section_answers_as_one_that_is_not_there(desk, outside, ledger):
    draft = desk.section()
    ledger.new()
    albanian = api(desk.albanian_head)

    for verb in ("agree", "close", "reopen"):
        unknown = albanian.post(
            f"sections/{unknown_id()}/{verb}", WHY, if_match="1", headers=REQUEST
        )
        assert refusal(unknown) == (404, "not_found")
        assert alike(unknown, send(albanian, draft, verb), send(outside, draft, verb))
    assert ledger.new() == []


def test_a_reason_is_given_for_reopening_alone(desk, heading):
    section = desk.section(released=True)

    assert refusal(send(heading, section, "agree", {"reason": "x"})) == invalid(
        ("/reason", "unknown_field")
    )
    send(heading, section, "agree")
    assert refusal(send(heading, section, "reopen", {})) == invalid(("/reason", "required"))
    assert refusal(send(heading, section, "reopen", {"reason": ""})) == invalid(
        ("/reason", "blank")
    )
    long = {"reason": "x" * 501}
    assert refusal(send(heading, section, "reopen", long)) == invalid(("/reason", "max_length"))
    assert state_of(section) == "provisionally_agreed"


def test_a_head_agrees_on_what_it_has_read(desk, heading, drafting):
    section = desk.section(released=True)
    read = heading.get(f"sections/{section.pk}")
    drafting.patch(f"sections/{section.pk}", {"body": "Slipped in."}, if_match="1")

    answer = send(heading, section, "agree", if_match=read)

    assert refusal(answer) == (412, "precondition_failed")
    assert state_of(section) == "released"
    assert refusal(heading.post(f"sections/{section.pk}/agree")) == (428, "precondition_required")
