"""Instruments, what happened to them, and what holds on a day."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet

from forums.membership.models import Delegation
from platform_api.core.clock import database_now
from platform_api.core.feed import PermissionFeed
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.references import referred
from platform_api.core.http.views import Act, ResourceViewSet
from policies.audience import OWNER_PARTY
from policies.references import country_named, forum_named, forum_seen_by

from . import services
from .identifiers import identifier_key
from .models import Instrument, LegalStatusEvent
from .selectors import events_of, status_on
from .serializers import (
    InstrumentCreate,
    InstrumentDetail,
    InstrumentFilter,
    InstrumentRevise,
    InstrumentStatus,
    InstrumentSummary,
    LegalStatusEventCreate,
    LegalStatusEventDetail,
    LegalStatusEventSummary,
    StatusQuery,
)

_READ = "policies:read"
_WRITE = "policies:write"


class InstrumentViewSet(ResourceViewSet):
    """Laws, strategies, conventions and the like."""

    model = Instrument
    representation = InstrumentDetail
    detail_route = "instrument"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope=_READ,
            query=InstrumentFilter,
            output=InstrumentSummary,
            many=True,
            public=True,
        ),
        "create": Act(ability=None, token_scope=_WRITE, input=InstrumentCreate, status=201),
        "retrieve": Act(ability="view", token_scope=_READ, public=True),
        "partial_update": Act(
            ability="revise", token_scope=_WRITE, input=InstrumentRevise, precondition=True
        ),
    }

    def get_queryset(self) -> QuerySet[Instrument]:
        return (
            Instrument.objects.visible_to(self.actor)
            .select_related("country", *OWNER_PARTY)
            .prefetch_related(forum_seen_by(self.actor))
        )

    def list(self) -> Page:
        wanted = dict(self.query)
        if "identifier" in wanted:
            wanted["identifier_key"] = identifier_key(wanted.pop("identifier"))
        return self.paginate_feed(
            PermissionFeed(Instrument, self.actor, queryset=self.get_queryset(), filters=wanted)
        )

    def create(self) -> Instrument:
        given = dict(self.input)
        delegation = referred(self.actor, "/delegation", Delegation, pk=given.pop("delegation"))
        instrument = services.instrument_create(
            actor=self.actor,
            delegation=delegation,
            forum=forum_named(self.actor, given),
            audience=given.pop("audience"),
            fields=_fields(given),
        )
        return self.get_queryset().get(pk=instrument.pk)

    def partial_update(self) -> Instrument:
        given = dict(self.input)
        services.instrument_revise(
            actor=self.actor,
            instrument=self.object,
            if_match=self.revision,
            forum=forum_named(self.actor, given),
            audience=given.pop("audience", None),
            fields=_fields(given),
        )
        return self.get_queryset().get(pk=self.object.pk)


class InstrumentStatusViewSet(ResourceViewSet):
    """What holds of one instrument on a day."""

    model = Instrument
    representation = InstrumentStatus
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope=_READ, query=StatusQuery, public=True),
    }

    def retrieve(self) -> Mapping[str, Any]:
        return status_on(
            self.actor,
            self.object,
            self.query.get("on") or database_now().date(),
            self.query.get("recorded_by"),
        )


class StatusEventViewSet(ResourceViewSet):
    """What happened to one instrument in law, the last recorded first."""

    model = LegalStatusEvent
    representation = LegalStatusEventDetail
    page = PageSpec(order=(("recorded_at", True), ("id", True)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope=_READ,
            output=LegalStatusEventSummary,
            many=True,
            public=True,
        ),
        "create": Act(
            ability="record_status", token_scope=_WRITE, input=LegalStatusEventCreate, status=201
        ),
    }

    def get_object(self) -> Instrument:
        return self.visible_or_404(
            Instrument.objects.visible_to(self.actor), pk=self.kwargs["instrument_id"]
        )

    def get_queryset(self) -> QuerySet[LegalStatusEvent]:
        return events_of(self.actor, self.object)

    def list(self) -> Page:
        return self.paginate(self.get_queryset())

    def create(self) -> LegalStatusEvent:
        given = dict(self.input)
        superseded = given.pop("supersedes", None)
        event = services.status_event_record(
            actor=self.actor,
            instrument=self.object,
            country=country_named(given.pop("country", None)),
            supersedes=referred(
                self.actor,
                "/supersedes",
                LegalStatusEvent,
                pk=superseded,
                instrument=self.object,
            )
            if superseded
            else None,
            **given,
        )
        return self.get_queryset().get(pk=event.pk)


def _fields(given: dict[str, Any]) -> services.InstrumentFields:
    fields = {name: value for name, value in given.items() if name != "forum"}
    if "country" in fields:
        fields["country"] = country_named(fields["country"])
    return fields  # type: ignore[return-value]  # the serializer's members are its keys
