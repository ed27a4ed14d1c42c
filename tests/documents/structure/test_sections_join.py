"""POST /sections/{id}/join: two neighbours become one text, and no sentence is lost."""

import pytest

from documents.structure.models import SectionLineage
from documents.structure.selectors import descended_from
from documents.texts.models import Section
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.documents.support import (
    REQUEST,
    alike,
    entry,
    invalid,
    refusal,
    unknown_id,
    verify_chain,
)
from tests.factories import OperatorFactory

from .support import act, chain, now, tree
from .test_sections_move import mark


def join(client, first, second, **more):
    body = {"with": str(second.pk), "revision": now(second).etag_revision, **more}
    return act(client, first, "join", body, headers=REQUEST)


def test_the_next_section_is_appended_and_becomes_a_tombstone(desk, drafting, abroad, ledger):
    first = desk.section(title="first", body="One.", released=True)
    second = desk.section(title="second", body="Two.", released=True)
    for title, parent in (("a", first), ("b", second), ("c", second)):
        desk.section(title=title, parent=parent, released=True)
    source_revision = now(second).head
    ledger.new()

    answer = join(drafting, first, second, note="One matter.")

    assert answer.status_code == 200
    assert (answer.json()["id"], answer.json()["body"]) == (str(first.pk), "One.\n\nTwo.")
    assert tree(abroad, desk.document) == ["first 1", ". a 1.1", ". b 1.2", ". c 1.3"]
    stone = abroad.get(f"sections/{second.pk}").json()
    assert (stone["title"], stone["body"], stone["number"]) == ("second", "Two.", None)
    assert stone["deleted_at"] == answer.json()["updated_at"]
    row = SectionLineage.objects.get()
    assert (row.kind, row.source_id, row.section_id) == ("join", second.pk, first.pk)
    assert (row.source_revision_id, row.revision_id) == (source_revision, now(first).head)
    assert (row.source_start, row.start, row.length) == (0, 6, 4)

    def told(kind, obj, **details):
        scope, owner = desk.document.effective_scope_id, desk.serbia
        return entry(kind, desk.drafter, obj, seat=owner, owner=owner, scope=scope, details=details)

    assert ledger.told()[:2] == [
        told("section.joined", first, revision="2", note="One matter.", **{"with": str(second.pk)}),
        told("section.deleted", second, revision="2", note="One matter.", into=str(first.pk)),
    ]
    verify_chain(chain(abroad, first)[-2:], before=_before(abroad, first))
    assert [each["act"] for each in chain(abroad, second)] == ["written", "deleted"]


def _before(client, section):
    return bytes.fromhex(chain(client, section)[0]["home_commitment"])


def test_what_was_split_is_joined_to_the_same_text(desk, drafting):
    body = "One.\n\n| a |\n| - |\n\nThree. 😀\n"
    first = desk.section(body=body)
    new = act(drafting, first, "split", {"at": body.index("| a"), "title": "x"}).json()["id"]

    assert join(drafting, first, Section(pk=new)).json()["body"] == body


def test_a_text_is_followed_through_what_was_split_and_joined(desk, drafting, abroad):
    first = desk.section(body="One.\n\nTwo.\n\nThree.", common=True)
    second = Section(pk=act(drafting, first, "split", {"at": 6, "title": "2"}).json()["id"])
    third = Section(pk=act(drafting, second, "split", {"at": 6, "title": "3"}).json()["id"])
    join(drafting, second, third)

    def followed(user, section):
        actor = actor_of(user)
        with acting(actor):
            return [(row.kind, row.source_id, row.section_id) for row in
                    descended_from(actor, section)]  # fmt: skip

    steps = [
        ("split", first.pk, now(second).pk),
        ("split", now(second).pk, now(third).pk),
        ("join", now(third).pk, now(second).pk),
    ]
    assert followed(desk.albanian, first) == steps
    assert followed(desk.albanian, now(second)) == steps[1:]
    assert followed(OperatorFactory(), first) == []


