"""The worker's jobs about attachments."""

from procrastinate.contrib.django import app

from .storing import remove_orphans


@app.periodic(cron="17 3 * * *", queueing_lock="documents.attachments")
@app.task(name="documents.attachments", queueing_lock="documents.attachments")
def attachments(timestamp: int) -> None:
    """Remove files that a process left behind when it died."""
    remove_orphans()
