"""The contact: one exchange on one channel, who took part in it, what it was about and what came with it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Lower

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.organisation.models import ActorRecord, Employee, Team
from aanspreekpunt.parties.models import CompleteAddress, Party
from aanspreekpunt.questions.choices import CHANNEL_NAMES, Channel
from aanspreekpunt.questions.models.questions import Question

PREVIEWED = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"})
"""The kinds of file a browser shows by itself without anything in them running as a page of ours."""


def _channel_name() -> Case:
    """Return the expression that names a channel: as another system did, else as everybody calls ours."""
    ours = [When(channel=channel, then=Value(name)) for channel, name in CHANNEL_NAMES.items()]
    return Case(
        When(~Q(told_channel=""), then=F("told_channel")), *ours, default=F("channel"), output_field=models.TextField()
    )


class Contact(models.Model):
    """One exchange on one channel, in or out, with the words as said. Several in one call share a `conversation`.

    One that another system registered belongs to no question until somebody has to do something about it.
    """

    class Direction(models.TextChoices):
        """Who spoke to whom."""

        IN = "in"
        OUT = "out"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    question = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="contacts")
    conversation = models.UUIDField(help_text="the same for all that was dealt with in one call or visit")
    channel = models.TextField(choices=Channel.choices)
    direction = models.TextField(choices=Direction.choices)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True, help_text="what was said or written, as said")
    reply = models.TextField(blank=True, help_text="the answer given in the same exchange")
    language = models.TextField(default="nl")
    is_confidential = models.BooleanField(default=False)
    has_succeeded = models.BooleanField(null=True, help_text="whether the other was reached; empty when not applicable")
    by_employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    intake_account = models.TextField(blank=True, help_text="where it was delivered, e.g. desk or web_form")
    intake_id = models.TextField(blank=True, help_text="its identity there; makes a second delivery harmless")
    metadata = models.JSONField(default=dict)
    number = models.TextField(
        null=True, blank=True, unique=True, help_text="by which other systems name it; the database fills it in"
    )
    reference_number = models.TextField(
        null=True, blank=True, unique=True, help_text="by which people name it; the database fills it in"
    )
    told_channel = models.TextField(blank=True, help_text="the channel as another system called it")
    channel_name = models.GeneratedField(expression=_channel_name(), output_field=models.TextField(), db_persist=True)
    told_language = models.TextField(blank=True, help_text="the language as another system called it")
    main_subject_type = models.TextField(blank=True, help_text="web address of the kind of thing it was about")
    needs_follow_up = models.BooleanField(default=False, help_text="whether more was done or had to be done about it")
    came_through = models.TextField(blank=True, help_text="the other system that registered it, as its token is called")
    occurred_at = models.DateTimeField()
    registered_at = models.DateTimeField()

    made_by_database: ClassVar[tuple[str, ...]] = ("number", "reference_number", "channel_name")
    """See `common.writing`."""

    class Meta:
        db_table = "contact"
        constraints = [
            models.UniqueConstraint(
                name="contact_delivered_once",
                fields=["intake_account", "intake_id"],
                condition=~Q(intake_id=""),
            ),
            models.CheckConstraint(name="contact_known_direction", condition=Q(direction__in=["in", "out"])),
        ]
        indexes = [
            # With what decides who may see one, so that a page far down a list is found without reading contacts.
            models.Index(fields=["-occurred_at", "-id"], include=["is_confidential"], name="contact_newest"),
            models.Index(fields=["conversation"], name="contact_conversation"),
            models.Index(
                fields=["channel_name", "-occurred_at", "-id"], include=["is_confidential"], name="contact_by_channel"
            ),
            models.Index(
                fields=["has_succeeded", "-occurred_at", "-id"],
                include=["is_confidential"],
                name="contact_by_success",
                condition=Q(has_succeeded__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.direction} {self.uuid}"


class MailBody(models.Model):
    """What a mail holds besides its new words: who wrote it, what he quoted, his signature, and how it looked."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, primary_key=True, related_name="mail")
    from_name = models.TextField(blank=True, help_text="as the sender calls himself, which proves nothing")
    from_address = models.TextField(blank=True, help_text="lower case")
    to = models.JSONField(default=list, help_text="addresses it was sent to")
    cc = models.JSONField(default=list)
    quoted = models.TextField(blank=True, help_text="text of earlier mails, folded away")
    signature = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="as it looked, made safe")
    defects = models.JSONField(default=list, help_text="what was wrong with it and got repaired, as codes")
    message_id = models.TextField(blank=True, help_text="as its sender calls it, which proves nothing")
    arrival = models.UUIDField(help_text="the message as delivered")

    class Meta:
        db_table = "mail_body"
        indexes = [
            models.Index(fields=["message_id"], name="mail_body_message_id", condition=~Q(message_id="")),
            models.Index(fields=["arrival"], name="mail_body_arrival"),
        ]

    def __str__(self) -> str:
        return f"mail of {self.contact_id}"


