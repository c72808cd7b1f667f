"""By what tasks are found."""

from __future__ import annotations

from typing import Any, Final

from aanspreekpunt.api.klantinteracties.contract.filters import NOTHING, Filter, Kind, Where, choice, text, url, uuid
from aanspreekpunt.api.klantinteracties.contract.resource import rows

STATES: Final = {"te_verwerken": "open", "verwerkt": "done"}
"""How the standard calls the states of a task, and what they are here."""

_CONTACT: Final = "t.contact_id = (SELECT id FROM contact WHERE {} = %s)"
_STATE: Final = "t.state = %s"
_NAMED: Final = "EXISTS (SELECT FROM task_actor n WHERE n.task_id = t.id AND n.state = t.state AND n.actor_id = %s)"
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


def count_of_actor(wheres: list[Where]) -> int | None:
    """Return how many tasks of one actor are in one state, from their index; None for any other question."""
    by_sql = {where.sql: where.values for where in wheres}
    if len(wheres) != 2 or by_sql.keys() != {_NAMED, _STATE}:  # noqa: PLR2004 - an actor and a state
        return None
    sql = "SELECT count(*) FROM task_actor WHERE actor_id = %s AND state = %s"
    return int(rows(sql, [*by_sql[_NAMED], *by_sql[_STATE]])[0][0])


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
