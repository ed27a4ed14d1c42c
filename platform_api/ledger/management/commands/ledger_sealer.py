import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from platform_api.ledger.sealer import Sealer
from platform_api.ledger.sealing import seal_pending, unsealed_tail


class Command(BaseCommand):
    help = "Give committed ledger entries their positions and chain hashes, until SIGTERM."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="seal what there is and end")
        parser.add_argument(
            "--poll", type=float, default=1.0, metavar="SECONDS",
            help="look this often when no notification comes (1.0)",
        )  # fmt: skip

    def handle(self, *args: Any, once: bool, poll: float, **options: Any) -> None:
        if once:
            self.stdout.write(f"Sealed {seal_pending()}, {unsealed_tail().count} unsealed.")
            return
        sealer = Sealer(poll_seconds=poll)

        def stop(number: int, frame: FrameType | None) -> None:
            sealer.stop()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        self.stdout.write("Sealing.")
        self.stdout.flush()
        sealer.run()
        self.stdout.write(f"Stopped; sealed {sealer.sealed}.")
