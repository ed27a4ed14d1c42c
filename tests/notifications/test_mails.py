"""The e-mails of notifications: thin, and each sent once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F

from platform_api.core.service import writing
from platform_api.core.transaction import acting
from platform_api.identity.actors import actor_of, system_actor
from platform_api.notifications import mails
from platform_api.notifications.mails import ATTEMPTS
from platform_api.notifications.models import Notification
from platform_api.notifications.tasks import send_due_mails
from tests.documents.desk import Desk


def due(user: Any) -> Notification:
    return Notification.objects.get(user=user)


def hurry() -> None:
    """Let the pauses between tries be over."""
    with writing():
        Notification.objects.update(mail_due_at=F("mail_due_at") - timedelta(days=1))


def test_a_mail_names_kind_forum_and_link_and_nothing_of_the_object(desk: Desk) -> None:
    section = desk.section(title="Restricted title", body="Restricted text", released=True)
    assert send_due_mails() == 2

    row = due(desk.albanian)
    (sent,) = [message for message in mail.outbox if message.to == [desk.albanian.email]]
    assert sent.subject == "[seemic] section.released"
    assert sent.body == (
        f"section.released\nseemic\nhttp://127.0.0.1:8000/api/v1/me/notifications/{row.pk}\n"
    )
    assert sent.from_email == "platform@localhost"
    assert sent.message()["Message-ID"] == f"<{row.pk}@localhost>"
    assert "Restricted" not in str(sent.message())
    assert str(section.pk) not in str(sent.message())
    assert (row.mail_due_at, row.mail_attempts) == (None, 1)
    assert row.mailed_at is not None


def test_each_is_sent_once(desk: Desk) -> None:
    desk.section(released=True)
    assert (send_due_mails(), send_due_mails()) == (2, 0)
    assert len(mail.outbox) == 2


def test_who_is_not_active_any_more_gets_none(desk: Desk) -> None:
    desk.section(released=True)
    desk.albanian.is_active = False
    desk.albanian.save()
    assert send_due_mails() == 1
    assert [message.to for message in mail.outbox] == [[desk.albanian_head.email]]
    assert due(desk.albanian).mail_due_at is None
    assert due(desk.albanian).mailed_at is None


def test_a_failure_is_tried_again_with_growing_pauses_and_given_up_in_the_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        def send_messages(self, messages: Any) -> int:
            raise ConnectionRefusedError

    monkeypatch.setattr(mails, "get_connection", lambda **_: Refusing())
    desk.section(released=True)
    pauses = []
    for attempt in range(1, ATTEMPTS + 1):
        assert send_due_mails() == 0
        row = due(desk.albanian)
        assert row.mail_attempts == attempt
        if row.mail_due_at is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT now()")
                pauses.append(row.mail_due_at - cursor.fetchone()[0])
        hurry()
    assert len(pauses) == ATTEMPTS - 1
    assert pauses == sorted(pauses)
    assert pauses[0] > timedelta(0)
    assert due(desk.albanian).mail_due_at is None
    assert (due(desk.albanian).mailed_at, mail.outbox) == (None, [])


def test_one_failure_does_not_keep_the_others_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = mails.get_connection

    class Fussy:
        def send_messages(self, messages: Any) -> int:
            if messages[0].to == [desk.albanian.email]:
                raise ConnectionRefusedError
            return real().send_messages(messages)

    monkeypatch.setattr(mails, "get_connection", lambda **_: Fussy())
    desk.section(released=True)
    assert send_due_mails() == 1
    assert due(desk.albanian).mail_due_at is not None
    assert due(desk.albanian_head).mailed_at is not None


def test_only_the_mailer_sees_others_notifications(desk: Desk) -> None:
    desk.section(released=True)
    for actor, seen in (
        (system_actor("mailer"), 2),
        (system_actor("grants"), 0),
        (actor_of(desk.drafter), 0),
        (actor_of(desk.albanian), 1),
    ):
        with acting(actor):
            assert Notification.objects.count() == seen
