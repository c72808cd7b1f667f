"""Alarms about mail that were told to the administrator."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ToldAlarm(models.Model):
    """One thing that was the matter with mail, from when it was told until it was over."""

    key = models.TextField(help_text="what is the matter, and with which mailbox")
    words = models.TextField(help_text="as it was told")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="when it was last the matter")
    over_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="alarm_lasts_once", fields=["key"], condition=Q(over_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.key
