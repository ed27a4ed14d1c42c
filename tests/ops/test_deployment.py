"""The files that production starts from agree with the code and with themselves."""

import re
import subprocess
from pathlib import Path

import psycopg
import pytest

from platform_api.ops import roles
from platform_api.ops.postgres import installed_binaries
from platform_api.ops.urls import database_from_url

ROOT = Path(__file__).resolve().parents[2]


def test_the_compose_file_uses_the_sql_that_the_code_has():
    assert (ROOT / "deploy/postgres/roles.sql").read_text() == roles.script()


def test_psql_runs_the_printed_sql_twice(postgres_server, tmp_path):
    script = tmp_path / "roles.sql"
    script.write_text(roles.script())
    name = f"{postgres_server.prefix}_printed_{tmp_path.name.replace('-', '_')}"
    try:
        for _ in range(2):
            result = subprocess.run(
                [
                    *(installed_binaries() / "psql", postgres_server.url, "--no-psqlrc", "--quiet"),
                    *("--set", f"database={name}", "--file", script),
                    *("--set", f"owner_password={postgres_server.passwords['owner']}"),
                    *("--set", f"runtime_password={postgres_server.passwords['runtime']}"),
                ],
                capture_output=True,
                text=True,
                check=False,
            )
            assert (result.returncode, result.stderr) == (0, "")
        with psycopg.connect(postgres_server.url_of(name, "owner")) as connection:
            connection.execute("CREATE TABLE thing (id int)")
            connection.commit()
        with psycopg.connect(postgres_server.url_of(name, "runtime")) as connection:
            connection.execute("INSERT INTO thing VALUES (1)")
    finally:
        postgres_server.drop(name)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index" not in re.sub(r"^[a-z0-9-]+==.*$", "", text, flags=re.MULTILINE)
    requirements = [line for line in text.splitlines() if not line.startswith((" ", "#"))]
    assert requirements
    assert all(line.endswith("\\") for line in requirements)


def test_generated_secrets_are_private_and_readable_as_settings(tmp_path):
    (tmp_path / "make-secrets.sh").write_bytes((ROOT / "deploy/make-secrets.sh").read_bytes())
    for _ in range(2):
        subprocess.run(["sh", tmp_path / "make-secrets.sh"], check=True, capture_output=True)
    folder = tmp_path / "secrets"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert len((folder / "secret_key").read_text().strip()) >= 50
    settings = database_from_url((folder / "database_url").read_text().strip())
    assert settings["USER"] == roles.RUNTIME
    assert settings["PASSWORD"] == (folder / "runtime_password").read_text().strip()
