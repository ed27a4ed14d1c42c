"""What a seat says among its own people on others' sections changes nothing others can learn."""

from typing import Any

import pytest

from documents.texts.models import Section
from tests.api import ApiClient, api
from tests.factories import DocumentFactory, ForumFactory, SectionFactory, delegate, release, seat

from .crawl import crawl

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def _said_at_home(client: ApiClient, section: Section) -> list[str]:
    """Threads that are written, answered, edited, resolved, taken back, and tried in vain."""
    path = f"sections/{section.pk}/comments"

    def said(**given: Any) -> Any:
        answer = client.post(path, {"body": "Words of a draft.", **given})
        assert answer.status_code == 201, answer.content
        return answer

    first = said(anchor={"start": 0, "end": 4})
    thread = first.json()["id"]
    reply = said(thread=thread)
    gone = said()
    edited = client.patch(f"comments/{thread}", {"body": "Others."}, if_match=first)
    assert client.post(f"comments/{thread}/resolve", {}, if_match=edited).status_code == 200
    assert client.delete(f"comments/{gone.json()['id']}", if_match=gone).status_code == 204
    assert client.post(path, {"body": ""}).status_code == 400
    assert client.post(f"comments/{thread}/promote", {"audience": "forum"}).status_code == 428
    return [each.json()["id"] for each in (first, reply, gone)]


@pytest.mark.slow
def test_internal_comments_change_nothing_that_others_can_read() -> None:
    """Nor does the release of a section that was commented on at home tell of them."""
    forum = ForumFactory(slug="seemic")
    serbia, montenegro = seat(forum, "RS"), seat(forum, "ME")
    document = DocumentFactory(delegation=montenegro, drafting_group=[serbia])
    theirs = SectionFactory(document=document, released=True)
    common = SectionFactory(document=document, common=True)
    private = SectionFactory(document=document, delegation=serbia)
    ours = api(delegate(serbia, "drafter").user)
    montenegrin = api(delegate(montenegro, "head").user)
    decoy = montenegrin.post(
        f"sections/{theirs.pk}/comments", {"body": "Ours.", "audience": "forum"}
    )
    assert decoy.status_code == 201

    before = crawl(montenegrin)
    hidden = [id_ for section in (theirs, common, private) for id_ in _said_at_home(ours, section)]
    after = crawl(montenegrin)

    assert [url for url in before if before[url] != after.get(url)] == []
    assert after == before
    assert decoy.json()["id"] in b"".join(body for _, _, body in after.values()).decode()
    private.refresh_from_db()
    release(private)
    told = b"".join(body for _, _, body in crawl(montenegrin).values()).decode()
    assert str(private.pk) in told
    assert not [id_ for id_ in hidden if id_ in told]
    seen = montenegrin.get(f"sections/{private.pk}")
    assert seen.headers["ETag"].startswith('"1.')
    assert montenegrin.get(f"sections/{private.pk}/comments").json()["items"] == []
