"""Partijen: people, organisations and contact persons, as far as they made themselves known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract import openapi
from aanspreekpunt.api.klantinteracties.contract.fields import object_schema, parts_of
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, choice, text, url, uuid, yes_no
from aanspreekpunt.api.klantinteracties.contract.resource import Expansion, Resource, rows
from aanspreekpunt.api.klantinteracties.resources.digitaleadressen import addresses_visible
from aanspreekpunt.api.klantinteracties.resources.identifying import number_filters
from aanspreekpunt.api.klantinteracties.resources.naming import locked
from aanspreekpunt.api.klantinteracties.resources.numbering import numbers_in_use
from aanspreekpunt.api.klantinteracties.resources.partijen_fields import COMMON, FIELDS, IDENTITIES, identity_schema
from aanspreekpunt.api.klantinteracties.resources.partijen_shown import KINDS, load_parties
from aanspreekpunt.api.klantinteracties.resources.partijen_told import belongings_told, party_told
from aanspreekpunt.api.klantinteracties.resources.postal import LINES
from aanspreekpunt.api.klantinteracties.resources.refusing import refusing
from aanspreekpunt.parties.models import Party
from aanspreekpunt.parties.operations import change_party, make_party, remove_party
from aanspreekpunt.parties.refusals import NumberInUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.errors import Fault
    from aanspreekpunt.api.klantinteracties.contract.fields import Fields
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Record, Writing

_MAILED: Final = "t.mailing_address <> '{}'"
_NUMBERED: Final = "t.id IN (SELECT i.party_id FROM parties_partyidentifier i WHERE {})"
_PARENT: Final = "i.part_of_id IN (SELECT above.id FROM parties_partyidentifier above WHERE {})"
_REPRESENTED: Final = (
    "t.id IN (SELECT r.represented_id FROM parties_representation r"
    " JOIN parties_party p ON p.id = r.representative_id WHERE p.uuid = %s)"
)
"""Whom a party represents: what the standard's own register finds by `vertegenwoordigdePartij`, despite its name."""
_IN_CATEGORY: Final = (
    "t.id IN (SELECT l.party_id FROM parties_categorylink l JOIN parties_category c ON c.id = l.category_id"
    " WHERE c.name = ANY(%s))"
)


def _address_filters() -> dict[str, Filter]:
    """Return the filters on the addresses; an empty address line is kept as none at all."""
    found: dict[str, Filter] = {}
    for place, line in enumerate(LINES):
        name = line[0].upper() + line[1:]
        found[f"bezoekadres{name}"] = text(
            f"t.address_lines <> '{{}}' AND t.address_lines @> ARRAY[%s::text] AND t.address_lines[{place + 1}] = %s",
            about="Regel van het adres.",
        )
        found[f"correspondentieadres{name}"] = text(
            f"{_MAILED} AND t.mailing_address @> jsonb_build_object('address_lines', jsonb_build_array(%s::text))"
            f" AND t.mailing_address #>> '{{address_lines,{place}}}' = %s",
            about="Regel van het postadres.",
        )
    for name, column in {"Land": "country", "NummeraanduidingId": "address_id"}.items():
        found[f"bezoekadres{name}"] = text(f"t.{column} <> '' AND t.{column} = %s", about="Deel van het adres.")
        found[f"correspondentieadres{name}"] = text(
            f"{_MAILED} AND t.mailing_address @> jsonb_build_object('{column}', %s::text)",
            about="Deel van het postadres.",
        )
    return found


