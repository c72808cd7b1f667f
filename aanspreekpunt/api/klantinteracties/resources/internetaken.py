"""Internetaken: what departments have to do about contacts. Each is a task of a question here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Refused, conflict, invalid
from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    UUID_FIELD,
    Choice,
    Digits,
    Fields,
    Many,
    Moment,
    Ref,
    Text,
)
from aanspreekpunt.api.klantinteracties.contract.noting import noted_along
from aanspreekpunt.api.klantinteracties.contract.resource import AMONG, Expansion, Record, Resource, rows
from aanspreekpunt.api.klantinteracties.contract.visibility import tasks_visible
from aanspreekpunt.api.klantinteracties.resources.numbering import numbers_in_use
from aanspreekpunt.api.klantinteracties.resources.pointing import contact_held, contact_named, contact_ref
from aanspreekpunt.api.klantinteracties.resources.task_filters import (
    FILTERS,
    NAMED,
    STATES,
    count_of_actor,
    of_one_actor,
)
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.organisation.actors import actors_called
from aanspreekpunt.organisation.rules import in_utc
from aanspreekpunt.promises.models import Task
from aanspreekpunt.promises.operations import TaskChange, TaskGiven, add_task, change_task, remove_task
from aanspreekpunt.questions.refusals import NumberInUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.errors import Fault
    from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Where
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Stretch, Writing
    from aanspreekpunt.organisation.models import ActorRecord

LONGEST_ASKED, LONGEST_NOTE = 200, 1000
_SHOWN_STATES: Final = {ours: theirs for theirs, ours in STATES.items()}
_OF_CONTACT: Final = "aanleidinggevendKlantcontact"

_SELECT: Final = """
SELECT t.id, t.uuid::text, t.number, t.reference_number, t.asked, t.note, t.state, t.assigned_at, t.done_at,
    contact.id, contact.uuid::text, holder.id, holder.uuid::text,
    ARRAY(SELECT n.actor_id FROM task_actor n WHERE n.task_id = t.id ORDER BY n.position, n.id),
    ARRAY(SELECT a.uuid::text FROM task_actor n JOIN actor a ON a.id = n.actor_id
          WHERE n.task_id = t.id ORDER BY n.position, n.id)
