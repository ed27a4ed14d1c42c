"""POST /documents."""

from datetime import date
from typing import Any

import pytest

from documents.texts.models import Document, DocumentDelegation
from tests.api import api
from tests.documents.support import (
    REQUEST,
    alike,
    document_abilities,
    entry,
    invalid,
    items,
    moment,
    party,
    refusal,
    unknown_id,
)
from tests.factories import (
    OfficeFactory,
    OrganisationFactory,
    delegate,
    seat,
    service_client,
)

TITLES = {"en": "Exercise plan", "sr-Latn": "Plan vežbe", "mk": "План за вежба"}


def order(desk: Any, **changes: Any) -> dict[str, Any]:
    """A body that is right, with changes; None takes a member out."""
    body = {
        "forum": "seemic",
        "delegation": str(desk.serbia.pk),
        "kind": "action_plan",
        "titles": TITLES,
        "working_language": "en",
        "drafting_group": [str(desk.serbia.pk), str(desk.albania.pk)],
    } | changes
    return {name: value for name, value in body.items() if value is not None}


def refused(desk: Any, client: Any, **changes: Any) -> tuple[Any, ...]:
    """The refusal of a body with changes, after which nothing is there."""
    before = Document.objects.count(), DocumentDelegation.objects.count()
    answer = refusal(client.post("documents", order(desk, **changes)))
    assert (Document.objects.count(), DocumentDelegation.objects.count()) == before
    return answer


def test_a_drafter_begins_a_document_of_its_seat(desk, drafting, abroad, outside, ledger):
    OrganisationFactory(key="racviac")

    answer = drafting.post("documents", order(desk, penholder="racviac"), headers=REQUEST)

    assert answer.status_code == 201
    made = Document.objects.get(pk=answer.json()["id"])
    assert answer.json() == {
        "id": str(made.pk),
        "forum": "seemic",
        "kind": "action_plan",
        "state": "drafting",
        "titles": TITLES,
        "working_language": "en",
        "owner_delegation": party(desk.serbia),
        "created_at": moment(made.created_at),
        "penholder": "racviac",
        "drafting_group": [party(desk.albania), party(desk.serbia)],
        "superseded_by": None,
        "abilities": document_abilities("revise", "add_section", "make_version"),
    }
    assert answer.headers["Location"] == f"http://127.0.0.1:8000/api/v1/documents/{made.pk}"
    path = f"documents/{made.pk}"
    assert drafting.get(path).headers["ETag"] == answer.headers["ETag"]
    assert drafting.get(path).content == answer.content
    assert ledger.told() == [
        entry(
            "document.created",
            desk.drafter,
            made,
            seat=desk.serbia,
            owner=desk.serbia,
            scope=made.effective_scope_id,
            details={"kind": "action_plan", "titles": TITLES},
        )
    ]
    assert items(abroad.get("documents"))[0] == str(made.pk)
    assert outside.get(path).status_code == 404


def test_a_head_and_a_service_client_draft_too(desk, heading):
    client = service_client(desk.serbia, "drafter")

    assert heading.post("documents", order(desk)).status_code == 201
    made = api(client).post("documents", order(desk))
    assert made.json()["owner_delegation"] == party(desk.serbia)


@pytest.mark.parametrize("role", ["reader", "access_manager"])
def test_below_a_drafter_nobody_begins_a_document(desk, role, ledger):
    user = delegate(desk.serbia, role).user
    ledger.new()

    answer = api(user).post("documents", order(desk), headers=REQUEST)

    assert refusal(answer) == (403, "drafter_required")
    (denied,) = ledger.told()
    assert (denied["kind"], denied["actor"], denied["object"]) == (
        "access.denied",
        user.pk,
        ("document", ""),
    )
    assert denied["details"] == {"action": "create", "reason": "drafter_required"}


def test_nobody_acts_for_another_seat(desk, drafting, abroad):
    assert refused(desk, abroad) == (403, "drafter_required")
    assert refused(desk, drafting, delegation=str(desk.albania.pk)) == (403, "drafter_required")


def test_a_token_needs_the_scope_to_write(desk):
    client = api(desk.drafter, scopes=["documents:read"])

    assert refusal(client.post("documents", order(desk))) == (403, "insufficient_scope")
    assert refusal(api().post("documents", order(desk))) == (401, "not_authenticated")


def test_the_drafting_group_is_of_the_forum_and_holds_the_own_seat(desk, drafting):
    home = type(desk.serbia).objects.get(country=desk.serbia.country, forum=None)
    delegate(home, user=desk.drafter)
    wrong = invalid(("/drafting_group", "not_of_the_forum"))

    assert refused(desk, drafting, drafting_group=[str(desk.albania.pk)]) == wrong
    group = [str(desk.serbia.pk), str(home.pk)]
    assert refused(desk, drafting, drafting_group=group) == wrong
    assert refused(desk, drafting, delegation=str(home.pk)) == wrong


def test_a_seat_named_twice_is_in_the_group_once(desk, drafting):
    group = [str(desk.serbia.pk), str(desk.serbia.pk)]

    answer = drafting.post("documents", order(desk, drafting_group=group))

    assert answer.json()["drafting_group"] == [party(desk.serbia)]


def test_equal_drafting_groups_share_their_readers(desk, drafting, abroad):
    one, two = (
        Document.objects.get(pk=client.post("documents", body).json()["id"])
        for client, body in (
            (drafting, order(desk)),
            (
                abroad,
                order(
                    desk,
                    delegation=str(desk.albania.pk),
                    drafting_group=[str(desk.albania.pk), str(desk.serbia.pk)],
                ),
            ),
        )
    )

    assert one.effective_scope_id == two.effective_scope_id == desk.document.effective_scope_id


