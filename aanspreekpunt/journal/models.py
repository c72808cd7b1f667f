"""The journal: one line per thing that happened. It only grows; the database refuses anything else."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """One thing that happened. The line itself never holds personal content: texts stand in `EntryText`."""

    class ByKind(models.TextChoices):
        """What kind of actor did it."""

        EMPLOYEE = "employee"
        TEAM = "team"
        SYSTEM = "system"
        RESIDENT = "resident"
        TOKEN = "token"  # noqa: S105 - a kind of actor, no secret

    event = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    team_id = models.BigIntegerField(null=True, help_text="The team whose screens must know.")
    by_kind = models.TextField(choices=ByKind.choices)
    by_id = models.BigIntegerField(null=True)
    by_name = models.TextField(blank=True)
    at = models.DateTimeField()
    shown_to_resident = models.BooleanField(default=False)
    data = models.JSONField(default=dict, help_text="Codes and ids only, never personal content.")

    class Meta:
        db_table = "journal_entry"
        constraints = [
            models.CheckConstraint(
                name="journal_known_actor_kind",
                condition=models.Q(by_kind__in=["employee", "team", "system", "resident", "token"]),
            ),
            models.CheckConstraint(
                name="journal_resident_stays_nameless", condition=~models.Q(by_kind="resident") | models.Q(by_name="")
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_of_a_subject"),
            models.Index(fields=["team_id", "id"], name="journal_of_a_team", condition=models.Q(team_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_kind} {self.subject_id}"


class EntryText(models.Model):
    """The words that belong to a line; the only part that privacy erasure may empty."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "journal_entry_text"
        constraints = [
            models.CheckConstraint(
                name="journal_erased_text_is_empty", condition=models.Q(erased_at__isnull=True) | models.Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"text of {self.entry_id}"


class Look(models.Model):
    """One look of an employee at personal data, with its purpose. Only grows."""

    employee_id = models.BigIntegerField()
    employee_name = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.BigIntegerField()
    purpose = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "journal_look"
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="look_at_a_subject"),
            models.Index(fields=["employee_id", "-id"], name="look_by_an_employee"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.subject_kind} {self.subject_id}"
