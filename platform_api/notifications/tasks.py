"""The worker's jobs of notifications."""

from procrastinate.contrib.django import app

from .mails import send_due_mails


@app.periodic(cron="* * * * *", queueing_lock="notifications.mails")
@app.task(name="notifications.mails", queueing_lock="notifications.mails")
def mails(timestamp: int) -> None:
    """Send the mails that are due."""
    send_due_mails()
