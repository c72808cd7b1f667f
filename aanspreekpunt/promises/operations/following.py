"""Letting a question follow the task that leads it, when another system names somebody else or opens it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.organisation.permissions import GRANTS, Permission
from aanspreekpunt.organisation.queries import contact_centre, is_staffed, works_in
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.models import Handover, Task
from aanspreekpunt.promises.operations.handing_over import hops_so_far, move
from aanspreekpunt.promises.operations.making import take_up_handover
from aanspreekpunt.promises.operations.renewing import reopen
from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.models import Mention
from aanspreekpunt.questions.operations import change_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import ActorRecord, Employee
    from aanspreekpunt.questions.models import Question


def owner_for(actors: Sequence[ActorRecord], *, is_confidential: bool) -> tuple[Team, Employee | None]:
    """Return which team is to answer when these are named, and whom of it; the contact centre when we know nobody.

    A team that nobody can promise for is passed over, and so is one where nobody sees what is confidential.
    """
    for team in filter(None, map(_team_of, actors)):
        if team.is_at_work and (not is_confidential or is_staffed(team)):
            return team, _employee_of(team, actors)
    return contact_centre(), None


def team_named(actors: Sequence[ActorRecord], question: Question) -> Team | None:
    """Return which team is to answer `question` when these are named; None when nobody is named at all."""
    return owner_for(actors, is_confidential=question.is_confidential)[0] if actors else None


def _team_of(actor: ActorRecord) -> Team | None:
    if actor.team is not None or actor.employee is None:
        return actor.team
    roles = [role for role, granted in GRANTS.items() if Permission.WORK_ON_QUESTIONS in granted]
    return Team.objects.filter(memberships__employee=actor.employee, memberships__role__in=roles).order_by("id").first()


def _employee_of(team: Team, actors: Iterable[ActorRecord]) -> Employee | None:
    people = (actor.employee for actor in actors if actor.employee is not None)
    return next((employee for employee in people if works_in(employee, team)), None)


def follow_actors(question: Question, task: Task, actors: Sequence[ActorRecord], *, by: Actor, at: datetime) -> None:
    """Let a locked open question go to whom its leading task names now: another team, or a colleague in its team."""
    if not actors:
        return
    to, employee = owner_for(actors, is_confidential=question.is_confidential)
    if to != question.owner:
        _hand_over(question, task, to=to, employee=employee, by=by, at=at)
    elif employee is not None and employee != question.holder and question.state != State.AWAITING_RESIDENT:
        _give(question, employee, by=by, at=at)


def _hand_over(question: Question, task: Task, *, to: Team, employee: Employee | None, by: Actor, at: datetime) -> None:
    if question.state == State.AWAITING_RESIDENT:
        change_state(question, "stop_waiting")
    from_team, hop = question.owner, hops_so_far(question) + 1
    with override("nl"):
        reason = _("Passed on in another system.") if hop > 1 else ""
    handover = Handover(
        question=question,
        contact=task.contact,
        from_team=from_team,
        to_team=to,
        to_employee=employee,
        hop=hop,
        asked=task.asked.strip() or question.subject,
        note=task.note.strip(),
        reason=reason,
        by_system=named(by),
        made_at=at,
    )
    move(question, handover, by=by, at=at)
    Task.objects.filter(pk=task.pk).update(assigned_at=at)
    if hop > 1:
        letters.tell_of_second_hop(question=question, handover=handover, at=at)


def _give(question: Question, employee: Employee, *, by: Actor, at: datetime) -> None:
    take_up_handover(question=question, by=employee, at=at)
    change_state(question, "give", holder=employee)
    question.save(update_fields=["state", "holder"])
    data = {"employee": employee.pk}
    entry = record("question.given", subject=question, team_id=question.owner_id, data=data, by=by, at=at)
    # Nobody holds a question unknowingly: it is pointed out to him until he has looked.
    Mention.objects.create(entry=entry, question=question, employee=employee)


def hand_leadership_to(task: Task, question: Question) -> None:
    """Let `task` lead a locked question instead of the one that did. Two queries."""
    Task.objects.filter(question=question, is_leading=True).update(is_leading=False)
    Task.objects.filter(pk=task.pk).update(is_leading=True)
    task.is_leading = True


def reopen_elsewhere(question: Question, *, by: Actor, at: datetime) -> Question:
    """Open a settled question again because another system says that there is something to do."""
    with override("nl"):
        reason = _("Opened again in another system.")
    return reopen(question=question, reason=reason, by=by, at=at)


def named(by: Actor) -> str:
    """Return under which name another system does something; never empty."""
    return by.actor_name or by.actor_kind
