"""Who wants to be told what, what they are told, and each try to tell them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.tokens.models import Token


class Subscription(models.Model):
    """One other system that is told what happens, where, and about what. One that was removed stays on record."""

    class Kind(models.TextChoices):
        """In which words it is told."""

        NOTIFICATIES = "notificaties"
        WEBHOOK = "webhook"
        ROUTER = "router"

    class Paused(models.TextChoices):
        """Why nothing is sent."""

        BY_HAND = "by_hand"
        FAILING = "failing"
        GONE = "gone"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    kind = models.TextField(choices=Kind.choices)
    name = models.TextField(help_text="the system that is told")
    callback_url = models.TextField(help_text="where; may not hold a secret")
    channels = models.JSONField(help_text="about what: a list of {name, filters}")
    sees_confidential = models.BooleanField(default=False)
    client_id = models.TextField(blank=True, help_text="by what name a router knows us")
    sealed_secret = models.BinaryField(help_text="encrypted: key, password or header, by which we are recognised")
    token = models.ForeignKey(Token, null=True, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(null=True)
    paused_for = models.TextField(choices=Paused.choices, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="how often it did not answer, since it last did")
    failing_since = models.DateTimeField(null=True, help_text="since when nothing arrived")
    rests_until = models.DateTimeField(null=True, help_text="left alone until then, because it did not answer")
    succeeded_at = models.DateTimeField(null=True, help_text="when something last arrived")
    made_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subscription_known_kind", condition=Q(kind__in=["notificaties", "webhook", "router"])
            ),
            models.CheckConstraint(
                name="subscription_paused_says_why",
                condition=Q(paused_at__isnull=True, paused_for="") | (Q(paused_at__isnull=False) & ~Q(paused_for="")),
            ),
            models.CheckConstraint(
                name="subscription_removed_keeps_no_secret", condition=Q(removed_at__isnull=True) | Q(sealed_secret=b"")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class News(models.Model):
    """A line of the journal that nobody looked at yet for the subscriptions; a trigger puts it here.

    When the line says that something is removed, what others know it by and who may hear of it stands here, because it
    cannot be looked up any more.
    """

    entry_id = models.BigIntegerField(primary_key=True)
    uuid = models.UUIDField(null=True)
    is_confidential = models.BooleanField(null=True)
    question_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"line {self.entry_id}"


class Notice(models.Model):
    """One thing that one system is told. What it says stays as it was written."""

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        DEAD = "dead"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="notices", db_index=False)
    key = models.TextField(unique=True, help_text="makes it exist once")
    subject = models.TextField(help_text="what it is about, e.g. question 12; about one subject they go in order")
    channel = models.TextField()
    event = models.TextField(help_text="of the line in the journal, or test")
    entry_id = models.BigIntegerField(null=True)
    body = models.TextField(help_text="as it is sent")
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    code = models.TextField(blank=True, help_text="how the last try went")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_ended_has_a_time",
                condition=Q(state__in=["sent", "dead", "withdrawn"], ended_at__isnull=False)
                | Q(state__in=["waiting", "sending"], ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["subscription", "id"], name="notice_next", condition=Q(state="waiting")),
            models.Index(
                fields=["subscription", "subject", "id"],
                name="notice_before",
                condition=Q(state__in=["waiting", "sending"]),
            ),
            models.Index(fields=["claimed_at"], name="notice_claimed", condition=Q(state="sending")),
            models.Index(fields=["subscription", "-id"], name="notice_dead", condition=Q(state="dead")),
            models.Index(fields=["subscription", "-id"], name="notice_newest"),
            models.Index(fields=["ended_at"], name="notice_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.uuid}"


class NoticeAttempt(models.Model):
    """One try to deliver a notice, and how it went. Never changes; it is forgotten together with its notice."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="tries", db_index=False)
    at = models.DateTimeField()
    has_succeeded = models.BooleanField()
    code = models.TextField(help_text="HTTP status or a code of ours, never an address or what was answered")
    milliseconds = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["notice", "id"], name="attempt_of_notice")]

    def __str__(self) -> str:
        return f"{self.code} for {self.notice_id}"
