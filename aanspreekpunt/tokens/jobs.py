"""Housekeeping of what was answered to other systems."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.tokens.once import forget_old_answers


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="forget-old-answers")
def forget_answers(timestamp: int) -> None:
    """Erase what was answered more than a day ago."""
    del timestamp
    forget_old_answers(at=timezone.now())
