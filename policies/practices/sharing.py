"""Sharing a practice with a country, an organisation or one delegation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now

from forums.countries.models import Country
from forums.granting.services import Holder, grant_end, grant_give
from forums.organisations.models import Organisation
from platform_api.core.access import permission_id
from platform_api.core.actor import Actor, Level, Role
from platform_api.core.errors import Conflict, NotVisible
from platform_api.core.service import service
from platform_api.identity.groups import role_groups_of
from platform_api.identity.models import RoleGroup
from policies.audience import invalid

from .models import Practice, PracticeGrant


@service
def practice_share(
    *,
    actor: Actor,
    practice: Practice,
    holder: Holder,
    until: datetime | None = None,
    reason: str = "",
) -> Mapping[str, Any]:
    """Let a holder read what is published of a practice, until a time or until it is ended.

    Sharing again changes the end and the reason. Returns the share as ``shares_of`` tells it.
    Raises Forbidden (``head_required``), Conflict (``wrong_state``: nothing is published), Invalid
    (``owner``: the owner itself; ``not_seated``: nobody acts for it; an end in the past).
    """
    _check_holder(practice, holder)
    grant_give(
        actor=actor,
        obj=practice,
        holder=holder,
        level=Level.READ,
        until=until,
        reason=reason,
        ability="share",
    )
    return next(share for share in shares_of(practice) if share["holder_id"] == holder.pk)


@service
def practice_share_end(
    *, actor: Actor, practice: Practice, holder: Holder, reason: str = ""
) -> None:
    """End a share at once. Raises Forbidden, Invalid, Conflict (``not_shared``)."""
    _check_holder(practice, holder)
    try:
        grant_end(actor=actor, obj=practice, holder=holder, reason=reason, ability="share")
    except NotVisible as error:
        raise Conflict("The practice is not shared with it.", code="not_shared") from error


def shares_of(practice: Practice) -> list[dict[str, Any]]:
    """The live shares of a practice, the newest first, with the party or seat of each."""
    grants = list(
        PracticeGrant.objects.filter(
            Q(expires_at=None) | Q(expires_at__gt=Now()),
            content_object=practice,
            permission_id=permission_id(Practice, Level.READ),
        ).order_by("-created_at", "-id")
    )
    holders = dict(
        RoleGroup.objects.filter(group_id__in=[grant.group_id for grant in grants])
        .exclude(holder_id=practice.owner_delegation_id)
        .values_list("group_id", "holder_id")
    )
    ids = list(holders.values())
    countries = dict(Country.objects.filter(pk__in=ids).values_list("pk", "code"))
    organisations = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "key"))
    return [
        _share(grant, holders[grant.group_id], countries, organisations)
        for grant in grants
        if grant.group_id in holders
    ]


def _share(
    grant: PracticeGrant,
    holder_id: UUID,
    countries: Mapping[UUID, str],
    organisations: Mapping[UUID, str],
) -> dict[str, Any]:
    party = holder_id in countries or holder_id in organisations
    return {
        "holder_id": holder_id,
        "country": countries.get(holder_id),
        "organisation": organisations.get(holder_id),
        "delegation": None if party else holder_id,
        "level": "view",
        "until": grant.expires_at,
        "reason": grant.reason,
        "since": grant.created_at,
    }


def _check_holder(practice: Practice, holder: Holder) -> None:
    if holder.pk == practice.owner_delegation_id:
        raise invalid("/delegation", "owner", "The owner needs no share.")
    if Role.READER not in role_groups_of(holder.pk):
        raise invalid("", "not_seated", "Nobody acts for it on this platform.")
