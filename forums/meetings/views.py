"""Meeting series, meetings, their organisers and agendas."""

from typing import Any, ClassVar

from django.db.models import QuerySet

from forums.membership.models import Delegation
from forums.membership.selectors import secretariat_now
from forums.organisations.models import Organisation
from platform_api.core.errors import FieldError, Invalid
from platform_api.core.feed import PermissionFeed
from platform_api.core.http.pages import Page, PageSpec
from platform_api.core.http.references import referred, referred_all
from platform_api.core.http.views import Act, ResourceViewSet

from . import services
from .models import AgendaItem, Meeting, MeetingOrganiser, MeetingSeries
from .selectors import SEAT, shown_meetings, with_seats
from .serializers import (
    AgendaItemCreate,
    AgendaItemDetail,
    AgendaItemRevise,
    MeetingCreate,
    MeetingDetail,
    MeetingFilter,
    MeetingOrganiserCreate,
    MeetingOrganiserDetail,
    MeetingOrganiserSummary,
    MeetingRevise,
    MeetingSeriesCreate,
    MeetingSeriesDetail,
    MeetingSummary,
)


class MeetingSeriesViewSet(ResourceViewSet):
    """Series of meetings, newest first."""

    model = MeetingSeries
    representation = MeetingSeriesDetail
    detail_route = "meeting-series-one"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", many=True),
        "create": Act(
            ability=None, token_scope="forums:write", input=MeetingSeriesCreate, status=201
        ),
        "retrieve": Act(ability="view", token_scope="forums:read"),
    }

    def get_queryset(self) -> QuerySet[MeetingSeries]:
        series = MeetingSeries.objects.visible_to(self.actor).select_related("forum", *SEAT)
        if self.parameters.reasons:
            return series.annotate(secretariat=secretariat_now())
        return series

    def list(self) -> Page:
        return self.paginate(self.get_queryset())

    def create(self) -> MeetingSeries:
        given = dict(self.input)
        seat = referred(self.actor, "/delegation", Delegation, pk=given.pop("delegation"))
        series = services.meeting_series_create(actor=self.actor, delegation=seat, **given)
        return self.get_queryset().get(pk=series.pk)


class MeetingViewSet(ResourceViewSet):
    """Meetings of forums and of home seats."""

    model = Meeting
    representation = MeetingDetail
    detail_route = "meeting"
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view",
            token_scope="forums:read",
            query=MeetingFilter,
            output=MeetingSummary,
            many=True,
        ),
        "create": Act(ability=None, token_scope="forums:write", input=MeetingCreate, status=201),
        "retrieve": Act(ability="view", token_scope="forums:read"),
        "partial_update": Act(
            ability="revise", token_scope="forums:write", input=MeetingRevise, precondition=True
        ),
        "hold": Act(ability="hold", token_scope="forums:write", precondition=True),
        "close": Act(ability="close", token_scope="forums:write", precondition=True),
        "cancel": Act(ability="cancel", token_scope="forums:write", precondition=True),
    }

    def get_queryset(self) -> QuerySet[Meeting]:
        meetings = shown_meetings(self.actor)
        if self.action != "list":
            return with_seats(meetings)
        if self.parameters.reasons:
            return meetings.annotate(secretariat=secretariat_now())
        return meetings

    def list(self) -> Page:
        return self.paginate_feed(
            PermissionFeed(Meeting, self.actor, queryset=self.get_queryset(), filters=self.query)
        )

    def create(self) -> Meeting:
        given: dict[str, Any] = dict(self.input)
        for name, model in (("series", MeetingSeries), ("continuation_of", Meeting)):
            key = given.pop(name, None)
            given[name] = referred(self.actor, f"/{name}", model, pk=key) if key else None
        seats = given.pop("participating_seats")
        meeting = services.meeting_create(
            actor=self.actor,
            delegation=referred(self.actor, "/delegation", Delegation, pk=given.pop("delegation")),
            seats=referred_all(self.actor, "/participating_seats", Delegation, seats),
            **given,
        )
        return self.get_queryset().get(pk=meeting.pk)

    def partial_update(self) -> Meeting:
        services.meeting_revise(
            actor=self.actor, meeting=self.object, if_match=self.revision, **self.input
        )
        return self._now()

    def hold(self) -> Meeting:
        services.meeting_hold(actor=self.actor, meeting=self.object, if_match=self.revision)
        return self._now()

    def close(self) -> Meeting:
        services.meeting_close(actor=self.actor, meeting=self.object, if_match=self.revision)
        return self._now()

    def cancel(self) -> Meeting:
        services.meeting_cancel(actor=self.actor, meeting=self.object, if_match=self.revision)
        return self._now()

    def _now(self) -> Meeting:
        return self.get_queryset().get(pk=self.object.pk)


