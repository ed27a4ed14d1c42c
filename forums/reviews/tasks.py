"""The worker's jobs of access reviews."""

from procrastinate.contrib.django import app

from forums.membership.system import membership_actor

from .services import access_review_close_next

_AT_MOST = 100


def close_due_reviews() -> int:
    """Write down how due reviews ended, each in a transaction of its own; how many there were."""
    actor = membership_actor()
    closed = 0
    while closed < _AT_MOST and access_review_close_next(actor=actor):
        closed += 1
    return closed


@app.periodic(cron="* * * * *", queueing_lock="forums.reviews")
@app.task(name="forums.reviews", queueing_lock="forums.reviews")
def reviews(timestamp: int) -> None:
    """Write the ledger of reviews that are due."""
    close_due_reviews()
