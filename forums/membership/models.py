"""Forums, their seats, and who acts for a seat."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from forums.countries.models import Country
from forums.organisations.models import Organisation
from platform_api.core.actor import Role
from platform_api.core.models import Entity, Protected, Revisioned

GUEST_TIME = timedelta(days=366)
"""The longest time of a guest: a year, a leap year too."""

ROLE_CHOICES = [(role.value, role.value) for role in Role]


class DecisionRule(models.TextChoices):
    SILENCE = "silence"
    UNANIMITY = "unanimity"
    QUALIFIED_MAJORITY = "qualified_majority"


class Forum(Protected, Entity, Revisioned):
    """A table at which countries and organisations sit, with its rules of procedure."""

    slug = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    mandate = models.JSONField(default=dict)
    working_languages = models.JSONField(default=list)
    decision_rule = models.CharField(
        max_length=20, choices=DecisionRule, default=DecisionRule.SILENCE
    )
    silence_hours = models.PositiveIntegerField(default=72)
    number_pattern = models.CharField(max_length=80, default="{slug}/{year}/{number}")
    four_eyes = models.BooleanField(default=True)
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision_rule__in=DecisionRule.values), name="forums_forum_rule"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class SeatStatus(models.TextChoices):
    MEMBER = "member"
    OBSERVER = "observer"
    PARTNER = "partner"
    DONOR = "donor"


class Delegation(Protected, Entity, Revisioned):
    """A seat: a country or an organisation in a forum, or its home seat where forum is null.

    represented_by: the body through which a country takes its seat.
    designation, designation_footnote: how this forum names the seat, printed wherever it is.
    """

    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    represented_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=SeatStatus, default=SeatStatus.MEMBER)
    voting = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    designation = models.CharField(max_length=120, blank=True)
    designation_footnote = models.TextField(blank=True)
    time_zone = models.CharField(max_length=60, default="UTC")
    home_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country=None, organisation__isnull=False)
                | Q(country__isnull=False, organisation=None),
                name="forums_delegation_one_party",
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(since__lte=F("until")),
                name="forums_delegation_dates",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SeatStatus.values), name="forums_delegation_status"
            ),
            models.UniqueConstraint(
                fields=["forum", "country"],
                nulls_distinct=True,
                name="forums_delegation_country_once",
            ),
            models.UniqueConstraint(
                fields=["forum", "organisation"],
                nulls_distinct=True,
                name="forums_delegation_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["country"], condition=Q(forum=None), name="forums_delegation_home_country"
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(forum=None),
                name="forums_delegation_home_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} in {self.forum or 'its home seat'}"

    @property
    def party(self) -> Country | Organisation:
        """The country or organisation that holds the seat."""
        party = self.country or self.organisation
        assert party is not None
        return party


class Delegate(Protected, Entity, Revisioned):
    """A person who acts for a seat in a role, for a time. Group membership follows from it.

    guest: a reader from outside, whose time has an end within a year (``GUEST_TIME``).
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="delegates")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegates"
    )
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    guest = models.BooleanField(default=False)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="forums_delegate_dates",
            ),
            models.CheckConstraint(
                condition=Q(guest=False)
                | Q(
                    role=Role.READER.value,
                    valid_until__isnull=False,
                    valid_until__lte=F("valid_from") + GUEST_TIME,
                ),
                name="forums_delegate_guest",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="forums_delegate_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"


class ClientBinding(Protected, Entity, Revisioned):
    """A service client that acts for one seat in one role."""

    client = models.OneToOneField(
        settings.OAUTH2_PROVIDER_APPLICATION_MODEL, on_delete=models.PROTECT, related_name="binding"
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="client_bindings"
    )
    role = models.CharField(max_length=16, choices=ROLE_CHOICES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="forums_clientbinding_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id} as {self.role}"


class Office(Protected, Entity):
    """A time in which a seat or an organisation holds an office of a forum.

    organisation: the holder when it has no seat there. Times of one office never overlap:
    the database holds an exclusion constraint over the forum and the range, for each kind.
    """

    class Kind(models.TextChoices):
        CHAIR = "chair"
        SECRETARIAT = "secretariat"

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(max_length=12, choices=Kind)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="offices"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="offices"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(delegation=None, organisation__isnull=False)
                | Q(delegation__isnull=False, organisation=None),
                name="forums_office_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since__lte=F("until")), name="forums_office_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.forum_id} from {self.since}"
