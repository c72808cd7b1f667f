"""Housekeeping that belongs to no part in particular."""

from __future__ import annotations

import structlog
from django.core.management import call_command
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from aanspreekpunt.common.counting import put_counts_together

log = structlog.get_logger("aanspreekpunt.jobs")

HOURS_TO_KEEP_DONE_JOBS = 7 * 24


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry-stalled-jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Give jobs back whose worker died while it was doing them.

    Most do what there is to do, so that when the next one waits already it does their work too. Then the dead one ends:
    as long as it counts as under way, its lock keeps the next from ever beginning.
    """
    del timestamp
    for job in await app.job_manager.get_stalled_jobs():
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        log.warning("job_of_dead_worker", job=job.task_name)


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


@app.periodic(cron="7 4 * * *")
@app.task(queueing_lock="put-counts-together")
def put_kept_counts_together(timestamp: int) -> None:
    """Put the counts of long lists together that each connection kept by itself, so that few have to be added up."""
    del timestamp
    put_counts_together()
