"""POST /sections/{id}/restore: a tombstone stands again."""

from documents.texts.models import Section
from tests.documents.support import REQUEST, refusal

from .support import act, delete, tree


def test_a_tombstone_stands_again_where_it_stood(desk, drafting, heading, abroad, ledger):
    one = desk.section(title="one", body="One.", released=True)
    desk.section(title="two", released=True)
    delete(drafting, one)
    ledger.new()

    answer = act(drafting, one, "restore", {"note": "A mistake."}, headers=REQUEST)

    assert (answer.status_code, answer.json()["deleted_at"]) == (200, None)
    assert answer.json()["body"] == "One."
    assert answer.headers["ETag"].startswith('"3.')
    assert tree(abroad, desk.document) == ["one 1", "two 2"]
    assert [(row.kind, row.detail.payload) for row in ledger.new()] == [
        ("section.restored", {"revision": "3", "note": "A mistake."})
    ]
    assert refusal(act(drafting, one, "restore")) == (409, "not_deleted")


def test_what_was_deleted_together_stands_again_together(desk, drafting):
    top = desk.section(title="top")
    desk.section(title="low", parent=top)
    earlier = desk.section(title="earlier", parent=top)
    delete(drafting, earlier)
    delete(drafting, top, "?include_descendants=true")
    low = Section.objects.get(title="low")

    assert refusal(act(drafting, low, "restore")) == (409, "parent_deleted")
    body = {"include_descendants": True}
    assert act(drafting, top, "restore", body).status_code == 200

    assert tree(drafting, desk.document) == ["top -", ". low -"]
    assert act(drafting, earlier, "restore").status_code == 200


def test_one_that_was_joined_is_not_restored(desk, drafting):
    first, second = desk.section(), desk.section()
    act(drafting, first, "join", {"with": str(second.pk), "revision": "h1"})

    assert refusal(act(drafting, second, "restore")) == (409, "joined")


def test_a_restored_draft_is_released_by_a_head_who_only_restored_it(desk, drafting, heading):
    draft = desk.section()
    delete(drafting, draft)
    act(heading, draft, "restore")

    assert act(heading, draft, "release").status_code == 200
