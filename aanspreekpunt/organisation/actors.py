"""The register of actors: those of our own teams and employees kept true, and those that other systems bring."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction
from django.db.models import Q, prefetch_related_objects
from django.db.models.functions import Lower

from aanspreekpunt.common.reading import columns_of, row_of
from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.matching import Described, KnownTeam, Match, addresses_of, match
from aanspreekpunt.organisation.models import ActorRecord, Employee, Team

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from aanspreekpunt.journal.actors import Actor

_KEPT: Final = ("name", "is_active", "object_id", "object_type", "register", "object_id_kind", "details")


@dataclass(frozen=True, kw_only=True)
class ActorGiven:
    """An actor as another system gives it. `details` is None when nothing was said of it."""

    name: str
    kind: str
    is_active: bool = True
    object_id: str = ""
    object_type: str = ""
    register: str = ""
    object_id_kind: str = ""
    details: Mapping[str, Any] | None = field(default_factory=dict)


def actors_called(uuids: Sequence[UUID]) -> list[ActorRecord]:
    """Return the actors of these uuids that there are, with the team or employee each stands for.

    One query, and one for the employees.
    """
    sql = (
        f"SELECT {columns_of(ActorRecord, 't')}, {columns_of(Team, 'team')} FROM actor t"  # noqa: S608 - names of our own
        " LEFT JOIN organisation_team team ON team.id = t.team_id WHERE t.uuid = ANY(%s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(uuids)])
        found = [_with_team(values) for values in cursor.fetchall()]
    prefetch_related_objects([each for each in found if each.employee_id is not None], "employee")
    return found


def _with_team(values: Sequence[Any]) -> ActorRecord:
    own = len(ActorRecord._meta.concrete_fields)
    actor = row_of(ActorRecord, values[:own])
    if actor.team_id is not None:
        actor.team = row_of(Team, values[own:])
    return actor


def own_actor(of: Employee | Team) -> ActorRecord:
    """Return the unsaved actor of an employee or team of ours, identified as other systems look for it."""
    return _of_employee(of) if isinstance(of, Employee) else _of_team(of)


@transaction.atomic
def keep_actor(*, of: Employee | Team) -> ActorRecord:
    """Make the actor of an employee or team of ours, or bring it up to date; made anew when another system removed it.

    Whoever makes or renames one calls this; the journal line of that says it all.
    """
    wanted, rows = own_actor(of), _rows_of(of)
    locked = rows.select_for_update(of=("self",)).select_related("register_actor").get()
    actor: ActorRecord | None = locked.register_actor
    if actor is None:
        wanted.save(force_insert=True)
        rows.update(register_actor=wanted)
        actor = wanted
    else:
        different = [name for name in _KEPT if getattr(actor, name) != getattr(wanted, name)]
        for name in different:
            setattr(actor, name, getattr(wanted, name))
        if different:
            actor.save(update_fields=different)
    of.register_actor = actor
    return actor


def _rows_of(of: Employee | Team) -> QuerySet[Employee] | QuerySet[Team]:
    return (Employee if isinstance(of, Employee) else Team).objects.filter(pk=of.pk)


@transaction.atomic
def make_actor(*, given: ActorGiven, by: Actor, at: datetime) -> ActorRecord:
    """Register an actor that another system brings, and note for whom of ours it stands."""
    actor = ActorRecord()
    _fill(actor, given)
    actor.save(force_insert=True)
    record("actor.registered", subject=actor, data={"kind": actor.kind}, by=by, at=at)
    return actor


@transaction.atomic
def change_actor(*, actor: ActorRecord, given: ActorGiven, by: Actor, at: datetime) -> ActorRecord:
    """Change what is known of an actor. Whom it stands for is looked up anew, except for one of our own."""
    before = {name: getattr(actor, name) for name in (*_KEPT, "kind")}
    _fill(actor, given)
    actor.save()
    changed = sorted(name for name, value in before.items() if getattr(actor, name) != value)
    record("actor.changed", subject=actor, data={"fields": changed}, by=by, at=at)
    return actor


@transaction.atomic
def remove_actor(*, actor: ActorRecord, by: Actor, at: datetime) -> None:
    """Remove an actor from the register. One of our own comes back as soon as its employee or team does something."""
    record("actor.removed", subject=actor, data={"kind": actor.kind}, by=by, at=at)
    actor.delete()


def matched(given: ActorGiven) -> Match:
    """Return for whom of ours an actor stands. At most two queries."""
    email = str((given.details or {}).get("email", ""))
    described = Described(kind=given.kind, name=given.name, object_id=given.object_id, email=email)
    return match(described, teams=_known_teams(given.kind), employees=_known_employees(described))


def _fill(actor: ActorRecord, given: ActorGiven) -> None:
    for name, value in asdict(given).items():
        setattr(actor, name, value)
    actor.details, actor.has_details = dict(given.details or {}), given.details is not None
    is_own = actor.pk is not None and (
        Employee.objects.filter(register_actor=actor).exists() or Team.objects.filter(register_actor=actor).exists()
    )
    if not is_own:
        found = matched(given)
        actor.team_id, actor.employee_id = found.team_id, found.employee_id


def _known_teams(kind: str) -> list[KnownTeam]:
    if kind != ActorRecord.Kind.UNIT:
        return []
    rows = Team.objects.filter(is_active=True).values_list("id", "key", "name", "name_en", "mailbox")
    return [KnownTeam(pk, key, tuple(filter(None, (name, other))), box) for pk, key, name, other, box in rows]


def _known_employees(described: Described) -> dict[str, int]:
    addresses = addresses_of(described)
    if described.kind != ActorRecord.Kind.EMPLOYEE or not addresses:
        return {}
    found = Employee.objects.annotate(folded=Lower("email")).filter(Q(folded__in=addresses), is_active=True)
    return dict(found.values_list("folded", "pk"))


def _of_employee(employee: Employee) -> ActorRecord:
    return ActorRecord(
        name=employee.name,
        kind=ActorRecord.Kind.EMPLOYEE,
        is_active=employee.is_active,
        object_id=employee.email,
        object_type="mdw",
        register="msei",
        object_id_kind="email",
        details={"function": employee.function, "email": employee.email, "phone": employee.phone},
        employee=employee,
    )


def _of_team(team: Team) -> ActorRecord:
    return ActorRecord(
        name=team.name,
        kind=ActorRecord.Kind.UNIT,
        is_active=team.is_active,
        object_id=team.key,
        object_type="afd" if team.kind == Team.Kind.DEPARTMENT else "grp",
        register="obj",
        object_id_kind="idf",
        details={"description": "", "email": team.mailbox, "fax": "", "phone": ""},
        team=team,
    )
