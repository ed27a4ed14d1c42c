"""A migrated database of the run's own, on a server of its own."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platform_api.ops.postgres import EmbeddedPostgres
from platform_api.ops.roles import DATABASE, bootstrap

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def fresh_database() -> Iterator[None]:
    """Set Django up on an empty, migrated database; requests run under the runtime role."""
    with tempfile.TemporaryDirectory(prefix="rcp-bench-") as folder:
        os.chmod(folder, 0o755)
        with EmbeddedPostgres(Path(folder) / "postgres", tuning="test") as server:
            owner, runtime = secrets.token_urlsafe(), secrets.token_urlsafe()
            bootstrap(server.superuser_url(), owner_password=owner, runtime_password=runtime)
            os.environ |= {
                "TRIAL": "1",
                "DJANGO_SETTINGS_MODULE": "platform_api.settings",
                "DATABASE_OWNER_URL": server.url(user="rcp_owner", password=owner, name=DATABASE),
                "DATABASE_URL": server.superuser_url(DATABASE),
                "DATABASE_RUNTIME_ROLE": "rcp_runtime",
                "THROTTLE_PER_MINUTE": "1000000",
                "THROTTLE_BURST": "1000000",
                "LOG_LEVEL": "ERROR",
            }
            subprocess.run(
                [sys.executable, "-W", "ignore", "manage.py", "migrate", "--verbosity=0"],
                cwd=ROOT,
                env={**os.environ, "DATABASE_ROLE": "owner"},
                check=True,
            )
            import django

            django.setup()
            try:
                yield
            finally:
                from django.db import connections

                connections.close_all()
