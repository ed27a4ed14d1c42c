"""`manage.py worker`: runs jobs as the runtime role, survives failing ones, ends cleanly."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from platform_api.core.clock import database_now
from platform_api.ledger.models import Event, IdempotentAnswer
from platform_api.notifications.models import Notification
from tests.documents.desk import lay_desk
from tests.factories import grant
from tests.postgres import ROOT, ClonedDatabase
from tests.waiting import until

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]


@contextmanager
def working(database: ClonedDatabase, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A worker that logs in as the runtime role and writes mails into a folder."""
    environment = os.environ | {
        "DATABASE_URL": database.url("runtime"),
        "DJANGO_SETTINGS_MODULE": "platform_api.settings",
        "DATABASE_RUNTIME_ROLE": "",
        "TRIAL": "1",
        "VAR_DIR": str(folder),
    }
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", ROOT / "manage.py", "worker"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def jobs(status: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status::text = %s", [status])
        return int(cursor.fetchone()[0])


def workers() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return int(cursor.fetchone()[0])


def test_every_periodic_job_has_its_time() -> None:
    times = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert times == {
        "documents.attachments": "17 3 * * *",
        "documents.working_copies": "41 3 * * *",
        "events.ended_grants": "* * * * *",
        "forums.reviews": "* * * * *",
        "ledger.housekeeping": "17 * * * *",
        "notifications.mails": "* * * * *",
        "queue.housekeeping": "*/10 * * * *",
    }


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_does_what_is_due_at_its_start_and_ends_cleanly(
    cloned_db: ClonedDatabase, tmp_path: Path, end: signal.Signals
) -> None:
    desk = lay_desk()
    section = desk.section(released=True)
    grant(section, desk.montenegro, expires_at=database_now() - timedelta(seconds=1))
    with working(cloned_db, tmp_path) as process:
        until(lambda: Event.objects.filter(type="access.ended").exists())
        until(lambda: not Notification.objects.filter(mailed_at=None).exists())
        process.send_signal(end)
        output, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert output == "Working.\nStopped.\n"
    assert errors == ""
    sent = [path.read_text() for path in (tmp_path / "mail").iterdir()]
    assert sum(text.count("Subject: [seemic] section.released") for text in sent) == 2
    # What succeeded leaves no row behind, and the worker no trace.
    assert (jobs("succeeded"), jobs("doing"), workers()) == (0, 0, 0)


def test_a_deferred_job_is_done(cloned_db: ClonedDatabase, tmp_path: Path) -> None:
    def keep(key: str) -> None:
        IdempotentAnswer.objects.create(
            caller="x", key=key, request_sha256=b"", status=200, headers={}, body=b"", secret=False
        )
        IdempotentAnswer.objects.update(made_at=database_now() - timedelta(days=2))

    with working(cloned_db, tmp_path):
        until(lambda: workers() == 1)
        keep("a")
        app.configure_task("ledger.housekeeping").defer(timestamp=0)
        until(lambda: not IdempotentAnswer.objects.exists())


def test_it_ends_by_itself_when_it_loses_the_database(
    cloned_db: ClonedDatabase, tmp_path: Path
) -> None:
    with working(cloned_db, tmp_path) as process:
        until(lambda: workers() == 1)
        with psycopg.connect(cloned_db.server.url, autocommit=True) as other:
            other.execute(f"ALTER DATABASE {cloned_db.name} ALLOW_CONNECTIONS false")
            other.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                " WHERE datname = %s AND usename = 'rcp_runtime'",
                [cloned_db.name],
            )
            process.communicate(timeout=90)
    assert process.returncode == 1


def test_the_runtime_role_may_use_the_queue_whatever_its_version(
    cloned_db: ClonedDatabase,
) -> None:
    """After an upgrade that brings functions, a further migration has to grant them."""
    query = """
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.proname LIKE 'procrastinate\\_%'
            AND NOT has_function_privilege('rcp_runtime', p.oid, 'EXECUTE')
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.fetchall() == []


def test_a_job_whose_worker_died_is_run_again(cloned_db: ClonedDatabase, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'events.ended_grants', '{\"timestamp\": 1}', 'doing')"
        )
    app.configure_task("queue.housekeeping").defer(timestamp=0)
    with working(cloned_db, tmp_path):
        until(lambda: jobs("doing") == 0 and jobs("todo") == 0)
