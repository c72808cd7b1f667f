"""Housekeeping of questions."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.questions.attachments import remove_unattached, scan_what_waits
from aanspreekpunt.questions.operations.words import forget_unused_words


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


@app.periodic(cron="17 4 * * *")
@app.task(queueing_lock="forget-unused-words")
def forget_words_no_contact_has(timestamp: int) -> None:
    """Forget words that were only in contacts that are gone."""
    del timestamp
    forget_unused_words()
