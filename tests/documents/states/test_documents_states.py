"""POST /documents/{id}/consult, /finalise, /reopen, /withdraw and /supersede."""

from typing import Any

import pytest

from documents.texts.models import Document, DocumentState, Section
from platform_api.core.actor import Level
from platform_api.core.service import writing
from tests.api import api
from tests.documents.support import (
    REQUEST,
    alike,
    denial,
    document_abilities,
    entry,
    invalid,
    moment,
    party,
    refusal,
    unknown_id,
)
from tests.factories import (
    DocumentFactory,
    OfficeFactory,
    SectionFactory,
    delegate,
    grant,
    seat,
)

WHY = {"reason": "New facts."}
TRANSITIONS = {
    "drafting": {"consult", "withdraw", "supersede"},
    "consultation": {"finalise", "reopen", "withdraw", "supersede"},
    "final_draft": {"reopen", "withdraw", "supersede"},
    "withdrawn": set[str](),
    "superseded": set[str](),
}
VERBS = ("consult", "finalise", "reopen", "withdraw", "supersede")


def send(client: Any, document: Any, verb: str, body: Any = None, if_match: Any = None) -> Any:
    if body is None:
        body = WHY if verb in ("reopen", "withdraw") else None
    tag = if_match or Document.objects.get(pk=document.pk).etag_revision
    return client.post(f"documents/{document.pk}/{verb}", body, if_match=tag, headers=REQUEST)


def agreed(desk: Any, **given: Any) -> Section:
    """A released section that is provisionally agreed."""
    section = desk.section(**({"released": not given.get("common", False)} | given))
    answer = api(desk.head).post(f"sections/{section.pk}/agree", if_match="1")
    assert answer.status_code == 200, answer.content
    return Section.objects.get(pk=section.pk)


def bring(desk: Any, state: str) -> None:
    """The desk's document into a state, by the way there."""
    heading = api(desk.head)
    steps: dict[str, tuple[str, ...]] = {
        "drafting": (),
        "consultation": ("consult",),
        "final_draft": ("consult", "finalise"),
        "withdrawn": ("withdraw",),
        "superseded": ("supersede",),
    }
    if state == "final_draft":
        agreed(desk)
    for step in steps[state]:
        body = {"by": str(DocumentFactory(delegation=desk.serbia).pk)}
        answer = send(heading, desk.document, step, body if step == "supersede" else None)
        assert answer.status_code == 200, answer.content


def state_of(document: Any) -> str:
    return Document.objects.values_list("state", flat=True).get(pk=document.pk)


def test_the_answer_is_the_document_in_consultation(desk, heading, ledger):
    ledger.new()

    answer = send(heading, desk.document, "consult")

    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(desk.document.pk),
        "forum": "seemic",
        "kind": "manual",
        "state": "consultation",
        "titles": {"en": "Joint manual", "sr-Cyrl": "Заједнички приручник"},
        "working_language": "en",
        "owner_delegation": party(desk.serbia),
        "created_at": moment(desk.document.created_at),
        "penholder": None,
        "drafting_group": [party(desk.albania), party(desk.serbia)],
        "superseded_by": None,
        "abilities": document_abilities(
            "revise",
            "add_section",
            "make_version",
            "finalise",
            "reopen",
            "withdraw",
            "supersede",
            "manage_access",
        ),
    }
    assert answer.headers["ETag"].startswith('"2.')
    assert state_of(desk.other) == "drafting"
    assert ledger.told() == [
        entry(
            "document.consultation_opened",
            desk.head,
            desk.document,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=desk.forum.effective_scope_id,
            details={"before": "drafting", "after": "consultation"},
        )
    ]


