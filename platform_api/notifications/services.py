"""Every write to notifications."""

from collections.abc import Iterable
from uuid import UUID

from platform_api.core.actor import Actor, Role
from platform_api.core.clock import database_now
from platform_api.core.service import locked_row, require_service, service
from platform_api.identity.actors import LIVE
from platform_api.identity.models import Membership, User, UserKind
from platform_api.ledger.models import Entry
from platform_api.ledger.services import record

from .models import Notification


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


def notify(
    *,
    actor: Actor,
    to: Iterable[User],
    kind: str,
    matter: Entry,
    object_type: str,
    object_id: UUID,
    forum: str = "",
) -> None:
    """Tell people of what an entry records, in the transaction of the service that calls this.

    kind: what they are told, as the change feed calls it. matter: the entry. forum: its slug.
    Whoever did it is not told. Nothing of the object's content is kept.
    """
    require_service("notify")
    now = database_now()
    addressees = {user.pk: user for user in to if user.pk != actor.user_id}
    Notification.objects.bulk_create(
        Notification(
            user=user,
            kind=kind,
            object_type=object_type,
            object_id=object_id,
            forum=forum,
            matter_id=matter.pk,
            mail_due_at=now,
        )
        for user in addressees.values()
    )


@service
def notification_read(*, actor: Actor, notification: Notification) -> Notification:
    """Note that the addressee has read it; the first time counts. Not for the ledger."""
    held = locked_row(Notification.objects.visible_to(actor), notification.pk)
    if held.read_at is None:
        held.read_at = database_now()
        held.save(update_fields=["read_at"])
    return held


@service
def notification_acknowledge(*, actor: Actor, notification: Notification) -> Notification:
    """Note that the addressee has taken notice, which the ledger keeps; the first time counts."""
    held = locked_row(Notification.objects.visible_to(actor), notification.pk)
    if held.acknowledged_at is None:
        now = database_now()
        held.acknowledged_at = now
        held.read_at = held.read_at or now
        held.save(update_fields=["acknowledged_at", "read_at"])
        record(
            kind="notification.acknowledged",
            actor=actor,
            object_type="notification",
            object_id=held.pk,
            details={"kind": held.kind, "matter": held.matter_id},
        )
    return held
