"""The worker's jobs about its own queue."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

KEEP_HOURS = 72
"""How long failed jobs are kept to be looked at."""


@app.periodic(cron="*/10 * * * *", queueing_lock="queue.housekeeping")
@app.task(name="queue.housekeeping", queueing_lock="queue.housekeeping")
async def queue_housekeeping(timestamp: int) -> None:
    """Forget old jobs, and run those again whose worker died."""
    manager = app.job_manager
    await manager.delete_old_jobs(
        nb_hours=KEEP_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job, retry_at=datetime.now(UTC))
        except UniqueViolation:  # the next of its kind waits already
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)
