"""GET /documents: what a caller sees, newest first."""

from typing import Any

import pytest

from tests.api import api
from tests.documents.support import (
    alike,
    document_abilities,
    invalid,
    items,
    moment,
    party,
    queries_of,
    refusal,
    unknown_id,
)
from tests.factories import DocumentFactory, OfficeFactory, delegate, grant, seat, service_client


def shown(document: Any) -> dict[str, Any]:
    """The item of a document of the desk."""
    return {
        "id": str(document.pk),
        "forum": document.forum.slug,
        "kind": document.kind,
        "state": "drafting",
        "titles": document.titles,
        "working_language": document.working_language,
        "owner_delegation": party(document.owner_delegation),
        "created_at": moment(document.created_at),
        "etag": '"1"',
    }


def more(desk: Any, number: int, **given: Any) -> list[Any]:
    """Further documents of Serbia that Albania drafts too, in the order of making."""
    given = {"delegation": desk.serbia, "drafting_group": [desk.albania]} | given
    return [DocumentFactory(**given) for _ in range(number)]


def ids(documents: Any) -> list[str]:
    return [str(document.pk) for document in documents]


def test_the_list_holds_what_the_drafting_group_of_each_document_sees(desk, drafting, abroad):
    of_serbia = drafting.get("documents")

    assert of_serbia.status_code == 200
    assert of_serbia.json() == {
        "items": [shown(desk.document)],
        "next": None,
        "previous": None,
    }
    assert abroad.get("documents").json()["items"] == [shown(desk.document), shown(desk.other)]


def test_nobody_else_learns_of_a_document(desk, outside):
    before = outside.get("documents")
    more(desk, 3)

    assert items(before) == [str(desk.foreign.pk)]
    assert alike(before, outside.get("documents"))


def test_a_seat_of_the_forum_outside_the_drafting_group_sees_nothing(desk):
    answer = api(delegate(seat(desk.forum, "BA"))).get("documents")

    assert answer.json() == {"items": [], "next": None, "previous": None}


def test_a_service_client_sees_what_its_seat_sees(desk, drafting):
    client = api(service_client(desk.serbia, "reader"))

    assert client.get("documents").json() == drafting.get("documents").json()


def test_without_a_token_there_is_no_list(desk):
    assert refusal(api().get("documents")) == (401, "not_authenticated")


def test_a_token_needs_the_scope(desk):
    client = api(desk.drafter, scopes=["forums:read"])

    assert refusal(client.get("documents")) == (403, "insufficient_scope")


def test_the_newest_come_first_and_a_granted_one_stands_at_its_own_date(desk, drafting):
    newer = more(desk, 2)
    grant(desk.other, desk.serbia)

    assert items(drafting.get("documents")) == ids([*reversed(newer), desk.document, desk.other])


def test_a_document_seen_in_two_ways_is_listed_once(desk, drafting):
    grant(desk.document, desk.serbia)

    assert items(drafting.get("documents")) == [str(desk.document.pk)]


def test_pages_lead_on_and_back_without_losing_or_repeating_any(desk, drafting):
    expected = ids([desk.document, *more(desk, 6)])[::-1]

    pages = [drafting.get("documents", {"limit": 3})]
    while pages[-1].json()["next"]:
        pages.append(drafting.get(pages[-1].json()["next"]))

    assert [len(items(page)) for page in pages] == [3, 3, 1]
    assert [one for page in pages for one in items(page)] == expected
    assert pages[0].json()["previous"] is None
    back = [drafting.get(pages[-1].json()["previous"])]
    back.append(drafting.get(back[0].json()["previous"]))
    assert [items(page) for page in back] == [expected[3:6], expected[0:3]]
    assert back[-1].json()["previous"] is None
    assert items(drafting.get(back[-1].json()["next"])) == expected[3:6]
    assert pages[1].headers["Link"] == (
        f'<{pages[1].json()["next"]}>; rel="next", <{pages[1].json()["previous"]}>; rel="prev"'
    )


def test_filtered_pages_lead_on_and_back_too(desk, drafting):
    more(desk, 2, kind="report")
    expected = ids([desk.document, *more(desk, 2)])[::-1]

    first = drafting.get("documents", {"limit": 2, "kind": "manual"})
    second = drafting.get(first.json()["next"])

    assert items(first) + items(second) == expected
    assert second.json()["next"] is None
    assert items(drafting.get(second.json()["previous"])) == expected[:2]


def test_a_document_added_meanwhile_moves_no_later_page(desk, drafting):
    expected = ids([desk.document, *more(desk, 3)])[::-1]

    first = drafting.get("documents", {"limit": 2})
    more(desk, 1)

    assert items(drafting.get(first.json()["next"])) == expected[2:]


def test_a_cursor_belongs_to_its_list_and_carries_no_rights(desk, drafting, outside):
    more(desk, 2)
    cursor = drafting.get("documents", {"limit": 1}).json()["next"].partition("cursor=")[2]

    for query in ({"cursor": cursor, "kind": "manual"}, {"cursor": cursor[:-2] + "AA"}):
        assert refusal(drafting.get("documents", query)) == invalid(("?cursor", "invalid_cursor"))
    assert set(items(outside.get("documents", {"cursor": cursor}))) <= {str(desk.foreign.pk)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"forum": "seemic"}, ["report", "shared", "other"]),
        ({"kind": "report"}, ["report"]),
        ({"kind": "manual"}, ["shared", "other"]),
        ({"state": "drafting"}, ["report", "shared", "other"]),
        ({"forum": "seemic", "kind": "report"}, ["report"]),
        ({"forum": "nothing"}, []),
        ({"forum": "other"}, []),
    ],
)
def test_the_list_is_filtered_among_what_is_seen(desk, abroad, query, expected):
    (report,) = more(desk, 1, kind="report")
    more(desk, 1, delegation=desk.montenegro, drafting_group=(), kind="report")
    named = {"report": report, "shared": desk.document, "other": desk.other}

    assert items(abroad.get("documents", query)) == ids(named[name] for name in expected)


