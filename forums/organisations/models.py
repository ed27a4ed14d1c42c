"""Ministries, armed forces, international organisations and donors."""

from django.db import models
from django.db.models import Q

from forums.countries.models import Country
from platform_api.core.models import Entity, Revisioned


class OrganisationKind(models.TextChoices):
    MINISTRY_OF_DEFENCE = "ministry_of_defence"
    ARMED_FORCES = "armed_forces"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    UN_ENTITY = "un_entity"
    REGIONAL_ORGANISATION = "regional_organisation"
    DONOR_GOVERNMENT = "donor_government"
    NGO = "ngo"


class Organisation(Entity, Revisioned):
    """A body that drafts, implements, hosts or pays; ``key`` is its stable slug."""

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=32, choices=OrganisationKind)
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    names = models.JSONField(default=dict)
    acronym = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="forums_organisation_kind"
            )
        ]

    def __str__(self) -> str:
        return self.acronym or self.key


class OrganisationIdentifier(Entity):
    """An identifier in a scheme such as IATI's organisation registration agencies."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=120)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"], name="forums_organisationidentifier_once"
            )
        ]

    def __str__(self) -> str:
        return self.value


class OrganisationAlias(Entity):
    """Another name of an organisation, found by searches."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="forums_organisationalias_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
