"""Partij-identificatoren: the numbers by which other registers know a party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, Fields, Identity, Ref, Text
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, text
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.resources.identifying import (
    NUMBER_FIELD,
    kind_and_number,
    number_shown,
    own_number_filters,
)
from aanspreekpunt.api.klantinteracties.resources.naming import locked, named, party_ref
from aanspreekpunt.api.klantinteracties.resources.refusing import refusing
from aanspreekpunt.parties.models import Party, PartyIdentifier
from aanspreekpunt.parties.operations import (
    IdentifierGiven,
    change_identifier,
    make_identifier,
    remove_identifier,
)
from aanspreekpunt.parties.queries import opened
from aanspreekpunt.parties.refusals import IdentifierHasParts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing


def identifier_columns(table: str, party: str) -> str:
    """Return what `identifier_shown` needs of each number in `table`, its party and its `parent`."""
    own = f"{table}.other_identifier, {table}.kind, {table}.plain, encode({table}.sealed, 'hex')"
    return f"{table}.uuid::text, {party}.uuid::text, {own}, parent.uuid::text"


_SELECT: Final = (
    f"SELECT t.id, {identifier_columns('t', 'p')} FROM parties_partyidentifier t"  # noqa: S608 - names of our own
    " LEFT JOIN parties_party p ON p.id = t.party_id"
    f" LEFT JOIN parties_partyidentifier parent ON parent.id = t.part_of_id WHERE t.id {AMONG}"
)

FIELDS: Final[Fields] = {
    "uuid": Identity(about="Unieke (technische) identificatiecode."),
    "url": URL_FIELD,
    "identificeerdePartij": party_ref(nullable=True, about="De partij van wie het nummer is."),
    "anderePartijIdentificator": Text(max_length=200, deprecated=True, about="Waaraan de partij nog te herkennen is."),
    "partijIdentificator": NUMBER_FIELD,
    "subIdentificatorVan": Ref(
        part="PartijIdentificatorForeignkey", nullable=True, about="Het nummer waaronder dit nummer valt."
    ),
}


class PartijIdentificatoren(Resource):
    """The numbers by which other registers know a party."""

    path = "partij-identificatoren"
    name = "PartijIdentificator"
    tag = "partij-identificatoren"
    table = "parties_partyidentifier"
    counted_by = ("kind",)
    fields: ClassVar[Fields] = FIELDS
    filters: ClassVar[dict[str, Filter]] = {
        "anderePartijIdentificator": text(
            "t.other_identifier <> '' AND t.other_identifier = %s", about="Waaraan de partij nog te herkennen is."
        ),
        **own_number_filters("partijIdentificator", "t"),
    }

    def visible(self, caller: Caller) -> list[Where]:
        del caller  # a token may see parties and what belongs to them, or none of it
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        return {pk: Record(identifier_shown(reading, *values)) for pk, *values in rows(_SELECT, [list(ids)])}

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        given = identifier_given(data, writing.caller)
        with refusing():
            return int(make_identifier(given=given, by=writing.by, at=writing.at).pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        identifier = locked(PartyIdentifier, pk)
        given = identifier_given(data, writing.caller)
        with refusing({IdentifierHasParts: ("partijIdentificatorCodeSoortObjectId", "invalid")}):
            change_identifier(identifier=identifier, given=given, by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        with refusing():
            remove_identifier(identifier=locked(PartyIdentifier, pk), by=writing.by, at=writing.at)


def identifier_shown(reading: Reading, uuid: str, party: str | None, other: str, *number: Any) -> dict[str, Any]:
    """Return a number as the standard shows it, from a row of `identifier_columns`."""
    kind, plain, sealed, parent = number
    path = PartijIdentificatoren.path
    return {
        **reading.link(path, uuid),
        "identificeerdePartij": reading.link("partijen", party) if party else None,
        "anderePartijIdentificator": other,
        "partijIdentificator": number_shown(kind, opened(kind, plain, bytes.fromhex(sealed or ""))),
        "subIdentificatorVan": reading.link(path, parent) if parent else None,
    }


def identifier_given(data: dict[str, Any], caller: Caller, *, field: str = "") -> IdentifierGiven:
    """Return what was said of a number. `field` is where it stands in the request, for the errors."""
    given = IdentifierGiven()
    if "identificeerdePartij" in data:
        name = f"{field}identificeerdePartij"
        given["party"] = named(Party, resources.kind_at("partijen"), data["identificeerdePartij"], caller, field=name)
    if "anderePartijIdentificator" in data:
        given["other_identifier"] = data["anderePartijIdentificator"]
    if "partijIdentificator" in data:
        given["kind"], given["number"] = kind_and_number(data["partijIdentificator"], field=field)
    if "subIdentificatorVan" in data:
        name = f"{field}subIdentificatorVan"
        given["part_of"] = named(
            PartyIdentifier, PartijIdentificatoren, data["subIdentificatorVan"], caller, field=name
        )
    return given
