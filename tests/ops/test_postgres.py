"""The embedded server: its life is its starter's, and its refusals are sentences."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psycopg
import pytest

from platform_api.ops.postgres import EmbeddedPostgres, PostgresError
from platform_api.ops.system_user import open_tree
from tests.ops.processes import living_under

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def cluster(folder):
    server = EmbeddedPostgres(folder / "db" / "data", tuning="test")
    yield server
    server.stop(limit=5)
    assert living_under(folder) == []


def test_it_starts_keeps_its_data_and_stops(cluster, folder):
    cluster.start()
    with psycopg.connect(cluster.superuser_url(), autocommit=True) as connection:
        assert connection.execute("SELECT upper('čžš đак')").fetchone() == ("ČŽŠ ĐАК",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert int(connection.execute("SHOW max_connections").fetchone()[0]) >= 300
        connection.execute("CREATE TABLE kept (id int)")
    assert cluster.socket_dir.stat().st_mode & 0o777 == 0o700
    assert (folder / "db" / "secrets.json").stat().st_mode & 0o777 == 0o600
    cluster.stop()
    assert living_under(folder) == []

    cluster.start()
    with psycopg.connect(cluster.superuser_url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)

    second = EmbeddedPostgres(cluster.data_dir)
    with pytest.raises(PostgresError, match=r"^Another database server is running on .*\.$"):
        second.start()
    assert cluster.running


def test_a_wrong_password_is_refused(cluster):
    cluster.start()
    url = cluster.url(user="postgres", password="wrong", name="postgres")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)


def test_a_folder_too_deep_for_a_socket_gets_one_elsewhere(folder):
    deep = folder / ("d" * 60) / ("e" * 60) / "data"
    with EmbeddedPostgres(deep, tuning="test") as server:
        elsewhere = server.socket_dir
        assert folder not in elsewhere.parents
        assert elsewhere.stat().st_mode & 0o777 == 0o700
        psycopg.connect(server.superuser_url()).close()
    assert not elsewhere.exists()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(cluster):
    cluster.start()
    cluster.stop()
    with (cluster.data_dir / "postgresql.auto.conf").open("a") as settings:
        settings.write("shared_preload_libraries = 'no_such_library'\n")
    with pytest.raises(PostgresError, match="no_such_library"):
        cluster.start()


def test_it_dies_with_a_starter_that_is_killed(folder):
    starter = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(
                f"""
                import pathlib, time
                from platform_api.ops.postgres import EmbeddedPostgres
                data = pathlib.Path({str(folder / "db" / "data")!r})
                EmbeddedPostgres(data, tuning="test").start()
                print("started", flush=True)
                time.sleep(600)
                """
            ),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert starter.stdout.readline() == "started\n"
        assert living_under(folder)
        starter.send_signal(signal.SIGKILL)
    finally:
        starter.kill()
        starter.wait()
        starter.stdout.close()
    deadline = time.monotonic() + 10
    while living_under(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert living_under(folder) == []
    with EmbeddedPostgres(folder / "db" / "data", tuning="test") as server:
        psycopg.connect(server.superuser_url()).close()


@pytest.mark.skipif(os.getuid() != 0, reason="only root starts the server as another user")
def test_root_opens_a_passage_and_nothing_else(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    said = []
    with EmbeddedPostgres(closed / "db" / "data", tuning="test", say=said.append) as server:
        status = Path(f"/proc/{server.pid}/status").read_text()
    assert "Uid:\t0" not in status
    assert closed.stat().st_mode & 0o777 == 0o701
    assert [line for line in said if str(folder) in line]


def test_installed_files_that_a_strict_umask_closed_are_opened_for_reading_only(folder):
    program, text = folder / "bin" / "program", folder / "text"
    program.parent.mkdir(mode=0o700)
    program.touch(mode=0o700)
    text.touch(mode=0o600)
    assert open_tree(folder)
    assert [path.stat().st_mode & 0o777 for path in (program.parent, program, text)] == [
        0o705,
        0o705,
        0o604,
    ]
    assert not open_tree(folder)
