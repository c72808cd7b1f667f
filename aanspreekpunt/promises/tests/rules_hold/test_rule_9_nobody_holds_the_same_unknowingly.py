"""Rule 9: two employees never hold the same question unknowingly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import MONDAY
from aanspreekpunt.questions.refusals import QuestionIsClosed, QuestionIsHeld

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question


from aanspreekpunt.promises.tests.rules_hold.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)


RULE_9 = {
    "waiting, yet held": "UPDATE question SET holder_id = %(wim)s WHERE id = %(open)s",
    "in hand of nobody": "UPDATE question SET state = 'in_hand' WHERE id = %(open)s",
    "settled, yet held": "UPDATE question SET holder_id = %(wim)s WHERE id = %(settled)s",
}


def test_rule_9_stands_against_sql(question: Question, settled: Question, cast: Cast, sql: Callable[..., None]) -> None:
    for statement in RULE_9.values():
        with Refused("question_in_hand_has_a_holder"):
            sql(statement, open=question.pk, settled=settled.pk, wim=cast.wim.pk)


def test_rule_9_stands_through_the_operations(question: Question, cast: Cast) -> None:
    operations.take_up(question=question, by=cast.wim, at=MONDAY)
    for behind_his_back in (
        lambda: operations.take_up(question=question, by=cast.wilma, at=MONDAY),
        lambda: operations.answer(question=question, text="Ja", channel="phone", by=cast.wilma, at=MONDAY),
        lambda: operations.give_to_colleague(question=question, to=cast.wilma, by=cast.wilma, at=MONDAY),
        lambda: operations.return_to_sender(question=question, reason="Nee", by=cast.wilma, at=MONDAY),
    ):
        with pytest.raises(QuestionIsHeld, match="Wim"):
            behind_his_back()
    operations.answer(question=question, text="Ja", channel="phone", by=cast.wim, at=MONDAY)
    with pytest.raises(QuestionIsClosed):
        operations.answer(question=question, text="Ja", channel="phone", by=cast.wilma, at=MONDAY)
