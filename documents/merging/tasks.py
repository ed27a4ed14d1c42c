"""The worker's jobs about working copies."""

from procrastinate.contrib.django import app

from platform_api.identity.actors import system_actor

from .keeping import working_copies_expire

EXPIRER = "working_copies"
"""The system actor that may take old working copies; the database function knows it."""
_BATCH = 200


def expire_working_copies() -> int:
    """Take away those that are past their time, in batches that commit; how many there were."""
    actor = system_actor(EXPIRER)
    total = 0
    while taken := working_copies_expire(actor=actor, at_most=_BATCH):
        total += taken
        if taken < _BATCH:
            break
    return total


@app.periodic(cron="41 3 * * *", queueing_lock="documents.working_copies")
@app.task(name="documents.working_copies", queueing_lock="documents.working_copies")
def working_copies(timestamp: int) -> None:
    """Take away working copies that nobody took up again."""
    expire_working_copies()
