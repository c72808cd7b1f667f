"""The table of counts that are kept, so that nobody has to count a long list."""

from __future__ import annotations

from django.db import models


class ListCount(models.Model):
    """How many rows a part of a long table has, in several slots that have to be added up; see `common.counting`."""

    table = models.TextField()
    part = models.TextField(help_text="the values of the columns it is counted by, with | between them")
    slot = models.SmallIntegerField(help_text="each connection writes its own, so that none waits for another")
    rows = models.BigIntegerField()

    class Meta:
        db_table = "list_count"
        constraints = [models.UniqueConstraint(name="list_count_once", fields=["table", "part", "slot"])]

    def __str__(self) -> str:
        return f"{self.table} {self.part}: {self.rows}"