@pytest.mark.parametrize("state", TRANSITIONS)
def test_each_state_allows_its_transitions_and_names_them_for_the_others(desk, heading, state):
    bring(desk, state)
    shown = heading.get(f"documents/{desk.document.pk}").json()
    assert {verb for verb in VERBS if shown["abilities"][verb]} == TRANSITIONS[state]
    assert shown["state"] == state

    for verb in set(VERBS) - TRANSITIONS[state]:
        body = {"by": str(desk.section(common=True).document_id)} if state == "drafting" else None
        by = {"by": str(DocumentFactory(delegation=desk.serbia).pk)}
        answer = send(heading, desk.document, verb, by if verb == "supersede" else body)
        if answer.status_code == 400:  # the body is not what is asked about here
            answer = send(heading, desk.document, verb)
        assert refusal(answer) == (409, "wrong_state"), verb
        assert answer.json()["state"] == state
        assert set(answer.json()["transitions"]) == TRANSITIONS[state]
    assert state_of(desk.document) == state


def test_a_final_draft_asks_that_everything_its_readers_read_is_agreed(desk, heading, ledger):
    send(heading, desk.document, "consult")
    assert refusal(send(heading, desk.document, "finalise")) == (409, "nothing_released")
    done, pending = agreed(desk), desk.section(released=True)
    closed = agreed(desk, common=True)
    api(desk.head).post(f"sections/{closed.pk}/close", if_match="1")
    ledger.new()

    answer = send(heading, desk.document, "finalise")

    assert refusal(answer) == (409, "sections_not_agreed")
    assert answer.json()["sections"] == [str(pending.pk)]
    assert (state_of(desk.document), ledger.new()) == ("consultation", [])
    heading.post(f"sections/{pending.pk}/agree", if_match="1")
    assert send(heading, desk.document, "finalise").json()["state"] == "final_draft"
    assert done.state == "provisionally_agreed"
    assert [each["kind"] for each in ledger.told()] == ["section.agreed", "document.finalised"]


def test_what_is_at_home_or_for_fewer_neither_hinders_a_final_draft_nor_shows(desk, heading):
    """Albania's draft at home and its chapter for itself alone; the answer is as without them."""
    twin = DocumentFactory(
        delegation=desk.serbia, drafting_group=[desk.albania], titles=desk.document.titles
    )
    for document in (desk.document, twin):
        section = SectionFactory(document=document, author=desk.drafter, released=True)
        heading.post(f"sections/{section.pk}/agree", if_match="1")
        send(heading, document, "consult")
    desk.section(delegation=desk.albania)
    alone = desk.section(delegation=desk.albania, released=True)
    marked = api(desk.albanian_head).post(
        "access/restrict", {"object": {"type": "section", "id": str(alone.pk)}}
    )
    assert marked.status_code == 200, marked.content

    answers = [send(heading, document, "finalise") for document in (desk.document, twin)]

    assert [answer.status_code for answer in answers] == [200, 200]
    shown = [answer.json() for answer in answers]
    for each in shown:
        del each["id"], each["created_at"]
    assert shown[0] == shown[1]


def test_nothing_is_written_of_a_final_draft_until_it_is_reopened(desk, heading, drafting):
    bring(desk, "final_draft")
    draft = desk_draft(desk)
    section = Section.objects.get(document=desk.document, state="provisionally_agreed")
    sections = f"documents/{desk.document.pk}/sections"
    document = f"documents/{desk.document.pk}"
    refused = [
        drafting.post(sections, {"title": "x", "language": "en", "common": True}),
        drafting.patch(document, {"titles": {"en": "x"}}, if_match="3"),
        heading.post(f"sections/{draft.pk}/release", if_match="h1"),
        heading.post(f"sections/{section.pk}/reopen", WHY, if_match="1"),
        heading.post(f"sections/{section.pk}/close", if_match="1"),
    ]

    assert [refusal(answer)[:2] for answer in refused] == [
        (409, "wrong_state"),
        (409, "wrong_state"),
        (409, "text_fixed"),
        (409, "text_fixed"),
        (409, "text_fixed"),
    ]
    assert refused[2].json()["allowed"] == ["consultation", "drafting"]
    version = {"label": "As circulated", "kind": "milestone"}
    assert drafting.post(f"{document}/versions", version).status_code == 201
    assert drafting.patch(f"sections/{draft.pk}", {"body": "x"}, if_match="h1").status_code == 200

    assert send(heading, desk.document, "reopen").json()["state"] == "drafting"

    assert heading.post(f"sections/{section.pk}/reopen", WHY, if_match="1").status_code == 200


