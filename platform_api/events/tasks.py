"""The worker's jobs of the change feed."""

from procrastinate.contrib.django import app

from platform_api.identity.actors import system_actor

from .services import ended_grants_tell

TELLER = "grants"
"""The system actor that may take ended grants; the database function knows it."""
_BATCH = 500


def tell_ended_grants() -> int:
    """Write ``access.ended`` for each grant that ran out; how many there were."""
    actor = system_actor(TELLER)
    total = 0
    while told := ended_grants_tell(actor=actor, at_most=_BATCH):
        total += told
        if told < _BATCH:
            break
    return total


@app.periodic(cron="* * * * *", queueing_lock="events.ended_grants")
@app.task(name="events.ended_grants", queueing_lock="events.ended_grants")
def ended_grants(timestamp: int) -> None:
    """Tell of the grants that ran out by time."""
    tell_ended_grants()
