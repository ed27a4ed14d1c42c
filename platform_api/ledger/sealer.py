"""The sealer's loop: seals while there is work, sleeps until told while there is none."""

import logging
import os
import select
import socket
import time
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from .sealing import BATCH, seal_pending

CHANNEL = "ledger_unsealed"
AWAKE_SECONDS = 1.0
"""How long it goes on polling after the last work, before it asks writers to be woken."""
BUSY_SECONDS = 0.1
_LONGEST_BACKOFF = 30.0

_ANNOUNCE = """
INSERT INTO ledger_sealer_idle (process, until)
VALUES (%(process)s, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (process) DO UPDATE SET until = excluded.until
"""
_WITHDRAW = "DELETE FROM ledger_sealer_idle WHERE process = %s OR until < clock_timestamp()"

logger = logging.getLogger(__name__)


class Sealer:
    """Runs until ``stop``; several may run, one seals at a time.

    poll_seconds: the longest an entry waits when no notification comes. A notification costs
    a writer dear (its commit then waits for other notifying commits), so writers send one
    only while a sealer has a live row in ``ledger_sealer_idle``.
    """

    def __init__(self, *, poll_seconds: float = 1.0) -> None:
        self.poll_seconds = poll_seconds
        self.sealed = 0
        self._process = f"{socket.gethostname()}:{os.getpid()}:{id(self)}"
        self._stopping = False
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_write.setblocking(False)
        self._idle = False
        self._listening: Any = None
        self._notified = False
        self._last_work = time.monotonic()

    def stop(self) -> None:
        """End after the batch in hand; may be called from a signal handler or a thread."""
        self._stopping = True
        # It is full only when so many wake-ups are unread that it will look.
        with suppress(BlockingIOError):
            self._wake_write.send(b"\0")

    def run(self) -> None:
        """Seal until ``stop``; a lost database is waited for with growing pauses."""
        failures = 0
        while not self._stopping:
            try:
                pause = self._turn()
                if failures:
                    logger.info("the database is back")
                failures = 0
            except (OperationalError, InterfaceError) as error:
                connection.close()
                self._idle = False
                pause = min(_LONGEST_BACKOFF, 0.25 * 2**failures)
                failures = min(failures + 1, 10)
                first_line = str(error).partition("\n")[0]
                logger.warning("no database, next try in %.1f s: %s", pause, first_line)
            self._wait(pause)
        self._leave()

    def _turn(self) -> float:
        """One round of work; how many seconds to wait before the next."""
        self._listen()
        self._notified = False
        sealed = seal_pending(at_most=10 * BATCH)
        self.sealed += sealed
        if sealed or self._anything_queued():
            self._last_work = time.monotonic()
            self._withdraw()
            return 0.0 if sealed >= 10 * BATCH else BUSY_SECONDS
        if time.monotonic() - self._last_work < AWAKE_SECONDS:
            return BUSY_SECONDS
        self._announce()
        # A writer that looked before the announcement is found here, or by the poll; a
        # notification that came with an answer has left nothing on the socket to wake by.
        return 0.0 if self._anything_queued() or self._notified else self.poll_seconds

    def _listen(self) -> None:
        connection.ensure_connection()
        raw: Any = connection.connection
        if raw is self._listening:
            return
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        # Without a handler the driver would keep every notification.
        raw.add_notify_handler(self._be_notified)
        self._listening = raw

    def _be_notified(self, _: Any) -> None:
        self._notified = True

    def _anything_queued(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM ledger_unsealed)")
            return bool(cursor.fetchone()[0])

    def _announce(self) -> None:
        values: dict[str, str | float] = {
            "process": self._process,
            "seconds": 3 * self.poll_seconds,
        }
        with connection.cursor() as cursor:
            cursor.execute(_ANNOUNCE, values)
        self._idle = True

    def _withdraw(self) -> None:
        if self._idle:
            with connection.cursor() as cursor:
                cursor.execute(_WITHDRAW, [self._process])
            self._idle = False

    def _wait(self, seconds: float) -> None:
        watched: list[socket.socket | int] = [self._wake_read]
        raw = connection.connection
        if raw is not None and not raw.closed:
            watched.append(raw.fileno())
        select.select(watched, [], [], 0 if self._stopping else seconds)

    def _leave(self) -> None:
        # Left behind, the row ends by itself.
        with suppress(OperationalError, InterfaceError):
            self._withdraw()
        connection.close()
        self._wake_read.close()
        self._wake_write.close()
