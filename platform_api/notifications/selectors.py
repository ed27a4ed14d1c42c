"""Who is to be told."""

from collections.abc import Iterable
from uuid import UUID

from platform_api.core.actor import Role
from platform_api.identity.actors import LIVE
from platform_api.identity.models import Membership, User, UserKind


def people_at(holders: Iterable[UUID], roles: Iterable[Role]) -> list[User]:
    """The people who hold one of these roles now at one of these seats or parties.

    Accounts of service clients are not people; they read the change feed.
    """
    members = Membership.objects.filter(
        LIVE,
        group__rolegroup__holder_id__in=list(holders),
        group__rolegroup__role__in=list(roles),
        group__rolegroup__suspended_at=None,
    )
    return list(
        User.objects.filter(
            kind=UserKind.PERSON, is_active=True, pk__in=members.values("user")
        ).order_by("pk")
    )