def desk_draft(desk: Any) -> Section:
    """A draft that stands at home while its document is final, as one begun before would."""
    with writing():
        Document.objects.filter(pk=desk.document.pk).update(state="drafting", circulated=False)
        draft = desk.section()
        Document.objects.filter(pk=desk.document.pk).update(state="final_draft", circulated=True)
    return draft


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
def test_an_ended_document_takes_no_more_text(desk, drafting, state):
    section = desk.section(released=True)
    bosnia = seat(desk.forum, "BA")
    grant(section, bosnia, Level.DRAFT)
    bring(desk, state)
    path, sections = f"sections/{section.pk}", f"documents/{desk.document.pk}/sections"
    granted = api(delegate(bosnia, "drafter"))

    assert refusal(drafting.patch(path, {"body": "x"}, if_match="1")) == (409, "text_fixed")
    assert refusal(granted.patch(path, {"body": "x"}, if_match="1")) == (409, "text_fixed")
    assert refusal(drafting.post(sections, {"title": "x", "language": "en"})) == (
        409,
        "wrong_state",
    )
    version = drafting.post(
        f"documents/{desk.document.pk}/versions", {"label": "x", "kind": "working"}
    )
    assert refusal(version) == (409, "wrong_state")
    assert Section.objects.get(pk=section.pk).revision == 1


def test_a_reopening_and_a_withdrawal_are_recorded_with_their_reasons(desk, heading, ledger):
    send(heading, desk.document, "consult")
    ledger.new()

    send(heading, desk.document, "reopen", {"reason": "Two chapters are missing."})
    send(heading, desk.document, "withdraw", {"reason": "Overtaken."})

    told = [each for each in ledger.told() if each["kind"].startswith("document.")]
    assert [(each["kind"], each["details"], each["scope"]) for each in told] == [
        (
            "document.reopened",
            {
                "before": "consultation",
                "after": "drafting",
                "reason": "Two chapters are missing.",
            },
            desk.document.drafting_scope_id,
        ),
        (
            "document.withdrawn",
            {"before": "drafting", "after": "withdrawn", "reason": "Overtaken."},
            desk.document.drafting_scope_id,
        ),
    ]


def test_a_superseded_document_names_its_successor_to_who_sees_that(desk, heading, ledger):
    successor = DocumentFactory(delegation=desk.serbia)
    ledger.new()

    answer = send(heading, desk.document, "supersede", {"by": str(successor.pk)})

    assert (answer.json()["state"], answer.json()["superseded_by"]) == (
        "superseded",
        str(successor.pk),
    )
    (told,) = ledger.told()
    assert (told["kind"], told["details"]) == (
        "document.superseded",
        {"before": "drafting", "after": "superseded", "by": str(successor.pk), "reason": ""},
    )
    albanian = api(desk.albanian)
    assert albanian.get(f"documents/{desk.document.pk}").json()["superseded_by"] is None
    grant(successor, desk.albania)
    shown = albanian.get(f"documents/{desk.document.pk}").json()
    assert shown["superseded_by"] == str(successor.pk)
    assert state_of(successor) == "drafting"


def test_a_successor_is_of_the_forum_in_sight_and_not_ended_itself(desk, heading, ledger):
    ended = DocumentFactory(delegation=desk.serbia)
    send(heading, ended, "withdraw")
    elsewhere = DocumentFactory(delegation=desk.montenegro)
    grant(elsewhere, desk.serbia)
    ledger.new()

    def refused(by: Any) -> tuple[Any, ...]:
        return refusal(send(heading, desk.document, "supersede", {"by": str(by)}))

    assert refused(ended.pk) == (409, "successor_ended")
    assert refused(elsewhere.pk) == invalid(("/by", "of_another_forum"))
    assert refused(desk.document.pk) == invalid(("/by", "same_document"))
    assert refused(desk.other.pk) == refused(unknown_id()) == invalid(("/by", "unknown"))
    assert (state_of(desk.document), ledger.new()) == ("drafting", [])


