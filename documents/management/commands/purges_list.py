import json
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.purging.selectors import purged_since
from documents.texts.selectors import sees_every_section


def moment(text: str) -> datetime:
    """A time with its zone, such as 2026-04-01T08:00:00Z."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("write it as 2026-04-01T08:00:00Z") from error
    if at.tzinfo is None:
        raise ArgumentTypeError("write it with its zone, as 2026-04-01T08:00:00Z")
    return at


class Command(BaseCommand):
    help = (
        "List what was purged, one JSON object a line, without any content: what a database that "
        "is restored from a backup of before has to lose again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", type=moment, metavar="TIME", help="the time of the backup; all by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not sees_every_section():
            raise CommandError("Only the owner's role sees every purge: DATABASE_ROLE=owner.")
        for each in purged_since(options["since"]):
            self.stdout.write(json.dumps(each))
