"""Several workers and one outbox."""

from typing import Any

import pytest

from platform_api.identity.actors import system_actor
from platform_api.notifications.tasks import send_due_mails
from tests.documents.desk import lay_desk
from tests.factories import delegate
from tests.ledger.helpers import in_threads
from tests.postgres import ClonedDatabase


@pytest.mark.concurrency
@pytest.mark.slow
def test_workers_at_the_same_time_send_each_once(
    cloned_db: ClonedDatabase, mailoutbox: list[Any]
) -> None:
    desk = lay_desk()
    for _ in range(8):
        delegate(desk.albania, "reader")
    desk.section(released=True)
    system_actor("mailer")
    with cloned_db.as_role("runtime"):
        sent = in_threads([send_due_mails] * 4, at_once=4)
    assert sum(sent) == 10
    assert len({message.to[0] for message in mailoutbox}) == len(mailoutbox) == 10
