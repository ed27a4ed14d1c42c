"""Writes the OpenAPI document, or says whether the committed one is what the views declare."""

import difflib
from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from platform_api.core.openapi.document import NotClean, committed_path, generate, render

_SHOWN_LINES = 40


class Command(BaseCommand):
    """``manage.py openapi [--check]``; it needs no database."""

    help = "Write openapi/platform-api.v1.yaml; with --check, fail unless it is up to date."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; compare.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = render(generate())
        except NotClean as reason:
            raise CommandError(f"The document can't be made:\n{reason}") from None
        path = committed_path()
        if not options["check"]:
            path.write_text(made, encoding="utf-8")
            self.stdout.write(f"{path.name}: {len(made.splitlines())} lines")
            return
        committed = path.read_text(encoding="utf-8") if path.exists() else ""
        if made != committed:
            lines = difflib.unified_diff(
                committed.splitlines(), made.splitlines(), "committed", "made", lineterm="", n=1
            )
            shown = "\n".join(islice(lines, _SHOWN_LINES))
            raise CommandError(
                f"{path.name} is not what the views declare; `make openapi`.\n{shown}"
            )
        self.stdout.write(f"{path.name} is up to date")
