"""The tables of people and organisations."""

from aanspreekpunt.parties.models.accounts import BankAccount
from aanspreekpunt.parties.models.addresses import DigitalAddress
from aanspreekpunt.parties.models.details import OrganisationDetails, PersonDetails
from aanspreekpunt.parties.models.identifiers import PartyIdentifier
from aanspreekpunt.parties.models.parties import CompleteAddress, Party, PostalAddress
from aanspreekpunt.parties.models.relations import Category, CategoryLink, Representation

__all__ = [
    "BankAccount",
    "Category",
    "CategoryLink",
    "CompleteAddress",
    "DigitalAddress",
    "OrganisationDetails",
    "Party",
    "PartyIdentifier",
    "PersonDetails",
    "PostalAddress",
    "Representation",
]
