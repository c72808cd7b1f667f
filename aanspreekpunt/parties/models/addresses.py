"""Where somebody can be reached: a phone number, an e-mail address, or something else."""

from __future__ import annotations

from django.db import models

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.parties.models.parties import Party


class DigitalAddress(models.Model):
    """A phone number, an e-mail address, or something else; of a party, of somebody in a contact, or of nobody yet."""

    class Kind(models.TextChoices):
        """What kind of address."""

        EMAIL = "email"
        PHONE = "phone"
        OTHER = "other"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="addresses")
    participant_id = models.BigIntegerField(
        null=True, blank=True, help_text="who gave it in a contact; the room above keeps it right"
    )
    kind = models.TextField(choices=Kind.choices)
    address = models.TextField(help_text="to find it by: E.164 for phone numbers, lower case for e-mail")
    as_given = models.TextField(blank=True, help_text="as it was given, letter by letter")
    is_preferred = models.BooleanField(default=False)
    description = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="address_one_preferred_per_kind",
                fields=["party", "kind"],
                condition=models.Q(is_preferred=True, party__isnull=False),
            ),
            models.UniqueConstraint(
                name="address_one_reference_per_party",
                fields=["party", "reference", "kind"],
                condition=models.Q(party__isnull=False) & ~models.Q(reference=""),
            ),
        ]
        indexes = [
            models.Index(fields=["address"], name="address_itself"),
            models.Index(
                fields=["participant_id"],
                name="address_of_participant",
                condition=models.Q(participant_id__isnull=False),
            ),
            models.Index(fields=["reference"], name="address_by_reference", condition=~models.Q(reference="")),
            models.Index(
                fields=["verified_on", "-id"], name="address_verified", condition=models.Q(verified_on__isnull=False)
            ),
            models.Index(fields=["-id"], name="address_of_other_kind", condition=models.Q(kind="other")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.party_id}"
