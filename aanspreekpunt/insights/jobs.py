"""Counting every night."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.insights.counting import count_lately


@app.periodic(cron="47 1 * * *")
@app.task(queueing_lock="count-desk-weeks", lock="count-desk-weeks")
def count(timestamp: int) -> None:
    """Count what the desk settled and what it handed over."""
    del timestamp
    count_lately(at=timezone.now())
