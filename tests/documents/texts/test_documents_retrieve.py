"""GET /documents/{id}."""

from typing import Any

import pytest

from tests.api import api
from tests.documents.support import (
    alike,
    document_abilities,
    moment,
    party,
    queries_of,
    refusal,
    unknown_id,
)
from tests.factories import (
    DocumentFactory,
    OfficeFactory,
    OrganisationFactory,
    delegate,
    grant,
    release,
    seat,
    service_client,
)


def path_of(document: Any) -> str:
    return f"documents/{document.pk}"


def test_the_answer_is_the_whole_document(desk, drafting):
    answer = drafting.get(path_of(desk.document))

    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(desk.document.pk),
        "forum": "seemic",
        "kind": "manual",
        "state": "drafting",
        "titles": {"en": "Joint manual", "sr-Cyrl": "Заједнички приручник"},
        "working_language": "en",
        "owner_delegation": party(desk.serbia),
        "created_at": moment(desk.document.created_at),
        "penholder": None,
        "drafting_group": [party(desk.albania), party(desk.serbia)],
        "superseded_by": None,
        "abilities": document_abilities("revise", "add_section", "make_version"),
    }
    assert answer.headers["ETag"].startswith('"1.')


def test_a_common_document_has_no_owner_and_may_have_a_penholder(desk, abroad):
    OfficeFactory(holder=desk.serbia, kind="secretariat")
    racviac = OrganisationFactory(key="racviac")
    seated = seat(desk.forum, OrganisationFactory(key="dcaf"))
    document = DocumentFactory(
        delegation=desk.serbia,
        drafting_group=[desk.albania, seated],
        common=True,
        penholder=racviac,
    )

    body = abroad.get(path_of(document)).json()

    assert (body["owner_delegation"], body["penholder"]) == (None, "racviac")
    assert body["drafting_group"] == [party(desk.albania), party(desk.serbia), party(seated)]
    assert body["abilities"] == document_abilities("add_section")


def test_a_hidden_document_answers_as_an_unknown_one(desk, drafting, outside):
    unknown = drafting.get(f"documents/{unknown_id()}")

    assert refusal(unknown) == (404, "not_found")
    assert alike(
        unknown,
        drafting.get(path_of(desk.other)),
        drafting.get(path_of(desk.foreign)),
        outside.get(path_of(desk.document)),
        drafting.get(path_of(desk.foreign), headers={"If-None-Match": "*"}),
    )
    assert refusal(drafting.get("documents/no-id")) == (404, "not_found")


def test_a_grant_lets_another_seat_of_the_forum_read_and_no_more(desk):
    bosnia = api(delegate(seat(desk.forum, "BA")))
    assert bosnia.get(path_of(desk.document)).status_code == 404

    grant(desk.document, desk.forum.delegations.get(country__code="BA"))
    body = bosnia.get(path_of(desk.document)).json()

    assert body["titles"]["en"] == "Joint manual"
    assert body["abilities"] == document_abilities()


@pytest.mark.parametrize("role", ["access_manager", None])
def test_who_is_no_reader_of_the_seat_sees_nothing(desk, role):
    somebody = delegate(desk.serbia, role).user if role else None

    answer = api(somebody).get(path_of(desk.document))

    assert refusal(answer) == ((404, "not_found") if role else (401, "not_authenticated"))


def test_reasons_are_told_in_words_too(desk, abroad):
    body = abroad.get(path_of(desk.document), {"abilities": "reasons"}).json()

    codes = {name: reason["code"] for name, reason in body["ability_reasons"].items()}
    not_owned = set(codes) - {"manage_access"}
    assert codes == dict.fromkeys(not_owned, "not_owner") | {"manage_access": "not_keeper"}
    assert not_owned >= {"revise", "consult", "withdraw"}
    assert all(reason["detail"] for reason in body["ability_reasons"].values())


def test_a_reading_token_has_no_writing_abilities(desk):
    client = api(service_client(desk.serbia, "head", scopes=["documents:read"]))

    body = client.get(path_of(desk.document), {"abilities": "reasons"}).json()

    assert body["abilities"] == document_abilities()
    assert {r["code"] for r in body["ability_reasons"].values()} == {"insufficient_scope"}


def test_only_fields_asked_for_are_sent(desk, drafting):
    answer = drafting.get(path_of(desk.document), {"fields": "kind,abilities"})

    assert answer.json() == {
        "kind": "manual",
        "abilities": document_abilities("revise", "add_section", "make_version"),
    }


def test_the_tag_changes_with_what_is_told_and_only_with_that(desk, drafting, reading):
    first = drafting.get(path_of(desk.document))
    release(desk.section())
    again = drafting.get(path_of(desk.document))

    assert again.headers["ETag"] == first.headers["ETag"]
    other_reader = reading.get(path_of(desk.document)).headers["ETag"]
    assert other_reader != first.headers["ETag"]
    assert other_reader.partition(".")[0] == '"1'
    same = drafting.get(path_of(desk.document), headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304


def test_a_larger_drafting_group_costs_no_more_queries(desk, drafting):
    few = queries_of(lambda: drafting.get(path_of(desk.document)))
    large = DocumentFactory(
        delegation=desk.serbia,
        drafting_group=[seat(desk.forum, code) for code in ("BA", "BG", "HR", "ME", "MK")],
    )

    assert queries_of(lambda: drafting.get(path_of(large))) == few