class _OfMeeting(ResourceViewSet):
    """What views of a meeting's children share."""

    def get_object(self) -> Meeting:
        return self.visible_or_404(
            Meeting.objects.visible_to(self.actor), pk=self.kwargs["meeting_id"]
        )


class MeetingOrganiserViewSet(_OfMeeting):
    """Who organises, hosts or pays for a meeting, in the order of naming."""

    model = MeetingOrganiser
    representation = MeetingOrganiserDetail
    page = PageSpec(order=(("created_at", False), ("id", False)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(
            ability="view", token_scope="forums:read", output=MeetingOrganiserSummary, many=True
        ),
        "create": Act(
            ability="revise", token_scope="forums:write", input=MeetingOrganiserCreate, status=201
        ),
    }

    def get_queryset(self) -> QuerySet[MeetingOrganiser]:
        return (
            super()
            .get_queryset()
            .filter(meeting=self.object)
            .select_related("organisation", "delegation__country", "delegation__organisation")
        )

    def list(self) -> Page:
        return self.paginate(self.get_queryset())

    def create(self) -> MeetingOrganiser:
        given = self.input
        party: Organisation | Delegation | None
        if "delegation" in given:
            party = referred(self.actor, "/delegation", Delegation, pk=given["delegation"])
        else:
            party = Organisation.objects.filter(key=given["organisation"]).first()
        if party is None:
            raise Invalid(
                [FieldError("/organisation", "unknown", "There is no such organisation.")]
            )
        organiser = services.meeting_organiser_add(
            actor=self.actor, meeting=self.object, party=party, role=given["role"]
        )
        return self.get_queryset().get(pk=organiser.pk)


class MeetingAgendaViewSet(_OfMeeting):
    """The agenda of one meeting, in its order."""

    model = AgendaItem
    representation = AgendaItemDetail
    detail_route = "agenda-item"
    page = PageSpec(order=(("position", False), ("id", False)))
    acts: ClassVar[dict[str, Act]] = {
        "list": Act(ability="view", token_scope="forums:read", many=True),
        "create": Act(
            ability="revise", token_scope="forums:write", input=AgendaItemCreate, status=201
        ),
    }

    def list(self) -> Page:
        items = self.get_queryset().filter(meeting=self.object)
        if self.parameters.reasons:
            # All are of one meeting, whose secretariat is asked for once.
            meetings = Meeting.objects.visible_to(self.actor)
            self.object = meetings.annotate(secretariat=secretariat_now()).get(pk=self.object.pk)
        page = self.paginate(items)
        for item in page.items:
            item.meeting = self.object
        return page

    def create(self) -> AgendaItem:
        item = services.agenda_item_add(actor=self.actor, meeting=self.object, **self.input)
        return self.get_queryset().select_related("meeting").get(pk=item.pk)


class AgendaItemViewSet(ResourceViewSet):
    """One point of an agenda."""

    model = AgendaItem
    representation = AgendaItemDetail
    acts: ClassVar[dict[str, Act]] = {
        "retrieve": Act(ability="view", token_scope="forums:read"),
        "partial_update": Act(
            ability="revise", token_scope="forums:write", input=AgendaItemRevise, precondition=True
        ),
        "destroy": Act(ability="delete", token_scope="forums:write", precondition=True, status=204),
    }

    def get_queryset(self) -> QuerySet[AgendaItem]:
        return AgendaItem.objects.visible_to(self.actor).select_related("meeting")

    def partial_update(self) -> AgendaItem:
        services.agenda_item_revise(
            actor=self.actor, item=self.object, if_match=self.revision, **self.input
        )
        return self.get_queryset().get(pk=self.object.pk)

    def destroy(self) -> None:
        services.agenda_item_remove(actor=self.actor, item=self.object, if_match=self.revision)
