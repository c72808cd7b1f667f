"""Which edition of everything that can be found is the newest."""

from __future__ import annotations

from django.db import models


class Edition(models.Model):
    """One row, written by triggers whenever something that can be found changes; each process compares it with its own.

    The number comes from a sequence, so that one that was rolled back never comes again.
    """

    id = models.SmallIntegerField(primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="search_one_edition", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)
