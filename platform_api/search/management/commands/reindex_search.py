from argparse import ArgumentTypeError
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from platform_api.core.registry import SearchSource, registry
from platform_api.search.indexing import index
from platform_api.search.models import SearchEntry


def place(text: str) -> tuple[str, UUID]:
    """``<type>:<id>``, as an earlier run printed it."""
    name, _, key = text.partition(":")
    try:
        return name, UUID(key)
    except ValueError as error:
        raise ArgumentTypeError("write it as <type>:<id>") from error


class Command(BaseCommand):
    help = (
        "Write the search index anew from the texts as they are, in batches that commit. Texts "
        "can be written meanwhile. A run that was stopped goes on with --after."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--type", help="this type only")
        parser.add_argument(
            "--after", type=place, metavar="TYPE:ID", help="go on behind this object"
        )
        parser.add_argument("--batch", type=int, default=200, help="objects in a batch (200)")

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('search_entry', 'SELECT')")
            if not cursor.fetchone()[0]:
                raise CommandError("Only the owner's role sees every text: DATABASE_ROLE=owner.")
        names = sorted(registry.search_sources)
        after: tuple[str, UUID] | None = options["after"]
        wanted = options["type"] or (after[0] if after else None)
        if wanted is not None and wanted not in names:
            raise CommandError(f"Types are: {', '.join(names)}.")
        if options["type"]:
            names = [options["type"]]
        for name in names:
            if after is not None and name < after[0]:
                continue
            start = after[1] if after is not None and name == after[0] else None
            self._one(name, registry.search_sources[name], start, options["batch"])

    def _one(self, name: str, source: SearchSource, start: UUID | None, size: int) -> None:
        """Index the objects of one source behind an id, in the order of their ids."""
        rows = source.model._default_manager.order_by("pk")
        done = 0
        while True:
            batch_rows = rows if start is None else rows.filter(pk__gt=start)
            with transaction.atomic():
                # Held, so that nothing is written between reading a text and indexing it.
                batch = list(batch_rows.select_for_update(of=("self",))[:size])
                if not batch:
                    break
                index(source, batch)
            start = batch[-1].pk
            done += len(batch)
            self.stdout.write(f"{name}:{start} ({done})")
        entries = SearchEntry.objects.filter(type_name=name)
        gone, _ = entries.exclude(object_id__in=source.model._default_manager.values("pk")).delete()
        self.stdout.write(f"{name}: {done} written, {gone} entries of nothing removed")
