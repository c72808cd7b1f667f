"""Operations at moments nobody thinks of: on a closed question, after a holder left, at a team that never opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.promises import operations
from aanspreekpunt.promises.rules.deadlines import Window
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.questions.refusals import NotYours, QuestionIsClosed, QuestionIsHeld

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

pytestmark = pytest.mark.django_db

WINDOW = Window(MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=3))


def leave(employee: Employee) -> None:
    employee.is_active = False
    employee.save(update_fields=["is_active"])


@pytest.mark.parametrize(
    "act",
    [
        lambda question, cast: operations.answer(question=question, text="Ja", channel="phone", by=cast.wim, at=MONDAY),
        lambda question, cast: operations.settle(
            question=question, outcome="withdrawn", note="Toch niet", by=cast.wim, at=MONDAY
        ),
        lambda question, cast: operations.call_back(question=question, text="Ja", by=cast.wim, at=MONDAY),
        lambda question, cast: operations.miss_callback(question=question, by=cast.wim, at=MONDAY),
        lambda question, cast: operations.promise_callback(
            question=question, window=WINDOW, phone="+31612345678", by=cast.wim, at=MONDAY
        ),
        lambda question, cast: operations.renew_promise(question=question, reason="Druk", by=cast.wim, at=MONDAY),
        lambda question, cast: operations.hand_over(
            question=question, to=cast.youth, asks="", reason="Toch", by=cast.sander, at=MONDAY
        ),
        lambda question, cast: operations.return_to_sender(question=question, reason="Nee", by=cast.wim, at=MONDAY),
        lambda question, cast: operations.ask_resident(
            question=question, text="Wat?", channel="email", by=cast.wim, at=MONDAY
        ),
        lambda question, cast: operations.merge(
            question=question, into=make_handed_over(to=cast.waste, by=cast.anna).question, by=cast.wim, at=MONDAY
        ),
        lambda question, cast: operations.stop_waiting(question=question, by=cast.wim, at=MONDAY),
        lambda question, cast: operations.take_up(question=question, by=cast.wim, at=MONDAY),
        lambda question, cast: operations.receive_addition(
            question=question, text="En?", channel="web_form", by=cast.anna, at=MONDAY
        ),
    ],
)
def test_nothing_is_done_to_a_settled_question(act: Callable[[Question, Cast], object], cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.answer(question=question, text="Zaterdag.", channel="phone", by=cast.wim, at=MONDAY)
    with pytest.raises(QuestionIsClosed):
        act(question, cast)


def test_what_someone_held_when_he_left_is_free_for_his_colleagues(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.take_up(question=question, by=cast.wim, at=MONDAY)
    with pytest.raises(QuestionIsHeld):
        operations.renew_promise(question=question, reason="Druk", by=cast.wilma, at=MONDAY)
    leave(cast.wim)
    assert operations.take_up(question=question, by=cast.wilma, at=MONDAY).holder == cast.wilma
    assert operations.take_up(question=question, by=cast.wilma, at=MONDAY).holder == cast.wilma


def test_colleagues_answer_what_someone_held_who_changed_teams(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.take_up(question=question, by=cast.wim, at=MONDAY)
    cast.wim.memberships.update(team=cast.youth)
    assert operations.answer(question=question, text="Ja", channel="phone", by=cast.wilma, at=MONDAY).is_settled


def test_a_reply_to_someone_who_left_puts_the_question_back_in_the_queue(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=question, text="Welke?", channel="email", by=cast.wim, at=MONDAY)
    leave(cast.wim)
    replied = operations.note_addition(question=question, text="Groen", channel="phone", by=cast.anna, at=MONDAY)
    assert (replied.state, replied.holder) == ("waiting", None)


def test_who_left_does_nothing_any_more(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    leave(cast.wim)
    with pytest.raises(NotYours):
        operations.take_up(question=question, by=cast.wim, at=MONDAY)
    leave(cast.anna)
    with pytest.raises(NotYours):
        operations.answer_at_once(asked=make_asked(), answer="Ja", by=cast.anna, at=MONDAY)
