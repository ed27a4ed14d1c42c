from typing import Any

from django.core.management.base import BaseCommand

from platform_api.ledger.housekeeping import clean_up


class Command(BaseCommand):
    help = "Remove kept answers older than 24 hours, full throttle buckets, finished denial counts."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        removed = clean_up()
        self.stdout.write(
            f"Removed {removed.answers} kept answers, {removed.buckets} throttle buckets, "
            f"{removed.denial_counts} denial counts."
        )
