"""Kanalen: what one can subscribe to. They are those of this register; nobody else publishes here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract import filters
from aanspreekpunt.api.klantinteracties.contract.errors import invalid, permission_denied
from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, Many, Text, WebAddress
from aanspreekpunt.api.klantinteracties.contract.resource import KLANTINTERACTIES, NOTIFICATIES, Record, Resource
from aanspreekpunt.api.klantinteracties.notifications import CHANNELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.filters import Where
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

UUIDS = {channel.name: uuid5(NAMESPACE_URL, f"kanaal:{channel.name}") for channel in CHANNELS}


def _listed() -> str:
    rows = ", ".join(f"({pk}, '{UUIDS[each.name]}'::uuid, '{each.name}')" for pk, each in enumerate(CHANNELS))
    return f"(SELECT * FROM (VALUES {rows}) AS listed (id, uuid, name))"  # noqa: S608 - names of our own


class Kanaal(Resource):
    """A channel, with the features on which a subscription can filter."""

    root = NOTIFICATIES
    path = "kanaal"
    name = "Kanaal"
    tag = "kanaal"
    table = _listed()
    order = "t.id ASC"
    is_paged = False
    verbs_of_one = frozenset({"GET", "HEAD"})
    filters = {"naam": filters.text("t.name = %s")}
    fields = {
        "url": URL_FIELD,
        "naam": Text(required=True, blank=False, min_length=1, max_length=50),
        "documentatieLink": WebAddress(max_length=200),
        "filters": Many(of=Text(blank=False, min_length=1, max_length=100)),
    }

    @classmethod
    def paths(cls) -> dict[str, Any]:
        """Return its addresses for the document: one cannot be changed or taken away."""
        listed, one = super().paths().items()
        return {listed[0]: listed[1], one[0]: {"get": one[1]["get"]}}

    def visible(self, _caller: Caller) -> list[Where]:
        return []

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        return {pk: Record(_shown(pk, reading)) for pk in ids}

    def create(self, data: dict[str, Any], _writing: Writing) -> int:
        if data["naam"] in UUIDS:
            raise invalid("naam", _("There is a kanaal by this name already."), code="unique")
        raise permission_denied(_("Only this register itself publishes here."))


def _shown(pk: int, reading: Reading) -> dict[str, Any]:
    channel = CHANNELS[pk]
    return {
        "url": f"{reading.base}{NOTIFICATIES}{Kanaal.path}/{UUIDS[channel.name]}",
        "naam": channel.name,
        "documentatieLink": f"{reading.base}{KLANTINTERACTIES}openapi.json",
        "filters": list(channel.features),
    }
