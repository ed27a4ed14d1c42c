"""GET /events: what happened to what a caller may see now, oldest first."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from documents.texts import services
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.ledger.feed import CANDIDATES, WINDOW
from platform_api.ledger.models import Event, Seal, Unsealed
from platform_api.ledger.sealing import seal_pending
from tests.api import api, codes, refused, rfc3339
from tests.documents.desk import Desk
from tests.events.support import cursor_of, everything, now, pages, told
from tests.factories import SectionFactory, delegate, release, seat, service_client
from tests.ledger.helpers import settle, write

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]


def revise(desk: Desk, section: Any, body: str = "Anew.") -> Any:
    """A revision of a section by Serbia's drafter."""
    section.refresh_from_db()
    actor = actor_of(desk.drafter)
    return services.section_revise(
        actor=actor, section=section, if_match=section.etag_revision, body=body
    )


def test_an_event_tells_type_time_and_object_and_nothing_else(committed: Desk) -> None:
    client = api(committed.albanian)
    begin = now(client)
    section = committed.section(released=True)
    settle()
    answer = client.get("events", {"cursor": begin})

    event = Event.objects.get(type="section.released", object_id=section.pk)
    assert answer.json() == {
        "items": [
            {
                "id": str(event.pk),
                "type": "section.released",
                "at": rfc3339(event.entry.at),
                "object": {"type": "section", "id": str(section.pk)},
            }
        ],
        "next": answer.json()["next"],
    }
    assert answer.headers["Link"] == f'<{answer.json()["next"]}>; rel="next"'
    assert answer.json()["next"].startswith("http://127.0.0.1:8000/api/v1/events?cursor=")


def test_the_feed_begins_at_the_beginning_and_is_met_once_in_order(committed: Desk) -> None:
    client = api(committed.drafter)
    sections = [committed.section(released=True) for _ in range(3)]
    expected = everything(client)

    assert len(expected) == len(set(expected))
    assert [pk for kind, pk in expected if kind == "section.released"] == [
        str(section.pk) for section in sections
    ]
    answers = list(pages(client, limit=1))
    assert [event for answer in answers for event in told(answer)] == expected
    ids = [item["id"] for answer in answers for item in answer.json()["items"]]
    assert len(set(ids)) == len(expected)
    places = {
        str(pk): place
        for pk, *place in Event.objects.values_list("pk", "entry__seal__position", "ordinal")
    }
    assert [places[pk] for pk in ids] == sorted(places[pk] for pk in ids)


def test_next_stays_the_same_while_nothing_happens_and_then_leads_on(committed: Desk) -> None:
    client = api(committed.drafter)
    settle()
    *_, last = pages(client)
    again = client.get(last.json()["next"])
    assert again.json() == {"items": [], "next": last.json()["next"]}
    assert (
        client.get(
            last.json()["next"], headers={"If-None-Match": again.headers["ETag"]}
        ).status_code
        == 304
    )

    section = committed.section()
    settle()
    assert told(client.get(last.json()["next"])) == [("section.created", str(section.pk))]


def test_from_now_begins_at_the_end(committed: Desk) -> None:
    client = api(committed.drafter)
    settle()
    first, second = (client.get("events", {"from": "now"}) for _ in range(2))
    assert (told(first), told(second)) == ([], [])
    # Equal ones would tell that nothing happened meanwhile.
    assert cursor_of(first) != cursor_of(second)
    assert len(cursor_of(first)) == len(cursor_of(second))

    section = committed.section()
    for begin in (cursor_of(first), cursor_of(second)):
        assert everything(client, begin) == [("section.created", str(section.pk))]


def test_events_are_told_without_any_sealer_process(committed: Desk) -> None:
    client = api(committed.drafter)
    begin = now(client)
    section = committed.section()
    settle()
    assert Unsealed.objects.exists()

    assert told(client.get("events", {"cursor": begin})) == [("section.created", str(section.pk))]
    assert not Unsealed.objects.exists()


def test_what_is_not_committed_or_may_still_be_preceded_is_not_told(committed: Desk) -> None:
    client = api(committed.drafter)
    begin = now(client)
    actor = actor_of(committed.drafter)
    with acting(actor):
        services.section_create(
            actor=actor, document=committed.document, title="Lost", body="", language="en"
        )
        transaction.set_rollback(True)
    assert everything(client, begin) == []


def test_only_some_types(committed: Desk) -> None:
    client = api(committed.drafter)
    section = committed.section(released=True)
    wanted = "section.released,document.created,no.such"
    assert everything(client, types=wanted) == [
        ("document.created", str(committed.document.pk)),
        ("section.released", str(section.pk)),
    ]


