"""Housekeeping of the portal."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.portal.limits import forget_old_tries


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="forget-old-tries")
def forget_tries(timestamp: int) -> None:
    """Forget who tried what more than a day ago."""
    del timestamp
    forget_old_tries(at=timezone.now())