def test_a_hidden_forum_filters_as_an_unknown_one(desk, drafting):
    assert alike(
        drafting.get("documents", {"forum": "nothing"}),
        drafting.get("documents", {"forum": "other"}),
    )


def test_ids_pick_among_what_is_seen(desk, drafting):
    (newer, _) = more(desk, 2)
    wanted = [desk.document.pk, desk.other.pk, newer.pk, unknown_id(), desk.document.pk]

    answer = drafting.get("documents", {"ids": ",".join(map(str, wanted))})

    assert items(answer) == ids([newer, desk.document])


def test_fields_leave_out_the_rest(desk, drafting):
    answer = drafting.get("documents", {"fields": "id,titles,etag"})

    assert answer.json()["items"] == [
        {"id": str(desk.document.pk), "titles": desk.document.titles, "etag": '"1"'}
    ]


@pytest.mark.parametrize("query", [{}, {"kind": "manual"}])
def test_the_count_is_told_when_asked_for(desk, drafting, query):
    more(desk, 4)

    body = drafting.get("documents", {"count": "true", "limit": 2, **query}).json()

    assert body["count"] == {"value": 5, "capped": False}
    assert len(body["items"]) == 2
    assert "count" not in drafting.get("documents").json()


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"q": "x"}, [("?q", "unknown_parameter")]),
        (
            {"owner": "RS", "page": "2"},
            [("?owner", "unknown_parameter"), ("?page", "unknown_parameter")],
        ),
        ({"limit": "0"}, [("?limit", "out_of_range")]),
        ({"limit": "201"}, [("?limit", "out_of_range")]),
        ({"count": "yes"}, [("?count", "invalid_choice")]),
        ({"abilities": "all"}, [("?abilities", "invalid_choice")]),
        ({"fields": "id,secret"}, [("?fields", "unknown_field")]),
        ({"ids": "x"}, [("?ids", "invalid_id")]),
        ({"ids": ",".join([str(unknown_id())] * 201)}, [("?ids", "too_many")]),
        ({"cursor": "x"}, [("?cursor", "invalid_cursor")]),
        ({"kind": "novel"}, [("?kind", "invalid_choice")]),
        ({"state": "lost"}, [("?state", "invalid_choice")]),
        ({"forum": "no slug"}, [("?forum", "invalid")]),
        ({"kind": "manual\0"}, [("?kind", "unstorable_text")]),
    ],
)
def test_what_is_not_a_parameter_of_the_list_is_refused(desk, drafting, query, errors):
    answer = refusal(drafting.get("documents", query))

    assert answer[:2] == (400, "invalid")
    assert set(errors) <= set(answer[2:])


def test_abilities_are_told_with_their_reasons_when_asked_for(
    desk, drafting, heading, abroad, reading
):
    def told(client: Any) -> Any:
        item = client.get("documents", {"abilities": "reasons"}).json()["items"][0]
        reasons = {name: reason["code"] for name, reason in item["ability_reasons"].items()}
        return item["abilities"], reasons

    transitions = ("consult", "finalise", "reopen", "withdraw", "supersede")
    reasons = {"finalise": "wrong_state", "reopen": "wrong_state"}
    assert told(heading) == (
        document_abilities(
            "revise",
            "add_section",
            "make_version",
            "consult",
            "withdraw",
            "supersede",
            "manage_access",
        ),
        reasons,
    )
    assert told(drafting) == (
        document_abilities("revise", "add_section", "make_version"),
        dict.fromkeys(transitions, "head_required") | {"manage_access": "access_manager_required"},
    )
    assert told(abroad) == (
        document_abilities("add_section"),
        dict.fromkeys(("revise", "make_version", *transitions), "not_owner")
        | {"manage_access": "not_keeper"},
    )
    assert told(reading) == (
        document_abilities(),
        {
            "revise": "drafter_required",
            "add_section": "drafter_required",
            "make_version": "drafter_required",
            **dict.fromkeys(transitions, "head_required"),
            "manage_access": "access_manager_required",
        },
    )
    assert "abilities" not in drafting.get("documents").json()["items"][0]


def test_a_list_that_did_not_change_is_not_sent_again(desk, drafting):
    etag = drafting.get("documents").headers["ETag"]

    again = drafting.get("documents", headers={"If-None-Match": etag})
    more(desk, 1)

    assert (again.status_code, again.content) == (304, b"")
    assert drafting.get("documents", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "query", [{}, {"kind": "manual"}, {"abilities": "reasons"}, {"count": "true"}], ids=str
)
@pytest.mark.slow
def test_thirty_documents_cost_as_many_queries_as_three(desk, abroad, query):
    OfficeFactory(holder=desk.serbia, kind="secretariat")
    more(desk, 1, common=True)
    few = queries_of(lambda: abroad.get("documents", query))
    assert len(items(abroad.get("documents", query))) == 3

    more(desk, 13)
    more(desk, 14, common=True)

    assert len(items(abroad.get("documents", query))) == 30
    assert queries_of(lambda: abroad.get("documents", query)) == few
