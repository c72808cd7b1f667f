"""Housekeeping of questions."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.questions.attachments import remove_unattached


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="remove-unattached-files")
def remove_unattached_files(timestamp: int) -> None:
    """Remove files that were chosen in a form nobody sent."""
    del timestamp
    remove_unattached(at=timezone.now())
