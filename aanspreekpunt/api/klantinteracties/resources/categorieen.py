"""Categorieen: the kinds of parties a municipality tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, UUID_FIELD, Fields, Text
from aanspreekpunt.api.klantinteracties.contract.resource import Record, Resource, rows
from aanspreekpunt.api.klantinteracties.resources.naming import locked
from aanspreekpunt.parties.models import Category
from aanspreekpunt.parties.operations import make_category, remove_category, rename_category

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.filters import Where
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing


class Categorieen(Resource):
    """The kinds of parties a municipality tells apart."""

    path = "categorieen"
    name = "Categorie"
    tag = "categorieen"
    table = "parties_category"
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "naam": Text(max_length=80, about="Naam van de categorie."),
    }

    def visible(self, caller: Caller) -> list[Where]:
        del caller  # what kinds there are is no secret
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        found = rows("SELECT id, uuid::text, name FROM parties_category WHERE id = ANY(%s)", [list(ids)])
        return {pk: Record({**reading.link(self.path, uuid), "naam": name}) for pk, uuid, name in found}

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        return int(make_category(name=data.get("naam", ""), by=writing.by, at=writing.at).pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        if "naam" in data:
            rename_category(category=locked(Category, pk), name=data["naam"], by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        remove_category(category=locked(Category, pk), by=writing.by, at=writing.at)
