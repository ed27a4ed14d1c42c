"""Meetings of a forum or of one seat, their agendas, organisers and participating seats."""

from django.db import models
from django.db.models import Deferrable, F, Q
from django.db.models.functions import Least, Left, Length
from django.db.models.lookups import LessThanOrEqual

from forums.marking.models import Marked
from forums.membership.models import Delegation, Forum
from forums.organisations.models import Organisation
from platform_api.core.models import Entity, Protected, Revisioned
from platform_api.core.partial_dates import PATTERN
from platform_api.identity.grants import GroupGrant, UserGrant


class MeetingKind(models.TextChoices):
    SEMINAR = "seminar"
    CONFERENCE = "conference"
    WORKING_GROUP = "working_group"
    STUDY_VISIT = "study_visit"


class MeetingMode(models.TextChoices):
    ONLINE = "online"
    ONSITE = "onsite"
    HYBRID = "hybrid"


class MeetingState(models.TextChoices):
    PLANNED = "planned"
    REGISTRATION_OPEN = "registration_open"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class OrganiserRole(models.TextChoices):
    ORGANISER = "organiser"
    CO_ORGANISER = "co_organiser"
    HOST = "host"
    FUNDER = "funder"


class AgendaItemKind(models.TextChoices):
    SESSION = "session"
    PRESENTATION = "presentation"
    DISCUSSION = "discussion"
    OTHER = "other"


class MeetingSeries(Protected, Entity, Revisioned):
    """Meetings that follow each other under one name.

    owner_delegation: the seat that keeps it; null for a series that is the forum's own.
    effective_scope: the forum's readers, or those of the owner's home seat.
    """

    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="meeting_series"
    )
    owner_delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    names = models.JSONField(default=dict)
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "meeting series"
        constraints = [
            models.CheckConstraint(
                condition=Q(forum__isnull=False) | Q(owner_delegation__isnull=False),
                name="forums_meetingseries_kept",
            )
        ]

    def __str__(self) -> str:
        return str(next(iter(self.names.values()), self.pk))


def _common_part(field: str) -> Left:
    """As much of a partial date as both ends of a meeting tell."""
    return Left(field, Least(Length("begins"), Length("ends")))


