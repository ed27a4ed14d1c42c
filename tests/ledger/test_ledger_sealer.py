"""`manage.py ledger_sealer`: seals, sleeps, is woken, survives, and ends cleanly."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection

from platform_api.ledger import sealer as sealer_module
from platform_api.ledger.sealer import CHANNEL, Sealer
from tests.ledger.helpers import positions, settle, write
from tests.postgres import ROOT, ClonedDatabase
from tests.waiting import until

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]


def sealed(count: int) -> Callable[[], bool]:
    return lambda: len(positions()) == count


def asleep() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_sealer_idle WHERE until > clock_timestamp()")
        return bool(cursor.fetchone()[0])


@contextmanager
def running(sealer: Sealer) -> Iterator[None]:
    def work() -> None:
        try:
            sealer.run()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        sealer.stop()
        thread.join(30)
        assert not thread.is_alive()


def test_once_seals_what_there_is(cloned_db: ClonedDatabase) -> None:
    write()
    settle()
    output = io.StringIO()
    call_command("ledger_sealer", "--once", stdout=output)
    assert output.getvalue() == "Sealed 1, 0 unsealed.\n"


def test_a_sleeping_sealer_is_woken_by_a_write(
    cloned_db: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealer_module, "AWAKE_SECONDS", 0.0)
    with cloned_db.as_role("runtime"):
        # So long a poll that only the notification can have woken it.
        with running(Sealer(poll_seconds=300)):
            until(asleep)
            write()
            until(sealed(1))
            until(asleep)
            write()
            until(sealed(2))
        assert not asleep()


def test_writers_notify_only_while_a_sealer_sleeps(cloned_db: ClonedDatabase) -> None:
    def notified() -> int:
        return len(list(listener.notifies(timeout=0)))

    with cloned_db.connect("superuser", autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        write()
        assert notified() == 0
        listener.execute("INSERT INTO ledger_sealer_idle VALUES ('x', 'infinity')")
        write()
        listener.execute("SELECT 1")
        assert notified() == 1
        listener.execute("UPDATE ledger_sealer_idle SET until = clock_timestamp()")
        write()
        listener.execute("SELECT 1")
        assert notified() == 0


def test_without_a_notification_the_poll_finds_it(
    cloned_db: ClonedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealer_module, "AWAKE_SECONDS", 0.0)
    monkeypatch.setattr(Sealer, "_announce", lambda self: None)
    with running(Sealer(poll_seconds=0.05)):
        for count in (1, 2):
            write()
            until(sealed(count))


def test_it_survives_the_loss_of_its_connection(cloned_db: ClonedDatabase) -> None:
    with running(Sealer(poll_seconds=0.05)):
        write()
        until(sealed(1))
        for number in range(2, 4):
            with cloned_db.connect("superuser", autocommit=True) as bare:
                bare.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE '%%ledger_%%'"
                    " AND pid NOT IN (pg_backend_pid(), %s)",
                    [connection.connection.info.backend_pid],
                )
            write()
            until(sealed(number))


def test_two_sealers_share_the_work(cloned_db: ClonedDatabase) -> None:
    with running(Sealer(poll_seconds=0.05)), running(Sealer(poll_seconds=0.05)):
        for _ in range(20):
            write()
        until(sealed(20))
    assert positions() == list(range(1, 21))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_the_command_ends_cleanly(cloned_db: ClonedDatabase, end: signal.Signals) -> None:
    write()
    environment = os.environ | {"DATABASE_URL": cloned_db.url("runtime")}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", ROOT / "manage.py", "ledger_sealer", "--poll", "300"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(sealed(1), within=60)
        until(asleep)
        process.send_signal(end)
        output, errors = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, errors
    assert output == "Sealing.\nStopped; sealed 1.\n"
    assert not asleep()
