"""Instruments with their events, and practices: drafted, published, shared."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import factory

from forums.countries.models import Country
from forums.granting.services import Holder
from forums.membership.models import Delegation, Forum
from platform_api.core.actor import Role
from platform_api.core.transaction import acting
from policies.instruments import services as instruments
from policies.instruments.models import Instrument, LegalStatusEvent
from policies.practices import services as practices
from policies.practices.lineage import ExternalSource, adaptation_add
from policies.practices.models import Adaptation, Practice, PracticeVersion
from policies.practices.sharing import practice_share

from .base import ServiceFactory
from .forums import DelegationFactory, actor_at

CONTENT: Mapping[str, Any] = {
    "title": "Gender Coach Programme",
    "summary": "Senior officers are coached by civilian experts.",
    "problem": "Commanders had no one to ask.",
    "objectives": "Commanders lead on equality.",
    "actions": "Ten months of coaching in pairs.",
    "implementing_entity": "Ministry of Defence",
    "target_group": "Senior officers",
    "period_begin": "2018",
    "results": "Plans of units name goals.",
    "evidence_level": 2,
    "lessons": "Begin at the top.",
    "languages": ["en"],
}
"""A text that tells all that a published practice must."""


class InstrumentFactory(ServiceFactory):
    """An instrument of ``delegation``, which a head of it keeps; its own alone unless told."""

    class Meta:
        model = Instrument

    delegation = factory.SubFactory(DelegationFactory)
    kind = "law"
    country: Country | None = None
    identifier = factory.Sequence("{}/2021".format)
    titles = factory.Sequence(lambda n: {"en": {"title": f"Law {n}", "is_official": False}})
    audience = "owner"
    forum: Forum | None = None

    @classmethod
    def make(
        cls, *, delegation: Delegation, audience: str, forum: Forum | None, **fields: Any
    ) -> Instrument:
        head = actor_at(delegation, Role.HEAD)
        with acting(head):
            return instruments.instrument_create(
                actor=head,
                delegation=delegation,
                audience=audience,
                forum=forum,
                fields=fields,  # type: ignore[arg-type]  # the service's keys by name
            )


def status_event(
    instrument: Instrument, kind: str, effective_from: str, **given: Any
) -> LegalStatusEvent:
    """An event of an instrument, recorded by a drafter of its owner."""
    drafter = actor_at(instrument.owner_delegation)
    with acting(drafter):
        return instruments.status_event_record(
            actor=drafter, instrument=instrument, kind=kind, effective_from=effective_from, **given
        )


class PracticeFactory(ServiceFactory):
    """A practice of ``delegation`` with a full text; ``published`` to an audience, or a draft."""

    class Meta:
        model = Practice

    delegation = factory.SubFactory(DelegationFactory)
    published: str | None = None
    forum: Forum | None = None

    @classmethod
    def make(
        cls,
        *,
        delegation: Delegation,
        published: str | None,
        forum: Forum | None,
        country: Country | None = None,
        **content: Any,
    ) -> Practice:
        drafter = actor_at(delegation)
        with acting(drafter):
            practice = practices.practice_create(
                actor=drafter,
                delegation=delegation,
                country=country,
                content={**CONTENT, **content},
            )
        return publish(practice, published, forum) if published else practice


def publish(practice: Practice, audience: str, forum: Forum | None = None) -> Practice:
    """Publish the draft of a practice by a head of its owner."""
    head = actor_at(practice.owner_delegation, Role.HEAD)
    practice = Practice.objects.select_related("draft").get(pk=practice.pk)
    with acting(head):
        return practices.practice_publish(
            actor=head,
            draft=practice.draft,
            if_match=practice.draft.etag_revision,
            audience=audience,
            forum=forum,
        )


def share(practice: Practice, holder: Holder, until: datetime | None = None) -> Any:
    """Share a practice by a head of its owner."""
    head = actor_at(practice.owner_delegation, Role.HEAD)
    with acting(head):
        return practice_share(actor=head, practice=practice, holder=holder, until=until)


def adapt(
    practice: Practice, source: Practice | PracticeVersion | ExternalSource, **given: Any
) -> Adaptation:
    """Say by a head of a practice's owner that it was made after a source that head sees."""
    head = actor_at(practice.owner_delegation, Role.HEAD)
    if isinstance(source, Practice):
        source = PracticeVersion.objects.get(pk=source.published_version_id)
    with acting(head):
        return adaptation_add(actor=head, practice=practice, source=source, **given)
