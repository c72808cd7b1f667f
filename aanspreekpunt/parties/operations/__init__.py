"""Everything that changes what we know of people and organisations. Faces call these."""

from aanspreekpunt.parties.operations.accounts import AccountGiven, change_account, make_account, remove_account
from aanspreekpunt.parties.operations.addresses import (
    AddressGiven,
    change_address,
    locked_address,
    make_address,
    remove_address,
)
from aanspreekpunt.parties.operations.details import (
    change_details,
    make_organisation_details,
    make_person_details,
    remove_details,
)
from aanspreekpunt.parties.operations.identifiers import (
    IdentifierGiven,
    add_identifier,
    change_identifier,
    checked_number,
    make_identifier,
    remove_identifier,
)
from aanspreekpunt.parties.operations.parties import Belongings, PartyGiven, change_party, make_party, remove_party
from aanspreekpunt.parties.operations.relations import (
    CategoryLinkGiven,
    change_category_link,
    change_representation,
    make_category,
    make_representation,
    put_in_category,
    remove_category,
    remove_representation,
    rename_category,
    take_out_of_category,
)
from aanspreekpunt.parties.operations.remembering import correct_party, mark_bounced, remember_party, sort_key_of

__all__ = [
    "AccountGiven",
    "AddressGiven",
    "Belongings",
    "CategoryLinkGiven",
    "IdentifierGiven",
    "PartyGiven",
    "add_identifier",
    "change_account",
    "change_address",
    "change_category_link",
    "change_details",
    "change_identifier",
    "change_party",
    "change_representation",
    "checked_number",
    "correct_party",
    "locked_address",
    "make_account",
    "make_address",
    "make_category",
    "make_identifier",
    "make_organisation_details",
    "make_party",
    "make_person_details",
    "make_representation",
    "mark_bounced",
    "put_in_category",
    "remember_party",
    "remove_account",
    "remove_address",
    "remove_category",
    "remove_details",
    "remove_identifier",
    "remove_party",
    "remove_representation",
    "rename_category",
    "sort_key_of",
    "take_out_of_category",
]
