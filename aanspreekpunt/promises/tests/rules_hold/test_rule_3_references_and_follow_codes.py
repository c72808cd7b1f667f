"""Rule 3: references are unique, readable aloud and carry a check character.

Follow codes are random, 60 bits or more, stored hashed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.common.follow_codes import hash_follow_code
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import MONDAY, make_asked
from aanspreekpunt.promises.tests.rules_hold.refused import Refused
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.operations import follow_code_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast


pytestmark = pytest.mark.django_db(transaction=True)


RULE_3 = {
    "the reference of another": (
        "UPDATE question SET reference = (SELECT reference FROM question WHERE id = %(settled)s) WHERE id = %(open)s",
        "^question_reference_",
    ),
    "a wrong check digit": (
        (
            "UPDATE question SET reference = left(reference, 10) || (right(reference, 1)::int + 1) %% 10"
            " WHERE id = %(open)s"
        ),
        "^question_reference_is_sound$",
    ),
    "not a number": (
        "UPDATE question SET reference = 'ABCDEFGHIJK' WHERE id = %(open)s",
        "^question_reference_form$",
    ),
    "a follow code as it was given out": (
        "UPDATE question SET follow_code_hash = '7KQ2M9XWBT4P' WHERE id = %(open)s",
        "^question_follow_code_is_a_hash$",
    ),
}


def test_rule_3_stands_against_sql(question: Question, settled: Question, sql: Callable[..., None]) -> None:
    for statement, constraint in RULE_3.values():
        with Refused(constraint):
            sql(statement, open=question.pk, settled=settled.pk)


def test_rule_3_stands_through_the_operations(cast: Cast) -> None:
    made = [operations.keep_at_desk(asked=make_asked(), by=cast.anna, at=MONDAY) for _ in range(20)]
    assert len({each.question.reference for each in made}) == len({each.follow_code for each in made}) == 20
    for each in made:
        assert len(each.follow_code) * 5 >= 60
        kept = Question.objects.get(pk=each.question.pk).follow_code_hash
        assert kept == hash_follow_code(each.follow_code, key=follow_code_key())
        assert each.follow_code not in kept
