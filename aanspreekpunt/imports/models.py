"""What is remembered of copying another register: how far it came, what came from there, and what was refused."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class ImportSource(models.Model):
    """Another register, by its address."""

    address = models.TextField(unique=True, help_text="base address, without a final slash")

    def __str__(self) -> str:
        return self.address


class ImportRun(models.Model):
    """One time that a register was copied, however often it was interrupted."""

    source = models.ForeignKey(ImportSource, on_delete=models.PROTECT, related_name="runs")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.TextField(blank=True, help_text="why it came to a halt, as a code; empty while nobody knows")
    lines = models.JSONField(
        null=True, help_text="what became of each list when it had ended; a later run changes what the tables say"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="import_one_run_at_a_time", fields=["source"], condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.source_id}"


class ImportStretch(models.Model):
    """One list of that register: the page that is next, and what came of the things on the pages before it.

    Written in the transaction of each page, so that whoever goes on never does a page twice or skips one.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="stretches", db_index=False)
    name = models.TextField(help_text="the path of its kind, with the part of the list that is read")
    is_part = models.BooleanField(
        default=False,
        help_text="whether the other register was asked for a part of a list, so that parts add up",
    )
    next_page = models.PositiveIntegerField(default=1)
    round = models.PositiveSmallIntegerField(default=1, help_text="how often the list was begun")
    is_done = models.BooleanField(default=False)
    trouble = models.TextField(blank=True, help_text="why the list was not read, as a code")
    count = models.PositiveBigIntegerField(default=0, help_text="how many things the other register says there are")
    moved_at = models.DateTimeField(null=True, help_text="when its last page was taken over")
    met = models.PositiveBigIntegerField(default=0, help_text="how many different things with a uuid it showed")
    came_in = models.PositiveBigIntegerField(default=0)
    brought_up_to_date = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0, help_text="came in before, and said the same since")
    was_here = models.PositiveBigIntegerField(default=0, help_text="here already, from elsewhere")
    changed_here = models.PositiveBigIntegerField(default=0, help_text="changed here since, so left alone")
    removed_here = models.PositiveBigIntegerField(default=0, help_text="removed here since, so kept out")

    class Meta:
        constraints = [models.UniqueConstraint(name="import_stretch_once", fields=["run", "name"])]

    def __str__(self) -> str:
        return f"{self.name} of import {self.run_id}"

    @property
    def path(self) -> str:
        """The path of its kind, as the standard names it."""
        return self.name.partition(" (")[0]


class ImportedThing(models.Model):
    """Something another register has, as it was when we last took it over or looked at it."""

    class How(models.TextChoices):
        """What became of it."""

        CAME_IN = "came_in"
        WAS_HERE = "was_here"
        REFUSED = "refused"

    source = models.ForeignKey(ImportSource, on_delete=models.CASCADE, related_name="+", db_index=False)
    path = models.TextField()
    uuid = models.UUIDField()
    how = models.TextField(choices=How.choices)
    said = models.BinaryField(default=bytes, help_text="hash of what we took over; empty: take it over again")
    seen_in = models.BigIntegerField(help_text="the last run that met it there")

    class Meta:
        constraints = [models.UniqueConstraint(name="imported_thing_once", fields=["source", "path", "uuid"])]

    def __str__(self) -> str:
        return f"{self.path} {self.uuid}"


class ImportRefusal(models.Model):
    """Why something, or a part of it, did not come in. Names of fields and codes, never what they hold."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="refusals", db_index=False)
    path = models.TextField()
    uuid = models.TextField(blank=True, help_text="empty when it has none that can be read")
    field = models.TextField()
    code = models.TextField()
    is_whole = models.BooleanField(help_text="whether the thing stayed out; otherwise it came in without this")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="import_refusal_once", fields=["run", "path", "uuid", "field", "code"])
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.uuid} {self.field} {self.code}"


class ImportLink(models.Model):
    """A reference to something that comes in later, filled in when everything is here."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="links")
    path = models.TextField()
    uuid = models.UUIDField()
    field = models.TextField()
    target = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(name="import_link_once", fields=["run", "path", "uuid", "field"])]

    def __str__(self) -> str:
        return f"{self.field} of {self.uuid}"
