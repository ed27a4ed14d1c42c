"""Meetings with their agendas, and versions that are presented there."""

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone

from documents.texts.models import Document
from documents.versions.models import DocumentVersion, MeetingMaterial
from documents.versions.services import version_make, version_present
from forums.meetings import services
from forums.meetings.models import AgendaItem, Meeting, MeetingSeries
from forums.membership.models import Delegation, Office
from forums.membership.selectors import office_holders
from platform_api.core.actor import Actor
from platform_api.core.transaction import acting

from .base import ServiceFactory
from .documents import DocumentFactory
from .forums import DelegationFactory, actor_at


class MeetingSeriesFactory(ServiceFactory):
    """A series that ``delegation`` keeps, in its forum or at home."""

    class Meta:
        model = MeetingSeries

    delegation = factory.SubFactory(DelegationFactory)
    names = factory.Sequence(lambda n: {"en": f"Series {n}"})

    @classmethod
    def make(cls, *, delegation: Delegation, **given: Any) -> MeetingSeries:
        drafter = actor_at(delegation)
        with acting(drafter):
            return services.meeting_series_create(actor=drafter, delegation=delegation, **given)


class MeetingFactory(ServiceFactory):
    """A planned meeting that ``delegation`` keeps, of its forum or at home."""

    class Meta:
        model = Meeting

    delegation = factory.SubFactory(DelegationFactory)
    titles = factory.Sequence(lambda n: {"en": f"Meeting {n}"})
    kind = "seminar"
    mode = "onsite"

    @classmethod
    def make(cls, *, delegation: Delegation, **given: Any) -> Meeting:
        drafter = actor_at(delegation)
        with acting(drafter):
            return services.meeting_create(actor=drafter, delegation=delegation, **given)


class AgendaItemFactory(ServiceFactory):
    """A point of a meeting's agenda, the last one."""

    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    titles = factory.Sequence(lambda n: {"en": f"Point {n}"})
    kind = "presentation"

    @classmethod
    def make(cls, *, meeting: Meeting, **given: Any) -> AgendaItem:
        assert meeting.owner_delegation is not None
        drafter = actor_at(meeting.owner_delegation)
        with acting(drafter):
            return services.agenda_item_add(actor=drafter, meeting=meeting, **given)


class DocumentVersionFactory(ServiceFactory):
    """A version of what is released of a document, made by a drafter of its keeper."""

    class Meta:
        model = DocumentVersion

    document = factory.SubFactory(DocumentFactory)
    label = factory.Sequence("Version {}".format)
    kind = "working"

    @classmethod
    def make(cls, *, document: Document, **given: Any) -> DocumentVersion:
        drafter = _keeper(document)
        with acting(drafter):
            return version_make(actor=drafter, document=document, **given)


def present(
    version: DocumentVersion, agenda_item: AgendaItem, until: datetime | None = None
) -> MeetingMaterial:
    """Present a version for a day, or until a time, by its document's keeper."""
    drafter = _keeper(version.document)
    with acting(drafter):
        return version_present(
            actor=drafter,
            version=version,
            agenda_item=agenda_item,
            until=until or timezone.now() + timedelta(days=1),
        )


def hold(meeting: Meeting) -> Meeting:
    """Let a meeting have been held."""
    return _step(meeting, services.meeting_hold)


def close(meeting: Meeting) -> Meeting:
    """Close a meeting that was held."""
    return _step(meeting, services.meeting_close)


def cancel(meeting: Meeting) -> Meeting:
    """Cancel a meeting that was not held."""
    return _step(meeting, services.meeting_cancel)


def _step(meeting: Meeting, service: Any) -> Meeting:
    assert meeting.owner_delegation is not None
    drafter = actor_at(meeting.owner_delegation)
    with acting(drafter):
        changed: Meeting = service(actor=drafter, meeting=meeting, if_match=meeting.etag_revision)
    return changed


def _keeper(document: Document) -> Actor:
    """A drafter of a document's owner, or of the secretariat for a common one."""
    seat = document.owner_delegation or Delegation.objects.get(
        pk__in=office_holders(document.forum_id, Office.Kind.SECRETARIAT)
    )
    return actor_at(seat)
