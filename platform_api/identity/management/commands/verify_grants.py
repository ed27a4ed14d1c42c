import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from platform_api.identity.grant_faults import grant_faults, sees_every_grant


class Command(BaseCommand):
    help = (
        "Compare every grant with its object and print how many faults there are: 0 on a sound "
        "instance, else each fault on the standard error and exit code 1."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not sees_every_grant():
            raise CommandError("Only the owner's role sees every grant: DATABASE_ROLE=owner.")
        count = 0
        for fault in grant_faults():
            self.stderr.write(f"{fault.table} {fault.row}: {fault.what}")
            count += 1
        self.stdout.write(str(count))
        if count:
            sys.exit(1)
