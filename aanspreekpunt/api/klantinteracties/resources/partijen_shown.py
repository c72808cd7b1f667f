"""How parties are shown: a page of them from five queries, with the ids of what hangs together with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

import msgspec

from aanspreekpunt.api.klantinteracties.contract.filters import Where
from aanspreekpunt.api.klantinteracties.contract.resource import Record, grouped, narrowed, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import contacts_visible
from aanspreekpunt.api.klantinteracties.resources.digitaleadressen import addresses_visible
from aanspreekpunt.api.klantinteracties.resources.partij_identificatoren import SELECT_IDENTIFIER, identifier_shown
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


def load_parties(reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
    """Return these parties by id, as the standard shows them."""
    wanted = list(ids)
    links = _links_of(wanted, reading.caller)
    categories = grouped(rows(_CATEGORIES, [wanted]))
    numbers = grouped(
        rows(f"{SELECT_IDENTIFIER.format(key='t.party_id')} WHERE t.party_id = ANY(%s) ORDER BY t.id", [wanted])
    )
    found: dict[int, Record] = {}
    for pk, *columns in _own_rows(wanted, reading.caller):
        kin = {name: [link for each, *link in links.get(pk, []) if each == name] for name in _LISTS}
        body = _shown(reading, columns, kin, categories.get(pk, []), numbers.get(pk, []))
        expandable = {name: tuple(each for each, _uuid in kin[name]) for name in ("betrokkenen", "digitaleAdressen")}
        expandable["categorieRelaties"] = tuple(each for each, *_rest in categories.get(pk, []))
        found[pk] = Record(body, {**expandable})
    return found


def _own_rows(wanted: list[int], caller: Caller) -> list[tuple[Any, ...]]:
    columns = ", ".join(f"t.{name}" for name in _OWN)
    preferred = " AND ".join(["a.id = t.preferred_address_id", *(f"({w.sql})" for w in addresses_visible(caller, "a"))])
    sql = (
        f"SELECT t.id, {columns}, boss.uuid, a.uuid, b.uuid FROM parties_party t"  # noqa: S608 - names of our own
        " LEFT JOIN parties_party boss ON boss.id = t.works_for_id"
        f" LEFT JOIN parties_digitaladdress a ON {preferred}"
        " LEFT JOIN parties_bankaccount b ON b.id = t.preferred_account_id WHERE t.id = ANY(%s)"
    )
    return rows(sql, [*(value for w in addresses_visible(caller, "a") for value in w.values), wanted])


_CATEGORIES: Final = (
    "SELECT l.party_id, l.id, l.uuid, c.name, l.begins_on, l.ends_on FROM parties_categorylink l"
    " LEFT JOIN parties_category c ON c.id = l.category_id WHERE l.party_id = ANY(%s) ORDER BY l.id"
)


def _links_of(wanted: list[int], caller: Caller) -> dict[int, list[tuple[Any, ...]]]:
    """Return per party what it is linked to: the name of the list, the id and the uuid of each, in one query."""
    of_contacts = (
        [
            Where(
                "EXISTS (SELECT FROM contact seen WHERE seen.id = t.contact_id AND {})".format(
                    " AND ".join(f"({each.sql})" for each in hidden)
                ),
                tuple(v for each in hidden for v in each.values),
            )
        ]
        if (hidden := contacts_visible(caller, "seen"))
        else []
    )
    parts = [
        ("betrokkenen", "t.party_id", "t.uuid", "participant t", of_contacts),
        ("digitaleAdressen", "t.party_id", "t.uuid", "parties_digitaladdress t", addresses_visible(caller, "t")),
        ("rekeningnummers", "t.party_id", "t.uuid", "parties_bankaccount t", []),
    ]
    selects, values = [], []
    for name, party, uuid, table, wheres in parts:
        select = f"SELECT {party}, '{name}', t.id, {uuid} FROM {table}"  # noqa: S608 - names of our own
        sql, found = narrowed(select, [Where(f"{party} = ANY(%s)", (wanted,)), *wheres])
        selects.append(sql)
        values += found
    selects.append(
        "SELECT t.representative_id, 'vertegenwoordigden', t.represented_id, p.uuid FROM parties_representation t"
        " JOIN parties_party p ON p.id = t.represented_id WHERE t.representative_id = ANY(%s)"
    )
    return grouped(rows(f"{' UNION ALL '.join(selects)} ORDER BY 3", [*values, wanted]))


def _shown(
    reading: Reading,
    columns: list[Any],
    kin: dict[str, list[Any]],
    categories: list[tuple[Any, ...]],
    numbers: list[tuple[Any, ...]],
) -> dict[str, Any]:
    held = dict(zip(_OWN, columns, strict=False))
    employer, address, account = columns[len(_OWN) :]
    lists = {name: [reading.link(path, uuid) for _pk, uuid in kin[name]] for name, path in _LISTS.items()}
    return {
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
        "partijIdentificatie": _identity_shown(reading, held, employer),
    }


def _category_shown(reading: Reading, uuid: UUID, *rest: Any) -> dict[str, Any]:
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
