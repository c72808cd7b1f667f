"""What a token can be given rights to: the resources of the standard API by their own names here, and three verbs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Resource(models.TextChoices):
    """One kind of thing another system may read or write."""

    CONTACTS = "contacts", _("Contacts")
    PARTICIPANTS = "participants", _("Who took part in a contact")
    SUBJECT_LINKS = "subject_links", _("What a contact was about")
    ATTACHMENTS = "attachments", _("Files")
    CONTACT_ACTORS = "contact_actors", _("Who of us had a contact")
    TASKS = "tasks", _("Tasks for departments")
    ACTORS = "actors", _("Employees, departments and systems")
    PARTIES = "parties", _("People and organisations")
    PARTY_IDENTIFIERS = "party_identifiers", _("Their numbers elsewhere, such as the bsn")
    ADDRESSES = "addresses", _("Phone numbers and e-mail addresses")
    BANK_ACCOUNTS = "bank_accounts", _("Bank accounts")
    CATEGORIES = "categories", _("Categories")
    CATEGORY_LINKS = "category_links", _("Who is in which category")
    REPRESENTATIONS = "representations", _("Who represents whom")
    PERSON_DETAILS = "person_details", _("Contact details of persons")
    ORGANISATION_DETAILS = "organisation_details", _("Contact details of organisations")
    SUBSCRIPTIONS = "subscriptions", _("Subscriptions to notifications")


class Verb(models.TextChoices):
    """What it may do with them."""

    READ = "read", _("Read")
    WRITE = "write", _("Add and change")
    DELETE = "delete", _("Delete")