class Partijen(Resource):
    """People, organisations and contact persons."""

    path = "partijen"
    name = "Partij"
    tag = "partijen"
    table = "parties_party"
    counted_by = ("kind", "is_active", "is_address_secret")
    expands = ("betrokkenen", "betrokkenen.hadKlantcontact", "categorieRelaties", "digitaleAdressen")
    fields: ClassVar[Fields] = FIELDS
    filters: ClassVar[dict[str, Filter]] = {
        **_address_filters(),
        "categorierelatie__categorie__naam": Filter(
            where=lambda value: Where(_IN_CATEGORY, (value.split(","),)),
            about="Namen van categorieën, met komma's ertussen: partijen die tot een daarvan horen.",
        ),
        "indicatieActief": yes_no(
            yes="t.is_active", no="NOT t.is_active", kept="is_active", about="Of de partij actief is."
        ),
        "indicatieGeheimhouding": yes_no(
            yes="t.is_address_secret IS NOT NULL AND t.is_address_secret",  # as its index says it
            no="t.is_address_secret IS NOT NULL AND NOT t.is_address_secret",
            kept="is_address_secret",
            about="Of de gegevens geheim zijn.",
        ),
        "nummer": text("t.number <> '' AND t.number = %s", deprecated=True, about="Het nummer van de partij."),
        **number_filters("partijIdentificator", within=_NUMBERED),
        "soortPartij": choice("t.kind = %s", KINDS, kept="kind", about="Soort partij."),
        **number_filters("subIdentificatorVan", within=_NUMBERED, table="above", around=_PARENT),
        "vertegenwoordigdePartij__url": url(_REPRESENTED, about="URL van de partij die hen vertegenwoordigt."),
        "vertegenwoordigdePartij__uuid": uuid(_REPRESENTED, about="UUID van de partij die hen vertegenwoordigt."),
    }

    @classmethod
    def schema(cls) -> dict[str, Any]:
        names = {kind: f"{kind}_PartijSerializer" for kind in KINDS}
        mapping = {kind: f"#/components/schemas/{name}" for kind, name in names.items()}
        return {
            "oneOf": [{"$ref": address} for address in mapping.values()],
            "discriminator": {"propertyName": "soortPartij", "mapping": mapping},
        }

    @classmethod
    def parts(cls) -> dict[str, Any]:
        found = {**openapi.plain_parts(cls), "Base_PartijSerializer": object_schema(COMMON)}
        for kind, fields in IDENTITIES.items():
            part = kind.capitalize()
            found |= {**parts_of(fields), part: identity_schema(fields)}
            identity = {"allOf": [{"$ref": f"#/components/schemas/{part}"}], "nullable": True}
            own = {"type": "object", "properties": {"partijIdentificatie": identity}}
            found[f"partij_identificatie_{part}"] = own
            both = ("Base_PartijSerializer", f"partij_identificatie_{part}")
            found[f"{kind}_PartijSerializer"] = openapi.variant_of(both, "soortPartij", kind)
        return found

    @classmethod
    def expansions(cls) -> dict[str, Expansion]:
        lists = {"betrokkenen": "betrokkenen", "categorieRelaties": "categorie-relaties"}
        return {
            name: Expansion(resources.kind_at(path), is_list=True)
            for name, path in {**lists, "digitaleAdressen": "digitaleadressen"}.items()
        }

    def visible(self, caller: Caller) -> list[Where]:
        del caller  # a token may see parties and what belongs to them, or none of it
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        return load_parties(reading, ids)

    def also_wrong(self, said: Mapping[str, Any], pk: int | None) -> Iterator[Fault]:
        """Yield that another party has the number."""
        others = Party.objects.exclude(pk=pk or 0)
        yield from numbers_in_use(others, {"nummer": "number"}, said, str(NumberInUse()))

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        given = party_told(data, writing.caller, kind=data["soortPartij"])
        given.setdefault("is_introduced", False)
        having = belongings_told(data, writing.caller, party=None)
        with refusing():
            return int(make_party(given=given, having=having, by=writing.by, at=writing.at).pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        party = locked(Party, pk)
        kind = data.get("soortPartij", next(theirs for theirs, ours in KINDS.items() if ours == party.kind))
        given = party_told(data, writing.caller, kind=kind)
        having = belongings_told(data, writing.caller, party=party, hidden=_hidden_addresses(pk, writing.caller))
        with refusing():
            change_party(party=party, given=given, having=having, by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        with refusing():
            remove_party(party=locked(Party, pk), by=writing.by, at=writing.at)


def _hidden_addresses(pk: int, caller: Caller) -> list[int]:
    """Return the addresses of a party that this caller cannot list, and so does not leave out either."""
    seen = addresses_visible(caller, "t")
    if not seen:
        return []
    shown = " AND ".join(f"({where.sql})" for where in seen)
    values = [value for where in seen for value in where.values]
    sql = f"SELECT t.id FROM parties_digitaladdress t WHERE t.party_id = %s AND NOT ({shown})"  # noqa: S608 - names of our own
    return [found for (found,) in rows(sql, [pk, *values])]
