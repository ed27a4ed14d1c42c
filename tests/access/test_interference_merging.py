"""What Serbia keeps of a clash changes nothing that Montenegro can learn, not by one byte."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.merging.models import WorkingCopy
from documents.texts.models import Section
from tests.api import ApiClient, api
from tests.factories import DocumentFactory, ForumFactory, SectionFactory, delegate, seat

from .crawl import Answer, ask, crawl

pytestmark = [pytest.mark.access, pytest.mark.django_db]

TEXT = "The adviser receives complaints. They are filed within 30 days.\n"


@pytest.fixture
def clash() -> tuple[Section, ApiClient, ApiClient, ApiClient]:
    """A common section that Montenegro has changed, and who sits around it: Serbia's drafter and
    head, and Montenegro's head."""
    forum = ForumFactory(slug="seemic")
    serbia, montenegro = seat(forum, "RS"), seat(forum, "ME")
    document = DocumentFactory(delegation=serbia, drafting_group=[montenegro])
    section = SectionFactory(document=document, delegation=serbia, common=True, body=TEXT)
    head = api(delegate(montenegro, "head").user)
    body = {"body": TEXT.replace("30", "15")}
    assert head.patch(f"sections/{section.pk}", body, if_match="1").status_code == 200
    drafter, other = (api(delegate(serbia, role).user) for role in ("drafter", "head"))
    return section, drafter, other, head


def _clash_in_every_way(section: Section, drafter: ApiClient, head: ApiClient) -> str:
    """Keep words, change them, fail at merging them, throw some away; the id of what is left."""
    merge, base = f"sections/{section.pk}/merge", str(section.head)
    body = TEXT.replace("are filed", "are not filed")
    told = drafter.post(merge, {"base": base, "body": body}).json()
    changed = drafter.post(merge, {"base": base, "body": body.replace("30", "60")}).json()
    assert told["working_copy"] == changed["working_copy"]
    second = head.post(merge, {"base": base, "body": body, "note": "Ours."}).json()
    failures = [
        drafter.post(merge, {"working_copy": told["working_copy"], "head": base}),
        head.delete(f"working-copies/{second['working_copy']}"),
        drafter.delete(f"working-copies/{second['working_copy']}", if_match="1"),
        head.delete(f"working-copies/{second['working_copy']}", if_match="1"),
    ]
    assert [answer.status_code for answer in failures] == [400, 428, 403, 204]
    return str(told["working_copy"])


@pytest.mark.slow
def test_words_that_are_kept_change_nothing_that_others_can_read(clash: Any) -> None:
    section, drafter, head, montenegro = clash
    before = crawl(montenegro)

    kept = _clash_in_every_way(section, drafter, head)

    after = crawl(montenegro)
    assert drafter.get(f"working-copies/{kept}").status_code == 200
    assert [url for url in before if before[url] != after.get(url)] == []
    assert after == before
    assert kept not in b"".join(body for _, _, body in after.values()).decode()


def test_a_kept_copys_id_is_as_unknown_to_others_as_any_other(clash: Any) -> None:
    """By answer and by the statements that it costs, in the address and in a body."""
    section, drafter, head, montenegro = clash
    kept = _clash_in_every_way(section, drafter, head)

    def asked(id_: str) -> list[tuple[Answer, int]]:
        merge = f"sections/{section.pk}/merge"
        found = []
        for method, path, body in (
            ("GET", f"working-copies/{id_}", None),
            ("DELETE", f"working-copies/{id_}", None),
            ("POST", merge, {"working_copy": id_}),
            ("POST", merge, {"working_copy": id_, "head": str(section.head), "resolutions": []}),
        ):
            with CaptureQueriesContext(connection) as queries:
                status, headers, content = ask(montenegro, path, method, body=body, if_match="2")
            found.append(((status, headers, content.replace(id_.encode(), b"")), len(queries)))
        return found

    asked(str(uuid4()))  # so that what is looked up once a process is known
    assert asked(kept) == asked(str(uuid4()))
    assert WorkingCopy.objects.filter(pk=kept).exists()


def test_others_write_the_same_with_and_without_kept_words(clash: Any) -> None:
    section, drafter, head, montenegro = clash
    twin = SectionFactory(
        document=section.document,
        delegation=section.document.owner_delegation,
        title=section.title,
        common=True,
        body=TEXT,
    )
    body = {"body": TEXT.replace("30", "15")}
    montenegro.patch(f"sections/{twin.pk}", body, if_match="1")
    _clash_in_every_way(section, drafter, head)

    def written(row: Section) -> list[tuple[int, str, Any]]:
        sent = [
            {"base": str(row.head), "title": "Ours"},
            {"base": str(row.head), "body": TEXT.replace("adviser", "commander")},
            {"base": str(row.head), "body": TEXT.replace("30", "90")},
        ]
        answers = [montenegro.post(f"sections/{row.pk}/merge", each) for each in sent]
        return [
            (each.status_code, each.headers["ETag"][:2], each.json().get("auto_merged"))
            for each in answers
        ]

    assert written(section) == written(twin)
