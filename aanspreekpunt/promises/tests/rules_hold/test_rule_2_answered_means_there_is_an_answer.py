"""Rule 2: an outcome "answered" has an outgoing contact or a spoken answer on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.rules.deadlines import callback_windows
from aanspreekpunt.promises.tests.make import MONDAY, make_asked
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.questions.refusals import NothingWritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast


from aanspreekpunt.promises.tests.rules_hold.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_rule_2_stands_against_sql(question: Question, cast: Cast, sql: Callable[..., None]) -> None:
    operations.settle(question=question, outcome="withdrawn", note="Hoeft niet", by=cast.wim, at=MONDAY)
    for outcome in ("answered", "answered_at_once", "callback_kept"):
        with Refused("question_answered_has_an_answer"):
            sql("UPDATE question SET outcome = %(outcome)s WHERE id = %(id)s", outcome=outcome, id=question.pk)


def test_rule_2_does_not_take_a_call_that_nobody_answered_for_an_answer(
    question: Question, cast: Cast, sql: Callable[..., None]
) -> None:
    window = callback_windows(start=MONDAY, calendar=calendar_of(cast.waste), count=1)[0]
    operations.promise_callback(question=question, window=window, phone="+31612345678", by=cast.wim, at=MONDAY)
    operations.miss_callback(question=question, by=cast.wim, at=window.starts_at)
    operations.settle(question=question, outcome="withdrawn", note="?", by=cast.wim, at=window.starts_at)
    with Refused("question_answered_has_an_answer"):
        sql("UPDATE question SET outcome = 'callback_kept' WHERE id = %(id)s", id=question.pk)


RULE_2 = (
    "UPDATE contact SET direction = 'in' WHERE question_id = %(id)s",
    "UPDATE contact SET has_succeeded = false WHERE question_id = %(id)s",
    "UPDATE contact SET question_id = NULL WHERE question_id = %(id)s AND direction = 'out'",
    (
        "WITH p AS (DELETE FROM participant WHERE contact_id IN (SELECT id FROM contact WHERE question_id = %(id)s"
        " AND direction = 'out')), a AS (DELETE FROM contact_actor), l AS (DELETE FROM questions_subjectlink)"
        " DELETE FROM contact WHERE question_id = %(id)s AND direction = 'out'"
    ),
)


def test_rule_2_keeps_the_answer_on_record(settled: Question, sql: Callable[..., None]) -> None:
    for statement in RULE_2:
        with Refused("question_answered_has_an_answer"):
            sql(statement, id=settled.pk)


def test_rule_2_stands_through_the_operations(question: Question, cast: Cast) -> None:
    with pytest.raises(NothingWritten):
        operations.answer(question=question, text="  ", channel="phone", by=cast.wim, at=MONDAY)
    with pytest.raises(NothingWritten):
        operations.answer_at_once(asked=make_asked(), answer=" ", by=cast.anna, at=MONDAY)
    answered = operations.answer(question=question, text="Zaterdag.", channel="phone", by=cast.wim, at=MONDAY)
    assert Contact.objects.get(question=answered, direction="out").text == "Zaterdag."
