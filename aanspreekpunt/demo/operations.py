"""Filling the demo municipality with ninety days of questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F

from aanspreekpunt.common.follow_codes import hash_follow_code
from aanspreekpunt.demo.queries import API_KEY, API_TOKEN, FILLED, FOLLOW_CODE, PASSWORD, is_filled
from aanspreekpunt.demo.rhythm import moments
from aanspreekpunt.demo.stories.arriving import arrival
from aanspreekpunt.demo.stories.clearing_up import clear_up
from aanspreekpunt.demo.stories.keeping_watch import watch
from aanspreekpunt.demo.stories.searching import search
from aanspreekpunt.demo.stories.today import plan_today
from aanspreekpunt.demo.timeline import Timeline
from aanspreekpunt.demo.world import World
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.messaging.models import Attempt, Delivery
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.operations import set_password
from aanspreekpunt.organisation.queries import calendar_of, municipality
from aanspreekpunt.organisation.rules import local_date
from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.operations import follow_code_key
from aanspreekpunt.search.learning import learn_words
from aanspreekpunt.search.shelf import forget_shelf
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.operations import Grant, make_token
from aanspreekpunt.tokens.queries import token_named
from aanspreekpunt.tokens.rules import all_rights

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

DAYS, SEED = 90, 14_0199
STILL_SENT = timedelta(minutes=5)
"""Mail of the last minutes is sent, so that the mail catcher has something to show."""
_CODE_OF_ATTEMPT = "demo"
_SEARCHES_PER_QUESTION = 0.3


@dataclass(frozen=True)
class Filled:
    """How many questions there are now because of filling; none when it was done before."""

    questions: int


@transaction.atomic
def fill(
    *,
    questions: int,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
    at: datetime,
) -> Filled:
    """Let ninety days of questions happen, up to `at`, in the municipality that is set up; a second time adds nothing.

    Everything goes through the operations the screens use, at the time it would have happened. Raises `NotSetUp`.
    """
    if is_filled():
        return Filled(0)
    before = Question.objects.count()
    chance = Random(seed)
    _give_passwords(at=at - timedelta(days=DAYS))
    _let_in(at=at)
    world, timeline = World(chance=chance, questions=questions), Timeline()
    _plan(world, timeline, questions=questions, at=at)
    steps = _Steps(questions, progress)
    forget_shelf()
    timeline.run(until=at, progress=steps.another)
    clear_up(world, at=at)
    learn_words(at=at)
    forget_shelf()
    _end_mail_before(at - STILL_SENT)
    record(FILLED, subject=municipality(), data={"followed": _let_follow()}, by=SYSTEM, at=at)
    steps.done()
    return Filled(Question.objects.count() - before)


class _Steps:
    """Tells how far the stories are; how many steps there will be is an estimate."""

    _PER_QUESTION = 2.4 + _SEARCHES_PER_QUESTION

    def __init__(self, questions: int, progress: Callable[[int, int], None] | None) -> None:
        self._expected, self._progress, self._taken = round(questions * self._PER_QUESTION), progress, 0

    def another(self) -> None:
        self._taken += 1
        if self._progress and self._taken % 100 == 0:
            self._progress(min(self._taken, self._expected - 1), self._expected)

    def done(self) -> None:
        if self._progress:
            self._progress(self._expected, self._expected)


def _plan(world: World, timeline: Timeline, *, questions: int, at: datetime) -> None:
    first = local_date(at - timedelta(days=DAYS))
    calendar = calendar_of(world.desk)
    for moment in moments(count=questions, first=first, at=at, calendar=calendar, chance=world.chance):
        timeline.add(moment, arrival(world, moment))
    for _ in range(round(questions * _SEARCHES_PER_QUESTION)):
        moment = at - timedelta(days=DAYS) * world.chance.random()
        timeline.add(moment, search(world, moment))
    plan_today(world, timeline, at=at)
    timeline.add(at - timedelta(days=DAYS), watch(world, at - timedelta(days=DAYS)))


def _give_passwords(*, at: datetime) -> None:
    for employee in Employee.objects.filter(is_active=True).order_by("id"):
        if not employee.has_usable_password():
            set_password(employee=employee, password=PASSWORD, by=SYSTEM, at=at)


def _let_in(*, at: datetime) -> None:
    """Make the token with which the standard API is tried; it reads and writes everything that is not confidential.

    Its key is no secret, so it is made only where everything is made up.
    """
    if not settings.IS_PRODUCTION and token_named(API_TOKEN) is None:
        rights = all_rights(Resource.values, [Verb.READ, Verb.WRITE])
        make_token(name=API_TOKEN, grant=Grant(rights=frozenset(rights)), key=API_KEY, by=SYSTEM, at=at)


def _end_mail_before(moment: datetime) -> None:
    """End the mail of the past as sent at its time, with an attempt that says it was the demo that did so."""
    past = Delivery.objects.filter(state=Delivery.State.WAITING, made_at__lt=moment)
    Attempt.objects.bulk_create(
        [
            Attempt(delivery_id=pk, at=made_at, outcome=Attempt.Outcome.SENT, code=_CODE_OF_ATTEMPT)
            for pk, made_at in past.values_list("pk", "made_at")
        ],
        batch_size=1000,
    )
    past.update(state=Delivery.State.SENT, attempts=1, claimed_at=F("made_at"), ended_at=F("made_at"), secrets={})


def _let_follow() -> int | None:
    """Give the newest open question that came by web form the follow code that the demo shows."""
    open_ones = Question.objects.filter(is_confidential=False, language="nl").exclude(state=State.SETTLED)
    question = open_ones.filter(channel="web_form").order_by("-id").first() or open_ones.order_by("-id").first()
    if question is None:
        return None
    question.follow_code_hash = hash_follow_code(FOLLOW_CODE, key=follow_code_key())
    question.save(update_fields=["follow_code_hash"])
    return question.pk
