"""The e-mails of notifications: thin.

A mail names the kind, the forum and a link; never a title or anything else of the object.
"""

from datetime import timedelta
from email.utils import parseaddr
from uuid import UUID

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
    link = f"{settings.PUBLIC_URL}/api/v1/me/notifications/{notification.pk}"
    return _thin(
        to=notification.user.email,
        kind=notification.kind,
        forum=notification.forum,
        link=link,
        key=notification.pk,
    )


def send_link(*, to: str, kind: str, forum: str, link: str, key: UUID) -> None:
    """Mail a link to an address that need not have an account. Raises OSError.

    forum: its slug, or empty. key: makes the Message-ID.
    """
    mail = _thin(to=to, kind=kind, forum=forum, link=link, key=key)
    get_connection(fail_silently=False).send_messages([mail])


def _thin(*, to: str, kind: str, forum: str, link: str, key: UUID) -> EmailMessage:
    where = forum or "the platform"
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=f"[{where}] {kind}",
        body=f"{kind}\n{where}\n{link}\n",
        to=[to],
        headers={
            "Message-ID": f"<{key}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
