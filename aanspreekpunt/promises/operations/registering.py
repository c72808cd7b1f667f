"""Registering what is asked: answered at once, handed over, called back, referred, or received for the queue."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError

from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.common.writing import write
from aanspreekpunt.journal.operations import line
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import contact_centre, is_staffed
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.models import Handover
from aanspreekpunt.promises.operations.making import (
    callback_norm_of,
    check_addressee,
    due_for,
    handed_over_line,
    new_callback,
    new_promise,
    norm_of,
    promised_line,
)
from aanspreekpunt.promises.operations.tasking import TASK_IDS, leading_task
from aanspreekpunt.promises.rules.deadlines import Norm, NormKind
from aanspreekpunt.questions.choices import Outcome
from aanspreekpunt.questions.operations import open_question
from aanspreekpunt.questions.refusals import AlreadyAsked, NothingWritten, NotYours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.db.models import Model

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.journal.models import Entry
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.promises.models import Promise
    from aanspreekpunt.promises.rules.deadlines import Window
    from aanspreekpunt.questions.intake import Asked, Opened
    from aanspreekpunt.questions.models import Contact, Question


@dataclass(frozen=True)
class Registered:
    """What came of registering: the question, the code to follow it with, the promise if any, and the contact."""

    question: Question
    follow_code: str
    promise: Promise | None
    contact: Contact


@contextmanager
def handed_in_once() -> Iterator[None]:
    """One transaction in which a second delivery of the same draft, form or mail becomes `AlreadyAsked`."""
    try:
        with one_transaction():
            yield
    except IntegrityError as error:
        if "contact_delivered_once" in str(error):
            raise AlreadyAsked from error
        raise


def answer_at_once(*, asked: Asked, answer: str, by: Employee, at: datetime) -> Registered:
    """Register a question that the desk answered in this very contact."""
    if not answer.strip():
        raise NothingWritten
    return _settle_at_desk(asked, outcome=Outcome.ANSWERED_AT_ONCE, reply=answer, by=by, at=at)


def refer_elsewhere(*, asked: Asked, to_body: str, answer: str, by: Employee, at: datetime) -> Registered:
    """Register a question that belongs to another body, handed to it warmly: the resident hears where and how."""
    if not to_body.strip() or not answer.strip():
        raise NothingWritten
    return _settle_at_desk(asked, outcome=Outcome.REFERRED, outcome_note=to_body, reply=answer, by=by, at=at)


def register_case(*, asked: Asked, case_number: str, answer: str, by: Employee, at: datetime) -> Registered:
    """Register a question for which a case (zaak) was opened during the contact."""
    if not case_number.strip():
        raise NothingWritten
    return _settle_at_desk(
        asked, outcome=Outcome.BECAME_CASE, outcome_note=case_number.strip(), reply=answer, by=by, at=at
    )


def register_and_hand_over(
    *,
    asked: Asked,
    to: Team,
    asks: str,
    note: str = "",
    to_employee: Employee | None = None,
    due_on: date | None = None,
    by: Employee,
    at: datetime,
) -> Registered:
    """Register a question and pass it straight to the department that answers it, with the promise it makes.

    With `due_on` the date agreed with the resident is promised instead of the norm of the product.
    """
    _check_may_register(by)
    check_addressee(to, employee=to_employee, is_confidential=asked.must_stay_in_team)
    with handed_in_once():
        due_at = due_for(product=asked.product, team=to, on=due_on, at=at)
        opened = open_question(asked=asked, owner=to, due_at=due_at, hops=_hops(to), reserve=(TASK_IDS,), by=by, at=at)
        norm = Norm(NormKind.FIXED_DATE, date=due_on) if due_on else norm_of(asked.product)
        promise = new_promise(question=opened.question, team=to, due_at=due_at, norm=norm, by=by, at=at)
        return _pass_on(opened, promise, to=to, asks=asks, note=note, to_employee=to_employee, by=by, at=at)


def register_and_promise_callback(
    *, asked: Asked, to: Team, window: Window, phone: str, asks: str, note: str = "", by: Employee, at: datetime
) -> Registered:
    """Register a question and promise that team `to` calls back within `window`."""
    _check_may_register(by)
    check_addressee(to, employee=None, is_confidential=asked.must_stay_in_team)
    with handed_in_once():
        opened = open_question(
            asked=asked, owner=to, due_at=window.ends_at, hops=_hops(to), reserve=(TASK_IDS,), by=by, at=at
        )
        promise = new_callback(
            question=opened.question,
            team=to,
            window=window,
            phone=phone,
            norm=callback_norm_of(asked.product),
            by=by,
            at=at,
        )
        return _pass_on(opened, promise, to=to, asks=asks, note=note, to_employee=None, by=by, at=at)


def keep_at_desk(*, asked: Asked, by: Employee, at: datetime) -> Registered:
    """Register a question that stays in the queue of the contact centre, with a promise by its own norm."""
    _check_may_register(by)
    return receive_question(asked=asked, to=contact_centre(), by=by, at=at)


def receive_question(*, asked: Asked, to: Team | None = None, by: Actor, at: datetime) -> Registered:
    """Take in a question nobody has spoken about yet (web form, letter): straight to the team that answers it.

    Without `to`, what the desk may settle waits at the desk, and everything else at the team that owns the product.
    """
    team = to or team_for(asked.product, kind=asked.kind)
    with handed_in_once():
        due_at = due_for(product=asked.product, team=team, at=at)
        opened = open_question(asked=asked, owner=team, due_at=due_at, reserve=(TASK_IDS,), by=by, at=at)
        promise = new_promise(
            question=opened.question, team=team, due_at=due_at, norm=norm_of(asked.product), by=by, at=at
        )
        lines = [registered_line(opened, by=by, at=at), promised_line(promise, by=by, at=at)]
        receipt = (
            [] if asked.is_quiet else letters.receipt(opened=opened, promise=promise, left_out=asked.left_out, at=at)
        )
        write([*opened.rows, promise, *_task_of(opened, at=at), *lines, *receipt])
    return Registered(opened.question, opened.follow_code, promise, opened.contact)


def team_for(product: Product | None, *, kind: str = "") -> Team:
    """Return where a question about `product` goes when nobody chose: the desk if it may settle it, else its owner.

    `kind` is the kind of question; empty is the usual one of the product.

    The desk also when that owner cannot answer it: nobody is there, or nobody may see it.
    """
    if product is None or product.desk_may_settle_kind(kind) or not product.team.is_at_work:
        return contact_centre()
    return product.team if not product.is_confidential or is_staffed(product.team) else contact_centre()


def _settle_at_desk(
    asked: Asked, *, outcome: str, outcome_note: str = "", reply: str, by: Employee, at: datetime
) -> Registered:
    _check_may_register(by)
    with handed_in_once():
        opened = open_question(
            asked=asked,
            owner=contact_centre(),
            due_at=None,
            outcome=outcome,
            outcome_note=outcome_note,
            reply=reply.strip(),
            by=by,
            at=at,
        )
        settled = line(
            "question.settled",
            subject=opened.question,
            team_id=opened.question.owner_id,
            data={"outcome": outcome},
            told_resident=True,
            by=by,
            at=at,
        )
        lines = [registered_line(opened, by=by, at=at), settled]
        write([*opened.rows, *lines, *letters.answer_at_once(opened=opened, at=at)])
    return Registered(opened.question, opened.follow_code, None, opened.contact)


def _pass_on(
    opened: Opened,
    promise: Promise,
    *,
    to: Team,
    asks: str,
    note: str,
    to_employee: Employee | None,
    by: Employee,
    at: datetime,
) -> Registered:
    question, desk = opened.question, contact_centre()
    rows: list[Model] = [*opened.rows, promise, registered_line(opened, by=by, at=at)]
    rows += _task_of(opened, employee=to_employee, asked=asks, note=note, at=at)
    if to != desk:
        handover = Handover(
            question=question,
            contact=opened.contact,
            from_team=desk,
            to_team=to,
            to_employee=to_employee,
            hop=1,
            asked=asks.strip() or opened.contact.subject,
            note=note.strip(),
            made_by=by,
            made_at=at,
        )
        rows += [handover, handed_over_line(question, from_team=desk, to=to, hop=1, by=by, at=at)]
    rows.append(promised_line(promise, by=by, at=at))
    rows += letters.receipt(opened=opened, promise=promise, at=at)
    rows += letters.team_notice(promise=promise, at=at)
    write(rows)
    return Registered(question, opened.follow_code, promise, opened.contact)


def _task_of(
    opened: Opened, *, employee: Employee | None = None, asked: str = "", note: str = "", at: datetime
) -> list[Model]:
    (task_id,) = opened.reserved
    return leading_task(
        task_id, question=opened.question, contact=opened.contact, employee=employee, asked=asked, note=note, at=at
    )


def _hops(to: Team) -> int:
    return 0 if to.is_contact_centre else 1


def _check_may_register(by: Employee) -> None:
    if not rights_of(by).may(Permission.REGISTER_CONTACT):
        raise NotYours


def registered_line(opened: Opened, *, by: Actor, at: datetime) -> Entry:
    """Return the journal line that tells staff and resident that a question came in."""
    return line(
        "question.registered",
        subject=opened.question,
        team_id=opened.question.owner_id,
        data={"channel": opened.contact.channel, "contact": opened.contact.pk},
        told_resident=True,
        by=by,
        at=at,
    )
