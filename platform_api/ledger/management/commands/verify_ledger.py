import json
import sys
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from platform_api.ledger.sealing import seal_pending
from platform_api.ledger.verification import Problem, Purge, Report, verify


def known_head(text: str) -> tuple[int, bytes]:
    """``<position>:<chain hash in hex>``, as an earlier report printed it."""
    position, _, chain = text.partition(":")
    try:
        return int(position), bytes.fromhex(chain)
    except ValueError as error:
        raise ArgumentTypeError("write it as <position>:<chain hash in hex>") from error


class Command(BaseCommand):
    help = "Recompute the whole ledger and name whatever does not fit; exit code 1 if anything."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="a report for programs")
        parser.add_argument("--no-seal", action="store_true", help="do not seal what waits first")
        parser.add_argument(
            "--cap", type=int, default=100, help="name at most so many problems and purges (100)"
        )
        parser.add_argument(
            "--known", type=known_head, metavar="POSITION:HASH",
            help="a position and its chain hash that was kept outside",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_seal"]:
            seal_pending()
        report = verify(cap=options["cap"], known=options["known"])
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(report), indent=2))
        else:
            self.stdout.write("\n".join(_as_lines(report)))
        if not report.ok:
            sys.exit(1)


def _as_data(report: Report) -> dict[str, Any]:
    return {
        "ok": report.ok,
        "sealed": report.sealed,
        "head": {"position": report.head_position, "chain_hash": report.head_chain_hash.hex()},
        "unsealed": report.unsealed,
        "oldest_unsealed": report.oldest_unsealed and report.oldest_unsealed.isoformat(),
        "purged": report.purge_count,
        "purges": [
            {"position": p.position, "entry": str(p.entry), "by": p.by, "at": p.at.isoformat()}
            for p in report.purges
        ],
        "problem_count": report.problem_count,
        "problems": [
            {
                "kind": p.kind.value,
                "position": p.position,
                "entry": p.entry and str(p.entry),
                "detail": p.detail,
            }
            for p in report.problems
        ],
    }


def _as_lines(report: Report) -> list[str]:
    lines = [
        f"Sealed:   {report.sealed} entries",
        f"Head:     {report.head_position}:{report.head_chain_hash.hex()}",
        f"Unsealed: {report.unsealed}",
    ]
    if report.oldest_unsealed:
        lines[-1] += f", the oldest of {_moment(report.oldest_unsealed)}"
    lines.append(f"Purged:   {report.purge_count} details")
    lines += [f"  {_place(p)}: purged by {p.by} at {_moment(p.at)}" for p in report.purges]
    lines += _left_out(report.purge_count, len(report.purges))
    if report.ok:
        return [*lines, "The ledger verifies."]
    first = _place(report.problems[0])
    lines.append(f"THE LEDGER DOES NOT VERIFY. Problems: {report.problem_count}, first: {first}")
    lines += [f"  {_place(p)}: {p.detail} [{p.kind}]" for p in report.problems]
    return [*lines, *_left_out(report.problem_count, len(report.problems))]


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _place(what: Problem | Purge) -> str:
    parts = [f"position {what.position}"] if what.position is not None else []
    return ", ".join([*parts, f"entry {what.entry}"] if what.entry else parts)


def _left_out(count: int, shown: int) -> list[str]:
    return [f"  … and {count - shown} more"] if count > shown else []
