"""Links in answers, and what following them gave."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class FollowedLink(models.Model):
    """An address that stands in an answer, with the outcome of the last visits; one bad night does not break a link."""

    address = models.TextField(unique=True)
    outcomes = ArrayField(models.TextField(), default=list, help_text="of the last three visits, the newest last")
    visited_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address