def test_filters_may_change_on_the_way(committed: Desk) -> None:
    client = api(committed.drafter)
    begin = cursor_of(client.get("events", {"types": "forum.created", "limit": 1}))
    assert everything(client, begin, types="document.created") == [
        ("document.created", str(committed.document.pk))
    ]


def test_a_seats_own_drafting_is_told_to_that_seat_alone(committed: Desk) -> None:
    own, abroad = api(committed.drafter), api(committed.albanian)
    section = committed.section()
    revise(committed, section)
    mine = [event for event in everything(own) if event[1] == str(section.pk)]

    assert mine == [
        ("section.created", str(section.pk)),
        ("section.revised", str(section.pk)),
    ]
    assert str(section.pk) not in dict(map(reversed, everything(abroad)))


def test_what_was_done_at_home_is_never_told_after_the_release(committed: Desk) -> None:
    own, abroad = api(committed.drafter), api(committed.albanian)
    section = committed.section()
    revise(committed, section)
    section.refresh_from_db()
    release(section)
    revise(committed, section, "In the open.")

    def of_section(client: Any) -> list[str]:
        return [kind for kind, pk in everything(client) if pk == str(section.pk)]

    assert of_section(abroad) == ["section.released", "section.revised"]
    assert of_section(own) == [
        "section.created",
        "section.revised",
        "section.released",
        "section.revised",
    ]


def test_hidden_events_leave_a_foreign_readers_pages_as_they_were(committed: Desk) -> None:
    """Bytes and headers, the cursor among them, and the SQL statements."""
    abroad = api(committed.albanian)
    *_, last = pages(abroad)
    request = {"X-Request-ID": "compared"}

    def asked(address: str) -> tuple[Any, ...]:
        settle()
        seal_pending()
        with CaptureQueriesContext(connection) as queries:
            answer = abroad.get(address, headers=request)
        headers = {n: v for n, v in answer.items() if not n.startswith("RateLimit")}
        return answer.content, headers, len(queries)

    from_beginning, from_end = "events?limit=200", last.json()["next"]
    before = asked(from_beginning), asked(from_end)
    section = committed.section()
    for number in range(5):
        revise(committed, section, str(number))
    SectionFactory(document=committed.foreign)
    SectionFactory(document=committed.foreign, common=True)
    after = asked(from_beginning), asked(from_end)

    assert [told[:2] for told in after] == [told[:2] for told in before]
    # At most one more, whatever the number: so many types of objects are looked up.
    assert {told[2] for told in after} <= {told[2] + extra for told in before for extra in (0, 1)}


def test_cursors_have_one_length_wherever_they_lead(committed: Desk) -> None:
    client = api(committed.drafter)
    cursors = [cursor_of(answer) for answer in pages(client, limit=1)]
    cursors.append(now(client))
    assert len({len(cursor) for cursor in cursors}) == 1
    assert len(set(cursors)) == len(cursors) - 1


def test_two_readers_with_different_rights(committed: Desk) -> None:
    serbian, albanian, montenegrin = (
        everything(api(user))
        for user in (committed.drafter, committed.albanian, committed.stranger)
    )
    ours, others, foreign = (
        ("document.created", str(document.pk))
        for document in (committed.document, committed.other, committed.foreign)
    )
    assert ours in serbian
    assert ours in albanian
    assert ours not in montenegrin
    assert (others in serbian, others in albanian) == (False, True)
    assert (foreign in serbian, foreign in albanian, foreign in montenegrin) == (
        False,
        False,
        True,
    )


def test_who_acts_for_a_seat_is_told_to_that_seat_alone(committed: Desk) -> None:
    own, abroad, begin = api(committed.drafter), api(committed.albanian), None
    begin = now(own)
    added = delegate(committed.serbia, "reader")
    assert everything(own, begin) == [("delegate.added", str(added.pk))]
    assert everything(abroad, begin) == []


def test_a_new_seat_is_told_to_its_forum(committed: Desk) -> None:
    client, outside = api(committed.albanian), api(committed.stranger)
    begin = now(client)
    seated = seat(committed.forum, "MK")
    assert everything(client, begin) == [("delegation.seated", str(seated.pk))]
    assert everything(outside, begin) == []


def test_a_credential_is_told_of_what_its_other_scopes_let_it_read(committed: Desk) -> None:
    forums = api(service_client(committed.serbia, "reader", ["events:read", "forums:read"]))
    kinds = {kind.partition(".")[0] for kind, _ in everything(forums)}
    assert "forum" in kinds
    assert kinds <= {"forum", "delegation", "delegate", "client", "office"}