class ContactActor(models.Model):
    """Who dealt with a contact on our side: an employee, a system or a unit, as other systems know him."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="actors", db_index=False)
    actor = models.ForeignKey(ActorRecord, on_delete=models.CASCADE, related_name="contacts", db_index=False)

    class Meta:
        db_table = "contact_actor"
        constraints = [models.UniqueConstraint(name="contact_actor_once", fields=["contact", "actor"])]
        indexes = [models.Index(fields=["actor", "-id"], name="contact_of_actor")]

    def __str__(self) -> str:
        return f"{self.actor_id} in {self.contact_id}"


class Participant(CompleteAddress):
    """The part someone played in a contact, with name and addresses as given then."""

    class Role(models.TextChoices):
        """For whom he spoke."""

        CUSTOMER = "customer"
        REPRESENTATIVE = "representative"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="participants")
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    role = models.TextField(choices=Role.choices, default=Role.CUSTOMER)
    is_initiator = models.BooleanField(default=True)
    initials = models.TextField(blank=True)
    first_name = models.TextField(blank=True)
    infix = models.TextField(blank=True)
    last_name = models.TextField(blank=True)
    organisation_name = models.TextField(blank=True)
    phone = models.TextField(blank=True, help_text="E.164, as given in this contact")
    email = models.TextField(blank=True, help_text="lower case, as given in this contact")
    mailing_address = models.JSONField(
        default=dict, help_text="where letters go, its parts named as those of the visiting address"
    )

    class Meta:
        db_table = "participant"
        indexes = [
            models.Index(fields=["party", "-id"], name="participant_of_party", condition=Q(party__isnull=False)),
            models.Index(fields=["phone", "-id"], name="participant_by_phone", condition=~Q(phone="")),
            models.Index(fields=["email", "-id"], name="participant_by_email", condition=~Q(email="")),
            models.Index(
                Lower("last_name"),
                F("id").desc(),
                name="participant_by_last_name",
                condition=Q(party__isnull=True) & ~Q(last_name=""),
            ),
            models.Index(
                fields=["last_name"],
                name="participant_known_by_last_name",
                condition=Q(party__isnull=False) & ~Q(last_name=""),
            ),
            models.Index(
                fields=["organisation_name"],
                name="participant_by_organisation",
                condition=~Q(organisation_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.contact_id}"

    @property
    def full_name(self) -> str:
        """The name as given, as one says it; empty for who stayed anonymous."""
        person = " ".join(part for part in (self.first_name or self.initials, self.infix, self.last_name) if part)
        return person or self.organisation_name


class SubjectLink(models.Model):
    """What a contact was about outside this register: a case, an object, an earlier contact."""

    uuid = models.UUIDField(default=new_uuid, unique=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="subjects")
    was_contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="answered_in")
    object_id = models.TextField(blank=True)
    object_type = models.TextField(blank=True)
    register = models.TextField(blank=True)
    object_id_kind = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["object_id"], name="subject_object", condition=~Q(object_id=""))]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id}"


class Attachment(models.Model):
    """A file that came with a contact (stored here under a generated name), or a pointer to one elsewhere."""

    class Held(models.TextChoices):
        """Why a file is kept but not handed out."""

        DANGEROUS = "dangerous"
        VIRUS = "virus"
        UNSCANNED = "unscanned"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="attachments")
    file_name = models.TextField(blank=True, help_text="as the sender called it; only shown")
    content_type = models.TextField(blank=True, help_text="by its content, not by its name")
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")
    sha256 = models.BinaryField(default=bytes)
    content_id = models.TextField(blank=True, help_text="by which the text it came with refers to it")
    held_for = models.TextField(
        blank=True, choices=Held.choices, help_text="why it is not handed out; empty when it is"
    )
    stored_as = models.TextField(blank=True, help_text="path below the attachments directory")
    object_id = models.TextField(blank=True)
    object_type = models.TextField(blank=True)
    register = models.TextField(blank=True)
    object_id_kind = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="attachment_unscanned", condition=Q(held_for="unscanned")),
            models.Index(fields=["object_id"], name="attachment_by_object", condition=~Q(object_id="")),
        ]

    def __str__(self) -> str:
        return f"attachment {self.uuid}"

    @property
    def may_be_opened(self) -> bool:
        """Whether it is stored here and nothing holds it back."""
        return bool(self.stored_as) and not self.held_for

    @property
    def is_dangerous(self) -> bool:
        """Whether we do not open it because of what is in it."""
        return self.held_for in {self.Held.DANGEROUS, self.Held.VIRUS}

    @property
    def may_be_released(self) -> bool:
        """Whether somebody may decide to hand it out after all: not a virus, nor what the scanner has yet to see."""
        return bool(self.stored_as) and self.held_for == self.Held.DANGEROUS

    @property
    def may_be_previewed(self) -> bool:
        """Whether a browser may show it by itself: a picture or a PDF, which run nothing of ours."""
        return self.may_be_opened and self.content_type in PREVIEWED
