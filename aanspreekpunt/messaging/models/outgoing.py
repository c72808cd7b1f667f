"""Messages on their way out: one row each, written with the thing they tell of, sent by a job."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Value

from aanspreekpunt.common.ids import new_uuid


class Delivery(models.Model):
    """One message to one address. Its key makes sure it exists, and is sent, once."""

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNCERTAIN = "uncertain"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    key = models.TextField(unique=True)
    kind = models.TextField(help_text="which letter it is, e.g. receipt")
    to_address = models.TextField()
    domain = models.GeneratedField(
        expression=Func(Func(F("to_address"), Value("@"), Value(-1), function="split_part"), function="lower"),
        output_field=models.TextField(),
        db_persist=True,
    )
    subject = models.TextField(help_text="never personal")
    body_text = models.TextField()
    body_html = models.TextField(blank=True)
    secrets = models.JSONField(default=dict, help_text="fills places in the body when sending; emptied when it ended")
    language = models.TextField(default="nl")
    about_kind = models.TextField(blank=True)
    about_id = models.BigIntegerField(null=True)
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    made_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delivery_ended_has_a_time",
                condition=models.Q(state__in=["sent", "failed", "withdrawn"], ended_at__isnull=False)
                | models.Q(state__in=["waiting", "sending", "uncertain"], ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="delivery_keeps_no_secret_once_sent", condition=~models.Q(state="sent") | models.Q(secrets={})
            ),
            models.CheckConstraint(name="delivery_subject_is_one_line", condition=~models.Q(subject__regex=r"[\r\n]")),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], name="delivery_next", condition=models.Q(state="waiting")),
            models.Index(
                fields=["domain", "-claimed_at"],
                name="delivery_to_domain",
                condition=models.Q(claimed_at__isnull=False),
            ),
            models.Index(fields=["claimed_at"], name="delivery_claimed", condition=models.Q(state="sending")),
            models.Index(fields=["id"], name="delivery_uncertain", condition=models.Q(state="uncertain")),
            models.Index(
                fields=["about_kind", "about_id"], name="delivery_about", condition=models.Q(about_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class Destination(models.Model):
    """A domain to which no mail goes for the moment: it got as much as it takes, or turns our mail away for now."""

    domain = models.TextField(primary_key=True)
    closed_until = models.DateTimeField(help_text="nothing is sent there before")
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="how many mails in a row it refused for now, since it last took one"
    )

    class Meta:
        indexes = [models.Index(fields=["closed_until"], name="destination_closed")]

    def __str__(self) -> str:
        return self.domain


class Enclosure(models.Model):
    """A file that is sent along with a message, by where it is stored, as it was when the message was written."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="enclosures")
    file_name = models.TextField()
    content_type = models.TextField()
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.BinaryField()
    stored_as = models.TextField(help_text="path below the attachments directory")

    class Meta:
        indexes = [models.Index(fields=["delivery", "id"], name="enclosure_of_delivery")]

    def __str__(self) -> str:
        return f"file with {self.delivery_id}"


class Attempt(models.Model):
    """One try to send a message, and how it went. Only grows."""

    class Outcome(models.TextChoices):
        """How it went."""

        SENT = "sent"
        TEMPORARY = "temporary"
        PERMANENT = "permanent"
        INTERRUPTED = "interrupted"
        BOUNCED = "bounced"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    outcome = models.TextField(choices=Outcome.choices)
    code = models.TextField(blank=True, help_text="SMTP code or name of the error, never an address")

    class Meta:
        indexes = [
            models.Index(fields=["delivery", "id"], name="attempt_of_delivery"),
            models.Index(
                fields=["-at"],
                name="attempt_ended",
                include=["outcome"],
                condition=models.Q(outcome__in=["sent", "permanent", "bounced"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.code}"
