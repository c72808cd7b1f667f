"""Rule 7: times are aware.

Deadlines are computed by one pure function from working hours, holidays and the norm, and stored with the norm they
came from.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.refusals import InThePast, OutsideHours
from aanspreekpunt.promises.rules.deadlines import Window
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question


from aanspreekpunt.promises.tests.rules_hold.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)


RULE_7 = {
    "a date moved afterwards": (
        "UPDATE promise SET due_at = due_at + interval '1 day' WHERE question_id = %(open)s",
        "promise_never_moves",
    ),
    "another norm afterwards": (
        "UPDATE promise SET norm_amount = norm_amount + 1 WHERE question_id = %(open)s",
        "promise_never_moves",
    ),
    "a norm that does not exist": (
        (
            "INSERT INTO promise (uuid, question_id, kind, team_id, due_at, remind_at, phone, norm_kind, norm_amount,"
            " state, made_at, ended_at) SELECT gen_random_uuid(), question_id, kind, team_id, due_at, remind_at, phone,"
            " 'soon', norm_amount, 'kept', made_at, made_at FROM promise WHERE question_id = %(open)s"
        ),
        "promise_says_its_norm",
    ),
    "a late promise kept after all": (
        "UPDATE promise SET state = 'kept' WHERE question_id = %(settled)s",
        "promise_never_moves",
    ),
    "a late promise ended in time after all": (
        "UPDATE promise SET ended_at = due_at WHERE question_id = %(settled)s",
        "promise_never_moves",
    ),
    "a late promise deleted": ("DELETE FROM promise WHERE question_id = %(settled)s", "promise_never_vanishes"),
    "a promise past its date withdrawn": (
        "UPDATE promise SET state = 'withdrawn', ended_at = due_at + interval '1 hour' WHERE question_id = %(open)s",
        "promise_withdrawn_means_in_time",
    ),
    "a promise past its date kept": (
        "UPDATE promise SET state = 'kept', ended_at = due_at + interval '1 hour' WHERE question_id = %(open)s",
        "promise_kept_means_in_time",
    ),
    "a promise in time broken": (
        "UPDATE promise SET state = 'broken', ended_at = due_at WHERE question_id = %(open)s",
        "promise_broken_means_too_late",
    ),
    "a state that does not exist": (
        "UPDATE promise SET state = 'forgotten', ended_at = due_at WHERE question_id = %(open)s",
        "promise_known_state_and_kind",
    ),
    "ended without a time": (
        "UPDATE promise SET state = 'kept' WHERE question_id = %(open)s",
        "promise_open_until_it_ends",
    ),
}


def test_rule_7_stands_against_sql(question: Question, settled: Question, sql: Callable[..., None]) -> None:
    for statement, constraint in RULE_7.values():
        with Refused(constraint):
            sql(statement, open=question.pk, settled=settled.pk)


def test_rule_7_keeps_every_time_with_its_zone(sql: Callable[..., None]) -> None:
    sql(
        "DO $$ BEGIN IF EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type = 'timestamp without time zone') THEN RAISE EXCEPTION 'a time without its zone'; END IF; END $$"
    )


def test_rule_7_stands_through_the_operations(cast: Cast) -> None:
    product = make_product("container", team=cast.waste, norm_kind="working_hours", norm_amount=9)
    promise = make_handed_over(to=cast.waste, by=cast.anna, product=product).promise
    assert promise is not None
    assert (promise.norm_kind, promise.norm_amount) == ("working_hours", 9)
    assert promise.due_at == MONDAY.replace(day=3, hour=10, minute=30)
    with pytest.raises(ValueError, match="no time zone"):
        make_handed_over(to=cast.waste, by=cast.anna, at=datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001 - that is the attack


WINDOWS = (
    (MONDAY.replace(hour=7), MONDAY.replace(hour=9), InThePast),
    (MONDAY.replace(hour=12), MONDAY.replace(hour=11), InThePast),
    (MONDAY.replace(hour=16), MONDAY.replace(hour=18), OutsideHours),
    (MONDAY.replace(day=7, hour=10), MONDAY.replace(day=7, hour=12), OutsideHours),
    (MONDAY.replace(month=4, day=27, hour=10), MONDAY.replace(month=4, day=27, hour=12), OutsideHours),
    (MONDAY.replace(hour=16), MONDAY.replace(day=3, hour=10), OutsideHours),
)


def test_rule_7_promises_no_call_outside_the_hours_of_the_team(question: Question, cast: Cast) -> None:
    for starts, ends, refusal in WINDOWS:
        with pytest.raises(refusal):
            operations.promise_callback(
                question=question, window=Window(starts, ends), phone="+31612345678", by=cast.wim, at=MONDAY
            )
