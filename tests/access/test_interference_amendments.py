"""An amendment that is drafted at home changes nothing others can learn, by whatever they ask."""

import pytest

from tests.api import api
from tests.documents.amendments.support import drafted, submitted
from tests.factories import DocumentFactory, ForumFactory, SectionFactory, delegate, seat

from .crawl import crawl

pytestmark = [pytest.mark.access, pytest.mark.django_db]


@pytest.mark.slow
def test_drafts_of_amendments_change_nothing_that_others_can_read() -> None:
    forum = ForumFactory(slug="seemic")
    serbia, montenegro = seat(forum, "RS"), seat(forum, "ME")
    document = DocumentFactory(delegation=montenegro, drafting_group=[serbia])
    sections = [
        SectionFactory(document=document, released=True, body="It is so.\n"),
        SectionFactory(document=document, common=True, body="It is not so.\n"),
    ]
    ours, our_head = (api(delegate(serbia, role).user) for role in ("drafter", "head"))
    montenegrin = api(delegate(montenegro, "head").user)
    decoy = submitted(ours, our_head, sections[0], "It was so.\n")

    before = crawl(montenegrin)
    hidden = []
    for section in sections:
        draft = drafted(ours, section, "It may be so.\n", justification="Among ourselves.")
        path = f"amendments/{draft['id']}"
        revised = ours.patch(path, {"body": "It will be so.\n"}, if_match=ours.get(path))
        assert revised.status_code == 200, revised.content
        hidden.append(draft["id"])
    after = crawl(montenegrin)

    assert [url for url in before if before[url] != after.get(url)] == []
    assert after == before
    told = b"".join(body for _, _, body in after.values()).decode()
    assert decoy["id"] in told
    assert not [id_ for id_ in hidden if id_ in told]
