"""Which section a text came from."""

from django.db import models
from django.db.models import Q

from documents.texts.models import Revision, Section
from platform_api.core.models import Entity, Protected


class SectionLineageKind(models.TextChoices):
    SPLIT = "split"
    JOIN = "join"


class SplitPart(models.TextChoices):
    """One of the two sections that a split makes."""

    FIRST = "first"
    SECOND = "second"


class SectionLineage(Protected, Entity):
    """The text of one section went into another, by a split or a join; immutable.

    source, source_revision: where it came from, and the last revision that held it there.
    section, revision: where it went, and the first revision that holds it there.
    source_start, start, length: the characters (code points) at which the text begins in the one
    revision and in the other, and how many it has.

    Both revisions have to be in sight: what was split at home is told at home alone.
    """

    kind = models.CharField(max_length=5, choices=SectionLineageKind)
    source = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="went_to")
    source_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="came_from")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    source_start = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    length = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SectionLineageKind.values),
                name="documents_sectionlineage_kind",
            ),
            models.CheckConstraint(
                condition=~Q(source=models.F("section")), name="documents_sectionlineage_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.source_id} into {self.section_id}"
