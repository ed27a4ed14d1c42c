"""Disagreed wording: a passage of a section in square brackets, the wordings for it, and who
stands by each."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from documents.texts.models import Revision, Section
from forums.membership.models import Delegation
from platform_api.core.models import Entity, Protected, Revisioned


class BracketState(models.TextChoices):
    OPEN = "open"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class Bracket(Protected, Entity, Revisioned):
    """A passage that is not agreed.

    It stays bound to the revision in which it was put: start and end are characters of the body of
    ``base``. Where it stands in the present text is derived when it is read.

    delegation: the seat that put it. chosen: the wording by which it was resolved.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="brackets")
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=BracketState, default=BracketState.OPEN)
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    chosen = models.ForeignKey(
        "BracketAlternative", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=BracketState.values), name="documents_bracket_state"
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="documents_bracket_passage"
            ),
            models.CheckConstraint(
                condition=Q(state=BracketState.OPEN, chosen=None, closed_at=None)
                | Q(state=BracketState.RESOLVED, chosen__isnull=False, closed_at__isnull=False)
                | Q(state=BracketState.WITHDRAWN, chosen=None, closed_at__isnull=False),
                name="documents_bracket_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["section", "-created_at", "-id"], name="documents_bracket_list")
        ]

    def __str__(self) -> str:
        return f"{self.start}-{self.end} of {self.base_id}"


class BracketAlternative(Protected, Entity):
    """A wording for a bracketed passage; the empty text strikes it out.

    position: 0 is the passage as it stands, which has no text and no proposer of its own.
    """

    bracket = models.ForeignKey(Bracket, on_delete=models.PROTECT, related_name="alternatives")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bracket", "position"], name="documents_bracketalternative_once"
            ),
            models.CheckConstraint(
                condition=Q(position=0, text="", delegation=None)
                | Q(position__gt=0, delegation__isnull=False),
                name="documents_bracketalternative_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.bracket_id}"


class BracketProponent(Protected, Entity):
    """A delegation that stands by a wording; by one of a bracket at a time."""

    bracket = models.ForeignKey(Bracket, on_delete=models.PROTECT, related_name="proponents")
    alternative = models.ForeignKey(
        BracketAlternative, on_delete=models.PROTECT, related_name="proponents"
    )
    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bracket", "delegation"], name="documents_bracketproponent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} for {self.alternative_id}"