class Meeting(Protected, Marked, Entity, Revisioned):
    """A seminar, conference, working group or study visit.

    owner_delegation: the seat that keeps it; null for a meeting that is the forum's own.
    forum: null for a meeting of a home seat. sequence: its place in its series, from 1.
    begins, ends: partial dates (core.partial_dates), null where unknown; in ``time_zone``.
    reported_participants, reported_countries: figures that a source reports of a meeting whose
    participants are not recorded one by one. They are shown as they are and never added up with
    anything that was recorded.
    """

    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    owner_delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_meetings"
    )
    series = models.ForeignKey(
        MeetingSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    sequence = models.PositiveIntegerField(null=True, blank=True)
    continuation_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continuations"
    )
    kind = models.CharField(max_length=16, choices=MeetingKind)
    mode = models.CharField(max_length=8, choices=MeetingMode)
    state = models.CharField(max_length=20, choices=MeetingState, default=MeetingState.PLANNED)
    titles = models.JSONField(default=dict)
    place = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    begins = models.CharField(max_length=10, null=True, blank=True)  # noqa: DJ001 - null: unknown
    ends = models.CharField(max_length=10, null=True, blank=True)  # noqa: DJ001 - null: unknown
    duration_days = models.PositiveSmallIntegerField(null=True, blank=True)
    reported_participants = models.PositiveIntegerField(null=True, blank=True)
    reported_countries = models.PositiveSmallIntegerField(null=True, blank=True)
    reported_source = models.CharField(max_length=500, blank=True)
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("comment_meeting", "Can comment on a meeting"),
            ("draft_meeting", "Can draft in a meeting"),
            ("manage_meeting", "Can manage a meeting"),
        ]
        constraints = [
            *Marked.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=MeetingKind.values), name="forums_meeting_kind"
            ),
            models.CheckConstraint(
                condition=Q(mode__in=MeetingMode.values), name="forums_meeting_mode"
            ),
            models.CheckConstraint(
                condition=Q(state__in=MeetingState.values), name="forums_meeting_state"
            ),
            models.CheckConstraint(
                condition=Q(forum__isnull=False) | Q(owner_delegation__isnull=False),
                name="forums_meeting_kept",
            ),
            models.CheckConstraint(
                condition=Q(begins=None) | Q(begins__regex=PATTERN), name="forums_meeting_begins"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__regex=PATTERN), name="forums_meeting_ends"
            ),
            models.CheckConstraint(
                condition=Q(begins=None)
                | Q(ends=None)
                | Q(LessThanOrEqual(_common_part("begins"), _common_part("ends"))),
                name="forums_meeting_dates",
            ),
            models.CheckConstraint(
                condition=Q(duration_days=None) | Q(duration_days__gte=1),
                name="forums_meeting_duration",
            ),
            models.CheckConstraint(
                condition=Q(reported_participants=None, reported_countries=None, reported_source="")
                | (
                    ~Q(reported_source="")
                    & (Q(reported_participants__isnull=False) | Q(reported_countries__isnull=False))
                ),
                name="forums_meeting_reported_with_source",
            ),
            models.CheckConstraint(
                condition=Q(reported_participants=None)
                | Q(reported_countries=None)
                | Q(reported_countries__lte=F("reported_participants")),
                name="forums_meeting_reported_countries",
            ),
            models.CheckConstraint(
                condition=Q(series=None, sequence=None)
                | Q(series__isnull=False, sequence__isnull=False, sequence__gte=1),
                name="forums_meeting_sequence",
            ),
            models.CheckConstraint(
                condition=Q(continuation_of=None) | ~Q(continuation_of=F("id")),
                name="forums_meeting_continues_another",
            ),
            models.UniqueConstraint(
                fields=["series", "sequence"], name="forums_meeting_sequence_once"
            ),
        ]
        indexes = [
            models.Index(
                "effective_scope",
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(effective_scope__isnull=False),
                name="forums_meeting_feed",
            )
        ]

    def __str__(self) -> str:
        return str(next(iter(self.titles.values()), self.pk))


class MeetingGrant(GroupGrant):
    """A grant on a meeting: of organisers, and of participating seats that sit elsewhere."""

    content_object = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="grants")


class MeetingUserGrant(UserGrant):
    """Refuses rows; a grant on a meeting names a role group."""

    content_object = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="user_grants"
    )


class MeetingOrganiser(Protected, Entity):
    """An organisation or a delegation that organises, hosts or pays for a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=16, choices=OrganiserRole)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=OrganiserRole.values), name="forums_meetingorganiser_role"
            ),
            models.CheckConstraint(
                condition=Q(delegation=None, organisation__isnull=False)
                | Q(delegation__isnull=False, organisation=None),
                name="forums_meetingorganiser_one_party",
            ),
            models.UniqueConstraint(
                fields=["meeting", "organisation", "role"],
                name="forums_meetingorganiser_organisation",
            ),
            models.UniqueConstraint(
                fields=["meeting", "delegation", "role"], name="forums_meetingorganiser_delegation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.meeting_id}"


class AgendaItem(Protected, Entity, Revisioned):
    """A point of a meeting's agenda; position counts from 1."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=AgendaItemKind)
    titles = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AgendaItemKind.values), name="forums_agendaitem_kind"
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="forums_agendaitem_position"),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                deferrable=Deferrable.DEFERRED,
                name="forums_agendaitem_position_once",
            ),
        ]

    def __str__(self) -> str:
        return str(next(iter(self.titles.values()), self.pk))


class MeetingSeat(Protected, Entity):
    """A delegation that takes part in a meeting.

    A meeting of a forum without such rows is one of all the forum's seats.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "delegation"], name="forums_meetingseat_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} at {self.meeting_id}"
