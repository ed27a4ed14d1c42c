"""Practices, their published versions, the owner's draft, and where they come from."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from forums.countries.models import Country
from platform_api.core.ids import new_id
from platform_api.core.models import Entity, Guarded, Protected, Revisioned
from platform_api.identity.grants import GroupGrant, UserGrant
from policies.audience import Owned, levels_of, partial_date_check

HIGHEST_EVIDENCE = 4


class PracticeState(models.TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CostBand(models.TextChoices):
    """What a practice cost in all, in euros of its time."""

    NONE = "none"
    UNDER_10_000 = "under_10000"
    UNDER_50_000 = "under_50000"
    UNDER_250_000 = "under_250000"
    FROM_250_000 = "from_250000"


class PracticeContent(models.Model):
    """What a practice tells of itself.

    period_begin, period_end: partial dates. cost_band: empty where it is not known.
    evidence_level: 0 described, 1 monitored, 2 evaluated internally, 3 evaluated independently,
    4 replicated; null where it is not stated. languages: BCP 47 tags of the languages in which
    its materials can be had, that of this text first.
    """

    title = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    context = models.TextField(blank=True)
    objectives = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    implementing_entity = models.CharField(max_length=300, blank=True)
    target_group = models.CharField(max_length=1000, blank=True)
    stakeholders = models.TextField(blank=True)
    period_begin = models.CharField(max_length=10, blank=True)
    period_end = models.CharField(max_length=10, blank=True)
    cost_band = models.CharField(max_length=12, choices=CostBand, blank=True)
    results = models.TextField(blank=True)
    evidence_level = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(HIGHEST_EVIDENCE)]
    )
    success_factors = models.TextField(blank=True)
    limiting_factors = models.TextField(blank=True)
    lessons = models.TextField(blank=True)
    transfer_conditions = models.TextField(blank=True)
    sustainability = models.TextField(blank=True)
    languages = models.JSONField(default=list)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(evidence_level=None) | Q(evidence_level__lte=HIGHEST_EVIDENCE),
                name="%(app_label)s_%(class)s_evidence",
            ),
            models.CheckConstraint(
                condition=Q(cost_band="") | Q(cost_band__in=CostBand.values),
                name="%(app_label)s_%(class)s_cost",
            ),
            partial_date_check("period_begin", "%(app_label)s_%(class)s_begin"),
            partial_date_check("period_end", "%(app_label)s_%(class)s_end"),
        ]


CONTENT: tuple[str, ...] = tuple(field.name for field in PracticeContent._meta.local_fields)
"""The names of the content's fields."""

MANDATORY: tuple[str, ...] = (
    "title",
    "summary",
    "problem",
    "objectives",
    "actions",
    "implementing_entity",
    "target_group",
    "results",
    "evidence_level",
    "lessons",
    "languages",
)
"""What a practice must tell before it is published."""


class Practice(Protected, Owned, Entity, Revisioned):
    """Something that worked, or did not, as its owner's seat tells of it.

    Its text is in its versions; what is not published is in the draft, which only the owner sees.
    country: where it was carried out. published_version: the latest.
    """

    state = models.CharField(max_length=9, choices=PracticeState, default=PracticeState.DRAFT)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_version = models.ForeignKey(
        "PracticeVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta(Owned.Meta):
        permissions = levels_of("practice")
        constraints = [
            *Owned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=PracticeState.DRAFT, published_version=None, audience="owner")
                | Q(state=PracticeState.PUBLISHED, published_version__isnull=False)
                | Q(
                    state=PracticeState.WITHDRAWN,
                    published_version__isnull=False,
                    audience="owner",
                ),
                name="policies_practice_state",
            ),
        ]

    def __str__(self) -> str:
        return f"practice {self.pk}"


class PracticeDraft(Protected, Guarded, PracticeContent, Revisioned):
    """The owner's working copy of a practice: the text that the next version will have.

    Its own revision, so that work on it moves nothing that others see of the practice.
    effective_scope: the owner's home scope.
    """

    practice = models.OneToOneField(
        Practice, on_delete=models.PROTECT, primary_key=True, related_name="draft"
    )
    effective_scope = models.ForeignKey(
        "identity.Scope", on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField()

    class Meta(PracticeContent.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.title

    @property
    def etag_revision(self) -> str:
        """``d3``; a token of the practice never matches it."""
        return f"d{self.revision}"


class PracticeVersion(Protected, Guarded, PracticeContent):
    """What was published of a practice; immutable, and readable to whoever sees the practice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()

    class Meta(PracticeContent.Meta):
        abstract = False
        constraints = [
            *PracticeContent.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "number"], name="policies_practiceversion_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Adaptation(Protected, Entity):
    """A practice was made after another: a published version here, or a source elsewhere.

    by_way_of: a source elsewhere reached the practice through another source elsewhere, whose
    adaptation this names; kept, changed and dropped then tell of the step between the two.
    external_verified: whether anybody has confirmed the source elsewhere.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adaptations")
    source_version = models.ForeignKey(
        PracticeVersion, on_delete=models.PROTECT, null=True, related_name="adapted_in"
    )
    external_organisation = models.CharField(max_length=300, blank=True)
    external_title = models.CharField(max_length=500, blank=True)
    external_citation = models.CharField(max_length=1000, blank=True)
    external_url = models.URLField(max_length=500, blank=True)
    external_verified = models.BooleanField(default=False)
    by_way_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reached_through"
    )
    kept = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    dropped = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    source_version__isnull=False,
                    external_organisation="",
                    external_title="",
                    external_citation="",
                    external_url="",
                    external_verified=False,
                    by_way_of=None,
                )
                | (Q(source_version=None) & ~Q(external_organisation="") & ~Q(external_title="")),
                name="policies_adaptation_one_source",
            ),
            models.CheckConstraint(
                condition=~Q(by_way_of=F("id")), name="policies_adaptation_not_by_itself"
            ),
            models.UniqueConstraint(
                fields=["practice", "source_version"], name="policies_adaptation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} after {self.source_version_id or self.external_title}"


class PracticeGrant(GroupGrant):
    """A grant on a practice: a share, or the owner's own sight of it."""

    content_object = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="grants")


class PracticeUserGrant(UserGrant):
    """Refuses rows; a grant on a practice names a role group."""

    content_object = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="user_grants"
    )
