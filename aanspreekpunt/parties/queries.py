"""Finding people and organisations by whatever one knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q

from aanspreekpunt.common.phone_numbers import is_phone_number, normalise_phone_number
from aanspreekpunt.common.postcodes import format_postcode
from aanspreekpunt.common.sealing import keyed_hash, unseal
from aanspreekpunt.parties.models import DigitalAddress, Party, PartyIdentifier
from aanspreekpunt.parties.rules import (
    Place,
    looks_like_email,
    mask_email,
    mask_identifier,
    mask_phone,
    read_place,
    search_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

FEWEST_LETTERS = 2
"""Shorter names than this are not searched for: everybody would be found."""

SHORTEST_WORD = 3
"""Words shorter than this do not narrow a search on any part of the name: too many names begin so."""

NAME_WORDS = SearchVector("sort_key", config="simple")
"""The words of a name as the index `party_by_any_name` holds them."""


@dataclass(frozen=True, slots=True)
class PartyFound:
    """A person or organisation as a list of results shows it: enough to recognise, addresses masked."""

    id: int
    uuid: UUID
    name: str
    works_for: str
    address_line: str
    phone: str
    email: str


def find_parties(text: str, *, limit: int = 10) -> list[PartyFound]:
    """Return who may be meant by `text`: a phone number, e-mail address, postcode with house number, or a name.

    At most three queries, each bounded and on an index, however many people are known.
    """
    parties = _matching(text.strip(), limit)
    addresses = _addresses_of(party.pk for party in parties)
    return [_found(party, addresses.get(party.pk, {})) for party in parties]


def found_party(party_id: int) -> PartyFound:
    """Return one party as a result; raises Party.DoesNotExist."""
    party, addresses = party_with_addresses(party_id)
    return _found(party, addresses)


def found_party_named(uuid: UUID) -> PartyFound | None:
    """Return the party with this uuid as a result; None when there is none, or it is no longer active."""
    party = _active().filter(uuid=uuid).first()
    return _found(party, _addresses_of([party.pk]).get(party.pk, {})) if party is not None else None


def party_with_addresses(party_id: int) -> tuple[Party, dict[str, str]]:
    """Return a party and its preferred address of each kind; raises Party.DoesNotExist."""
    party = _active().get(pk=party_id)
    return party, _addresses_of([party_id]).get(party_id, {})


def party_numbered(party_id: int | None) -> Party | None:
    """Return the party with this id; None when there is none, or it is no longer active."""
    return _active().filter(pk=party_id).first() if party_id is not None else None


def only_party_with(address: str) -> Party | None:
    """Return whose e-mail address or phone number this is; None when nobody's, or when several people share it."""
    owners = DigitalAddress.objects.filter(address=address, party__isnull=False).values("party_id")
    found = list(Party.objects.filter(pk__in=owners, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def party_identified_by(*, kind: str, number: str) -> Party | None:
    """Return who has this number in another register."""
    identifier = (
        PartyIdentifier.objects.filter(fingerprint=keyed_hash(number, purpose=kind)).select_related("party").first()
    )
    return identifier.party if identifier else None


def shown_number(identifier: PartyIdentifier) -> str:
    """Return the number of an identifier, masked."""
    return mask_identifier(number_of(identifier))


def number_of(identifier: PartyIdentifier) -> str:
    """Return the number of an identifier, unsealed; for who may see it."""
    return opened(identifier.kind, identifier.plain, identifier.sealed)


def opened(kind: str, plain: str, sealed: bytes | memoryview) -> str:
    """Return the number kept in these columns."""
    return unseal(bytes(sealed), purpose=kind) if sealed else plain


def _matching(text: str, limit: int) -> list[Party]:
    place = read_place(text)
    if is_phone_number(text):
        return list(_with_address(normalise_phone_number(text), limit))
    if looks_like_email(text):
        return list(_with_address(text.lower(), limit))
    if place is not None:
        return list(_at_place(place, limit))
    return _named(text, limit)


def _active() -> QuerySet[Party]:
    return Party.objects.filter(is_active=True).select_related("works_for")


def _with_address(address: str, limit: int) -> QuerySet[Party]:
    ids = DigitalAddress.objects.filter(address=address, party__isnull=False).values("party_id").distinct()[:limit]
    return _active().filter(pk__in=ids).order_by("sort_key")


def _at_place(place: Place, limit: int) -> QuerySet[Party]:
    found = _active().filter(postcode=place.postcode)
    if place.house_number is not None:
        found = found.filter(house_number=place.house_number)
    if place.house_number_addition:
        found = found.filter(house_number_addition__iexact=place.house_number_addition)
    return found.order_by("house_number", "house_number_addition", "sort_key")[:limit]


def _named(text: str, limit: int) -> list[Party]:
    """Return who is called so: first by the beginning of the last name, then by any part of the name."""
    words = search_words(text)
    if len("".join(words)) < FEWEST_LETTERS:
        return []
    turned = [*words[-1:], *words[:-1]]
    starts = Q(sort_key__startswith=" ".join(words)) | Q(sort_key__startswith=" ".join(turned))
    found = list(_active().filter(starts).order_by("sort_key")[:limit])
    telling = [word for word in words if len(word) >= SHORTEST_WORD]
    if len(found) == limit or not telling:
        return found
    wanted = SearchQuery(" & ".join(f"{word}:*" for word in telling), search_type="raw", config="simple")
    by_any_part = _active().annotate(words=NAME_WORDS).filter(words=wanted).exclude(pk__in=[each.pk for each in found])
    return found + sorted(by_any_part[: limit - len(found)], key=lambda party: party.sort_key)


def _addresses_of(party_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return of each party its preferred address of each kind."""
    rows = (
        DigitalAddress.objects.filter(party_id__in=list(party_ids), bounced_at__isnull=True)
        .order_by("is_preferred", "id")
        .values_list("party_id", "kind", "address")
    )
    addresses: dict[int, dict[str, str]] = {}
    for party_id, kind, address in rows:
        if party_id is not None:
            addresses.setdefault(party_id, {})[kind] = address
    return addresses


def _found(party: Party, addresses: dict[str, str]) -> PartyFound:
    return PartyFound(
        id=party.pk,
        uuid=party.uuid,
        name=party.shown_name,
        works_for=party.works_for.shown_name if party.works_for else "",
        address_line="" if party.is_address_secret else address_line(party),
        phone=mask_phone(addresses.get("phone", "")),
        email=mask_email(addresses.get("email", "")),
    )


def address_line(party: Party) -> str:
    """Return the postal address on one line."""
    number = f"{party.house_number or ''}{party.house_number_addition}"
    postcode = format_postcode(party.postcode) if party.postcode else ""
    street, place = f"{party.street} {number}".strip(), f"{postcode} {party.city}".strip()
    return ", ".join(part for part in (street, place) if part)
