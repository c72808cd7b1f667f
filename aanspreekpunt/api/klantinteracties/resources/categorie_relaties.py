"""Categorie-relaties: which parties belong to which category, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, UUID_FIELD, Day, Fields, Ref, Shown
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Kind, Where, text, url, uuid
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.resources.categorieen import Categorieen
from aanspreekpunt.api.klantinteracties.resources.naming import locked, named
from aanspreekpunt.parties.models import Category, CategoryLink, Party
from aanspreekpunt.parties.operations import (
    CategoryLinkGiven,
    change_category_link,
    put_in_category,
    take_out_of_category,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

_SELECT: Final = (
    "SELECT t.id, t.uuid::text, p.uuid::text, c.uuid::text, c.name, t.begins_on, t.ends_on"  # noqa: S608 - names of our own
    " FROM parties_categorylink t LEFT JOIN parties_party p ON p.id = t.party_id"
    f" LEFT JOIN parties_category c ON c.id = t.category_id WHERE t.id {AMONG}"
)
_PARTY: Final = "t.party_id = (SELECT id FROM parties_party WHERE uuid = %s)"
_CATEGORY: Final = "t.category_id = (SELECT id FROM parties_category WHERE uuid = %s)"
_NAME: Final = Shown(described_as={"type": "string"})


class CategorieRelaties(Resource):
    """Which parties belong to which category."""

    path = "categorie-relaties"
    name = "CategorieRelatie"
    tag = "categorie-relaties"
    table = "parties_categorylink"
    counted_by = ()
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "partij": Ref(part="PartijForeignkeyBase", nullable=True, about="De partij die tot de categorie hoort."),
        "categorie": Ref(
            part="CategorieForeignKey", extra={"naam": _NAME}, nullable=True, about="De categorie waartoe zij hoort."
        ),
        "beginDatum": Day(nullable=True, about="Vanaf welke dag; vandaag als dit er niet staat."),
        "eindDatum": Day(nullable=True, about="Tot en met welke dag."),
    }
    filters: ClassVar[dict[str, Filter]] = {
        "beginDatum": Filter(kind=Kind.DAY, sql="t.begins_on = %s", about="De dag waarop het begint."),
        "categorie__naam": text(
            "t.category_id IN (SELECT id FROM parties_category WHERE name = %s)", about="Naam van de categorie."
        ),
        "categorie__url": url(_CATEGORY, about="URL van de categorie."),
        "categorie__uuid": uuid(_CATEGORY, about="UUID van de categorie."),
        "eindDatum": Filter(kind=Kind.DAY, sql="t.ends_on = %s", about="De dag waarop het eindigt."),
        "partij__nummer": text(
            "t.party_id IN (SELECT id FROM parties_party WHERE number <> '' AND number = %s)",
            about="Nummer van de partij.",
        ),
        "partij__url": url(_PARTY, about="URL van de partij."),
        "partij__uuid": uuid(_PARTY, about="UUID van de partij."),
    }

    def visible(self, caller: Caller) -> list[Where]:
        del caller  # a token may see parties and what belongs to them, or none of it
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        return {pk: Record(self._shown(reading, *values)) for pk, *values in rows(_SELECT, [list(ids)])}

    def _shown(self, reading: Reading, uuid: str, party: str, category: str, *rest: Any) -> dict[str, Any]:
        name, begins_on, ends_on = rest
        return {
            **reading.link(self.path, uuid),
            "partij": reading.link("partijen", party) if party else None,
            "categorie": {**reading.link(Categorieen.path, category), "naam": name} if category else None,
            "beginDatum": begins_on,
            "eindDatum": ends_on,
        }

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        return int(put_in_category(given=_given(data, writing.caller), by=writing.by, at=writing.at).pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        given = _given(data, writing.caller)
        change_category_link(link=locked(CategoryLink, pk), given=given, by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        take_out_of_category(link=locked(CategoryLink, pk), by=writing.by, at=writing.at)


def _given(data: dict[str, Any], caller: Caller) -> CategoryLinkGiven:
    given = CategoryLinkGiven()
    if "partij" in data:
        given["party"] = named(Party, resources.kind_at("partijen"), data["partij"], caller, field="partij")
    if "categorie" in data:
        given["category"] = named(Category, Categorieen, data["categorie"], caller, field="categorie")
    if "beginDatum" in data:
        given["begins_on"] = data["beginDatum"]
    if "eindDatum" in data:
        given["ends_on"] = data["eindDatum"]
    return given
