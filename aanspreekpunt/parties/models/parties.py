"""The party: a person, an organisation or a contact person, with the postal addresses by which it is reached."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils.translation import gettext as _

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


class CompleteAddress(PostalAddress):
    """An address as other registers have it too: by its number in the national register, or in lines when foreign."""

    address_id = models.TextField(blank=True, help_text="nummeraanduiding of the register of addresses, 16 digits")
    address_lines = ArrayField(models.TextField(blank=True), default=list, blank=True, help_text="three, or none")

    class Meta:
        abstract = True


class Party(CompleteAddress):
    """A person, an organisation or a contact person; may be known by no more than a first name, or by none at all."""

    class Kind(models.TextChoices):
        """What kind of party."""

        PERSON = "person"
        ORGANISATION = "organisation"
        CONTACT_PERSON = "contact_person"

    uuid = models.UUIDField(default=new_uuid, unique=True)
    number = models.TextField(blank=True, help_text="by which people name this party to each other")
    kind = models.TextField(choices=Kind.choices, default=Kind.PERSON)
    initials = models.TextField(blank=True)
    first_name = models.TextField(blank=True)
    infix = models.TextField(blank=True)
    last_name = models.TextField(blank=True)
    organisation_name = models.TextField(blank=True)
    is_introduced = models.BooleanField(
        default=True, db_default=True, help_text="whether it was ever said who this is, if only that the name is empty"
    )
    works_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts")
    sort_key = models.TextField(
        db_collation="C", help_text="name folded for searching and sorting, see parties.rules.sort_key"
    )
    language = models.TextField(blank=True, help_text="preferred language, ISO 639-2")
    is_active = models.BooleanField(default=True)
    is_address_secret = models.BooleanField(null=True, help_text="indicatieGeheimhouding")
    internal_note = models.TextField(blank=True)
    mailing_address = models.JSONField(
        default=dict, blank=True, help_text="where letters go, its parts named as those of the visiting address"
    )
    preferred_address = models.ForeignKey(
        "DigitalAddress", null=True, blank=True, on_delete=models.SET_NULL, related_name="preferred_by", db_index=False
    )
    preferred_account = models.ForeignKey(
        "BankAccount", null=True, blank=True, on_delete=models.SET_NULL, related_name="preferred_by", db_index=False
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="party_number_once", fields=["number"], condition=~models.Q(number="")),
        ]
        indexes = [
            models.Index(fields=["sort_key"], name="party_by_name"),
            GinIndex(SearchVector("sort_key", config="simple"), name="party_by_any_name"),
            models.Index(
                fields=["postcode", "house_number"], name="party_by_address", condition=~models.Q(postcode="")
            ),
            models.Index(fields=["address_id"], name="party_by_address_id", condition=~models.Q(address_id="")),
            # What few parties have: by it, and for nothing of those who do not have it.
            models.Index(fields=["kind", "-id"], name="party_no_person", condition=~models.Q(kind="person")),
            models.Index(fields=["-id"], name="party_inactive", condition=models.Q(is_active=False)),
            models.Index(
                fields=["is_address_secret", "-id"],
                name="party_by_secrecy",
                condition=models.Q(is_address_secret__isnull=False),
            ),
            models.Index(fields=["country"], name="party_by_country", condition=~models.Q(country="")),
            GinIndex(fields=["address_lines"], name="party_by_address_line", condition=~models.Q(address_lines=[])),
            GinIndex(
                fields=["mailing_address"],
                opclasses=["jsonb_path_ops"],
                name="party_by_mailing_address",
                condition=~models.Q(mailing_address={}),
            ),
            models.Index(
                fields=["preferred_address"],
                name="party_preferring_address",
                condition=models.Q(preferred_address__isnull=False),
            ),
            models.Index(
                fields=["preferred_account"],
                name="party_preferring_account",
                condition=models.Q(preferred_account__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def shown_name(self) -> str:
        """The name for a screen, which says so when there is none."""
        return self.full_name or _("Name unknown")

    @property
    def full_name(self) -> str:
        """The name as one says it: organisation, or first name (initials), infix and last name; may be empty."""
        if self.organisation_name:
            return self.organisation_name
        return " ".join(part for part in (self.first_name or self.initials, self.infix, self.last_name) if part)
