"""What the ledger and other seats are told of a purge."""

from platform_api.ledger.models import Detail, Entry
from tests.documents.support import alike, items, refusal

from .asking import PASSAGE, ask, carry_out


def test_the_ledger_says_what_was_done_and_nothing_of_the_text(
    desk, drafting, heading, section, ledger
):
    asked = ask(drafting, section)
    carry_out(heading, asked)

    kinds = [entry.kind for entry in ledger.new()]
    assert kinds == [
        "purge.requested",
        "section.revised",
        "detail.erased",
        "revision.purged",
        "revision.purged",
        "revision.purged",
        "purge.carried_out",
    ]
    erased = Entry.objects.get(kind="detail.erased")
    assert Detail.objects.get(entry=erased).payload == {"reason": f"Purge {asked.json()['id']}."}


def test_others_learn_of_the_tombstones_alone(desk, drafting, heading, abroad, outside, section):
    """The request, its reason and what was purged at home are the seat's own affair."""
    draft = desk.section(body=PASSAGE)
    feeds = [abroad.get("events").json(), outside.get("events").json()]
    listed = [client.get("purges") for client in (abroad, outside)]
    hidden = ask(drafting, draft)
    drafting.patch(f"sections/{draft.pk}", {"body": "x"}, if_match="h1")
    carry_out(heading, hidden)

    assert [client.get("events").json()["items"] for client in (abroad, outside)] == [
        feed["items"] for feed in feeds
    ]
    for client in (abroad, outside):
        path = f"purges/{hidden.json()['id']}"
        for answer in (client.get(path), client.post(f"{path}/carry-out", if_match=hidden)):
            assert refusal(answer) == (404, "not_found")
        assert alike(listed[0], client.get("purges"))
    assert items(listed[0]) == []
