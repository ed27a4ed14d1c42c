"""The marks of an object, and the scopes that marks make."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from platform_api.core.models import Guarded

from .rings import Marks, TrafficLight

TLP_CHOICES = [(label.value, label.value) for label in TrafficLight]


class Marked(models.Model):
    """What narrows an object's ring of sight; compiled into its scope when it is written.

    tlp: a label of TLP 2.0, null where none is set.
    releasable_to: ids of countries and organisations, the owner's among them; null: no limit.
    restricted: read by its owner's seat and by grants alone; nothing is inherited.
    """

    tlp = models.CharField(  # noqa: DJ001 - null: not labelled
        max_length=12, choices=TLP_CHOICES, null=True, blank=True, editable=False
    )
    releasable_to = ArrayField(models.UUIDField(), null=True, blank=True, editable=False)
    restricted = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(tlp=None) | Q(tlp__in=[label.value for label in TrafficLight]),
                name="%(app_label)s_%(class)s_tlp",
            ),
            models.CheckConstraint(
                condition=Q(releasable_to=None) | Q(releasable_to__len__gte=1),
                name="%(app_label)s_%(class)s_releasable",
            ),
        ]

    @property
    def marks(self) -> Marks:
        """The object's own marks."""
        return Marks(
            tlp=TrafficLight(self.tlp) if self.tlp else None,
            releasable_to=None if self.releasable_to is None else frozenset(self.releasable_to),
            restricted=self.restricted,
        )


class NarrowedScope(Guarded):
    """A scope that holds those readers of another whose party is named, and one home seat's.

    The database keeps its readers: whoever gains or loses a seat in the base gains or loses it
    here with the same statement.

    base: the scope that is narrowed; of the public one the named parties themselves remain.
    home: the scope of the owner's seat, whose readers are always among them.
    """

    scope = models.OneToOneField(
        "identity.Scope", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    base = models.ForeignKey("identity.Scope", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("identity.Scope", on_delete=models.PROTECT, related_name="+")
    releasable_to = ArrayField(models.UUIDField())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.base_id} narrowed to {len(self.releasable_to)} parties"
