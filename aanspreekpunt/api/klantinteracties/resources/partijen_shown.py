"""How parties are shown: a page of them from one query, with the ids of what hangs together with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

import msgspec

from aanspreekpunt.api.klantinteracties.contract.filters import Where
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, narrowed, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import parts_visible
from aanspreekpunt.api.klantinteracties.resources.digitaleadressen import addresses_visible
from aanspreekpunt.api.klantinteracties.resources.partij_identificatoren import (
    identifier_columns,
    identifier_shown,
)
from aanspreekpunt.api.klantinteracties.resources.postal import COLUMNS, postal_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading

KINDS: Final = {"persoon": "person", "organisatie": "organisation", "contactpersoon": "contact_person"}
SHOWN_KINDS: Final = {ours: theirs for theirs, ours in KINDS.items()}
NAMES: Final = {
    "voorletters": "initials",
    "voornaam": "first_name",
    "voorvoegselAchternaam": "infix",
    "achternaam": "last_name",
}
"""The parts of the name of a person, and our columns."""

_OWN: Final = (
    "uuid",
    "number",
    "internal_note",
    "kind",
    "is_address_secret",
    "language",
    "is_active",
    "is_introduced",
    "mailing_address",
    "organisation_name",
    *NAMES.values(),
    *COLUMNS,
)
_LISTS: Final = {
    "betrokkenen": "betrokkenen",
    "digitaleAdressen": "digitaleadressen",
    "rekeningnummers": "rekeningnummers",
    "vertegenwoordigden": "partijen",
}
"""The lists that hold no more than the addresses of things, and where those things are found."""

_HOLDS: Final = "ARRAY(SELECT ARRAY[k.id::text, k.uuid::text] FROM {} ORDER BY k.id)"
_REPRESENTED: Final = (
    "parties_representation r JOIN parties_party k ON k.id = r.represented_id WHERE r.representative_id = t.id"
)
_CATEGORIES: Final = (
    "(SELECT json_agg(json_build_array(l.id, l.uuid, c.name, l.begins_on, l.ends_on) ORDER BY l.id)::text"
    " FROM parties_categorylink l LEFT JOIN parties_category c ON c.id = l.category_id WHERE l.party_id = t.id)"
)
_NUMBERS: Final = (
    f"(SELECT json_agg(json_build_array({identifier_columns('i', 't')}) ORDER BY i.id)::text"  # noqa: S608 - names of our own
    " FROM parties_partyidentifier i LEFT JOIN parties_partyidentifier parent ON parent.id = i.part_of_id"
    " WHERE i.party_id = t.id)"
)


def load_parties(reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
    """Return these parties by id, as the standard shows them. One query."""
    found: dict[int, Record] = {}
    for pk, categories, numbers, *columns in _rows(list(ids), reading.caller):
        held = dict(zip((*_LISTS, *_OWN), columns, strict=False))
        linked = msgspec.json.decode(categories) if categories else []
        body = _shown(reading, held, columns[-3:], linked, msgspec.json.decode(numbers) if numbers else [])
        kin = {name: tuple(int(one) for one, _uuid in held[name]) for name in ("betrokkenen", "digitaleAdressen")}
        found[pk] = Record(body, {**kin, "categorieRelaties": tuple(one for one, *_rest in linked)})
    return found


def _rows(wanted: list[int], caller: Caller) -> list[tuple[Any, ...]]:
    """Return of each party its categories and numbers, what is in `_LISTS` and `_OWN`, and three things it names."""
    lists, values = _lists_for(caller)
    columns = ", ".join([_CATEGORIES, _NUMBERS, *lists, *(f"t.{name}" for name in _OWN)])
    preferred = [Where("a.id = t.preferred_address_id"), *addresses_visible(caller, "a")]
    joined, more = narrowed("parties_digitaladdress a", preferred)
    sql = (
        f"SELECT t.id, {columns}, boss.uuid, chosen.uuid, b.uuid FROM parties_party t"  # noqa: S608 - names of our own
        " LEFT JOIN parties_party boss ON boss.id = t.works_for_id"
        f" LEFT JOIN LATERAL (SELECT a.uuid FROM {joined}) chosen ON TRUE"
        f" LEFT JOIN parties_bankaccount b ON b.id = t.preferred_account_id WHERE t.id {AMONG}"
    )
    return rows(sql, [*values, *more, wanted])


def _lists_for(caller: Caller) -> tuple[list[str], list[Any]]:
    """Return the selects of what is in `_LISTS`, as far as it is there for this caller, and their values."""
    sources = [
        ("participant k", [Where("k.party_id = t.id"), *parts_visible(caller, "k", "contact_id")]),
        ("parties_digitaladdress k", [Where("k.party_id = t.id"), *addresses_visible(caller, "k")]),
        ("parties_bankaccount k", [Where("k.party_id = t.id")]),
    ]
    found = [narrowed(table, wheres) for table, wheres in sources]
    selects = [*(sql for sql, _values in found), _REPRESENTED]
    return [_HOLDS.format(select) for select in selects], [value for _sql, values in found for value in values]


def _shown(
    reading: Reading, held: dict[str, Any], named: list[Any], categories: list[Any], numbers: list[Any]
) -> dict[str, Any]:
    employer, address, account = named
    lists = {name: [reading.link(path, uuid) for _pk, uuid in held[name]] for name, path in _LISTS.items()}
    identity = _identity_shown(reading, held, employer)
    shown = {
        **reading.link("partijen", held["uuid"]),
        "nummer": held["number"] or None,
        "interneNotitie": held["internal_note"],
        "betrokkenen": lists["betrokkenen"],
        "categorieRelaties": [_category_shown(reading, *values) for _pk, *values in categories],
        "digitaleAdressen": lists["digitaleAdressen"],
        "voorkeursDigitaalAdres": reading.link("digitaleadressen", address) if address else None,
        "vertegenwoordigden": lists["vertegenwoordigden"],
        "rekeningnummers": lists["rekeningnummers"],
        "voorkeursRekeningnummer": reading.link("rekeningnummers", account) if account else None,
        "partijIdentificatoren": [identifier_shown(reading, *values) for values in numbers],
        "soortPartij": SHOWN_KINDS[held["kind"]],
        "indicatieGeheimhouding": held["is_address_secret"],
        "voorkeurstaal": held["language"],
        "indicatieActief": held["is_active"],
        "bezoekadres": postal_shown(held),
        "correspondentieadres": postal_shown(_read_json(held["mailing_address"])),
    }
    if identity is not None:  # it may be absent, and may not be null
        shown["partijIdentificatie"] = identity
    return shown


def _category_shown(reading: Reading, uuid: str, *rest: Any) -> dict[str, Any]:
    name, begins_on, ends_on = rest
    link = reading.link("categorie-relaties", uuid)
    return {**link, "categorieNaam": name, "beginDatum": begins_on, "eindDatum": ends_on}


def _identity_shown(reading: Reading, held: dict[str, Any], employer: UUID | None) -> dict[str, Any] | None:
    """Return who a party is, None when nobody ever said so.

    A contact person has a uuid of its own in the standard, which follows from that of its party.
    """
    if not held["is_introduced"] and not any(held[column] for column in ("organisation_name", *NAMES.values())):
        return None
    if held["kind"] == "organisation":
        return {"naam": held["organisation_name"]}
    named = {name: held[column] for name, column in NAMES.items()}
    parts = (named["voornaam"], named["voorvoegselAchternaam"], named["achternaam"])
    person = {"contactnaam": named, "volledigeNaam": " ".join(part for part in parts if part)}
    if held["kind"] == "person":
        return person
    works_for = reading.link("partijen", employer) if employer else None
    return {"uuid": str(uuid5(held["uuid"], "contactpersoon")), "werkteVoorPartij": works_for, **person}


def _read_json(value: Any) -> dict[str, Any]:
    read: dict[str, Any] = value if isinstance(value, dict) else msgspec.json.decode(value)
    return read