def test_the_scope_is_needed(committed: Desk) -> None:
    client = api(service_client(committed.serbia, "reader", ["documents:read"]))
    assert refused(client.get("events")) == (403, "insufficient_scope")
    assert refused(api().get("events"))[0] == 401


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"cursor": "made-up"}, ("?cursor", "invalid_cursor")),
        ({"from": "yesterday"}, ("?from", "invalid_choice")),
        ({"limit": "0"}, ("?limit", "min_value")),
        ({"limit": "201"}, ("?limit", "max_value")),
        ({"types": "Section"}, ("?types", "invalid")),
        ({"types": ""}, ("?types", "blank")),
        ({"count": "true"}, ("?count", "unknown_parameter")),
        ({"after": "1"}, ("?after", "unknown_parameter")),
    ],
)
def test_a_wrong_question_is_refused(committed: Desk, query: Any, error: tuple[str, str]) -> None:
    assert codes(api(committed.drafter).get("events", query)) == [error]


def test_a_cursor_and_from_now_contradict_each_other(committed: Desk) -> None:
    client = api(committed.drafter)
    query = {"cursor": now(client), "from": "now"}
    assert codes(client.get("events", query)) == [("?from", "not_with_cursor")]


def test_a_page_costs_the_same_however_many_events_it_holds(committed: Desk) -> None:
    client = api(committed.drafter)
    committed.section(released=True)
    everything(client)

    def cost(limit: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(told(client.get("events", {"limit": limit}))) > 0
        return len(queries)

    few = cost(1)
    for _ in range(4):
        committed.section(released=True)
    everything(client)
    assert cost(1) == cost(200) == few


@pytest.mark.parametrize("bound", ["WINDOW", "CANDIDATES"])
def test_a_look_that_is_cut_short_goes_on_where_it_ended(
    committed: Desk, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = api(committed.albanian)
    section = committed.section(released=True)
    for number in range(4):
        SectionFactory(document=committed.foreign, title=str(number), common=True)
    whole = everything(client)
    monkeypatch.setattr(f"platform_api.ledger.feed.{bound}", 3)

    answers = list(pages(client))
    assert [event for answer in answers for event in told(answer)] == whole
    assert ("section.released", str(section.pk)) in whole
    # Not one that holds nothing ends the feed.
    assert any(not told(answer) for answer in answers[:-1])


def test_the_bounds_are_the_documented_ones() -> None:
    assert (WINDOW, CANDIDATES) == (10_000, 1_000)


def test_an_emptied_tail_changes_nothing(committed: Desk) -> None:
    client = api(committed.drafter)
    whole = everything(client)
    *_, last = pages(client)
    assert not Unsealed.objects.exists()
    head = Seal.objects.order_by("-position").values_list("position", flat=True)[0]
    write()
    settle()
    assert told(client.get(last.json()["next"])) == []
    assert client.get(last.json()["next"]).json()["next"] == last.json()["next"]
    assert Seal.objects.order_by("-position").values_list("position", flat=True)[0] == head + 1
    assert everything(client) == whole


def test_events_restored_on_another_server_are_told(committed: Desk, cloned_db: Any) -> None:
    """There the transaction numbers of unsealed entries may lie in the future."""
    client = api(committed.drafter)
    begin = now(client)
    section = committed.section()
    with cloned_db.connect("superuser") as bare:
        bare.execute("UPDATE ledger_unsealed SET xid = (xid::text::bigint + 1000000)::text::xid8")
    assert told(client.get("events", {"cursor": begin})) == [("section.created", str(section.pk))]


def test_a_cursor_from_a_future_that_a_restore_undid_is_refused(
    committed: Desk, cloned_db: Any
) -> None:
    """What has taken the place of the events it passed would be missed silently."""
    client = api(committed.drafter)
    kept = now(client)
    undone = committed.section()
    settle()
    lost = cursor_of(client.get("events", {"cursor": kept}))
    with cloned_db.connect("superuser") as bare:
        for table in ("ledger_event", "ledger_detail", "ledger_seal", "ledger_entry"):
            bare.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        entries = "(SELECT entry_id FROM ledger_event WHERE object_id = %s)"
        bare.execute(f"DELETE FROM ledger_detail WHERE entry_id IN {entries}", [undone.pk])
        bare.execute(f"DELETE FROM ledger_seal WHERE entry_id IN {entries}", [undone.pk])
        bare.execute("DELETE FROM ledger_event WHERE object_id = %s", [undone.pk])
        for table in ("ledger_event", "ledger_detail", "ledger_seal", "ledger_entry"):
            bare.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")

    superseded = [("?cursor", "cursor_superseded")]
    assert codes(client.get("events", {"cursor": lost})) == superseded
    section = committed.section()
    settle()
    # Another entry has the position now.
    assert told(client.get("events", {"cursor": kept})) == [("section.created", str(section.pk))]
    assert codes(client.get("events", {"cursor": lost})) == superseded
