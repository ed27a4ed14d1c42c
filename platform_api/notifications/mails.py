"""The e-mails of notifications: thin.

A mail names the kind, the forum and a link; never a title or anything else of the object.
"""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from .models import Notification

ATTEMPTS = 12
"""Tries before a mail is given up: about a day and a half."""
_LONGEST_PAUSE = timedelta(hours=6)


def hand_over(notification: Notification) -> None:
    """Give a notification's mail to the mail server. Raises OSError when that fails."""
    get_connection(fail_silently=False).send_messages([message_of(notification)])


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failed tries; None to give up."""
    if attempts >= ATTEMPTS:
        return None
    return min(timedelta(minutes=2 ** (attempts - 1)), _LONGEST_PAUSE)


def message_of(notification: Notification) -> EmailMessage:
    """The mail of a notification; its Message-ID is the same whenever it is made."""
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
