import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.texts.selectors import chain_reports, sees_every_section
from documents.texts.verification import Difference, Misfit


class Command(BaseCommand):
    help = (
        "Recompute the chains of all sections, those at home and what opens their commitments, "
        "too. Print how many revisions were read and which were purged; each that does not fit "
        "goes to the standard error, with exit code 1."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not sees_every_section():
            raise CommandError("Only the owner's role sees every section: DATABASE_ROLE=owner.")
        sections = revisions = purged = broken = 0
        for section, report in chain_reports():
            sections += 1
            revisions += report.revisions
            for row in report.purged:
                assert row.purged_at is not None
                purged += 1
                at = row.purged_at.strftime("%Y-%m-%dT%H:%M:%SZ")
                self.stdout.write(f"{_place(section, row)}: purged by {row.purged_by} at {at}")
            for difference in report.differences:
                broken += 1
                self.stderr.write(f"{_place(section, difference)}: {_WHAT[difference.what]}")
        self.stdout.write(f"{sections} sections, {revisions} revisions, {purged} purged")
        if broken:
            self.stderr.write(f"THE SECTIONS DO NOT VERIFY. Differences: {broken}")
            sys.exit(1)


_WHAT = {
    Misfit.MISSING: "it, or what stood before the next one, is gone",
    Misfit.PARENT: "it does not follow the revision before it",
    Misfit.CONTENT: "its text is not the one that was written",
    Misfit.CHAIN_HASH: "its link does not follow from the one before and its digest",
    Misfit.HOME_COMMITMENT: "what stays at home does not open its commitment",
    Misfit.PRESENT_TEXT: "the section's present text, head or link is not this revision's",
    Misfit.PURGE: "its content is gone, and the ledger does not say who purged it",
}


def _place(section: Any, what: Any) -> str:
    revision = what.revision if isinstance(what, Difference) else what.pk
    chain = "home " if what.at_home else ""
    return f"section {section}, {chain}revision {what.number} ({revision or 'unknown'})"
