"""Housekeeping of questions."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.questions.attachments import remove_unattached, scan_what_waits


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="remove-unattached-files")
def remove_unattached_files(timestamp: int) -> None:
    """Remove files that were chosen in a form nobody sent."""
    del timestamp
    remove_unattached(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="scan-files-that-wait")
def scan_files_that_wait(timestamp: int) -> None:
    """Have files looked at that came in while the virus scanner was away."""
    del timestamp
    scan_what_waits()
