"""GET /sections/{id}/revisions and /revisions/{id}."""

from typing import Any

import pytest

from documents.texts.models import Revision
from tests.api import api
from tests.documents.support import (
    alike,
    invalid,
    items,
    moment,
    party,
    queries_of,
    refusal,
    unknown_id,
    verify_chain,
)
from tests.factories import delegate, grant, release, service_client
from tests.laying import laid


@laid
def section(desk) -> Any:
    """A section with three revisions at home, and two in public."""
    drafting = api(desk.drafter)
    made = desk.section(title="Terms", body="home 1", note="Begun.")
    path = f"sections/{made.pk}"
    for number in (2, 3):
        drafting.patch(path, {"body": f"home {number}"}, if_match=f"h{number - 1}")
    made.refresh_from_db()
    release(made)
    drafting.patch(path, {"body": "public 2", "note": "Agreed."}, if_match="1")
    return made


def listed(client: Any, section: Any, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(f"sections/{section.pk}/revisions", query)
    assert answer.status_code == 200
    return answer.json()["items"]


def test_the_owner_sees_both_chains_newest_first(desk, drafting, section):
    shown = listed(drafting, section)

    assert [(one["at_home"], one["number"], one["note"]) for one in shown] == [
        (False, 2, "Agreed."),
        (False, 1, ""),
        (True, 3, ""),
        (True, 2, ""),
        (True, 1, "Begun."),
    ]


def test_the_others_see_the_public_chain_alone(desk, abroad, section):
    shown = listed(abroad, section)

    assert [(one["at_home"], one["number"]) for one in shown] == [(False, 2), (False, 1)]
    for hidden in Revision.objects.filter(section=section, at_home=True):
        assert alike(abroad.get(f"revisions/{hidden.pk}"), abroad.get(f"revisions/{unknown_id()}"))


def test_an_item_tells_a_revision_without_its_text(desk, abroad, section):
    row = Revision.objects.get(section=section, at_home=False, number=1)

    assert listed(abroad, section)[1] == {
        "id": str(row.pk),
        "number": 1,
        "at_home": False,
        "created_at": moment(row.created_at),
        "delegation": party(desk.serbia),
        "note": "",
        "act": "written",
        "title": "Terms",
        "language": "en",
        "worked_on": None,
        "content_sha256": bytes(row.content_sha256).hex(),
        "home_commitment": bytes(row.home_commitment).hex(),
        "chain_hash": bytes(row.chain_hash).hex(),
        "purged": None,
    }


def test_a_revision_is_read_with_its_text(desk, abroad, drafting, section):
    item = listed(abroad, section)[0]

    for client in (abroad, drafting):
        answer = client.get(f"revisions/{item['id']}")
        assert answer.json() == {
            **item,
            "section": str(section.pk),
            "body": "public 2",
            "abilities": {},
        }
    assert item["home_commitment"] is None


def test_who_wrote_is_told_by_seat_and_not_by_person(desk, abroad, section):
    item = listed(abroad, section)[0]
    text = abroad.get(f"revisions/{item['id']}").content.decode()

    assert desk.drafter.name not in text
    assert str(desk.drafter.pk) not in text


def test_the_chains_are_what_their_texts_make_them(desk, drafting, abroad, section):
    def chain(client: Any, *, at_home: bool) -> list[dict[str, Any]]:
        of_chain = [one for one in listed(client, section) if one["at_home"] is at_home]
        return [client.get(f"revisions/{one['id']}").json() for one in reversed(of_chain)]

    assert [one["body"] for one in chain(drafting, at_home=True)] == ["home 1", "home 2", "home 3"]
    verify_chain(chain(drafting, at_home=True))
    for client in (drafting, abroad):
        public = chain(client, at_home=False)
        assert [one["body"] for one in public] == ["home 3", "public 2"]
        verify_chain(public, before=bytes.fromhex(public[0]["home_commitment"]))


def test_one_changed_letter_breaks_the_chain(desk, abroad, section):
    public = [
        abroad.get(f"revisions/{one['id']}").json() for one in reversed(listed(abroad, section))
    ]
    before = bytes.fromhex(public[0]["home_commitment"])

    for number in range(len(public)):
        changed = [dict(one) for one in public]
        changed[number]["body"] += " "
        with pytest.raises(AssertionError):
            verify_chain(changed, before=before)


def test_private_revisions_change_nothing_that_others_are_told(desk, drafting, abroad):
    draft = desk.section()
    released = desk.section(released=True)
    answers = [abroad.get(f"sections/{one.pk}/revisions") for one in (draft, released)]

    drafting.patch(f"sections/{draft.pk}", {"body": "x"}, if_match="h1")

    assert refusal(answers[0]) == (404, "not_found")
    again = [abroad.get(f"sections/{one.pk}/revisions") for one in (draft, released)]
    assert alike(answers[0], again[0])
    assert alike(answers[1], again[1])


def test_the_revisions_of_a_hidden_section_are_those_of_an_unknown_one(desk, abroad, outside):
    draft = desk.section()
    unknown = abroad.get(f"sections/{unknown_id()}/revisions")

    assert refusal(unknown) == (404, "not_found")
    for client in (abroad, outside):
        assert alike(unknown, client.get(f"sections/{draft.pk}/revisions"))


def test_a_grant_on_a_draft_shows_the_text_and_not_its_history(desk, abroad):
    draft = desk.section()
    grant(draft, desk.albania)

    assert abroad.get(f"sections/{draft.pk}").status_code == 200
    assert listed(abroad, draft) == []
    revision = draft.revisions.get()
    assert refusal(abroad.get(f"revisions/{revision.pk}")) == (404, "not_found")


def test_pages_lead_on_and_back(desk, drafting, section):
    whole = [one["id"] for one in listed(drafting, section)]

    first = drafting.get(f"sections/{section.pk}/revisions", {"limit": 2, "count": "true"})
    second = drafting.get(first.json()["next"])
    third = drafting.get(second.json()["next"])

    assert items(first) + items(second) + items(third) == whole
    assert first.json()["count"] == {"value": 5, "capped": False}
    assert items(drafting.get(third.json()["previous"])) == whole[2:4]


def test_the_count_is_of_what_is_seen(desk, abroad, section):
    answer = abroad.get(f"sections/{section.pk}/revisions", {"count": "true"})

    assert answer.json()["count"] == {"value": 2, "capped": False}


def test_a_cursor_of_the_owner_shows_others_nothing_more(desk, drafting, abroad, section):
    url = drafting.get(f"sections/{section.pk}/revisions", {"limit": 2}).json()["next"]

    assert items(abroad.get(url)) == []


def test_an_unknown_parameter_is_refused(desk, drafting, section):
    path = f"sections/{section.pk}/revisions"

    assert refusal(drafting.get(path, {"at_home": "true"})) == invalid(
        ("?at_home", "unknown_parameter")
    )


def test_without_a_token_or_its_scope_nothing_is_told(desk, section):
    narrow = api(service_client(desk.serbia, "head", scopes=["documents:write"]))
    revision = section.revisions.first()

    for path in (f"sections/{section.pk}/revisions", f"revisions/{revision.pk}"):
        assert refusal(api().get(path)) == (401, "not_authenticated")
        assert refusal(narrow.get(path)) == (403, "insufficient_scope")


def test_an_access_manager_of_the_owner_sees_none(desk, section):
    manager = api(delegate(desk.serbia, "access_manager"))

    assert manager.get(f"sections/{section.pk}/revisions").status_code == 404


def test_a_revision_has_no_other_method(desk, drafting, section):
    path = f"revisions/{section.revisions.first().pk}"

    for answer in (drafting.patch(path, {"body": "x"}, if_match="1"), drafting.delete(path)):
        assert refusal(answer) == (405, "method_not_allowed")
        assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.slow
def test_thirty_revisions_cost_as_many_queries_as_three(desk, drafting):
    section = desk.section()
    path = f"sections/{section.pk}"
    for number in range(1, 3):
        drafting.patch(path, {"body": str(number)}, if_match=f"h{number}")
    few = queries_of(lambda: drafting.get(f"{path}/revisions"))
    for number in range(3, 30):
        drafting.patch(path, {"body": str(number)}, if_match=f"h{number}")

    assert len(listed(drafting, section)) == 30
    assert queries_of(lambda: drafting.get(f"{path}/revisions")) == few
