"""Messages that came in: each stored once, as it was delivered, before anything interprets it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from aanspreekpunt.common.ids import new_uuid


class Arrival(models.Model):
    """One message as it was delivered to us, and what became of it.

    It is told apart by what the delivering side calls it, and by its content besides: a mailbox that numbers its mails
    anew, or a server that delivers again because our answer did not reach it, brings nothing twice.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting"
        UNDERSTOOD = "understood"
        QUARANTINED = "quarantined"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    account = models.TextField(help_text="the mailbox or listener it came in by")
    external_id = models.TextField(help_text="its identity there, e.g. folder, UIDVALIDITY and UID")
    sha256 = models.BinaryField(help_text="of the whole message")
    size = models.PositiveBigIntegerField(help_text="bytes")
    raw = models.BinaryField(null=True, help_text="as delivered; empty once erased")
    erased_at = models.DateTimeField(null=True, help_text="when the message itself was erased; the rest stays")
    envelope_from = models.TextField(blank=True, help_text="who handed it over, when the way in tells")
    envelope_to = models.JSONField(default=list, help_text="for which addresses, when the way in tells")
    arrived_at = models.DateTimeField()
    state = models.TextField(choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="how often interpreting it was begun")
    next_attempt_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, help_text="when somebody last began to interpret it")
    reason = models.TextField(blank=True, help_text="why it is in quarantine, as a code")
    sender = models.TextField(blank=True, help_text="whose address it gives, lower case; known once it was read")
    subject_key = models.BinaryField(default=bytes, help_text="keyed hash of the subject without Re: and the like")
    is_answered = models.BooleanField(default=False, help_text="whether we answered it automatically")
    is_wanted = models.BooleanField(
        default=False, help_text="whether somebody asked that a question is opened for it, whatever it is taken for"
    )
    became = models.TextField(blank=True, help_text="what it turned out to be, as a code")
    about_kind = models.TextField(blank=True)
    about_id = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="when it was understood or put in quarantine")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="arrival_delivered_once", fields=["account", "external_id"]),
            models.UniqueConstraint(name="arrival_stored_once", fields=["account", "sha256"]),
            models.CheckConstraint(
                name="arrival_ended_has_a_time",
                condition=Q(state="waiting", ended_at__isnull=True)
                | Q(state__in=["understood", "quarantined"], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="arrival_quarantined_says_why", condition=~Q(state="quarantined") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="arrival_raw_until_understood", condition=Q(raw__isnull=False) | Q(state="understood")
            ),
            models.CheckConstraint(
                name="arrival_erased_has_a_time",
                condition=Q(raw__isnull=False, erased_at__isnull=True) | Q(raw__isnull=True, erased_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], name="arrival_next", condition=Q(state="waiting")),
            models.Index(fields=["sender", "-ended_at"], name="arrival_by_sender", condition=~Q(sender="")),
            models.Index(fields=["-ended_at"], name="arrival_answered", condition=Q(is_answered=True)),
            models.Index(fields=["-id"], name="arrival_set_aside", condition=Q(became="set_aside")),
            models.Index(fields=["-id"], name="arrival_quarantined", condition=Q(state="quarantined")),
            models.Index(
                fields=["ended_at"], name="arrival_to_erase", condition=Q(state="understood", raw__isnull=False)
            ),
            models.Index(fields=["about_kind", "about_id"], name="arrival_about", condition=Q(about_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"arrival {self.uuid}"


class Mailbox(models.Model):
    """How far we are with one folder of one mailbox, and how our last look went."""

    account = models.TextField()
    folder = models.TextField()
    uidvalidity = models.BigIntegerField(
        null=True, help_text="under which numbering `last_uid` holds; RFC 3501 §2.3.1.1"
    )
    last_uid = models.BigIntegerField(default=0, help_text="everything up to here is stored")
    looked_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True, help_text="when a look last went well")
    error = models.TextField(blank=True, help_text="what went wrong at the last look, as a code; never an address")
    watched_since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="mailbox_once", fields=["account", "folder"])]

    def __str__(self) -> str:
        return f"{self.account} {self.folder}"