def test_only_the_next_section_is_joined(desk, drafting):
    first, second, third = (desk.section() for _ in range(3))
    child = desk.section(parent=first)
    wrong = invalid(("/with", "not_the_next_sibling"))

    for other in (first, third, child):
        assert refusal(join(drafting, first, other)) == wrong
    assert refusal(join(drafting, second, first)) == wrong
    assert refusal(join(drafting, third, first)) == wrong
    assert join(drafting, first, second).status_code == 200
    assert join(drafting, first, third).status_code == 200


def test_what_is_hidden_between_them_does_not_count(desk, drafting, abroad):
    first = desk.section(common=True, body="One.")
    second = desk.section(common=True, body="Two.")
    theirs = desk.section(
        title="theirs", after=first, delegation=desk.albania, author=desk.albanian
    )
    below = desk.section(
        title="below", parent=second, delegation=desk.albania, author=desk.albanian
    )

    absent = {"with": str(unknown_id()), "revision": "h1"}
    hidden = {"with": str(theirs.pk), "revision": "h1"}
    answers = [act(drafting, first, "join", body) for body in (absent, hidden)]
    assert refusal(answers[0]) == invalid(("/with", "unknown"))
    assert alike(*answers)
    assert join(drafting, first, second).status_code == 200

    assert tree(abroad, desk.document)[1:] == ["theirs -", "below -"]
    assert (now(below).parent_id, now(below).revision) == (second.pk, 1)


@pytest.mark.parametrize("what", ["owner_delegation", "state", "language", "marks"])
def test_both_have_to_be_alike(desk, drafting, heading, what):
    first = desk.section(common=what == "owner_delegation", released=what in ("state", "marks"))
    language = "sr-Latn" if what == "language" else "en"
    second = desk.section(released=what in ("owner_delegation", "marks"), language=language)
    if what == "marks":
        mark(desk, second, tlp="amber")

    answer = join(drafting, first, second)

    assert refusal(answer) == (409, "not_alike")
    assert answer.json()["differ"] == [what]
    assert now(second).deleted_at is None


def test_another_seats_section_is_not_joined(desk, drafting, abroad):
    first = desk.section(common=True)
    second = desk.section(released=True)

    assert refusal(join(abroad, first, second)) == (403, "not_owner")


def test_both_revisions_are_named(desk, drafting):
    first, second = desk.section(body="One."), desk.section(body="Two.")
    drafting.patch(f"sections/{second.pk}", {"body": "Two, too."}, if_match="h1")

    def sent(tag, revision):
        body = {"with": str(second.pk), "revision": revision}
        return act(drafting, first, "join", body, tag)

    stale = sent("h1", "h1")
    assert refusal(stale) == (409, "other_has_changed")
    assert stale.json()["revision"] == "h2"
    assert refusal(sent("h2", "h2")) == (412, "precondition_failed")
    assert refusal(sent(None, "h2")) == (428, "precondition_required")
    assert refusal(sent("h1", '"2"')) == invalid(("/revision", "invalid"))
    assert (now(first).body, now(second).deleted_at) == ("One.", None)
    assert sent("h1", "h2").json()["body"] == "One.\n\nTwo, too."


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("```\nopen", "Two.", "open_fence"),
        ("A.[^1]\n\n[^1]: x", "B.[^1]\n\n[^1]: y", "same_note"),
        ("a" * 120_000, "b" * 80_000, "too_long"),
    ],
)
def test_what_would_read_otherwise_or_be_too_long_is_refused(desk, drafting, first, second, code):
    one, two = desk.section(body=first), desk.section(body=second)

    assert refusal(join(drafting, one, two)) == (409, code)


def test_who_wrote_what_was_joined_does_not_release_it(desk, drafting, heading):
    first, second = desk.section(), desk.section(author=desk.head)
    assert join(drafting, first, second).status_code == 200

    assert refusal(act(heading, first, "release")) == (403, "four_eyes")


def test_joining_at_home_tells_others_nothing(desk, drafting, abroad):
    first, second = desk.section(), desk.section()
    path = f"documents/{desk.document.pk}/sections?deleted=true"
    before = abroad.get(path).content, abroad.get("events").content

    assert join(drafting, first, second).status_code == 200

    assert (abroad.get(path).content, abroad.get("events").content) == before
