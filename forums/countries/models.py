"""Countries and content languages: reference data that every authenticated caller reads."""

from django.db import models
from django.db.models import Q

from platform_api.core.models import Entity, Revisioned


class Country(Entity, Revisioned):
    """A country by its ISO 3166-1 code; ``user_assigned`` marks one outside the standard (XK).

    names: short names by BCP 47 tag. How a forum designates a seat belongs to the seat.
    """

    code = models.CharField(max_length=2, unique=True)
    alpha3 = models.CharField(max_length=3, unique=True)
    names = models.JSONField(default=dict)
    user_assigned = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "countries"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex="^[A-Z]{2}$") & Q(alpha3__regex="^[A-Z]{3}$"),
                name="forums_country_codes",
            )
        ]

    def __str__(self) -> str:
        return self.code


class CountryAlias(Entity):
    """Another or a former name of a country, found by searches; valid_until ends a former one."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=35, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["country", "name"], name="forums_countryalias_once")
        ]

    def __str__(self) -> str:
        return self.name


class ContentLanguage(Entity, Revisioned):
    """A language and script that texts are written in, by BCP 47 tag.

    The platform's own table: common locale libraries know neither ``cnr`` nor its alphabet.
    search_config: the PostgreSQL text search configuration. alphabet: letters in sorting order.
    """

    tag = models.CharField(max_length=35, unique=True)
    names = models.JSONField(default=dict)
    script = models.CharField(max_length=4)
    search_config = models.CharField(max_length=20, default="simple")
    alphabet = models.JSONField(default=list)

    class Meta:
        ordering = ["tag"]

    def __str__(self) -> str:
        return self.tag
