"""How a team works on a question: takes it up, asks back, returns it, calls, answers or settles it otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from aanspreekpunt.demo.stories.afterwards import afterwards
from aanspreekpunt.demo.voices import voice_of
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.promises import operations
from aanspreekpunt.questions import operations as questions
from aanspreekpunt.questions.product_facts import facts_of
from aanspreekpunt.questions.queries import customer_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aanspreekpunt.demo.timeline import Story
    from aanspreekpunt.demo.world import World
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.promises.rules.deadlines import Window
    from aanspreekpunt.questions.models import Question

_FORGOTTEN, _RETURNED, _ASKED_BACK, _REPLIES, _RENEWED, _MISSED = 0.015, 0.05, 0.12, 0.7, 0.04, 0.2
_NOTED, _MENTIONED, _ADDED, _HIDDEN, _ASKED_TWICE = 0.15, 0.5, 0.08, 0.01, 0.04
_NOT_ANSWERED, _WITHDRAWN, _CASE, _APPOINTMENT = 0.03, 0.03, 0.05, 0.04


def worked_on(world: World, question: Question, at: datetime, *, window: Window | None = None) -> Story:
    """Tell what the team that owns the question does with it; `window` is when somebody was promised a call."""
    if world.lucky(_FORGOTTEN):
        return
    team, due_at = question.owner, question.due_at or at
    ready_at = world.ready(window.starts_at if window else at, due_at, team)
    if not team.is_contact_centre and world.lucky(_RETURNED):
        yield from _returned(world, question, world.between(at, ready_at, team))
        return
    at = min(world.in_hours(team, at + (ready_at - at) * world.chance.random() * 0.7), ready_at)
    yield at
    worker = world.someone_of(team)
    operations.take_up(question=question, by=worker, at=at)
    for told_at in _meanwhile(world, question, worker, at, ready_at):
        at = told_at
        yield at
    at = max(at, ready_at)
    yield at
    yield from _finished(world, question, worker, at, is_call=window is not None)


def _meanwhile(
    world: World, question: Question, worker: Employee, begin: datetime, end: datetime
) -> Iterator[datetime]:
    """Yield the moments of small things that happen before the answer is ready, each done when asked on."""
    team, at = question.owner, begin
    steps = (
        (_NOTED, lambda: _note(world, question, worker, at)),
        (_ADDED, lambda: _add(world, question, at)),
        (_HIDDEN, lambda: questions.make_confidential(question=question, by=worker, at=at)),
        (_RENEWED, lambda: _renew(world, question, worker, at)),
        (_ASKED_TWICE, lambda: _ask_twice(world, question, worker, at)),
    )
    for likelihood, step in steps:
        if world.lucky(likelihood):
            at = world.between(at, end, team)
            yield at
            step()
    if world.lucky(_ASKED_BACK):
        at = world.between(at, end, team)
        yield at
        channel = "email" if customer_of(question).email else "phone"
        operations.ask_resident(question=question, text=world.say("asks_back"), channel=channel, by=worker, at=at)
        if world.lucky(_REPLIES):
            at += timedelta(hours=2 + 60 * world.chance.random())
            yield at
            by = RESIDENT
            operations.receive_addition(question=question, text=world.say("replies"), channel="web_form", by=by, at=at)
            at = world.in_hours(team, at + timedelta(hours=3))
            yield at


def _note(world: World, question: Question, worker: Employee, at: datetime) -> None:
    mentions = [world.someone_of(question.owner)] if world.lucky(_MENTIONED) else []
    questions.write_note(question=question, text=world.say("notes"), mentions=mentions, by=worker, at=at)


def _add(world: World, question: Question, at: datetime) -> None:
    operations.receive_addition(question=question, text=world.say("additions"), channel="web_form", by=RESIDENT, at=at)


def _renew(world: World, question: Question, worker: Employee, at: datetime) -> None:
    operations.renew_promise(question=question, reason=world.say("renewals"), by=worker, at=at)


def _ask_twice(world: World, question: Question, worker: Employee, at: datetime) -> None:
    """Let somebody ask the same again by phone, so that it becomes a duplicate."""
    agent = world.someone_of(world.desk)
    if question.product is None or question.owner.is_contact_centre:
        return
    asked = world.asked(question.product, channel="phone", by=agent, at=at, customer=customer_of(question))
    again = operations.register_and_hand_over(asked=asked, to=question.owner, asks=asked.text, by=agent, at=at).question
    operations.merge(question=again, into=question, by=worker, at=at)


def _returned(world: World, question: Question, at: datetime) -> Story:
    """Tell of a question that came to the wrong team, goes back, and is handed on by a supervisor of the desk."""
    yield at
    sent_to = question.owner
    worker = world.someone_of(sent_to)
    operations.return_to_sender(question=question, reason=world.say("return_reasons"), by=worker, at=at)
    at = world.in_hours(world.desk, at + timedelta(hours=1 + 5 * world.chance.random()))
    yield at
    supervisor = _supervisor_of(world, world.desk)
    if supervisor is None:
        return
    to = world.chance.choice([team for team in world.town.teams.values() if team not in {sent_to, world.desk}])
    question = operations.hand_over(
        question=question,
        to=to,
        asks=world.say("notes"),
        reason=world.say("second_hops"),
        by=supervisor,
        at=at,
    )
    at = world.ready(at, question.due_at or at, to)
    yield at
    yield from _finished(world, question, world.someone_of(to), at, is_call=False)


def _supervisor_of(world: World, team: Team) -> Employee | None:
    able = (
        each for each in world.town.staff[team.pk] if rights_of(each).may(Permission.HAND_OVER_AGAIN, team_id=team.pk)
    )
    return next(able, None)


def _finished(world: World, question: Question, worker: Employee, at: datetime, *, is_call: bool) -> Story:
    """Tell how it ends: called back (perhaps after a call nobody answered), answered, or settled in another way."""
    text = world.chance.choice(voice_of(question.product.key if question.product else "").answers)
    if question.product and question.product.refer_to and not is_call:
        body, told = question.product.refer_to["name"], facts_of(question.product, language="nl", on=localdate(at))
        operations.settle(question=question, outcome="referred", note=body, tell=told.refer_text, by=worker, at=at)
    elif is_call:
        if world.lucky(_MISSED):
            question = operations.miss_callback(question=question, text=world.say("callback_notes"), by=worker, at=at)
            at = world.ready(at, question.due_at or at, question.owner)
            yield at
        operations.call_back(question=question, text=text, by=worker, at=at)
    elif not _settled_otherwise(world, question, worker, at):
        channel = "email" if customer_of(question).email else "phone"
        operations.answer(question=question, text=text, channel=channel, by=worker, at=at)
    yield from afterwards(world, question, at)


def _settled_otherwise(world: World, question: Question, worker: Employee, at: datetime) -> bool:
    luck = world.chance.random()
    number = f"Z{at.year}-{world.chance.randrange(10_000, 99_999)}"
    endings = (
        (_NOT_ANSWERED, "could_not_be_answered", world.say("not_answered")),
        (_WITHDRAWN, "withdrawn", world.say("withdrawals")),
        (_CASE, "became_case", number),
        (_APPOINTMENT, "appointment_made", "Afspraak aan de balie"),
    )
    for likelihood, outcome, note in endings:
        luck -= likelihood
        if luck < 0:
            operations.settle(question=question, outcome=outcome, note=note, by=worker, at=at)
            return True
    return False
