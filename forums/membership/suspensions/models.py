"""Times in which a country, an organisation or a seat is stopped."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from forums.countries.models import Country
from forums.membership.models import Delegation
from forums.organisations.models import Organisation
from platform_api.core.models import Entity, Protected


class Suspension(Protected, Entity):
    """A time in which a seat, or every seat of a country or organisation, has no access.

    It begins when the row is made and stands until ended_at. At most one stands for each; a seat
    is stopped while one stands for it or for its party. Operators alone know of it.
    """

    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="suspensions"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="suspensions"
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="suspensions"
    )
    reason = models.CharField(max_length=500)
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, organisation=None, delegation=None)
                | Q(country=None, organisation__isnull=False, delegation=None)
                | Q(country=None, organisation=None, delegation__isnull=False),
                name="forums_suspension_of_one",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | (Q(ended_at__gte=F("created_at"), ended_by__isnull=False) & ~Q(end_reason="")),
                name="forums_suspension_end",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="forums_suspension_reason"),
            *[
                models.UniqueConstraint(
                    fields=[of], condition=Q(ended_at=None), name=f"forums_suspension_{of}_once"
                )
                for of in ("country", "organisation", "delegation")
            ],
        ]

    def __str__(self) -> str:
        return f"suspension of {self.country or self.organisation or self.delegation}"
