"""Bijlagen: files that belong to a contact, kept elsewhere or here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final
from uuid import UUID

from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, UUID_FIELD, Fields
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, uuid
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, Resource, kept_count, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import parts_visible
from aanspreekpunt.api.klantinteracties.resources.pointing import (
    POINTER_ABOUT,
    contact_named,
    contact_ref,
    pointer,
    pointer_filters,
    pointer_shown,
    pointer_told,
)
from aanspreekpunt.questions.models import Attachment
from aanspreekpunt.questions.operations import point_elsewhere, point_to_file, remove_attachment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing
    from aanspreekpunt.questions.operations.parts import PointerTold

_CONTACT = "t.contact_id = (SELECT id FROM contact WHERE uuid = %s)"
_SHOWN: Final = (
    "(SELECT id, uuid, contact_id, stored_as, is_confidential, object_id AS pointed_at,"
    " CASE WHEN stored_as = '' THEN object_id ELSE uuid::text END object_id,"
    " CASE WHEN stored_as = '' THEN object_type ELSE 'bestand' END object_type,"
    " CASE WHEN stored_as = '' THEN register ELSE 'aanspreekpunt' END register,"
    " CASE WHEN stored_as = '' THEN object_id_kind ELSE 'uuid' END object_id_kind FROM questions_attachment)"
)
"""The files, those that are stored here named as a thing in our own register."""


_SENT: Final = Where("t.contact_id IS NOT NULL OR t.stored_as = ''", kept=("is_sent", ("true",)))
"""What somebody is still typing a text to is not there yet."""


def _named_by(value: str) -> Where:
    """Find a file by its identity in another register, or one that is stored here by its uuid."""
    pointed = "t.stored_as = '' AND t.pointed_at <> '' AND t.pointed_at = %s"
    try:
        own = UUID(value)
    except ValueError:
        own = None
    if str(own) != value:
        return Where(pointed, (value,))
    return Where(f"{pointed} OR t.stored_as <> '' AND t.uuid = %s", (value, own))


class Bijlagen(Resource):
    """Each file of a contact."""

    path = "bijlagen"
    name = "Bijlage"
    tag = "bijlagen"
    table = _SHOWN
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "wasBijlageVanKlantcontact": contact_ref(nullable=True, about="Het contact waar de bijlage bij hoort."),
        "bijlageidentificator": pointer("BijlageIdentificator", "Het bestand in een ander register."),
    }
    filters: ClassVar[dict[str, Filter]] = {
        **pointer_filters("bijlageidentificator", "t"),
        "bijlageidentificatorObjectId": Filter(where=_named_by, about=POINTER_ABOUT["objectId"]),
        "klantcontact__uuid": uuid(_CONTACT, about="UUID van het contact."),
    }

    def visible(self, caller: Caller) -> list[Where]:
        return [_SENT, *parts_visible(caller, "t", "contact_id")]

    def count(self, wheres: list[Where]) -> int:
        """Return how many files these conditions leave; how many there are is kept of the table behind this list."""
        kept = kept_count("questions_attachment", ("is_sent", "is_confidential"), wheres)
        return super().count(wheres) if kept is None else kept

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        found = rows(
            "SELECT t.id, t.uuid::text, contact.uuid::text, t.object_id, t.object_type, t.register, t.object_id_kind"  # noqa: S608 - names of our own
            f" FROM {_SHOWN} t LEFT JOIN contact ON contact.id = t.contact_id WHERE t.id {AMONG}",
            [list(ids)],
        )
        return {
            pk: Record(
                {
                    **reading.link(self.path, own),
                    "wasBijlageVanKlantcontact": reading.link("klantcontacten", contact) if contact else None,
                    "bijlageidentificator": pointer_shown((one, two, three, four)),
                }
            )
            for pk, own, contact, one, two, three, four in found
        }

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        return int(point_to_file(told=_told(data, writing), by=writing.by, at=writing.at).pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        attachment = Attachment.objects.select_related("contact__question").get(pk=pk)
        told = _told(data, writing)
        if attachment.stored_as:  # where our own file is found stays as it is
            told = {"contact": told["contact"]} if told.get("contact") else {}
        point_elsewhere(attachment=attachment, told=told, by=writing.by, at=writing.at)

    def remove(self, pk: int, writing: Writing) -> None:
        attachment = Attachment.objects.select_related("contact__question").get(pk=pk)
        remove_attachment(attachment=attachment, by=writing.by, at=writing.at)


def _told(data: dict[str, Any], writing: Writing) -> PointerTold:
    told: PointerTold = {}
    if "wasBijlageVanKlantcontact" in data:
        given = data["wasBijlageVanKlantcontact"]
        told["contact"] = contact_named(given, writing.caller, name="wasBijlageVanKlantcontact") if given else None
    if "bijlageidentificator" in data:
        told.update(pointer_told(data["bijlageidentificator"]))  # type: ignore[typeddict-item]  # its four texts
    return told
