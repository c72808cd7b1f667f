"""Making a promise and ending one: the two steps every other operation on a promise is built from."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from aanspreekpunt.journal.operations import line, record
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.queries import calendar_of, contact_centre, is_staffed, works_in
from aanspreekpunt.organisation.rules import TeamNeverOpens, local_date
from aanspreekpunt.promises.models import Handover, Promise
from aanspreekpunt.promises.operations.tasking import assign_task
from aanspreekpunt.promises.refusals import InThePast, NoNumberToCall, NotInThatTeam, OutsideHours, TeamIsNotAtWork
from aanspreekpunt.promises.rules.deadlines import Norm, NormKind, Window, callback_windows, deadline, fit_within_hours
from aanspreekpunt.promises.rules.urgency import remind_at
from aanspreekpunt.questions.refusals import NobodyWouldSeeIt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.journal.models import Entry
    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.organisation.rules import Calendar
    from aanspreekpunt.questions.models import Question

DEFAULT_NORM = Norm(NormKind.WORKING_DAYS, 2)
"""The term for a question about which nothing more is known; a municipality sets its own per product."""

CALLBACK_HOURS = 16
"""The working hours within which one is called back when no product says otherwise."""


def norm_of(product: Product | None) -> Norm:
    """Return the term in which a question about `product` is answered."""
    return Norm(NormKind(product.norm_kind), product.norm_amount) if product else DEFAULT_NORM


def callback_norm_of(product: Product | None) -> Norm:
    """Return within which term somebody is called back about `product`."""
    return Norm(NormKind.WORKING_HOURS, product.callback_norm_amount if product else CALLBACK_HOURS)


@contextmanager
def hours_of(team: Team) -> Iterator[Calendar]:
    """Give the hours within which `team` keeps what is promised now; refuses a team that is never there."""
    if not team.is_at_work:
        raise TeamIsNotAtWork(team=team.shown_name)
    try:
        yield calendar_of(team)
    except TeamNeverOpens as error:
        raise TeamIsNotAtWork(team=team.shown_name) from error


def due_for(*, product: Product | None, team: Team, on: date | None = None, at: datetime) -> datetime:
    """Return by when `team` answers a question about `product` that comes in at `at`, or on the date agreed, `on`.

    Raises `InThePast` and `TeamIsNotAtWork`.
    """
    if on is not None and on < local_date(at):
        raise InThePast
    return due_by(Norm(NormKind.FIXED_DATE, date=on) if on else norm_of(product), team=team, at=at)


def due_by(norm: Norm, *, team: Team, at: datetime) -> datetime:
    """Return the moment that `norm` gives from `at` on, within the hours of `team`."""
    with hours_of(team) as calendar:
        return deadline(start=at, norm=norm, calendar=calendar)


def check_addressee(team: Team, *, employee: Employee | None, is_confidential: bool) -> None:
    """Refuse to send a question to someone outside `team`, or a confidential one to where nobody sees it."""
    if employee is not None and not works_in(employee, team):
        raise NotInThatTeam(name=employee.name, team=team.shown_name)
    if is_confidential and not is_staffed(team):
        raise NobodyWouldSeeIt(team=team.shown_name)


def leave_team_not_at_work(question: Question, *, by: Actor, at: datetime) -> None:
    """Let the contact centre own a locked question whose team is no longer at work; the caller saves it.

    What a resident sends us must arrive, also after its team was closed.
    """
    if not question.owner.is_at_work:
        record("question.left_team", subject=question, team_id=question.owner_id, by=by, at=at)
        end_handover(question=question, at=at)
        question.owner = contact_centre()
        assign_task(question, at=at)


def make_promise(*, question: Question, team: Team, due_at: datetime, norm: Norm, by: Actor, at: datetime) -> Promise:
    """Write the promise that `team` answers `question` by `due_at`; the caller saves the same date on the question."""
    return _written(new_promise(question=question, team=team, due_at=due_at, norm=norm, by=by, at=at))


def new_promise(*, question: Question, team: Team, due_at: datetime, norm: Norm, by: Actor, at: datetime) -> Promise:
    """Return the promise that `team` answers `question` by `due_at`, for the caller to write."""
    promise = Promise(question=question, team=team, due_at=due_at, norm_kind=norm.kind, norm_amount=norm.amount)
    return _begun(promise, by=by, at=at)


def make_callback(
    *, question: Question, team: Team, window: Window, phone: str, norm: Norm, by: Actor, at: datetime
) -> Promise:
    """Write the promise that `team` calls back within `window`, which must lie inside its hours."""
    return _written(new_callback(question=question, team=team, window=window, phone=phone, norm=norm, by=by, at=at))


def new_callback(
    *, question: Question, team: Team, window: Window, phone: str, norm: Norm, by: Actor, at: datetime
) -> Promise:
    """Return the promise that `team` calls back within `window`, which must lie inside its hours; not written yet."""
    if not phone:
        raise NoNumberToCall
    if window.ends_at <= at or window.starts_at >= window.ends_at:
        raise InThePast
    with hours_of(team) as calendar:
        inside = _is_inside(window, calendar)
    if not inside:
        raise OutsideHours(team=team.shown_name)
    promise = Promise(
        question=question,
        team=team,
        kind=Promise.Kind.CALLBACK,
        starts_at=window.starts_at,
        due_at=window.ends_at,
        phone=phone,
        norm_kind=norm.kind,
        norm_amount=norm.amount,
    )
    return _begun(promise, by=by, at=at)


def _is_inside(window: Window, calendar: Calendar) -> bool:
    return any(
        opens <= window.starts_at and window.ends_at <= closes
        for opens, closes in calendar.intervals_on(local_date(window.starts_at))
    )


def make_wait(*, question: Question, due_at: datetime, norm: Norm, by: Actor, at: datetime) -> Promise:
    """Write that we wait for the resident until `due_at` and then go on ourselves."""
    promise = Promise(
        question=question,
        team=question.owner,
        kind=Promise.Kind.WAIT_FOR_REPLY,
        due_at=due_at,
        norm_kind=norm.kind,
        norm_amount=norm.amount,
    )
    return _written(_begun(promise, by=by, at=at))


def _begun(promise: Promise, *, by: Actor, at: datetime) -> Promise:
    promise.made_by_id = by.actor_id if by.actor_kind == "employee" else None
    promise.made_at = at
    promise.remind_at = remind_at(made_at=at, due_at=promise.due_at, calendar=calendar_of(promise.team))
    return promise


def _written(promise: Promise) -> Promise:
    promise.save(force_insert=True)
    return promise


def open_promise_of(question: Question) -> Promise:
    """Return the one open promise of an open question."""
    return Promise.objects.select_related("team").get(question=question, state=Promise.State.OPEN)


def end_promise(question: Question, *, fulfilled: bool, at: datetime) -> Promise:
    """End the open promise: kept or broken when it was fulfilled, withdrawn when it was overtaken in time.

    Overtaken after its date counts as broken all the same: a late promise cannot be tidied away.
    """
    promise = open_promise_of(question)
    if at > promise.due_at and promise.kind != Promise.Kind.WAIT_FOR_REPLY:
        promise.state = Promise.State.BROKEN
    elif fulfilled and at <= promise.due_at:
        promise.state = Promise.State.KEPT
    else:
        promise.state = Promise.State.WITHDRAWN
    promise.ended_at = max(at, promise.made_at)  # who waited for the question came before it was promised
    promise.save(update_fields=["state", "ended_at"])
    return promise


def carry_over(before: Promise, *, question: Question, by: Actor, at: datetime) -> Promise:
    """Promise on behalf of the new owner what was promised before, moved into its hours; later only if it must be."""
    team, product = question.owner, question.product
    if before.kind == Promise.Kind.CALLBACK:
        window, norm = _carried_over_window(before, team=team, at=at), callback_norm_of(product)
        return make_callback(question=question, team=team, window=window, phone=before.phone, norm=norm, by=by, at=at)
    with hours_of(team) as calendar:
        due_at = fit_within_hours(due=before.due_at, calendar=calendar, not_before=at)
    return make_promise(question=question, team=team, due_at=due_at, norm=norm_of(product), by=by, at=at)


def _carried_over_window(before: Promise, *, team: Team, at: datetime) -> Window:
    promised = Window(before.starts_at or at, before.due_at)
    with hours_of(team) as calendar:
        if at < promised.ends_at and _is_inside(promised, calendar):
            return promised
        (window,) = callback_windows(start=max(at, promised.starts_at), calendar=calendar, count=1)
    return window


def end_handover(*, question: Question, at: datetime) -> None:
    """Mark the handover under way, if there is one, as done."""
    Handover.objects.filter(question=question, state__in=[Handover.State.OPEN, Handover.State.TAKEN_UP]).update(
        state=Handover.State.DONE, ended_at=at
    )


def reopen_handover(*, question: Question, ended_at: datetime) -> None:
    """Have the handover that was done at `ended_at` under way again, taken up as it was when its answer was written."""
    Handover.objects.filter(question=question, state=Handover.State.DONE, ended_at=ended_at).update(
        state=Handover.State.TAKEN_UP, ended_at=None
    )


def take_up_handover(*, question: Question, by: Actor, at: datetime) -> bool:
    """Mark the open handover to this team, if there is one, as taken up by the employee `by`; nobody else takes it."""
    return isinstance(by, Employee) and bool(
        Handover.objects.filter(question=question, state=Handover.State.OPEN).update(
            state=Handover.State.TAKEN_UP, taken_up_by=by, taken_up_at=at
        )
    )


def promised_line(promise: Promise, *, by: Actor, at: datetime) -> Entry:
    """Return the journal line that tells staff and resident of this promise."""
    data: dict[str, str] = {"kind": promise.kind, "due_at": promise.due_at.isoformat(), "team": promise.team.key}
    if promise.starts_at:
        data["starts_at"] = promise.starts_at.isoformat()
    return line(
        "promise.made",
        subject=promise.question,
        team_id=promise.team_id,
        data=data,
        told_resident=True,
        by=by,
        at=at,
    )


def handed_over_line(question: Question, *, from_team: Team, to: Team, hop: int, by: Actor, at: datetime) -> Entry:
    """Return the journal line that tells staff and resident that the question moved to another team."""
    return line(
        "question.handed_over",
        subject=question,
        team_id=to.pk,
        data={"from": from_team.key, "to": to.key, "from_team": from_team.pk, "hop": hop},
        told_resident=True,
        by=by,
        at=at,
    )
