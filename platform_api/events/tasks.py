"""The worker's jobs of the change feed."""

from procrastinate.contrib.django import app

from .services import tell_ended_grants


@app.periodic(cron="* * * * *", queueing_lock="events.ended_grants")
@app.task(name="events.ended_grants", queueing_lock="events.ended_grants")
def ended_grants(timestamp: int) -> None:
    """Tell of the grants that ran out by time."""
    tell_ended_grants()
