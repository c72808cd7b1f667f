"""Contactgegevens: what a base register knows of persons and organisations, kept here for who wants it kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    UUID_FIELD,
    Choice,
    Day,
    Fields,
    Text,
)
from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.resources.naming import locked
from aanspreekpunt.api.klantinteracties.resources.postal import COLUMNS, postal, postal_shown, postal_told
from aanspreekpunt.parties.models import OrganisationDetails, PersonDetails
from aanspreekpunt.parties.operations import (
    change_details,
    make_organisation_details,
    make_person_details,
    remove_details,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.filters import Where
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

GENDERS: Final = {"m": "male", "v": "female", "o": "other", "": ""}
_SHOWN_GENDERS: Final = {ours: theirs for theirs, ours in GENDERS.items()}


@dataclass(frozen=True, kw_only=True)
class _Gender(Choice):
    """A gender, or nothing."""

    options: tuple[str, ...] = ("m", "v", "o")
    blank: bool = True

    def schema(self) -> dict[str, Any]:
        return {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("GeslachtEnum", "BlankEnum")]}

    def parts(self) -> Mapping[str, Any]:
        return {"GeslachtEnum": {"type": "string", "enum": list(self.options)}, "BlankEnum": {"enum": [""]}}


class _Details(Resource):
    """What both kinds have in common: columns with another name, and an address."""

    root = CONTACTGEGEVENS
    model: ClassVar[type[PersonDetails | OrganisationDetails]]
    columns: ClassVar[dict[str, str]]

    def visible(self, caller: Caller) -> list[Where]:
        del caller  # a token may see these, or none of them
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        names = ", ".join((*self.columns.values(), *COLUMNS))
        select = f"SELECT id, uuid::text, {names} FROM {self.table} WHERE id = ANY(%s)"  # noqa: S608 - names of our own
        return {pk: Record(self._shown(reading, *values)) for pk, *values in rows(select, [list(ids)])}

    def _shown(self, reading: Reading, uuid: str, *values: Any) -> dict[str, Any]:
        own = dict(zip(self.columns, values, strict=False))
        if "geslacht" in own:
            own["geslacht"] = _SHOWN_GENDERS[own["geslacht"]]
        address = dict(zip(COLUMNS, values[len(self.columns) :], strict=True))
        return {**reading.link(self.path, uuid, self.root), **own, "adres": postal_shown(address)}

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        change_details(details=locked(self.model, pk), given=self.given(data), by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        remove_details(details=locked(self.model, pk), by=writing.by, at=writing.at)

    def given(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return what was said under the names of our columns."""
        given = {self.columns[name]: value for name, value in data.items() if name in self.columns}
        if "gender" in given:
            given["gender"] = GENDERS[given["gender"]]
        return {**given, **(postal_told(data["adres"]) if "adres" in data else {})}


class Personen(_Details):
    """Persons, as a base register knows them."""

    path = "persoon"
    name = "Persoon"
    tag = "persoon"
    table = "parties_persondetails"
    counted_by = ()
    model = PersonDetails
    columns: ClassVar[dict[str, str]] = {
        "geboortedatum": "born_on",
        "overlijdensdatum": "died_on",
        "geslachtsnaam": "last_name",
        "geslacht": "gender",
        "voorvoegsel": "infix",
        "voornamen": "first_names",
    }
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "geboortedatum": Day(required=True, about="Dag van geboorte."),
        "overlijdensdatum": Day(nullable=True, about="Dag van overlijden."),
        "geslachtsnaam": Text(max_length=200, required=True, blank=False, about="Achternaam zonder voorvoegsel."),
        "geslacht": _Gender(about="Man, vrouw of anders; leeg als het niet bekend is."),
        "voorvoegsel": Text(max_length=10, about="Voorvoegsel van de achternaam."),
        "voornamen": Text(max_length=200, about="Voornamen."),
        "adres": postal("PersoonAdres", about="Het adres."),
    }

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        return int(make_person_details(given=self.given(data), by=writing.by, at=writing.at).pk)


class Organisaties(_Details):
    """Organisations, as a base register knows them."""

    path = "organisatie"
    name = "Organisatie"
    tag = "organisatie"
    table = "parties_organisationdetails"
    counted_by = ()
    model = OrganisationDetails
    columns: ClassVar[dict[str, str]] = {
        "handelsnaam": "trade_name",
        "oprichtingsdatum": "founded_on",
        "opheffingsdatum": "dissolved_on",
    }
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "handelsnaam": Text(max_length=255, required=True, blank=False, about="Naam waaronder zij handelt."),
        "oprichtingsdatum": Day(nullable=True, about="Dag van oprichting."),
        "opheffingsdatum": Day(nullable=True, about="Dag van opheffing."),
        "adres": postal("OrganisatieAdres", about="Het adres."),
    }

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        return int(make_organisation_details(given=self.given(data), by=writing.by, at=writing.at).pk)
