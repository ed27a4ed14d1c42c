"""Legal and policy instruments, and what happened to them in law."""

from django.db import models
from django.db.models import F, Q

from forums.countries.models import Country
from platform_api.core.ids import new_id
from platform_api.core.models import Entity, Guarded, Protected, Revisioned
from platform_api.core.partial_dates import PATTERN
from platform_api.identity.grants import GroupGrant, UserGrant, facet_index
from policies.audience import Owned, levels_of, partial_date_check

from .status import LegalStatus

LEGAL_STATUS_CHOICES = [(status.value, status.value) for status in LegalStatus]


class InstrumentKind(models.TextChoices):
    CONSTITUTION = "constitution"
    LAW = "law"
    BYLAW = "bylaw"
    STRATEGY = "strategy"
    ACTION_PLAN = "action_plan"
    INTERNAL_POLICY = "internal_policy"
    DIRECTIVE = "directive"
    CONVENTION = "convention"
    RESOLUTION = "resolution"


class Instrument(Protected, Owned, Entity, Revisioned):
    """A law, strategy, convention or the like, as its owner's seat keeps it.

    What holds of it follows from its status events for a day; nothing here says it is in force.

    country: whose instrument it is; null for an international one.
    identifier: as cited; identifier_key: by which two are one (policies.instruments.identifiers).
    titles: BCP 47 tag -> ``{"title", "is_official"}``.
    period_begin, period_end: the years it is made for, both included.
    """

    kind = models.CharField(max_length=20, choices=InstrumentKind)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    identifier = models.CharField(max_length=200, blank=True)
    identifier_key = models.CharField(max_length=400, blank=True, editable=False)
    date_document = models.CharField(max_length=10, blank=True)
    date_publication = models.CharField(max_length=10, blank=True)
    date_applicability = models.CharField(max_length=10, blank=True)
    period_begin = models.PositiveSmallIntegerField(null=True, blank=True)
    period_end = models.PositiveSmallIntegerField(null=True, blank=True)
    titles = models.JSONField(default=dict)

    class Meta(Owned.Meta):
        permissions = levels_of("instrument")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=InstrumentKind.values), name="policies_instrument_kind"
            ),
            models.CheckConstraint(
                condition=Q(period_begin=None)
                | Q(period_end=None)
                | Q(period_begin__lte=F("period_end")),
                name="policies_instrument_period",
            ),
            partial_date_check("date_document", "policies_instrument_date_document"),
            partial_date_check("date_publication", "policies_instrument_date_publication"),
            partial_date_check("date_applicability", "policies_instrument_date_applicability"),
            models.UniqueConstraint(
                fields=["owner_delegation", "country", "identifier_key"],
                condition=~Q(identifier_key=""),
                nulls_distinct=False,
                name="policies_instrument_identifier_once",
            ),
        ]
        indexes = [
            *Owned.Meta.indexes,
            models.Index(
                "effective_scope",
                "kind",
                F("created_at").desc(),
                F("id").desc(),
                name="policies_instrument_facet",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier or str(self.pk)


class LegalStatusEvent(Protected, Guarded):
    """Something that happened to an instrument in law; never changed, only superseded.

    country: the party it is about, of a convention only.
    effective_from: a partial date, from when it holds in law.
    recorded_at: when the platform learnt of it; set by a trigger from the database's clock.
    supersedes: the event that this one corrects.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="status_events"
    )
    kind = models.CharField(max_length=20, choices=LEGAL_STATUS_CHOICES)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    effective_from = models.CharField(max_length=10)
    decided_by = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=1000, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(editable=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[status.value for status in LegalStatus]),
                name="policies_legalstatusevent_kind",
            ),
            models.CheckConstraint(
                condition=Q(effective_from__regex=PATTERN),
                name="policies_legalstatusevent_effective_from",
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")), name="policies_legalstatusevent_not_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.effective_from}"


class InstrumentGrant(GroupGrant):
    """A grant on an instrument."""

    content_object = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="grants")

    class Meta(GroupGrant.Meta):
        indexes = [*GroupGrant.Meta.indexes, facet_index()]


class InstrumentUserGrant(UserGrant):
    """Refuses rows; a grant on an instrument names a role group."""

    content_object = models.ForeignKey(
        Instrument, on_delete=models.CASCADE, related_name="user_grants"
    )
