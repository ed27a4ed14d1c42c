"""``manage.py worker``: see ``platform_api.ops.worker``."""

import asyncio
import sys
from typing import Any

from django.core.management.base import BaseCommand

from platform_api.ops.worker import run_worker


class Command(BaseCommand):
    """Runs background and periodic jobs."""

    help = "Run background and periodic jobs until SIGTERM."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal; exits with 1 when it ended by itself."""
        self.stdout.write("Working.")
        self.stdout.flush()
        if not asyncio.run(run_worker()):
            sys.exit(1)
        self.stdout.write("Stopped.")
