"""The worker's jobs of the ledger."""

from procrastinate.contrib.django import app

from .housekeeping import clean_up


@app.periodic(cron="17 * * * *", queueing_lock="ledger.housekeeping")
@app.task(name="ledger.housekeeping", queueing_lock="ledger.housekeeping")
def housekeeping(timestamp: int) -> None:
    """Remove what has served its time; finished denial counts become entries."""
    clean_up()
