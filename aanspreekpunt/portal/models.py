"""Counting how often something is tried, so that nobody can guess codes or flood us."""

from __future__ import annotations

from django.db import models


class Tries(models.Model):
    """How often one address (kept as a keyed hash only), or everybody together, tried something for a while."""

    kind = models.TextField(help_text="what was tried, e.g. follow")
    who = models.BinaryField(help_text="keyed hash of the address; empty for everybody together")
    began_at = models.DateTimeField(help_text="begin of the stretch of time")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="portal_tries_once", fields=["kind", "who", "began_at"])]
        indexes = [models.Index(fields=["began_at"], name="portal_tries_old")]

    def __str__(self) -> str:
        return f"{self.kind} {self.began_at}"
