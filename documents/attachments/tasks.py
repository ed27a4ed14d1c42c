"""The worker's jobs about attachments."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .storing import REMOVAL, remove_now, remove_orphans

RETRY = RetryStrategy(wait=60, linear_wait=60)
"""A minute later, and then each time a minute later than before, until the storage answers."""


@app.task(name=REMOVAL, retry=RETRY)
def attachment_removal(name: str) -> None:
    """Remove a file that nothing refers to any more."""
    remove_now(name)


@app.periodic(cron="17 3 * * *", queueing_lock="documents.attachments")
@app.task(name="documents.attachments", queueing_lock="documents.attachments")
def attachments(timestamp: int) -> None:
    """Remove files that a process left behind when it died."""
    remove_orphans()
