"""Onderwerpobjecten: what a contact was about, such as a case elsewhere or an earlier contact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from aanspreekpunt.api.klantinteracties.contract import openapi
from aanspreekpunt.api.klantinteracties.contract.fields import URL_FIELD, UUID_FIELD, Fields
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where, url, uuid
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Record, Resource, narrowed, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import contacts_visible, parts_visible
from aanspreekpunt.api.klantinteracties.resources.pointing import (
    contact_named,
    contact_ref,
    pointer,
    pointer_filters,
    pointer_shown,
    pointer_told,
)
from aanspreekpunt.promises.operations import join_reply, remove_contact
from aanspreekpunt.questions.models import Contact, SubjectLink
from aanspreekpunt.questions.operations import hold_questions_of, link_subject, relink_subject, unlink_subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Writing
    from aanspreekpunt.questions.operations.parts import PointerTold

_CONTACT = "t.contact_id = (SELECT id FROM contact WHERE uuid = %s)"
_WAS_CONTACT = "t.was_contact_id = (SELECT id FROM contact WHERE uuid = %s)"


class Onderwerpobjecten(Resource):
    """Each thing a contact was about."""

    path = "onderwerpobjecten"
    name = "Onderwerpobject"
    tag = "onderwerpobjecten"
    table = "questions_subjectlink"
    counted_by = ("is_confidential",)
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "klantcontact": contact_ref(nullable=True, about="Het contact dat hierover ging."),
        "wasKlantcontact": contact_ref(nullable=True, about="Het eerdere contact waar het over ging."),
        "onderwerpobjectidentificator": pointer("Onderwerpobjectidentificator", "Het object in een ander register."),
    }
    filters: ClassVar[dict[str, Filter]] = {
        "klantcontact__url": url(_CONTACT, about="URL van het contact."),
        "klantcontact__uuid": uuid(_CONTACT, about="UUID van het contact."),
        **pointer_filters("onderwerpobjectidentificator", "t"),
        "wasKlantcontact__url": url(_WAS_CONTACT, about="URL van het eerdere contact."),
        "wasKlantcontact__uuid": uuid(_WAS_CONTACT, about="UUID van het eerdere contact."),
    }

    @classmethod
    def paths(cls) -> dict[str, Any]:
        found = openapi.paths_of(cls)
        delete = found[f"/{cls.path}/{{uuid}}"]["delete"]
        about = "Bij `true` gaan ook de contacten weg die met niets anders samenhangen."
        schema = {"type": "boolean", "default": False}
        delete["parameters"].insert(0, {"in": "query", "name": "cascade", "schema": schema, "description": about})
        answer = {"application/json": {"schema": {"$ref": "#/components/schemas/OnderwerpobjectDeleteResponse"}}}
        delete["responses"]["200"] = {**delete["responses"]["204"], "content": answer}
        return found

    @classmethod
    def parts(cls) -> dict[str, Any]:
        kept = {"type": "array", "items": {"type": "string", "format": "uri"}}
        answer = {"type": "object", "properties": {"behouden": kept}, "required": ["behouden"]}
        return {**super().parts(), "OnderwerpobjectDeleteResponse": answer}

    def visible(self, caller: Caller) -> list[Where]:
        return parts_visible(caller, "t", "contact_id", "was_contact_id")

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        found = rows(
            "SELECT t.id, t.uuid::text, contact.uuid::text, was.uuid::text, t.object_id, t.object_type, t.register,"  # noqa: S608 - names of our own
            " t.object_id_kind FROM questions_subjectlink t LEFT JOIN contact ON contact.id = t.contact_id"
            f" LEFT JOIN contact was ON was.id = t.was_contact_id WHERE t.id {AMONG}",
            [list(ids)],
        )
        return {
            pk: Record(
                {
                    **reading.link(self.path, own),
                    "klantcontact": reading.link("klantcontacten", contact) if contact else None,
                    "wasKlantcontact": reading.link("klantcontacten", was) if was else None,
                    "onderwerpobjectidentificator": pointer_shown((one, two, three, four)),
                }
            )
            for pk, own, contact, was, one, two, three, four in found
        }

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        told = told_subject(data, writing)
        _hold(told.get("contact"), told.get("was_contact"))
        link = link_subject(told=told, by=writing.by, at=writing.at)
        _join(link, writing)
        return int(link.pk)

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        link = SubjectLink.objects.select_related("contact__question").get(pk=pk)
        told = told_subject(data, writing)
        _hold(told.get("contact", link.contact), told.get("was_contact", link.was_contact))
        relink_subject(link=link, told=told, by=writing.by, at=writing.at)
        _join(link, writing)

    def remove(self, pk: int, writing: Writing) -> None:
        link = SubjectLink.objects.select_related("contact__question").get(pk=pk)
        unlink_subject(link=link, by=writing.by, at=writing.at)

    def remove_as_asked(self, pk: int, query: QueryDict, writing: Writing, reading: Reading) -> dict[str, Any] | None:
        """Take it away; with `cascade` its contacts as well, except those that hang together with something else."""
        if query.get("cascade", "").lower() != "true":  # nothing else, as in the standard's own register: it deletes
            self.remove(pk, writing)
            return None
        link = SubjectLink.objects.get(pk=pk)
        pairs = dict.fromkeys(each for each in (link.contact_id, link.was_contact_id) if each is not None)
        self.remove(pk, writing)
        kept = [contact_id for contact_id in pairs if not _remove_if_alone(contact_id, writing)]
        uuids = dict(Contact.objects.filter(pk__in=kept).values_list("pk", "uuid"))
        return {"behouden": [reading.link("klantcontacten", uuids[each])["url"] for each in kept if each in uuids]}


def _hold(contact: Contact | None, was_contact: Contact | None) -> None:
    """Lock the questions of two contacts before the link that names them, if one is to join that of the other."""
    if contact is not None and was_contact is not None:
        hold_questions_of(contact, was_contact)


def _join(link: SubjectLink, writing: Writing) -> None:
    """Let a contact that answers an earlier one join the question of that one."""
    if link.contact is not None and link.was_contact is not None:
        join_reply(reply=link.contact, to=link.was_contact, by=writing.by, at=writing.at)


def told_subject(data: dict[str, Any], writing: Writing) -> PointerTold:
    """Return what is said of a subject, in our words."""
    told: PointerTold = {}
    for name, column in (("klantcontact", "contact"), ("wasKlantcontact", "was_contact")):
        if name in data:
            uuid_given = data[name]
            told[column] = contact_named(uuid_given, writing.caller, name=name) if uuid_given else None  # type: ignore[literal-required]  # one of two
    if "onderwerpobjectidentificator" in data:
        told.update(pointer_told(data["onderwerpobjectidentificator"]))  # type: ignore[typeddict-item]  # its four texts
    return told


def _remove_if_alone(contact_id: int, writing: Writing) -> bool:
    """Remove a contact no subject is linked to any more; never one that is not there for this caller."""
    alone = "NOT EXISTS (SELECT FROM questions_subjectlink s WHERE s.contact_id = t.id OR s.was_contact_id = t.id)"
    wheres = [Where("t.id = %s", (contact_id,)), Where(alone), *contacts_visible(writing.caller, "t")]
    sql, values = narrowed("SELECT t.id FROM contact t", wheres)
    if not rows(sql, values):
        return False
    contact = Contact.objects.select_related("question").get(pk=contact_id)
    remove_contact(contact=contact, by=writing.by, at=writing.at)
    return True
