"""By what tasks are found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from aanspreekpunt.api.klantinteracties.contract.filters import NOTHING, Filter, Kind, Where, choice, text, url, uuid
from aanspreekpunt.api.klantinteracties.contract.resource import rows
from aanspreekpunt.common.counting import counted_together

STATES: Final = {"te_verwerken": "open", "verwerkt": "done"}
"""How the standard calls the states of a task, and what they are here."""

_CONTACT: Final = "t.contact_id = (SELECT id FROM contact WHERE {} = %s)"
_STATE: Final = "t.state = %s"
_NAMED: Final = "EXISTS (SELECT FROM task_actor n WHERE n.task_id = t.id AND n.state = t.state AND n.actor_id = %s)"
_SHOWN: Final = "NOT t.is_confidential"
_OF_ACTOR: Final = {_NAMED: "t.actor_id = %s", _STATE: _STATE, _SHOWN: _SHOWN}
NAMED: Final = "(SELECT task_id AS id, actor_id, state, is_confidential FROM task_actor)"
"""Who is named for tasks, in the stead of the tasks: what there is of one actor is one stretch of its index."""
_NAMED_OR_HELD: Final = """t.id = ANY(ARRAY(
    SELECT n.task_id FROM task_actor n WHERE n.actor_id = ANY(%s)
    UNION SELECT held.id FROM question q JOIN task held ON held.question_id = q.id
    WHERE q.holder_id = ANY(%s) AND held.is_leading AND held.state = 'open'))"""
_ACTOR: Final = (
    "SELECT a.id, e.id FROM actor a LEFT JOIN organisation_employee e ON e.register_actor_id = a.id WHERE {}"
)


def _done_by(condition: str, value: Any) -> Where:
    """Return the condition for tasks of these actors: named for them, or holding the question. One query, now."""
    if value is None:
        return Where(NOTHING)
    found = rows(_ACTOR.format(condition), [value])
    actor_ids, holders = [pk for pk, _employee in found], [employee for _pk, employee in found if employee]
    if not found:
        return Where(NOTHING)
    if len(actor_ids) == 1 and not holders:
        return Where(_NAMED, (actor_ids[0],))
    return Where(_NAMED_OR_HELD, (actor_ids, holders))


def of_one_actor(wheres: list[Where]) -> list[Where] | None:
    """Return the conditions for tasks of one actor, of whatever state, as `NAMED` knows them; None for any others."""
    told = {where.sql: where for where in wheres}
    if _NAMED not in told or len(told) < len(wheres) or not told.keys() <= _OF_ACTOR.keys():
        return None
    return [replace(where, sql=_OF_ACTOR[where.sql]) for where in wheres]


def count_of_actor(wheres: list[Where]) -> int | None:
    """Return how many tasks of one actor there are, as the database keeps it; None for any other question."""
    if of_one_actor(wheres) is None:
        return None
    asked = {where.sql: where.values for where in wheres}
    shown = ("false",) if _SHOWN in asked else ("false", "true")
    (actor,), states = asked[_NAMED], asked.get(_STATE, tuple(STATES.values()))
    return counted_together("task_actor", [(str(actor), state, hidden) for state in states for hidden in shown])


FILTERS: Final[dict[str, Filter]] = {
    "aanleidinggevendKlantcontact__url": url(_CONTACT.format("uuid"), about="URL van het contact."),
    "aanleidinggevendKlantcontact__uuid": uuid(_CONTACT.format("uuid"), about="UUID van het contact."),
    "actoren__naam": Filter(where=lambda value: _done_by("a.name = %s", value), about="Naam van de actor."),
    "klantcontact__nummer": text(_CONTACT.format("number"), deprecated=True),
    "klantcontact__referentienummer": text(_CONTACT.format("reference_number"), about="Nummer van het contact."),
    "klantcontact__uuid": uuid(_CONTACT.format("uuid"), about="UUID van het contact."),
    "nummer": text("t.number = %s", deprecated=True),
    "referentienummer": text("t.reference_number = %s", about="Nummer van de taak."),
    "status": choice(_STATE, STATES, kept="state", about="Hoe het met de taak staat."),
    "toegewezenAanActor__url": Filter(
        kind=Kind.URL, where=lambda value: _done_by("a.uuid = %s", value), about="URL van een actor."
    ),
    "toegewezenAanActor__uuid": Filter(
        kind=Kind.UUID, where=lambda value: _done_by("a.uuid = %s", value), about="UUID van een actor."
    ),
    "toegewezenOp": Filter(kind=Kind.MOMENT, sql="t.assigned_at = %s", about="Precies toen toegewezen."),
    "toegewezenOp__gte": Filter(
        kind=Kind.MOMENT, sql="t.assigned_at >= %s", is_ours=True, about="Toen of later (toevoeging)."
    ),
    "toegewezenOp__lte": Filter(
        kind=Kind.MOMENT, sql="t.assigned_at <= %s", is_ours=True, about="Toen of eerder (toevoeging)."
    ),
}
"""The filters on tasks by name."""
