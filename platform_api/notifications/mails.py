"""The e-mails of notifications: thin, and each sent once.

A mail names the kind, the forum and a link; never a title or anything else of the object. The
notification's row is the outbox: it is locked while its mail is handed over, so that several
workers never send the same one; only a crash between the mail server's yes and the commit repeats
one, with the same Message-ID.
"""

import logging
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from platform_api.core.actor import Actor
from platform_api.core.clock import database_now
from platform_api.core.service import service
from platform_api.identity.actors import system_actor

from .models import Notification

MAILER = "mailer"
"""The system actor that sees notifications whose mail is due; row-level security knows it."""
ATTEMPTS = 12
"""Tries before a mail is given up: about a day and a half."""
_LONGEST_PAUSE = timedelta(hours=6)

logger = logging.getLogger(__name__)


def send_due_mails(*, at_most: int = 1000) -> int:
    """Send what is due, each in a transaction of its own; how many were handed over."""
    actor = system_actor(MAILER)
    sent = 0
    for _ in range(at_most):
        handed_over = mail_send_next(actor=actor)
        if handed_over is None:
            break
        sent += handed_over
    return sent


@service
def mail_send_next(*, actor: Actor) -> bool | None:
    """Send the mail that has been due the longest; None when none is, False when it failed.

    A failure is tried again with growing pauses. Who is not active any more gets none.
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
            get_connection(fail_silently=False).send_messages([message_of(row)])
            row.mailed_at = now
        except OSError as error:  # smtplib's errors are among them
            logger.warning("mail %s failed: %s", row.pk, type(error).__name__)
            if row.mail_attempts < ATTEMPTS:
                row.mail_due_at = now + min(
                    timedelta(minutes=2 ** (row.mail_attempts - 1)), _LONGEST_PAUSE
                )
    row.save(update_fields=["mail_due_at", "mail_attempts", "mailed_at"])
    return row.mailed_at is not None


def message_of(notification: Notification) -> EmailMessage:
    """The mail of a notification."""
    where = notification.forum or "the platform"
    link = f"{settings.PUBLIC_URL}/api/v1/me/notifications/{notification.pk}"
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=f"[{where}] {notification.kind}",
        body=f"{notification.kind}\n{where}\n{link}\n",
        to=[notification.user.email],
        headers={
            "Message-ID": f"<{notification.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
