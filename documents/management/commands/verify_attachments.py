import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.attachments.verification import FileFault, findings
from documents.texts.selectors import sees_every_section


class Command(BaseCommand):
    help = (
        "Hash every attached file anew, and look for files that belong to nothing, such as those "
        "of a purge or a deletion that the storage did not remove yet. Print how many there are; "
        "each that is not as it should be goes to the standard error, with exit code 1."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not sees_every_section():
            raise CommandError("Only the owner's role sees every file: DATABASE_ROLE=owner.")
        files = purged = faults = 0
        for finding in findings():
            files += not finding.purged and finding.fault is not FileFault.ORPHAN
            purged += finding.purged
            if finding.fault is not None:
                faults += 1
                self.stderr.write(f"{_KIND[finding.fault]} {finding.name}: {_WHAT[finding.fault]}")
        self.stdout.write(f"{files} files, {purged} purged")
        if faults:
            self.stderr.write(f"THE FILES DO NOT VERIFY. Differences: {faults}")
            sys.exit(1)


_KIND = dict.fromkeys(FileFault, "attachment") | {FileFault.ORPHAN: "file"}
_WHAT = {
    FileFault.MISSING: "its file is gone",
    FileFault.CHANGED: "its bytes are not those that were attached",
    FileFault.ORPHAN: "it belongs to no attachment; the worker removes it",
    FileFault.UNRECORDED: "it is gone, and the ledger does not say who purged it",
}