def test_two_documents_do_not_supersede_each_other(desk, heading):
    second = DocumentFactory(delegation=desk.serbia)
    assert send(heading, desk.document, "supersede", {"by": str(second.pk)}).status_code == 200

    answer = send(heading, second, "supersede", {"by": str(desk.document.pk)})

    assert refusal(answer) == (409, "successor_ended")


def test_only_the_owner_s_head_moves_a_document(desk, drafting, ledger):
    ledger.new()
    albanian = api(desk.albanian_head)

    assert refusal(send(drafting, desk.document, "consult")) == (403, "head_required")
    assert refusal(send(albanian, desk.document, "consult")) == (403, "not_owner")
    assert ledger.told() == [
        denial(desk.drafter, desk.document, "consult", "head_required"),
        denial(desk.albanian_head, desk.document, "consult", "not_owner"),
    ]
    grant(desk.document, desk.albania, Level.MANAGE)
    assert refusal(send(albanian, desk.document, "withdraw")) == (403, "not_owner")
    assert state_of(desk.document) == "drafting"


def test_a_common_document_is_moved_by_the_secretariat_with_every_chapter_in_it(desk):
    office = seat(desk.forum, "BG")
    OfficeFactory(forum=desk.forum, holder=office, kind="secretariat")
    document = DocumentFactory(
        delegation=office, drafting_group=[desk.serbia, desk.albania], common=True
    )
    section = SectionFactory(document=document, delegation=desk.albania, released=True)
    bosnian = api(delegate(seat(desk.forum, "BA"), "reader"))

    assert refusal(send(api(desk.head), document, "consult")) == (403, "not_owner")
    assert send(api(delegate(office, "head")), document, "consult").status_code == 200
    assert bosnian.get(f"sections/{section.pk}").status_code == 200


def test_a_hidden_document_answers_as_one_that_is_not_there(desk, heading, outside, ledger):
    body = {"by": str(desk.document.pk)}
    ledger.new()
    for verb in VERBS:
        given = body if verb == "supersede" else None if verb in ("consult", "finalise") else WHY
        unknown = heading.post(f"documents/{unknown_id()}/{verb}", given, if_match="1")
        assert refusal(unknown) == (404, "not_found")
        assert alike(
            unknown,
            heading.post(f"documents/{desk.foreign.pk}/{verb}", given, if_match="1"),
            outside.post(f"documents/{desk.document.pk}/{verb}", given, if_match="1"),
        )
    assert ledger.new() == []


def test_a_transition_names_the_revision_it_is_of(desk, heading, drafting):
    drafting.patch(f"documents/{desk.document.pk}", {"titles": {"en": "Other"}}, if_match="1")

    stale = send(heading, desk.document, "consult", if_match="1")

    assert refusal(stale) == (412, "precondition_failed")
    assert stale.headers["ETag"] == '"2"'
    missing = heading.post(f"documents/{desk.document.pk}/consult")
    assert refusal(missing) == (428, "precondition_required")
    send(heading, desk.document, "consult")
    late = send(heading, desk.document, "consult", if_match="2")
    assert refusal(late) == (412, "precondition_failed")


@pytest.mark.parametrize("verb", ["reopen", "withdraw"])
def test_a_reason_is_given(desk, heading, verb):
    for body, error in (
        ({}, "required"),
        ({"reason": ""}, "blank"),
        ({"reason": "x" * 501}, "max_length"),
    ):
        answer = send(heading, desk.document, verb, body)
        assert refusal(answer) == invalid(("/reason", error))


def test_the_list_is_filtered_by_each_state(desk, heading):
    send(heading, desk.document, "consult")

    def listed(state: str) -> list[str]:
        items = heading.get("documents", {"state": state}).json()["items"]
        return [each["id"] for each in items]

    assert listed("consultation") == [str(desk.document.pk)]
    assert all(listed(state) == [] for state in DocumentState.values if state != "consultation")
