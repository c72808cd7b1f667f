"""A file with answers that an editor brings in on his screen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.organisation.models import Employee


class AnswerImport(models.Model):
    """One file: first only tried, then done when its owner says so. Its file and report are kept for a day."""

    class State(models.TextChoices):
        """How far it is."""

        TRYING = "trying", _("Being tried")
        TRIED = "tried", _("Tried, nothing is brought in yet")
        DOING = "doing", _("Being brought in")
        DONE = "done", _("Brought in")
        STOPPED = "stopped", _("Stopped")

    class Reason(models.TextChoices):
        """Why it stopped."""

        TOO_MANY_ROWS = (
            "too_many_rows",
            _("There are too many answers in this file. Split it, or ask an administrator."),
        )
        TOO_MANY_REFUSED = (
            "too_many_refused",
            _("Nearly nothing in this file can be used. Probably it is another kind of file than was chosen."),
        )
        NO_RIGHT = "no_right", _("You may not approve all answers any more.")
        FILE_GONE = "file_gone", _("The file is not here any more. Choose it again.")
        BROKEN = (
            "broken",
            _("Something went wrong on our side. What came in stays; try it again, nothing comes in twice."),
        )

    uuid = models.UUIDField(default=new_uuid, unique=True)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    file_name = models.TextField(help_text="as the employee calls it; only shown")
    stored_as = models.TextField(help_text="path of the file below the attachments directory")
    report_as = models.TextField(blank=True, help_text="path of the report on each row, likewise")
    size = models.PositiveBigIntegerField(help_text="bytes")
    shape = models.TextField()
    is_published = models.BooleanField(default=False, help_text="or the answers come in as drafts")
    state = models.TextField(choices=State.choices, default=State.TRYING)
    stopped_by = models.TextField(choices=Reason.choices, blank=True)
    times_begun = models.PositiveSmallIntegerField(default=0, help_text="more than 1: it was broken off")
    rows_read = models.PositiveIntegerField(default=0)
    rows_in_file = models.PositiveIntegerField(default=0, help_text="known when it was tried")
    counts = models.JSONField(default=dict, help_text="how many rows are created, changed, unchanged and refused")
    findings = models.JSONField(default=dict, help_text="what is said about rows, alike ones together, the first ones")
    begun_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="when it came in this state")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_known_state", condition=Q(state__in=["trying", "tried", "doing", "done", "stopped"])
            ),
            models.CheckConstraint(
                name="import_stopped_has_a_reason",
                condition=(Q(state="stopped") & ~Q(stopped_by="")) | (~Q(state="stopped") & Q(stopped_by="")),
            ),
        ]
        indexes = [models.Index(fields=["employee", "-begun_at"], name="import_of_employee")]

    def __str__(self) -> str:
        return f"import {self.uuid}"

    @property
    def is_under_way(self) -> bool:
        """Whether a job works on it, or will."""
        return self.state in {self.State.TRYING, self.State.DOING}

    @property
    def brings_something(self) -> bool:
        """Whether any answer is made or changed by it."""
        return bool(self.counts.get("created") or self.counts.get("changed"))
