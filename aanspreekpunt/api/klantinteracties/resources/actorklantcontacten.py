"""Actorklantcontacten: who dealt with which contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Refused, invalid
from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, UUID_FIELD, Fields, Ref
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, url, uuid
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import parts_visible
from aanspreekpunt.api.klantinteracties.resources.pointing import contact_named, contact_ref
from aanspreekpunt.organisation.models import ActorRecord
from aanspreekpunt.questions.models import ContactActor
from aanspreekpunt.questions.operations import link_actor, relink_actor, unlink_actor
from aanspreekpunt.questions.refusals import AlreadyLinked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing

_ACTOR = "t.actor_id = (SELECT id FROM actor WHERE uuid = %s)"
_CONTACT = "t.contact_id = (SELECT id FROM contact WHERE uuid = %s)"


class Actorklantcontacten(Resource):
    """Each pair of an actor and a contact."""

    path = "actorklantcontacten"
    name = "ActorKlantcontact"
    tag = "actorklantcontacten"
    table = "contact_actor"
    counted_by = ("is_confidential",)
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "actor": Ref(part="ActorForeignKey", required=True, about="Wie erbij betrokken was."),
        "klantcontact": contact_ref(required=True, about="Het contact."),
    }
    filters: ClassVar[dict[str, Filter]] = {
        "actor__url": url(_ACTOR, about="URL van de actor."),
        "actor__uuid": uuid(_ACTOR, about="UUID van de actor."),
        "klantcontact__url": url(_CONTACT, about="URL van het contact."),
        "klantcontact__uuid": uuid(_CONTACT, about="UUID van het contact."),
    }

    def visible(self, caller: Caller) -> list[Where]:
        return parts_visible(caller, "t", "contact_id")

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        found = rows(
            "SELECT t.id, t.uuid::text, actor.uuid::text, contact.uuid::text FROM contact_actor t"  # noqa: S608 - names of our own
            f" JOIN actor ON actor.id = t.actor_id JOIN contact ON contact.id = t.contact_id WHERE t.id {AMONG}",
            [list(ids)],
        )
        return {
            pk: Record(
                {
                    **reading.link(self.path, own),
                    "actor": reading.link("actoren", actor),
                    "klantcontact": reading.link("klantcontacten", contact),
                }
            )
            for pk, own, actor, contact in found
        }

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        contact = contact_named(data["klantcontact"], writing.caller, name="klantcontact")
        try:
            linked = link_actor(contact=contact, actor=_actor(data["actor"]), by=writing.by, at=writing.at)
        except AlreadyLinked as refusal:
            raise _not_unique() from refusal
        return int(linked.pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        linked = ContactActor.objects.select_related("contact__question", "actor").get(pk=pk)
        contact, actor = linked.contact, linked.actor
        if "klantcontact" in data:
            contact = contact_named(data["klantcontact"], writing.caller, name="klantcontact")
        if "actor" in data:
            actor = _actor(data["actor"])
        try:
            relink_actor(linked=linked, contact=contact, actor=actor, by=writing.by, at=writing.at)
        except AlreadyLinked as refusal:
            raise _not_unique() from refusal

    def remove(self, pk: int, writing: Writing) -> None:
        linked = ContactActor.objects.select_related("contact__question").get(pk=pk)
        unlink_actor(linked=linked, by=writing.by, at=writing.at)


def _actor(named: UUID) -> ActorRecord:
    found = ActorRecord.objects.filter(uuid=named).first()
    if found is None:
        raise invalid("actor.uuid", _("Actor object does not exist."))
    return found


def _not_unique() -> Refused:
    reason = _("The fields %(names)s must make a unique set.") % {"names": "actor, klantcontact"}
    return invalid(NON_FIELD, reason, code="unique")
