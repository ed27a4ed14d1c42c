"""Working copies: words that clashed, at home with their delegation until they are used."""

from datetime import timedelta
from typing import Any

from documents.merging.models import WorkingCopy
from platform_api.core.actor import Level
from platform_api.core.service import writing
from tests.api import api
from tests.documents.support import alike, items, moment, party, refusal, unknown_id
from tests.factories import delegate, grant
from tests.laying import laid

from .support import NEGATED, SHORTER, TEXT, merge, revise


@laid
def kept(desk, rule) -> WorkingCopy:
    """What Serbia's drafter wrote meanwhile."""
    drafting = api(desk.drafter)
    revise(api(desk.albanian), rule, body=SHORTER)
    told = merge(drafting, rule, rule.head, body=NEGATED, note="No more.").json()
    return WorkingCopy.objects.get(pk=told["working_copy"])


def path(copy: Any) -> str:
    return f"working-copies/{copy.pk}"


def test_a_working_copy_is_read_as_it_was_sent(desk, drafting, rule, kept):
    answer = drafting.get(path(kept))

    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(kept.pk),
        "section": str(rule.pk),
        "base": str(rule.head),
        "delegation": party(desk.serbia),
        "title": "Deadlines",
        "language": "en",
        "note": "No more.",
        "created_at": moment(kept.created_at),
        "updated_at": moment(kept.updated_at),
        "kept_until": moment(kept.updated_at + timedelta(days=365)),
        "body": NEGATED,
        "abilities": {"delete": True},
    }
    assert answer.headers["ETag"].startswith('"1.')


def test_the_lists_show_the_delegations_own_without_the_texts(desk, drafting, reading, rule, kept):
    other = desk.section(common=True, body=TEXT)
    revise(drafting, other, body=SHORTER)
    elsewhere = merge(drafting, other, other.head, body=NEGATED).json()["working_copy"]

    for client in (drafting, reading):
        assert items(client.get(f"sections/{rule.pk}/working-copies")) == [str(kept.pk)]
        listed = client.get("working-copies")
        assert items(listed) == [elsewhere, str(kept.pk)]
        assert "body" not in listed.json()["items"][0]


def test_another_delegation_learns_nothing_of_it(drafting, abroad, outside, rule, kept):
    absent = f"working-copies/{unknown_id()}"

    assert items(abroad.get(f"sections/{rule.pk}/working-copies")) == []
    for client in (abroad, outside):
        assert items(client.get("working-copies")) == []
        assert alike(client.get(path(kept)), client.get(absent))
        assert alike(client.delete(path(kept), if_match="1"), client.delete(absent, if_match="1"))
    named = merge(abroad, rule, working_copy=str(kept.pk))
    assert alike(named, merge(abroad, rule, working_copy=str(unknown_id())))
    assert drafting.get(path(kept)).status_code == 200


def test_an_author_has_one_copy_on_a_base_which_takes_the_latest_words(
    drafting, heading, rule, kept
):
    latest = NEGATED.replace("filed", "lodged")

    again = merge(drafting, rule, rule.head, body=latest)
    by_another = merge(heading, rule, rule.head, body=NEGATED)

    assert again.json()["working_copy"] == str(kept.pk)
    shown = drafting.get(path(kept))
    assert (shown.json()["body"], shown.headers["ETag"][:3]) == (latest, '"2.')
    assert by_another.json()["working_copy"] != str(kept.pk)
    assert WorkingCopy.objects.count() == 2


def test_a_colleague_finishes_what_another_began(desk, heading, rule, kept):
    told = merge(heading, rule, working_copy=str(kept.pk)).json()
    assert told["yours"]["body"] == NEGATED
    unit = told["conflicts"][0]["id"]

    answer = merge(
        heading,
        rule,
        working_copy=str(kept.pk),
        head=told["theirs"]["revision"],
        resolutions=[{"id": unit, "choice": "yours"}],
    )

    assert (answer.status_code, answer.json()["body"]) == (200, NEGATED)
    assert not WorkingCopy.objects.filter(pk=kept.pk).exists()


def test_the_author_discards_it_and_so_does_the_head(desk, drafting, heading, rule, kept, ledger):
    colleague = api(delegate(desk.serbia, "drafter").user)
    ledger.new()
    assert refusal(colleague.delete(path(kept), if_match="1")) == (403, "head_required")
    assert refusal(drafting.delete(path(kept))) == (428, "precondition_required")
    assert refusal(drafting.delete(path(kept), if_match="2")) == (412, "precondition_failed")
    ledger.new()

    assert drafting.delete(path(kept), if_match="1").status_code == 204

    assert refusal(drafting.get(path(kept))) == (404, "not_found")
    (told,) = ledger.told()
    assert (told["kind"], told["scope"]) == ("working_copy.discarded", desk.serbia.home_scope_id)
    again = merge(drafting, rule, rule.head, body=NEGATED).json()["working_copy"]
    assert heading.delete(f"working-copies/{again}", if_match="1").status_code == 204


def test_the_change_feed_tells_of_it_at_home_alone(drafting, abroad, heading, kept):
    def told(client: Any) -> list[str]:
        return [each["type"] for each in client.get("events?limit=200").json()["items"]]

    assert "working_copy.kept" not in told(abroad)


def test_words_are_recovered_when_the_section_is_out_of_sight(desk, drafting):
    """Its own words stay its own when the grant has ended, and nothing later is told."""
    section = desk.section(document=desk.other, delegation=desk.albania, released=True, body=TEXT)
    given = grant(section, desk.serbia, Level.DRAFT)
    albanian = api(desk.albanian)
    revise(albanian, section, body=SHORTER)
    told = merge(drafting, section, section.head, body=NEGATED).json()
    with writing():
        type(given).objects.filter(content_object=section).delete()
    before = drafting.get(f"working-copies/{told['working_copy']}")
    revise(albanian, section, title="Secret", body="Later words.")

    answer = drafting.get(f"working-copies/{told['working_copy']}")

    assert refusal(drafting.get(f"sections/{section.pk}")) == (404, "not_found")
    assert (answer.status_code, answer.json()["body"]) == (200, NEGATED)
    assert (answer.content, answer.headers["ETag"]) == (before.content, before.headers["ETag"])
    assert items(drafting.get("working-copies")) == [told["working_copy"]]
    merged = merge(drafting, section, working_copy=told["working_copy"])
    assert alike(merged, drafting.post(f"sections/{unknown_id()}/merge", {}))
    listed = drafting.get(f"sections/{section.pk}/working-copies")
    assert refusal(listed) == (404, "not_found")
    discarded = drafting.delete(f"working-copies/{told['working_copy']}", if_match="1")
    assert discarded.status_code == 204
