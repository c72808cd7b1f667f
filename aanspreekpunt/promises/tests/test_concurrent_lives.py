"""Several people at once, each on his own connection: no rule breaks, nothing is lost, and nobody waits forever."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from random import Random
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, connections, transaction

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.common.writing import write
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.messaging.operations import new_message
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover, Task
from aanspreekpunt.promises.refusals import SecondHop
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.promises.tests.moves import MOVES, REGISTER, Move, Turn, make_stage
from aanspreekpunt.promises.tests.truths import falsehoods
from aanspreekpunt.questions.models import Feedback, Question
from aanspreekpunt.questions.operations import give_feedback, link
from aanspreekpunt.questions.refusals import (
    AlreadyAsked,
    NotPossibleNow,
    NotYours,
    QuestionIsClosed,
    QuestionIsHeld,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 4
PATIENCE = "SET lock_timeout = '30s'"


def all_at_once(*acts: Callable[[], object]) -> list[Any]:
    """Do these at the same moment, each on its own connection; return what came of each: a result or an exception."""
    start = Barrier(len(acts))

    def do(act: Callable[[], object]) -> object:
        try:
            with connection.cursor() as cursor:
                cursor.execute(PATIENCE)
            start.wait()
            return act()
        except Exception as error:  # noqa: BLE001 - every outcome is judged by the test
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(do, acts))


def kinds(outcomes: list[Any]) -> set[type]:
    return {type(outcome) for outcome in outcomes}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_many_hands_on_a_few_questions_break_no_rule(seed: int) -> None:
    stage = make_stage()
    begin = Turn(team=1, moment=1, channel=1, other=1)
    for number in range(4):
        REGISTER["register_and_hand_over"](Move(stage, Turn(**{**begin.__dict__, "product": number})))
    clock = count(1)
    verbs = sorted(MOVES)

    def hand(number: int) -> Counter:
        chance, seen = Random(seed * 100 + number), Counter()
        for _ in range(50):
            move = Move(stage, Turn.of(chance.getrandbits(32)))
            move.at = MONDAY + timedelta(minutes=7 * next(clock))
            verb = chance.choice(verbs)
            try:
                MOVES[verb](move)
                seen[verb] += 1
            except (Refusal, Task.DoesNotExist) as refusal:  # another system removed the task meanwhile
                seen[type(refusal).__name__] += 1
        return seen

    outcomes = all_at_once(*(lambda number=number: hand(number) for number in range(THREADS)))
    assert kinds(outcomes) == {Counter}, outcomes
    assert falsehoods() == []
    together = sum(outcomes, Counter())
    assert together.total() == THREADS * 50
    assert sum(together[verb] for verb in MOVES) > THREADS * 10, "too little happened to say anything"


def test_one_of_two_gets_the_question(cast: Cast) -> None:
    for _ in range(5):
        question = make_handed_over(to=cast.waste, by=cast.anna).question
        outcomes = all_at_once(
            *(
                lambda who=who, question=question: operations.take_up(question=question, by=who, at=MONDAY)
                for who in (cast.wim, cast.wilma)
            )
        )
        assert kinds(outcomes) == {Question, QuestionIsHeld}
        assert Entry.objects.filter(event="question.taken", subject_id=question.pk).count() == 1


def test_one_of_two_handovers_is_made(cast: Cast) -> None:
    question = operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY).question
    outcomes = all_at_once(
        *(
            lambda who=who, to=to: operations.hand_over(question=question, to=to, asks="", by=who, at=MONDAY)
            for who, to in ((cast.anna, cast.waste), (cast.bram, cast.youth))
        )
    )
    assert kinds(outcomes) <= {Question, NotYours, SecondHop}
    assert Handover.objects.filter(question=question).count() == 1
    assert falsehoods() == []


def test_an_answer_and_a_handover_do_not_both_happen(cast: Cast) -> None:
    for _ in range(5):
        question = operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY).question
        outcomes = all_at_once(
            lambda question=question: operations.answer(
                question=question, text="Ja", channel="email", by=cast.anna, at=MONDAY
            ),
            lambda question=question: operations.hand_over(
                question=question, to=cast.waste, asks="", by=cast.bram, at=MONDAY
            ),
        )
        assert kinds(outcomes) in ({Question, NotYours}, {Question, QuestionIsClosed})
        assert falsehoods() == []


def test_merging_and_linking_crosswise_block_nobody(cast: Cast) -> None:
    for _ in range(5):
        one, two = (make_handed_over(to=cast.waste, by=cast.anna).question for _ in range(2))
        outcomes = all_at_once(
            lambda one=one, two=two: operations.merge(question=one, into=two, by=cast.wim, at=MONDAY),
            lambda one=one, two=two: operations.merge(question=two, into=one, by=cast.wilma, at=MONDAY),
            lambda one=one, two=two: link(question=one, other=two, by=cast.sander, at=MONDAY),
            lambda one=one, two=two: link(question=two, other=one, by=cast.wim, at=MONDAY),
        )
        assert kinds(outcomes) == {Question, QuestionIsClosed, type(None)}
        assert Question.objects.filter(pk__in=[one.pk, two.pk], outcome="duplicate").count() == 1
        assert falsehoods() == []


def test_opening_again_and_thanking_at_the_same_moment(cast: Cast) -> None:
    question = operations.answer_at_once(asked=make_asked(), answer="Ja", by=cast.anna, at=MONDAY).question
    outcomes = all_at_once(
        lambda: operations.reopen(question=question, reason="Nee", by=RESIDENT, at=MONDAY),
        lambda: operations.reopen(question=question, reason="Nee!", by=RESIDENT, at=MONDAY),
        lambda: give_feedback(question=question, text="Sneller", by=RESIDENT, at=MONDAY),
        lambda: give_feedback(question=question, text="Nog sneller", by=RESIDENT, at=MONDAY),
    )
    assert kinds(outcomes) - {Question, Feedback, NotPossibleNow} <= {type(outcomes[1]), type(outcomes[0])}
    question.refresh_from_db()
    assert question.times_reopened == 1
    assert falsehoods() == []


def test_one_delivery_handed_in_four_times_at_once_is_one_question(cast: Cast) -> None:
    asked = make_asked(intake_account="web_form", intake_id="once")
    outcomes = all_at_once(
        *[lambda: operations.receive_question(asked=asked, by=RESIDENT, at=MONDAY)] * 3,
        lambda: operations.register_and_hand_over(asked=asked, to=cast.waste, asks="", by=cast.anna, at=MONDAY),
    )
    assert kinds(outcomes) == {operations.Registered, AlreadyAsked}
    assert Question.objects.count() == 1
    assert falsehoods() == []


def test_one_key_put_in_the_outbox_by_two_at_once_is_one_message() -> None:
    def put() -> None:
        with transaction.atomic():
            write([new_message(key="k", kind="receipt", to="a@b.example", subject="s", body_text="t", at=MONDAY)])

    assert kinds(all_at_once(put, put, put)) == {type(None), IntegrityError}
    assert Delivery.objects.count() == 1


def test_a_reply_and_giving_up_on_it_end_in_one_promise(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=question, text="Wat?", channel="email", by=cast.wim, at=MONDAY)
    later = MONDAY + timedelta(days=30)
    outcomes = all_at_once(
        lambda: operations.receive_addition(question=question, text="Dit", channel="email", by=RESIDENT, at=later),
        lambda: operations.continue_without_reply(at=later),
        lambda: operations.continue_without_reply(at=later),
    )
    assert kinds(outcomes) == {Question, int}
    assert falsehoods() == []


def test_two_workers_send_one_reminder_and_one_alarm(cast: Cast) -> None:
    promise = make_handed_over(to=cast.waste, by=cast.anna).promise
    assert promise is not None
    late = promise.due_at + timedelta(minutes=1)
    assert sum(all_at_once(*[lambda: operations.remind_of_promises(at=promise.remind_at)] * 3)) == 1
    assert sum(all_at_once(*[lambda: operations.escalate_broken_promises(at=late)] * 3)) == 1
