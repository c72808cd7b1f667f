"""The numbers by which other registers know a party."""

from __future__ import annotations

from django.db import models

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.parties.models.parties import Party


class PartyIdentifier(models.Model):
    """A number another register knows a party by. A bsn is stored encrypted and found by a keyed hash."""

    class Kind(models.TextChoices):
        """Which number (codeSoortObjectId of the VNG model)."""

        BSN = "bsn"
        KVK = "kvk_nummer"
        ESTABLISHMENT = "vestigingsnummer"
        RSIN = "rsin"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.TextField(choices=Kind.choices)
    plain = models.TextField(blank=True, help_text="the number itself; always empty for a bsn")
    sealed = models.BinaryField(default=bytes, help_text="the encrypted bsn; empty for the others")
    fingerprint = models.BinaryField(help_text="keyed hash of kind and number, for finding")
    other_identifier = models.TextField(blank=True, help_text="by what else it is known, in free words")
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="identifier_once", fields=["fingerprint", "part_of"], nulls_distinct=False),
            models.UniqueConstraint(
                name="identifier_one_of_a_kind_per_party",
                fields=["party", "kind"],
                condition=models.Q(party__isnull=False),
            ),
            models.CheckConstraint(
                name="identifier_bsn_never_plain", condition=~models.Q(kind="bsn") | models.Q(plain="")
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "-id"], name="identifier_no_bsn", condition=~models.Q(kind="bsn")),
            models.Index(
                fields=["other_identifier"], name="identifier_by_other", condition=~models.Q(other_identifier="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.party_id}"
