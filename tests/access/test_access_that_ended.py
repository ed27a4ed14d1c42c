"""A delegate who was ended, a grant that was withdrawn: nothing of before opens anything after.

Not the next request, nor a cursor, an ETag or an Idempotency-Key from before, nor a transaction
that was open when it happened. For suspensions see tests/forums/membership/test_suspensions.py.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection

from documents.texts.models import Document, Section
from documents.texts.services import section_revise
from forums.granting.seats import seat_actor
from forums.membership.models import Delegation
from platform_api.core.actor import Level
from platform_api.core.errors import NotVisible
from platform_api.core.feed import PermissionFeed
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from platform_api.identity.models import User
from tests.api import ApiClient, api, refused
from tests.concurrency.threads import LONGEST_WAIT, closing
from tests.factories import (
    DocumentFactory,
    ForumFactory,
    PracticeFactory,
    SectionFactory,
    delegate,
    grant,
    seat,
)
from tests.postgres import ClonedDatabase

from .world import World

pytestmark = pytest.mark.access


@dataclass(frozen=True)
class Access:
    """What somebody had until it ends.

    post: a path and a body that make something which is seen by that access alone.
    """

    user: User
    document: Document
    section: Section
    post: tuple[str, dict[str, Any]]
    end: Callable[[], Any]

    def api(self) -> ApiClient:
        return api(self.user)


def _of_a_delegate(serbia: Delegation, other: Delegation) -> Access:
    """A drafter of Serbia's, until Serbia's access manager ends it."""
    held, manager = delegate(serbia, "drafter"), api(delegate(serbia, "access_manager"))
    document = DocumentFactory(delegation=serbia)
    section = SectionFactory(document=document, author=held.user)
    return Access(
        held.user,
        document,
        section,
        (f"documents/{document.pk}/sections", {"title": "Another", "language": "en"}),
        lambda: manager.post(f"delegates/{held.pk}/end", if_match="1"),
    )


def _of_a_grant(serbia: Delegation, other: Delegation) -> Access:
    """Another seat's drafter, whom Serbia granted what is its own, until its manager ends that."""
    person, manager = delegate(other, "drafter").user, api(delegate(serbia, "access_manager"))
    document = DocumentFactory(delegation=serbia)
    section = SectionFactory(document=document)
    source = PracticeFactory(delegation=serbia, published="owner")
    granted = {"document": document, "section": section, "practice": source}
    for obj in granted.values():
        grant(obj, other, Level.DRAFT)
    own = PracticeFactory(delegation=other)

    def end() -> Any:
        answer = None
        for kind, obj in granted.items():
            named = {"type": kind, "id": str(obj.pk)}
            body = {"object": named, "delegation": str(other.pk), "reason": "Over."}
            answer = manager.post("access/grants/end", body)
        return answer

    body = {"source_version": str(source.published_version_id), "kept": "All of it."}
    return Access(person, document, section, (f"practices/{own.pk}/adaptations", body), end)


ENDED = pytest.mark.parametrize("lay", [_of_a_delegate, _of_a_grant], ids=["delegate", "grant"])
Lay = Callable[[Delegation, Delegation], Access]


def _seats() -> tuple[Delegation, Delegation]:
    forum = ForumFactory(slug="seemic")
    return seat(forum, "RS"), seat(forum, "ME")


@ENDED
@pytest.mark.django_db
def test_nothing_of_before_opens_anything_at_the_next_request(lay: Lay) -> None:
    serbia, other = _seats()
    access = lay(serbia, other)
    newer = DocumentFactory(delegation=access.user.delegates.get().delegation)
    person, paths = (
        access.api(),
        [f"documents/{access.document.pk}", f"sections/{access.section.pk}"],
    )
    first = person.get("documents", {"limit": 1}).json()
    assert [item["id"] for item in first["items"]] == [str(newer.pk)]
    assert [item["id"] for item in person.get(first["next"]).json()["items"]] == [
        str(access.document.pk)
    ]
    seen = {path: person.get(path) for path in paths}
    for path, answer in seen.items():
        unchanged = {"If-None-Match": answer.headers["ETag"]}
        assert person.get(path, headers=unchanged).status_code == 304
    path, body = access.post
    made = person.post(path, body, key="k-1")
    assert made.status_code == 201, made.content
    assert person.post(path, body, key="k-1").headers["Idempotency-Replayed"] == "true"

    assert access.end().status_code in {200, 204}

    assert person.get(first["next"]).json()["items"] == []
    for address, answer in seen.items():
        unchanged = {"If-None-Match": answer.headers["ETag"]}
        assert refused(person.get(address)) == (404, "not_found")
        assert person.get(address, headers=unchanged).status_code == 404
        write = person.patch(address, {}, if_match=answer)
        assert refused(write) == (404, "not_found")
    assert refused(person.post(path, body, key="k-1")) == (404, "not_found")


@ENDED
@pytest.mark.concurrency
def test_a_transaction_that_is_open_loses_it_at_its_next_statement(
    lay: Lay, cloned_db: ClonedDatabase
) -> None:
    """The application goes by the actor that it built before; the wall asks anew."""
    access = lay(*_seats())
    actor = actor_of(access.user)
    feed = PermissionFeed(Document, actor, queryset=Document.objects.visible_to(actor))
    sections = Section.objects.visible_to(actor).filter(pk=access.section.pk)

    with cloned_db.as_role("runtime"), acting(actor):
        assert sections.exists()
        shown = feed.fetch(after=None, before=None, limit=9)
        assert len(feed.load([key for _, key in shown])) == 1

        with ThreadPoolExecutor(1) as pool:
            ended = pool.submit(closing, access.end).result(LONGEST_WAIT)
        assert ended.status_code in {200, 204}

        assert not sections.exists()
        assert not feed.load([key for _, key in shown])
        with pytest.raises(NotVisible):
            section_revise(actor=actor, section=access.section, if_match="1", body="Too late.")
    access.section.refresh_from_db()
    assert access.section.revision == 1


_TODAY = "(statement_timestamp() AT TIME ZONE 'UTC')::date"
_SEAT_CHANGES = {
    "its party is suspended": (
        "UPDATE identity_rolegroup SET suspended_at = statement_timestamp()"
        " WHERE holder_id IN (%(seat)s, %(party)s)"
    ),
    "it ends": f"UPDATE forums_delegation SET until = {_TODAY} WHERE id = %(seat)s",
    "it has not begun": f"UPDATE forums_delegation SET since = {_TODAY} + 1 WHERE id = %(seat)s",
}


@pytest.mark.parametrize("change", _SEAT_CHANGES.values(), ids=_SEAT_CHANGES.keys())
def test_a_seat_for_which_its_managers_ask_shows_nothing_once(change: str, world: World) -> None:
    """Whatever the application thinks that it is: the database looks for itself."""
    seat = world.seats["Serbia"]
    actor = seat_actor(seat)

    def shown() -> set[Any]:
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM documents_section")
            return {key for (key,) in cursor.fetchall()}

    assert world.id("section: private") in shown()
    assert world.id("section: decoy") not in shown()
    with connection.cursor() as cursor:
        cursor.execute(change, {"seat": seat.pk, "party": seat.country_id})
        assert cursor.rowcount

    assert world.id("section: private") not in shown()
