"""Remembering people and organisations as they introduce themselves, and correcting what we know of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from django.db import connection

from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.common.writing import ids_of, next_numbers, write
from aanspreekpunt.journal.operations import line, record
from aanspreekpunt.parties.models import DigitalAddress, Party
from aanspreekpunt.parties.refusals import NameNeeded
from aanspreekpunt.parties.rules import sort_key

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor

NAME_FIELDS = ("initials", "first_name", "infix", "last_name", "organisation_name")
PLACE_FIELDS = ("street", "house_number", "house_number_addition", "postcode", "city")


class Introduced(Protocol):
    """Somebody as he made himself known; `phone` is E.164, `email` lower case, `postcode` without a space."""

    @property
    def party(self) -> Party | None: ...
    @property
    def initials(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def infix(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def organisation_name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def street(self) -> str: ...
    @property
    def house_number(self) -> int | None: ...
    @property
    def house_number_addition(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def city(self) -> str: ...


@one_transaction()
def remember_party(*, customer: Introduced, by: Actor, at: datetime) -> Party:
    """Keep this person or organisation for a next time; the same name with an address we know is the same party.

    Raises `NameNeeded`.
    """
    if customer.party is not None:
        return correct_party(party=customer.party, customer=customer, by=by, at=at)
    key = sort_key_of(customer)
    if not key:
        raise NameNeeded
    known, known_addresses = _known_as(key, customer)
    if known is not None:
        return _correct(known, customer, addresses=known_addresses, by=by, at=at)
    (party_id,) = next_numbers(ids_of(Party))
    party = Party(id=party_id, kind=_kind_of(customer), sort_key=key, made_at=at)
    for name in (*NAME_FIELDS, *PLACE_FIELDS):
        setattr(party, name, getattr(customer, name))
    addresses = _new_addresses(party, customer, known=set())
    write([party, *addresses, line("party.remembered", subject=party, by=by, at=at)])
    return party


@one_transaction()
def correct_party(*, party: Party, customer: Introduced, by: Actor, at: datetime) -> Party:
    """Take over what was given now and differs from what we knew; what was not given stays. New addresses are added."""
    addresses = set(DigitalAddress.objects.filter(party=party).values_list("kind", "address"))
    return _correct(party, customer, addresses=addresses, by=by, at=at)


def _correct(party: Party, customer: Introduced, *, addresses: set[tuple[str, str]], by: Actor, at: datetime) -> Party:
    changed = [name for name in _given(customer) if getattr(party, name) != getattr(customer, name)]
    for name in changed:
        setattr(party, name, getattr(customer, name))
    added = _add_addresses(party, customer, known=addresses)
    if changed:
        party.sort_key = sort_key_of(party)
        party.save(update_fields=[*changed, "sort_key"])
    if changed or added:
        record("party.corrected", subject=party, data={"fields": sorted(changed + added)}, by=by, at=at)
    return party


def mark_bounced(*, party: Party, address: str, at: datetime) -> None:
    """Note that mail to this address of `party` came back, so that nobody counts on it."""
    party.addresses.filter(kind=DigitalAddress.Kind.EMAIL, address=address.lower()).update(bounced_at=at)


def _known_as(key: str, customer: Introduced) -> tuple[Party | None, set[tuple[str, str]]]:
    """Return who has this name and one of these addresses, with all addresses (kind and address) we have of him.

    Every registration begins here, so the query is written out.
    """
    given = [each for each in (customer.phone, customer.email) if each]
    if not given:
        return None, set()
    with connection.cursor() as cursor:
        cursor.execute(_party_with_addresses(), [given, key])
        row = cursor.fetchone()
    if row is None:
        return None, set()
    *values, addresses = row
    party = Party.from_db(connection.alias, [field.attname for field in Party._meta.concrete_fields], values)
    return party, {(kind, address) for kind, address in addresses}


@cache
def _party_with_addresses() -> str:
    """Return the query, which begins at the addresses: many people have the same name, but few the same address."""
    columns = ", ".join(f"party.{field.column}" for field in Party._meta.concrete_fields)
    parties, addresses = Party._meta.db_table, DigitalAddress._meta.db_table
    return (
        f"WITH reached AS MATERIALIZED (SELECT party.* FROM {addresses} one JOIN {parties} party"  # noqa: S608 - names from our own models
        " ON party.id = one.party_id WHERE one.address = ANY(%s))"
        f" SELECT {columns}, ARRAY(SELECT ARRAY[kind, address] FROM {addresses} one WHERE one.party_id = party.id)"
        " FROM reached party WHERE party.sort_key = %s ORDER BY party.id LIMIT 1"
    )


def sort_key_of(named: Introduced | Party) -> str:
    """Return where this name stands in a list; empty when there is no name."""
    return sort_key(**{name: getattr(named, name) for name in NAME_FIELDS})


def _kind_of(customer: Introduced) -> str:
    if not customer.organisation_name:
        return Party.Kind.PERSON
    person = customer.first_name or customer.initials or customer.last_name
    return Party.Kind.CONTACT_PERSON if person else Party.Kind.ORGANISATION


def _given(customer: Introduced) -> list[str]:
    """Return the fields that were given; name and postal address each count as a whole."""
    given: list[str] = []
    if customer.last_name or customer.first_name or customer.organisation_name:
        given += [name for name in NAME_FIELDS if getattr(customer, name)]
    if customer.postcode and customer.house_number:
        given += [name for name in PLACE_FIELDS if getattr(customer, name) or name == "house_number_addition"]
    return given


def _add_addresses(party: Party, customer: Introduced, *, known: set[tuple[str, str]]) -> list[str]:
    """Add the phone number and e-mail address that are new; the first of a kind becomes the preferred one."""
    new = _new_addresses(party, customer, known=known)
    if new:
        write(new)
    return [each.kind for each in new]


def _new_addresses(party: Party, customer: Introduced, *, known: set[tuple[str, str]]) -> list[DigitalAddress]:
    kinds = {kind for kind, _ in known}
    return [
        DigitalAddress(party=party, kind=kind, address=address, as_given=address, is_preferred=kind not in kinds)
        for kind, address in (("phone", customer.phone), ("email", customer.email))
        if address and (kind, address) not in known
    ]
