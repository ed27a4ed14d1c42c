"""Comments to the forum, behind the database's own wall: who was granted their section reads them.

Of a section of Serbia's that everybody reads, so that nothing but the grant is between.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from documents.comments.models import Comment, CommentAudience
from documents.comments.services import comment_create
from documents.texts.models import Document, Section
from platform_api.core.actor import PUBLIC_SCOPE, Actor, Level, Role
from platform_api.core.registry import registry
from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of
from tests.factories import SectionFactory, actor_at, delegate, grant

from .world import World

pytestmark = pytest.mark.access

Shown = Callable[[Actor], tuple[bool, bool]]


@pytest.fixture
def section(world: World) -> Section:
    document = Document.objects.get(pk=world["section: public"].document_id)
    return SectionFactory(document=document, released=True)


@pytest.fixture
def outsider(world: World) -> Actor:
    """A head of a seat in another forum, which was granted nothing."""
    actor = actor_of(delegate(world.seats["Greece"], "head").user)
    for model in (Document, Section):
        _grants(model).filter(group__in=actor.groups).delete()
    return actor


@pytest.fixture
def shown(world: World, section: Section) -> Shown:
    """Whether somebody is shown a comment by the wall, and by the application besides."""
    drafter = actor_at(world.seats["Serbia"], Role.DRAFTER)
    with acting(drafter):
        comment = comment_create(
            actor=drafter, section=section, body="Words.", audience=CommentAudience.FORUM
        )

    def look(actor: Actor) -> tuple[bool, bool]:
        with acting(actor):
            assert Section.objects.filter(pk=section.pk).exists()
            walled = Comment.objects.filter(pk=comment.pk)
            return walled.exists(), walled.visible_to(actor).exists()

    return look


def _grants(model: Any) -> Any:
    grants = registry.protection_of(model).grants
    assert grants is not None
    return grants._default_manager


HIDDEN, READ = (False, False), (True, True)


@pytest.mark.parametrize("granted", ["section", "document"])
def test_a_grant_of_sight_opens_them_to_its_holder_alone_and_while_it_lasts(
    granted: str, world: World, section: Section, outsider: Actor, shown: Shown
) -> None:
    obj: Any = section if granted == "section" else section.document
    other: Any = world["section: private" if granted == "section" else "document: national"]
    seat = world.seats["Greece"]
    assert shown(outsider) == HIDDEN

    grant(other, seat)
    grant(obj, world.seats["Bulgaria"])
    assert shown(outsider) == HIDDEN

    given = grant(obj, seat, Level.COMMENT)
    held = _grants(type(obj)).filter(content_object=obj, group__in=outsider.groups)
    sight = held.exclude(pk=given.pk)
    assert shown(outsider) == READ

    sight.update(expires_at=datetime.now(UTC) - timedelta(hours=1))
    assert shown(outsider) == HIDDEN


def test_a_grant_on_the_document_opens_none_on_a_section_that_does_not_inherit(
    world: World, section: Section, outsider: Actor, shown: Shown
) -> None:
    grant(section.document, world.seats["Greece"])
    assert shown(outsider) == READ

    with writing():
        Section.objects.filter(pk=section.pk).update(inherits=False, effective_scope=PUBLIC_SCOPE)

    assert shown(outsider) == HIDDEN


@pytest.mark.parametrize("granted", ["section", "document"])
def test_who_manages_access_reads_none_by_the_grants_of_others(
    granted: str, world: World, section: Section, shown: Shown
) -> None:
    """Though shown these grants; the forum's comments are for readers of its seats."""
    obj: Any = section if granted == "section" else section.document
    manager, reader = world.actors["Serbia access_manager"], world.actors["Serbia reader"]
    given = grant(obj, world.seats["Bulgaria"])

    with acting(manager):
        assert _grants(type(obj)).filter(pk=given.pk).exists()
    assert shown(manager) == HIDDEN
    assert shown(reader) == READ
