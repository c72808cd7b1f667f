"""Housekeeping that belongs to no part in particular."""

from __future__ import annotations

from django.core.management import call_command
from procrastinate.contrib.django import app

HOURS_TO_KEEP_DONE_JOBS = 7 * 24


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry-stalled-jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Give jobs back whose worker died while it was doing them."""
    del timestamp
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="remove-old-jobs")
async def remove_old_jobs(timestamp: int) -> None:
    """Forget jobs that are done."""
    del timestamp
    await app.job_manager.delete_old_jobs(nb_hours=HOURS_TO_KEEP_DONE_JOBS)


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="clear-sessions")
def clear_sessions(timestamp: int) -> None:
    """Forget sessions that ended."""
    del timestamp
    call_command("clearsessions")
