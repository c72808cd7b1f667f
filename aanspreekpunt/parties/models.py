"""People and organisations, their addresses and the numbers other registers know them by."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from aanspreekpunt.common.ids import new_uuid


class PostalAddress(models.Model):
    """The parts of a Dutch or foreign address, for models that have one."""

    street = models.TextField(blank=True)
    house_number = models.PositiveIntegerField(null=True, blank=True)
    house_number_addition = models.TextField(blank=True)
    postcode = models.TextField(blank=True, help_text="1234AB, without a space")
    city = models.TextField(blank=True)
    country = models.TextField(blank=True, help_text="ISO 3166 alpha-2; empty is the Netherlands")

    class Meta:
        abstract = True


class Party(PostalAddress):
    """A person, an organisation or a contact person; may be known by no more than a first name."""

    class Kind(models.TextChoices):
        """What kind of party."""

        PERSON = "person"
        ORGANISATION = "organisation"
        CONTACT_PERSON = "contact_person"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    kind = models.TextField(choices=Kind.choices, default=Kind.PERSON)
    initials = models.TextField(blank=True)
    first_name = models.TextField(blank=True)
    infix = models.TextField(blank=True)
    last_name = models.TextField(blank=True)
    organisation_name = models.TextField(blank=True)
    works_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts")
    sort_key = models.TextField(
        db_collation="C", help_text="name folded for searching and sorting, see parties.rules.sort_key"
    )
    language = models.TextField(blank=True, help_text="preferred language, ISO 639-2")
    is_active = models.BooleanField(default=True)
    is_address_secret = models.BooleanField(null=True, help_text="indicatieGeheimhouding")
    internal_note = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="party_has_some_name",
                condition=~models.Q(first_name="", last_name="", organisation_name="", initials=""),
                violation_error_message="A person or organisation needs at least one name.",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key"], name="party_by_name"),
            GinIndex(SearchVector("sort_key", config="simple"), name="party_by_any_name"),
            models.Index(
                fields=["postcode", "house_number"], name="party_by_address", condition=~models.Q(postcode="")
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as one says it: organisation, or first name (initials), infix and last name."""
        if self.organisation_name:
            return self.organisation_name
        return " ".join(part for part in (self.first_name or self.initials, self.infix, self.last_name) if part)


class DigitalAddress(models.Model):
    """Where a party can be reached: a phone number, an e-mail address, or something else."""

    class Kind(models.TextChoices):
        """What kind of address."""

        EMAIL = "email"
        PHONE = "phone"
        OTHER = "other"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="addresses")
    kind = models.TextField(choices=Kind.choices)
    address = models.TextField(help_text="E.164 for phone numbers, lower case for e-mail")
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
                name="address_once_per_party",
                fields=["party", "kind", "address"],
                condition=models.Q(party__isnull=False, reference=""),
            ),
        ]
        indexes = [models.Index(fields=["address"], name="address_itself")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.party_id}"


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

    def __str__(self) -> str:
        return f"{self.kind} of {self.party_id}"
