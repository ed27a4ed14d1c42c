"""The worker's jobs of notifications."""

from procrastinate.contrib.django import app

from platform_api.identity.actors import system_actor

from .services import mail_send_next

MAILER = "mailer"
"""The system actor that sees whose mail is due; row-level security knows it."""
_AT_MOST = 1000


def send_due_mails() -> int:
    """Send what is due, each in a transaction of its own; how many were handed over."""
    actor = system_actor(MAILER)
    sent = 0
    for _ in range(_AT_MOST):
        handed_over = mail_send_next(actor=actor)
        if handed_over is None:
            break
        sent += handed_over
    return sent


@app.periodic(cron="* * * * *", queueing_lock="notifications.mails")
@app.task(name="notifications.mails", queueing_lock="notifications.mails")
def mails(timestamp: int) -> None:
    """Send the mails that are due."""
    send_due_mails()