FROM task t JOIN contact ON contact.id = t.contact_id
LEFT JOIN question q ON q.id = t.question_id AND t.is_leading AND t.state = 'open'
LEFT JOIN organisation_employee e ON e.id = q.holder_id
LEFT JOIN actor holder ON holder.id = e.register_actor_id
"""


def _actor(*, deprecated: bool = False, about: str) -> Ref:
    return Ref(part="ActorForeignKey", deprecated=deprecated, about=about)


class Internetaken(Resource):
    """Every task."""

    path = "internetaken"
    name = "InterneTaak"
    tag = "interne taken"
    table = "task"
    counted_by = ("state", "is_confidential")
    expands = (
        _OF_CONTACT,
        f"{_OF_CONTACT}.gingOverOnderwerpobjecten",
        f"{_OF_CONTACT}.hadBetrokkenen",
        f"{_OF_CONTACT}.hadBetrokkenen.digitaleAdressen",
        f"{_OF_CONTACT}.hadBetrokkenen.wasPartij",
        f"{_OF_CONTACT}.omvatteBijlagen",
        "toegewezenAanActoren",
    )
    expands_are_ours = True
    filters: ClassVar[dict[str, Filter]] = FILTERS
    orders: ClassVar[dict[str, str]] = {"toegewezenOp": "t.assigned_at"}
    fields: ClassVar[Fields] = {
        "uuid": UUID_FIELD,
        "url": URL_FIELD,
        "nummer": Digits(max_length=10, nullable=True, deprecated=True, about="Nummer van de taak."),
        "referentienummer": Digits(max_length=10, nullable=True, about="Nummer waarmee mensen de taak noemen."),
        "gevraagdeHandeling": Text(
            max_length=LONGEST_ASKED, required=True, blank=False, about="Wat er gedaan moet worden."
        ),
        _OF_CONTACT: contact_ref(required=True, about="Het contact waar de taak uit voortkwam."),
        "toegewezenAanActor": _actor(deprecated=True, about="Wie de taak als eerste kreeg."),
        "toegewezenAanActoren": Many(of=Ref(part="ActorForeignKey"), about="Wie de taak kregen, in deze volgorde."),
        "toelichting": Text(max_length=LONGEST_NOTE, default="", about="Wat collega's er verder van moeten weten."),
        "status": Choice(options=tuple(STATES), part="StatusEnum", required=True, about="Hoe het ermee staat."),
        "toegewezenOp": Moment(read_only=True, about="Wanneer de taak aan iemand gegeven is."),
        "afgehandeldOp": Moment(nullable=True, about="Wanneer de taak is afgehandeld."),
    }

    @classmethod
    def expansions(cls) -> dict[str, Expansion]:
        return {
            _OF_CONTACT: Expansion(resources.kind_at("klantcontacten"), is_list=False),
            "toegewezenAanActoren": Expansion(resources.kind_at("actoren"), is_list=True),
        }

    def visible(self, caller: Caller) -> list[Where]:
        return tasks_visible(caller, "t")

    def count(self, wheres: list[Where]) -> int:
        """Return how many tasks these conditions leave; of each actor it is kept."""
        counted = count_of_actor(wheres)
        return super().count(wheres) if counted is None else counted

    def looked_through(self, wheres: list[Where], order: str) -> tuple[str, list[Where]]:
        of_one = of_one_actor(wheres) if order == self.order else None
        return super().looked_through(wheres, order) if of_one is None else (NAMED, of_one)

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        return {pk: _shown(reading, values) for pk, *values in rows(f"{_SELECT} WHERE t.id {AMONG}", [list(ids)])}

    def page(self, reading: Reading, stretch: Stretch) -> list[Record]:
        return [_shown(reading, values) for _pk, *values in stretch.of(_SELECT)]

    def also_wrong(self, said: Mapping[str, Any], pk: int | None) -> Iterator[Fault]:
        """Yield which numbers another task has."""
        columns = {"nummer": "number", "referentienummer": "reference_number"}
        yield from numbers_in_use(Task.objects.exclude(pk=pk or 0), columns, said, _same_number())

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        task, _actors = _added(data, writing, new_uuid())
        return int(task.pk)

    def make(self, data: dict[str, Any], writing: Writing, reading: Reading) -> Record:
        """Make one; nobody has the question in hand that began with it, and what joined another is read again."""
        uuid = new_uuid()
        with noted_along(self, uuid, writing):
            task, actors = _added(data, writing, uuid)
        if not task.began_question:
            return self.load(reading, [task.pk])[task.pk]
        own = [str(uuid), task.number, task.reference_number, task.asked, task.note, task.state]
        done_at = in_utc(task.done_at) if task.done_at else None  # as the database gives it
        contact = [task.contact_id, task.contact.uuid]
        named = [[each.pk for each in actors], [each.uuid for each in actors]]
        return _shown(reading, [*own, task.assigned_at, done_at, *contact, None, None, *named])

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        task = Task.objects.get(pk=pk)
        actors = _actors_given(data)
        if actors is None and writing.is_whole:
            raise _exactly_one_of_both()
        is_done = data["status"] == "verwerkt" if "status" in data else None
        _check_done_at(data, is_done=task.is_done if is_done is None else is_done)
        contact = data.get(_OF_CONTACT)
        change = TaskChange(
            contact=contact_named(contact, writing.caller, name=_OF_CONTACT) if contact else None,
            actors=actors,
            asked=data.get("gevraagdeHandeling"),
            note=data.get("toelichting"),
            number=data.get("nummer") or None,
            reference_number=data.get("referentienummer") or None,
            is_done=is_done,
            done_at=data.get("afgehandeldOp"),
        )
        try:
            change_task(task=task, change=change, by=writing.by, at=writing.at)
        except Refusal as refusal:
            raise _refused(refusal) from refusal

    def remove(self, pk: int, writing: Writing) -> None:
        remove_task(task=Task.objects.get(pk=pk), by=writing.by, at=writing.at)


def _added(data: dict[str, Any], writing: Writing, uuid: UUID) -> tuple[Task, tuple[ActorRecord, ...]]:
    actors = _actors_given(data)
    if actors is None:
        raise _exactly_one_of_both()
    is_done = data["status"] == "verwerkt"
    _check_done_at(data, is_done=is_done)
    with one_transaction():
        contact, is_held = contact_held(data[_OF_CONTACT], writing.caller, name=_OF_CONTACT, lock="NO KEY UPDATE")
        given = TaskGiven(
            uuid=uuid,
            contact=contact,
            is_held=is_held,
            asked=data["gevraagdeHandeling"],
            actors=actors,
            note=data["toelichting"],
            number=data.get("nummer"),
            reference_number=data.get("referentienummer"),
            is_done=is_done,
            done_at=data.get("afgehandeldOp"),
        )
        try:
            return add_task(given=given, by=writing.by, at=writing.at), actors
        except Refusal as refusal:
            raise _refused(refusal) from refusal


def _shown(reading: Reading, values: list[Any]) -> Record:
    uuid, number, reference, asked, note, state, assigned_at, done_at = values[:8]
    contact_id, contact, holder_id, holder, actor_ids, actors = values[8:]
    if holder_id is not None and holder_id not in actor_ids:
        # Who has its question in hand does the task; that is written down in one place only.
        actor_ids, actors = [*actor_ids, holder_id], [*actors, holder]
    named = [reading.link("actoren", each) for each in actors]
    body = {
        **reading.link(Internetaken.path, uuid),
        "nummer": number,
        "referentienummer": reference,
        "gevraagdeHandeling": asked[:LONGEST_ASKED],
        _OF_CONTACT: reading.link("klantcontacten", contact),
        "toegewezenAanActor": named[0] if named else {"uuid": None},
        "toegewezenAanActoren": named,
        "toelichting": note[:LONGEST_NOTE],
        "status": _SHOWN_STATES[state],
        "toegewezenOp": assigned_at,
        "afgehandeldOp": done_at,
    }
    return Record(body, {_OF_CONTACT: contact_id, "toegewezenAanActoren": tuple(actor_ids)})


def _actors_given(data: dict[str, Any]) -> tuple[ActorRecord, ...] | None:
    """Return who is named, in order; None when nobody says anything of it. Both ways at once are refused."""
    one, many = data.get("toegewezenAanActor"), data.get("toegewezenAanActoren")
    if one is not None and many is not None:
        raise _exactly_one_of_both()
    if one is None and many is None:
        return None
    uuids = [one] if one is not None else list(dict.fromkeys(many or []))
    found = {each.uuid: each for each in actors_called(uuids)} if uuids else {}
    for place, uuid in enumerate(uuids):
        if uuid not in found:
            name = "toegewezenAanActor.uuid" if one is not None else f"toegewezenAanActoren.{place}.uuid"
            raise invalid(name, _("Actor object does not exist."))
    return tuple(found[uuid] for uuid in uuids)


def _exactly_one_of_both() -> Refused:
    reason = _("Give either toegewezenAanActor or toegewezenAanActoren.")
    return invalid(NON_FIELD, reason)


def _check_done_at(data: dict[str, Any], *, is_done: bool) -> None:
    if data.get("afgehandeldOp") is not None and not is_done:
        raise invalid("afgehandeldOp", _("A task that is not verwerkt cannot have been done at some time."))


def _same_number() -> str:
    return _("There is an internetaak with the same number already.")


def _refused(refusal: Refusal) -> Refused:
    """Return what the standard calls a refusal of a task; what crossed something done at the desk is a conflict."""
    if isinstance(refusal, NumberInUse):
        name = "nummer" if refusal.parameters.get("field") == "number" else "referentienummer"
        return invalid(name, _same_number(), code="unique")
    return conflict("not-possible-now", str(refusal))
