"""Every write to notifications."""

import logging
from collections.abc import Iterable
from uuid import UUID

from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.service import locked_row, require_service, service
from platform_api.identity.models import User
from platform_api.ledger.models import Entry
from platform_api.ledger.services import record

from .mails import hand_over, pause_after
from .models import Notification

logger = logging.getLogger(__name__)


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


@service
def mail_send_next(*, actor: Actor) -> bool | None:
    """Send the mail that has been due the longest; None when none is, False when none was sent.

    Its row is locked meanwhile, so that several workers never send the same one; only a crash
    between the mail server's yes and the commit repeats one, with the same Message-ID. A failure
    is tried again after a pause. Who is not active any more gets none.
    """
    now = database_now()
    due = Notification.objects.select_for_update(of=("self",), skip_locked=True)
    row = due.filter(mail_due_at__lte=now).select_related("user").order_by("mail_due_at").first()
    if row is None:
        return None
    row.mail_due_at = None
    if row.user.is_active:
        row.mail_attempts += 1
        try:
            hand_over(row)
            row.mailed_at = now
        except OSError as error:  # smtplib's errors are among them
            logger.warning("mail %s failed: %s", row.pk, type(error).__name__)
            pause = pause_after(row.mail_attempts)
            row.mail_due_at = now + pause if pause else None
    row.save(update_fields=["mail_due_at", "mail_attempts", "mailed_at"])
    return row.mailed_at is not None
