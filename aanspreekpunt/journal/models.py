"""The journal: one line per thing that happened. It only grows; the database refuses anything else."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
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


class Access(models.Model):
    """Things of one kind that another system read or wrote in one request: what for, and for whom. Only grows.

    One line however many things they were, because a page of a hundred is one request. `shown` counts them all; `ids`
    names the first of them, as many as `access_log.MOST_IDS_OF_ONE_REQUEST` allows.
    """

    class Verb(models.TextChoices):
        """What it did."""

        LIST = "list"
        READ = "read"
        CREATE = "create"
        CHANGE = "change"
        DELETE = "delete"

    token_id = models.BigIntegerField()
    token_name = models.TextField()
    verb = models.TextField(choices=Verb.choices)
    resource = models.TextField(help_text="what kind of thing: contacts, parties, …")
    ids = ArrayField(models.UUIDField(), default=list)
    shown = models.PositiveIntegerField()
    purpose = models.TextField(blank=True, help_text="as the other system gave it")
    on_behalf_of = models.TextField(blank=True, help_text="who used the other system, as it gave it")
    trace_id = models.TextField(help_text="32 hexadecimal digits, as in W3C Trace Context")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "journal_access"
        constraints = [
            models.CheckConstraint(
                name="access_known_verb",
                condition=models.Q(verb__in=["list", "read", "create", "change", "delete"]),
            ),
        ]
        indexes = [
            models.Index(fields=["token_id", "-id"], name="access_of_a_token"),
            # What waits to be sorted in is kept short, so that no single request pays for thousands of others.
            GinIndex(fields=["ids"], name="access_to_a_thing", gin_pending_list_limit=256),
        ]

    def __str__(self) -> str:
        return f"{self.token_name}: {self.verb} {self.resource}"
