"""Moving a question: taking it up, giving it to a colleague, handing it over, returning it to where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import contact_centre, works_in
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.models import Handover
from aanspreekpunt.promises.operations.making import (
    carry_over,
    check_addressee,
    due_for,
    end_handover,
    end_promise,
    handed_over_line,
    make_promise,
    norm_of,
    promised_line,
    take_up_handover,
)
from aanspreekpunt.promises.operations.tasking import assign_task
from aanspreekpunt.promises.refusals import (
    AlreadyHeldBy,
    AlreadyThere,
    NothingToReturn,
    NotInThatTeam,
    ReasonNeeded,
    SecondHop,
)
from aanspreekpunt.questions.access import is_in_good_hands, may_supervise, may_work_on
from aanspreekpunt.questions.models import Mention
from aanspreekpunt.questions.operations import change_state, locked
from aanspreekpunt.questions.refusals import NotYours, QuestionIsClosed, QuestionIsHeld
from aanspreekpunt.queues import operations as queues

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.promises.models import Promise
    from aanspreekpunt.questions.models import Question


def workable(question: Question, *, by: Employee) -> Question:
    """Return `question` locked, or refuse: only its team works on it, while it is open, not behind each other's back.

    A supervisor of the team may step in on what a colleague holds; anyone of the team when that colleague left it.
    """
    question = locked(question)
    if not may_work_on(by, question):
        raise NotYours
    if question.is_settled:
        raise QuestionIsClosed
    if question.holder not in {None, by} and not may_supervise(by, question) and is_in_good_hands(question):
        raise QuestionIsHeld(name=question.holder.name)
    return question


@transaction.atomic
def take_up(*, question: Question, by: Employee, at: datetime) -> Question:
    """Start working on a waiting question; a handover to this team counts as taken up."""
    question = queues.take(question=question, by=by, at=at)
    take_up_handover(question=question, by=by, at=at)
    return question


@transaction.atomic
def give_to_colleague(*, question: Question, to: Employee, note: str = "", by: Employee, at: datetime) -> Question:
    """Put the question in the hands of `to`, of the same team, who finds it on his start screen.

    It is no hop: team and promise stay. As with everything else, it is refused when another colleague has it.
    """
    question = workable(question, by=by)
    if not works_in(to, question.owner):
        raise NotInThatTeam(name=to.name, team=question.owner.shown_name)
    if question.holder == to:
        raise AlreadyHeldBy(name=to.name)
    take_up_handover(question=question, by=to, at=at)
    change_state(question, "give", holder=to)
    question.save(update_fields=["state", "holder"])
    entry = record(
        "question.given",
        subject=question,
        text=note.strip(),
        team_id=question.owner_id,
        data={"employee": to.pk},
        by=by,
        at=at,
    )
    # Nobody holds a question unknowingly: it is pointed out to him until he has looked.
    Mention.objects.create(entry=entry, question=question, employee=to)
    return question


@transaction.atomic
def hand_over(
    *,
    question: Question,
    to: Team,
    asks: str,
    note: str = "",
    reason: str = "",
    to_employee: Employee | None = None,
    by: Employee,
    at: datetime,
) -> Question:
    """Hand the question to team `to`, which promises an answer by its own norm from now. The resident is told.

    Once is normal. A second time is refused to everyone but a supervisor, who gives a reason, and it shows.
    """
    question = workable(question, by=by)
    if to == question.owner:
        raise AlreadyThere
    hop = hops_so_far(question) + 1
    _check_may_hand_over(question, hop=hop, reason=reason, by=by)
    check_addressee(to, employee=to_employee, is_confidential=question.is_confidential)
    move(
        question,
        Handover(
            question=question,
            from_team=question.owner,
            to_team=to,
            to_employee=to_employee,
            hop=hop,
            asked=asks.strip() or question.subject,
            note=note.strip(),
            reason=reason.strip(),
            is_by_supervisor=hop > 1,
            made_by=by,
            made_at=at,
        ),
        by=by,
        at=at,
    )
    assign_task(question, asked=asks.strip() or question.subject, note=note.strip(), employee=to_employee, at=at)
    return question


def hops_so_far(question: Question) -> int:
    """Return how often a locked question was handed over."""
    return Handover.objects.filter(question=question).count()


def move(question: Question, handover: Handover, *, by: Actor, at: datetime) -> None:
    """Move a locked open question as `handover`, not written yet, says; the caller has looked whether that may be."""
    to, from_team = handover.to_team, handover.from_team
    end_handover(question=question, at=at)
    end_promise(question, fulfilled=False, at=at)
    change_state(question, "hand_over")
    handover.save(force_insert=True)
    handed_over_line(question, from_team=from_team, to=to, hop=handover.hop, by=by, at=at).save(force_insert=True)
    # The team that lets go must see it leave its screens too.
    record("question.left_team", subject=question, team_id=from_team.pk, text=handover.reason, by=by, at=at)
    question.owner, question.hops = to, handover.hop
    promise = make_promise(
        question=question,
        team=to,
        due_at=due_for(product=question.product, team=to, at=at),
        norm=norm_of(question.product),
        by=by,
        at=at,
    )
    _now_owned(question, promise, by=by, at=at)
    letters.send_passed_on(question=question, promise=promise, at=at)


@transaction.atomic
def return_to_sender(*, question: Question, reason: str, by: Employee, at: datetime) -> Question:
    """Give a handed-over question back to the team it came from, with the reason. The promised date stands."""
    question = workable(question, by=by)
    if not reason.strip():
        raise ReasonNeeded
    handover = (
        Handover.objects.select_related("from_team")
        .filter(question=question, state__in=[Handover.State.OPEN, Handover.State.TAKEN_UP], to_team=question.owner)
        .first()
    )
    if handover is None:
        raise NothingToReturn
    sender = handover.from_team if handover.from_team.is_at_work else contact_centre()
    if sender == question.owner:
        raise NothingToReturn
    check_addressee(sender, employee=None, is_confidential=question.is_confidential)
    handover.state = Handover.State.RETURNED
    handover.return_reason, handover.ended_at = reason.strip(), at
    handover.save(update_fields=["state", "return_reason", "ended_at"])
    before = end_promise(question, fulfilled=False, at=at)
    change_state(question, "return")
    returned_by = question.owner
    question.owner = sender
    assign_task(question, at=at)
    record(
        "question.returned",
        subject=question,
        text=reason.strip(),
        team_id=returned_by.pk,
        data={"from": returned_by.key, "to": question.owner.key},
        by=by,
        at=at,
    )
    promise = carry_over(before, question=question, by=by, at=at)
    _now_owned(question, promise, by=by, at=at)
    if promise.due_at > before.due_at:
        letters.send_new_date(question=question, promise=promise, at=at)
    return question


def _check_may_hand_over(question: Question, *, hop: int, reason: str, by: Employee) -> None:
    rights = rights_of(by)
    if hop == 1 and not rights.may(Permission.HAND_OVER, team_id=question.owner_id):
        raise NotYours
    if hop > 1 and not rights.may(Permission.HAND_OVER_AGAIN, team_id=question.owner_id):
        raise SecondHop
    if hop > 1 and not reason.strip():
        raise ReasonNeeded


def _now_owned(question: Question, promise: Promise, *, by: Actor, at: datetime) -> None:
    question.due_at = promise.due_at
    question.save(update_fields=["owner", "holder", "state", "hops", "due_at"])
    promised_line(promise, by=by, at=at).save(force_insert=True)
    letters.notify_team(promise=promise, at=at)
