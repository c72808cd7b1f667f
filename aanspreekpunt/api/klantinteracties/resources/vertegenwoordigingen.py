"""Vertegenwoordigingen: which party speaks for which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, UUID_FIELD, Fields
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, url, uuid
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.resources.naming import locked, named, party_ref
from aanspreekpunt.api.klantinteracties.resources.refusing import refusing
from aanspreekpunt.parties.models import Party, Representation
from aanspreekpunt.parties.operations import change_representation, make_representation, remove_representation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

_SELECT: Final = (
    "SELECT t.id, t.uuid::text, a.uuid::text, b.uuid::text FROM parties_representation t"  # noqa: S608 - names of our own
    " JOIN parties_party a ON a.id = t.representative_id JOIN parties_party b ON b.id = t.represented_id"
    f" WHERE t.id {AMONG}"
)
_BY: Final = "t.representative_id = (SELECT id FROM parties_party WHERE uuid = %s)"
_OF: Final = "t.represented_id = (SELECT id FROM parties_party WHERE uuid = %s)"


class Vertegenwoordigingen(Resource):
    """Which party speaks for which."""

    path = "vertegenwoordigingen"
    name = "Vertegenwoordigden"
    tag = "vertegenwoordigingen"
    table = "parties_representation"
    counted_by = ()
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "vertegenwoordigendePartij": party_ref(required=True, about="De partij die een andere vertegenwoordigt."),
        "vertegenwoordigdePartij": party_ref(required=True, about="De partij die vertegenwoordigd wordt."),
    }
    filters: ClassVar[dict[str, Filter]] = {
        "vertegenwoordigdePartij__url": url(_OF, about="URL van de vertegenwoordigde partij."),
        "vertegenwoordigdePartij__uuid": uuid(_OF, about="UUID van de vertegenwoordigde partij."),
        "vertegenwoordigendePartij__url": url(_BY, about="URL van de vertegenwoordigende partij."),
        "vertegenwoordigendePartij__uuid": uuid(_BY, about="UUID van de vertegenwoordigende partij."),
    }

    def visible(self, caller: Caller) -> list[Where]:
        del caller  # a token may see parties and what belongs to them, or none of it
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        return {
            pk: Record(
                {
                    **reading.link(self.path, uuid),
                    "vertegenwoordigendePartij": reading.link("partijen", representative),
                    "vertegenwoordigdePartij": reading.link("partijen", represented),
                }
            )
            for pk, uuid, representative, represented in rows(_SELECT, [list(ids)])
        }

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        both = _both(data, writing.caller)
        with refusing():
            return int(make_representation(**both, by=writing.by, at=writing.at).pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        known = locked(Representation, pk)
        both = {"representative": known.representative, "represented": known.represented, **_both(data, writing.caller)}
        with refusing():
            change_representation(representation=known, **both, by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        remove_representation(representation=locked(Representation, pk), by=writing.by, at=writing.at)


def _both(data: dict[str, Any], caller: Caller) -> dict[str, Party]:
    """Return the parties that were named, by how our register calls their part."""
    parts = {"representative": "vertegenwoordigendePartij", "represented": "vertegenwoordigdePartij"}
    found = {
        part: named(Party, resources.kind_at("partijen"), data[field], caller, field=field)
        for part, field in parts.items()
        if field in data
    }
    return {part: party for part, party in found.items() if party is not None}