def test_only_the_secretariat_begins_a_common_document(desk, drafting, abroad, ledger):
    OfficeFactory(holder=desk.serbia, kind="secretariat")
    OfficeFactory(holder=desk.albania, kind="chair")
    ledger.new()
    albanian = order(desk, common=True, delegation=str(desk.albania.pk))

    refused_answer = abroad.post("documents", albanian, headers=REQUEST)
    assert refusal(refused_answer) == (403, "not_secretariat")
    assert [e["kind"] for e in ledger.told()] == ["access.denied"]
    made = drafting.post("documents", order(desk, common=True), headers=REQUEST)

    assert made.status_code == 201
    assert made.json()["owner_delegation"] is None
    assert made.json()["abilities"] == document_abilities("revise", "add_section", "make_version")
    document = Document.objects.get(pk=made.json()["id"])
    assert ledger.told() == [
        entry(
            "document.created",
            desk.drafter,
            document,
            seat=desk.serbia,
            owner=None,
            scope=document.effective_scope_id,
            details={"kind": "action_plan", "titles": TITLES},
        )
    ]


def test_a_former_secretariat_begins_none(desk, drafting):
    OfficeFactory(
        holder=desk.serbia, kind="secretariat", since=date(2020, 1, 1), until=date(2021, 1, 1)
    )

    assert refused(desk, drafting, common=True) == (403, "not_secretariat")


def test_hidden_things_are_refused_as_unknown_ones(desk, drafting):
    pairs = [
        ({"forum": "other"}, {"forum": "nothing"}, "/forum"),
        (
            {"delegation": str(desk.montenegro.pk)},
            {"delegation": str(unknown_id())},
            "/delegation",
        ),
        (
            {"drafting_group": [str(desk.serbia.pk), str(desk.montenegro.pk)]},
            {"drafting_group": [str(desk.serbia.pk), str(unknown_id())]},
            "/drafting_group/1",
        ),
    ]
    for hidden, unknown, pointer in pairs:
        answers = [drafting.post("documents", order(desk, **one)) for one in (hidden, unknown)]
        assert refusal(answers[0]) == invalid((pointer, "unknown"))
        assert alike(*answers)


def test_an_unknown_penholder_is_refused(desk, drafting):
    OrganisationFactory(key="racviac")

    assert refused(desk, drafting, penholder="nobody") == invalid(("/penholder", "unknown"))


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"forum": None}, [("/forum", "required")]),
        ({"kind": "novel"}, [("/kind", "invalid_choice")]),
        ({"titles": {}}, [("/titles", "empty")]),
        ({"titles": {"en": ""}}, [("/titles/en", "blank")]),
        ({"titles": {"en": None}}, [("/titles/en", "null")]),
        ({"titles": {"en": 3}}, [("/titles/en", "invalid_type")]),
        ({"titles": {"en": "x" * 501}}, [("/titles/en", "max_length")]),
        ({"titles": {"en": "a\0b"}}, [("/titles/en", "unstorable_text")]),
        ({"titles": {"sr-Latn": "Plan"}}, [("/titles/en", "required")]),
        ({"drafting_group": []}, [("/drafting_group", "min_length")]),
        ({"drafting_group": ["x"]}, [("/drafting_group/0", "invalid")]),
        ({"state": "adopted"}, [("/state", "unknown_field")]),
        ({"owner_delegation": None, "etag": "1"}, [("/etag", "unknown_field")]),
        ({"common": "yes"}, [("/common", "invalid_type")]),
        (
            {"kind": None, "titles": None, "extra": 1},
            [("/kind", "required"), ("/titles", "required"), ("/extra", "unknown_field")],
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_body_of_another_shape_is_refused_with_all_that_is_wrong(desk, drafting, changes, errors):
    answer = refused(desk, drafting, **changes)

    assert answer[:2] == (400, "invalid")
    assert set(answer[2:]) == set(errors)


def test_sent_again_with_its_key_the_answer_is_the_first_one(desk, drafting, ledger):
    first = drafting.post("documents", order(desk), key="plan-1")
    again = drafting.post("documents", order(desk), key="plan-1")

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert [e.kind for e in ledger.new()] == ["document.created"]
    assert drafting.post("documents", order(desk), key="plan-2").json()["id"] != first.json()["id"]


def test_a_key_is_for_one_request_of_one_caller(desk, drafting, heading):
    first = drafting.post("documents", order(desk), key="plan-1")

    other_body = drafting.post("documents", order(desk, kind="report"), key="plan-1")
    other_caller = heading.post("documents", order(desk), key="plan-1")

    assert refusal(other_body) == (422, "idempotency_key_reused")
    assert other_caller.status_code == 201
    assert other_caller.json()["id"] != first.json()["id"]


def test_a_refused_request_leaves_its_key_free(desk, drafting):
    assert drafting.post("documents", order(desk, kind="x"), key="plan-1").status_code == 400

    assert drafting.post("documents", order(desk), key="plan-1").status_code == 201


def test_a_seat_of_two_forums_is_not_mixed_up(desk):
    """The drafter of two seats acts for the one it names."""
    montenegro = seat(desk.forum, "ME")
    user = delegate(montenegro).user
    delegate(desk.montenegro, user=user)
    body = order(
        desk,
        delegation=str(desk.montenegro.pk),
        drafting_group=[str(desk.montenegro.pk), str(montenegro.pk)],
    )

    answer = api(user).post("documents", body)

    assert refusal(answer) == invalid(("/drafting_group", "not_of_the_forum"))
