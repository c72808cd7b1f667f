"""Taking over contacts, what belongs to them, who dealt with them, and the tasks that came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from aanspreekpunt.api.klantinteracties.contract.fields import Moment
from aanspreekpunt.api.klantinteracties.importing.kinds import BulkKind, Kind, Thing
from aanspreekpunt.api.klantinteracties.resources.actoren import DETAILS
from aanspreekpunt.api.klantinteracties.resources.betrokkenen import participant_told
from aanspreekpunt.api.klantinteracties.resources.klantcontacten import COLUMNS
from aanspreekpunt.api.klantinteracties.resources.pointing import pointer_told
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.organisation.models import ActorRecord
from aanspreekpunt.promises.models import Task
from aanspreekpunt.promises.operations import TaskBrought, bring_over_tasks
from aanspreekpunt.questions.choices import channel_called
from aanspreekpunt.questions.languages import language_called
from aanspreekpunt.questions.models import Attachment, Contact, ContactActor, Participant, SubjectLink

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model

    from aanspreekpunt.api.klantinteracties.contract.errors import Fault
    from aanspreekpunt.api.klantinteracties.contract.resource import Writing

_CONTACT = "aanleidinggevendKlantcontact"


class Actoren(Kind):
    """Those who deal with contacts, taken over as any system brings them: we look for whom of ours they stand."""

    path = "actoren"
    model = ActorRecord

    def prepared(self, data: dict[str, Any]) -> dict[str, Any]:
        said = data.get("actorIdentificatie")
        if said is None:
            return data
        known = DETAILS[data["soortActor"]].fields
        return {**data, "actorIdentificatie": {name: value for name, value in said.items() if name in known}}


class Klantcontacten(BulkKind):
    """Contacts, as they were said to be; whoever brought them stands in `came_through`."""

    path = "klantcontacten"
    model = Contact
    numbers: ClassVar[Mapping[str, str]] = {"nummer": "number", "referentienummer": "reference_number"}

    def row(self, thing: Thing, writing: Writing) -> Model:
        told = {COLUMNS[name]: value for name, value in thing.data.items()}
        for number in self.numbers.values():
            told[number] = told.get(number) or None
        occurred_at = told.setdefault("occurred_at", writing.at)
        return Contact(
            uuid=thing.uuid,
            conversation=new_uuid(),
            direction=Contact.Direction.IN,
            channel=channel_called(told["told_channel"]),
            language=language_called(told["told_language"]),
            came_through=writing.by.actor_name,
            registered_at=min(occurred_at, writing.at),
            **told,
        )


class Actorklantcontacten(BulkKind):
    """Who dealt with which contact."""

    path = "actorklantcontacten"
    model = ContactActor
    refs: ClassVar[Mapping[str, str]] = {"actor": "actoren", "klantcontact": "klantcontacten"}
    faults: ClassVar[Mapping[str, tuple[str, str]]] = {"contact_actor_once": ("nonFieldErrors", "unique")}

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        return ContactActor(uuid=thing.uuid, actor_id=thing.refs["actor"], contact_id=thing.refs["klantcontact"])


class Betrokkenen(BulkKind):
    """Who took part in a contact."""

    path = "betrokkenen"
    model = Participant
    refs: ClassVar[Mapping[str, str]] = {"hadKlantcontact": "klantcontacten", "wasPartij": "partijen"}

    def row(self, thing: Thing, writing: Writing) -> Model:
        told = participant_told({name: value for name, value in thing.data.items() if name not in self.refs}, writing)
        contact_id, party_id = thing.refs["hadKlantcontact"], thing.refs.get("wasPartij")
        return Participant(uuid=thing.uuid, contact_id=contact_id, party_id=party_id, **told)


class Onderwerpobjecten(BulkKind):
    """What a contact was about."""

    path = "onderwerpobjecten"
    model = SubjectLink
    refs: ClassVar[Mapping[str, str]] = {"klantcontact": "klantcontacten", "wasKlantcontact": "klantcontacten"}

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        return SubjectLink(
            uuid=thing.uuid,
            contact_id=thing.refs.get("klantcontact"),
            was_contact_id=thing.refs.get("wasKlantcontact"),
            **pointer_told(thing.data.get("onderwerpobjectidentificator")),
        )


class Bijlagen(BulkKind):
    """Files elsewhere; the API of the standard says where they are, and does not hand them out."""

    path = "bijlagen"
    model = Attachment
    refs: ClassVar[Mapping[str, str]] = {"wasBijlageVanKlantcontact": "klantcontacten"}

    def row(self, thing: Thing, writing: Writing) -> Model:
        del writing
        return Attachment(
            uuid=thing.uuid,
            contact_id=thing.refs.get("wasBijlageVanKlantcontact"),
            **pointer_told(thing.data.get("bijlageidentificator")),
        )


class Internetaken(BulkKind):
    """Tasks, with the questions and promises they stand for here."""

    path = "internetaken"
    model = Task
    numbers: ClassVar[Mapping[str, str]] = {"nummer": "number", "referentienummer": "reference_number"}
    refs: ClassVar[Mapping[str, str]] = {_CONTACT: "klantcontacten", "toegewezenAanActoren": "actoren"}
    ignored: ClassVar[frozenset[str]] = frozenset({"toegewezenAanActor"})

    def read(self, body: Any) -> dict[str, Any]:
        """Return what a task says, with when it was assigned, which the standard only lets be read."""
        said = dict(body) if isinstance(body, dict) else body
        one = said.pop("toegewezenAanActor", None) if isinstance(said, dict) else None
        if isinstance(one, dict) and one.get("uuid") and not said.get("toegewezenAanActoren"):
            said["toegewezenAanActoren"] = [one]
        data = {"toegewezenAanActoren": [], **super().read(said)}
        if said.get("toegewezenOp") is not None:
            data["toegewezenOp"] = Moment().check(said["toegewezenOp"])
        return data

    def change(self, pk: int, thing: Thing, writing: Writing) -> list[Fault]:
        thing.data.pop("toegewezenOp", None)
        return super().change(pk, thing, writing)

    def write(self, things: Sequence[Thing], writing: Writing) -> None:
        wanted = {pk for each in things for pk in each.refs.get("toegewezenAanActoren", ())}
        actors = ActorRecord.objects.select_related("team", "employee").in_bulk(wanted)
        brought = [self._brought(each, actors, writing) for each in things]
        bring_over_tasks(brought=brought, by=writing.by, at=writing.at)

    def _brought(self, thing: Thing, actors: dict[int, ActorRecord], writing: Writing) -> TaskBrought:
        data = thing.data
        assigned_at = data.get("toegewezenOp") or writing.at
        done_at = (data.get("afgehandeldOp") or assigned_at) if data["status"] == "verwerkt" else None
        return TaskBrought(
            uuid=thing.uuid,
            contact_id=thing.refs[_CONTACT],
            asked=data["gevraagdeHandeling"],
            note=data.get("toelichting", ""),
            number=data.get("nummer") or None,
            reference_number=data.get("referentienummer") or None,
            actors=tuple(actors[pk] for pk in thing.refs.get("toegewezenAanActoren", ())),
            assigned_at=assigned_at,
            done_at=done_at,
        )
