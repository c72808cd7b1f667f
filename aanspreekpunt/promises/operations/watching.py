"""Watching over promises: a reminder before one breaks, an alarm when it does, and going on when no reply came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.operations.asking_back import stop_waiting
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet

BATCH = 200
"""How many promises one round looks at; the job runs until a round finds nothing."""


def remind_of_promises(*, at: datetime) -> int:
    """Remind the team of each promise that comes near, before it breaks. Returns how many."""
    near = Promise.objects.filter(
        state=Promise.State.OPEN, reminded_at__isnull=True, remind_at__lte=at, due_at__gte=at
    ).exclude(kind=Promise.Kind.WAIT_FOR_REPLY)
    return _each(near.order_by("remind_at"), _remind, at=at)


def escalate_broken_promises(*, at: datetime) -> int:
    """Tell the supervisor of each promise that is past its date. Returns how many."""
    late = Promise.objects.filter(state=Promise.State.OPEN, escalated_at__isnull=True, due_at__lt=at).exclude(
        kind=Promise.Kind.WAIT_FOR_REPLY
    )
    return _each(late.order_by("due_at"), _escalate, at=at)


def continue_without_reply(*, at: datetime) -> int:
    """Put every question back to work whose resident did not reply in time. Returns how many."""
    passed = Promise.objects.filter(state=Promise.State.OPEN, kind=Promise.Kind.WAIT_FOR_REPLY, due_at__lt=at)
    return _each(passed.order_by("due_at"), _go_on, at=at)


def _each(promises: QuerySet[Promise], act: Callable[[Promise, datetime], None], *, at: datetime) -> int:
    done, failures = 0, []
    for pk in list(promises.values_list("pk", flat=True)[:BATCH]):
        try:
            done += _one(promises, pk, act, at=at)
        except Exception as error:  # noqa: BLE001 - one that cannot be dealt with must not keep the others waiting
            failures.append(error)
    if failures:
        raise ExceptionGroup("some promises could not be dealt with", failures)
    return done


@transaction.atomic
def _one(promises: QuerySet[Promise], pk: int, act: Callable[[Promise, datetime], None], *, at: datetime) -> bool:
    # The question first, as every operation does, so that none waits for the other in a circle.
    question = Question.objects.select_for_update(skip_locked=True, of=("self",)).filter(promises__pk=pk).first()
    promise = promises.filter(pk=pk).select_related("question", "team").first() if question else None
    if promise is None:
        return False
    act(promise, at)
    return True


def _remind(promise: Promise, at: datetime) -> None:
    promise.reminded_at = at
    promise.save(update_fields=["reminded_at"])
    record(
        "promise.reminded",
        subject=promise.question,
        team_id=promise.team_id,
        data={"due_at": promise.due_at.isoformat()},
        by=SYSTEM,
        at=at,
    )
    letters.remind_team(promise=promise, at=at)


def _escalate(promise: Promise, at: datetime) -> None:
    promise.escalated_at = at
    promise.save(update_fields=["escalated_at"])
    record(
        "promise.broken",
        subject=promise.question,
        team_id=promise.team_id,
        data={"due_at": promise.due_at.isoformat()},
        by=SYSTEM,
        at=at,
    )
    letters.escalate_to_supervisor(promise=promise, at=at)


def _go_on(promise: Promise, at: datetime) -> None:
    stop_waiting(question=promise.question, by=SYSTEM, at=at)
