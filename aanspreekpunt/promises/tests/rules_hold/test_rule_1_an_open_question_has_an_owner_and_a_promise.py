"""Rule 1: a question that is not settled has exactly one owning team, and one open promise with a date.

A settled one has an outcome.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError

from aanspreekpunt.common.references import make_reference
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.tests.make import MONDAY
from aanspreekpunt.promises.tests.rules_hold.refused import Refused
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast


pytestmark = pytest.mark.django_db(transaction=True)


RULE_1 = {
    "no owner": ("UPDATE question SET owner_id = NULL WHERE id = %(open)s", "^owner_id$"),
    "no date": (
        "UPDATE question SET due_at = NULL WHERE id = %(open)s",
        "question_settled_has_outcome_open_has_none",
    ),
    "an outcome while open": (
        "UPDATE question SET outcome = 'withdrawn' WHERE id = %(open)s",
        "question_settled_has_outcome_open_has_none",
    ),
    "settled without an outcome": (
        "UPDATE question SET state = 'settled', settled_at = now(), due_at = NULL WHERE id = %(open)s",
        "question_settled_has_outcome_open_has_none",
    ),
    "an outcome that does not exist": (
        "UPDATE question SET outcome = 'done' WHERE id = %(settled)s",
        "question_known_outcome",
    ),
    "a state that does not exist": (
        "UPDATE question SET state = 'lost' WHERE id = %(open)s",
        "question_in_hand_has_a_holder",
    ),
    "settled with its promise still open": (
        (
            "UPDATE question SET state = 'settled', outcome = 'withdrawn', settled_at = now(), due_at = NULL"
            " WHERE id = %(open)s"
        ),
        "question_keeps_one_open_promise",
    ),
    "open again without a promise": (
        "UPDATE question SET state = 'waiting', outcome = '', settled_at = NULL, due_at = now() WHERE id = %(settled)s",
        "question_keeps_one_open_promise",
    ),
    "another owner than the promise has": (
        "UPDATE question SET owner_id = %(youth)s WHERE id = %(open)s",
        "question_keeps_one_open_promise",
    ),
    "another date than was promised": (
        "UPDATE question SET due_at = due_at + interval '1 day' WHERE id = %(open)s",
        "question_keeps_one_open_promise",
    ),
    "its promise ended under it": (
        "UPDATE promise SET state = 'kept', ended_at = made_at WHERE question_id = %(open)s",
        "question_keeps_one_open_promise",
    ),
    "its promise deleted": ("DELETE FROM promise WHERE question_id = %(open)s", "promise_never_vanishes"),
    "a second open promise": (
        (
            "INSERT INTO promise (uuid, question_id, kind, team_id, due_at, remind_at, phone, norm_kind, norm_amount,"
            " state, made_at) SELECT gen_random_uuid(), question_id, kind, team_id, due_at, remind_at, phone,"
            " norm_kind, norm_amount, state, made_at FROM promise WHERE question_id = %(open)s"
        ),
        "promise_one_open_per_question",
    ),
    "a promise for a settled question": (
        (
            "INSERT INTO promise (uuid, question_id, kind, team_id, due_at, remind_at, phone, norm_kind, norm_amount,"
            " state, made_at) SELECT gen_random_uuid(), %(settled)s, kind, team_id, due_at, remind_at, phone,"
            " norm_kind, norm_amount, state, made_at FROM promise WHERE question_id = %(open)s"
        ),
        "question_keeps_one_open_promise",
    ),
    "its task done under it": (
        "UPDATE task SET state = 'done', done_at = now() WHERE question_id = %(open)s",
        "question_keeps_one_task_that_leads",
    ),
    "its task leading no more": (
        "UPDATE task SET is_leading = false WHERE question_id = %(open)s",
        "question_keeps_one_task_that_leads",
    ),
    "its task deleted": ("DELETE FROM task WHERE question_id = %(open)s", "question_keeps_one_task_that_leads"),
    "a second task that leads": (
        (
            "INSERT INTO task (uuid, question_id, contact_id, asked, note, state, is_leading, began_question,"
            " assigned_at) SELECT gen_random_uuid(), question_id, contact_id, '', '', state, true, false, assigned_at"
            " FROM task WHERE question_id = %(open)s"
        ),
        "task_one_leads",
    ),
    "something to do about a settled question": (
        (
            "INSERT INTO task (uuid, question_id, contact_id, asked, note, state, is_leading, began_question,"
            " assigned_at) SELECT gen_random_uuid(), %(settled)s, contact_id, '', '', state, false, false, assigned_at"
            " FROM task WHERE question_id = %(open)s"
        ),
        "question_keeps_one_task_that_leads",
    ),
    "its task given to another question": (
        "UPDATE task SET question_id = %(settled)s WHERE question_id = %(open)s",
        "task_never_moves",
    ),
    "somebody who is done with a task that is open": (
        (
            "UPDATE task_actor SET state = 'done' FROM task WHERE task.id = task_actor.task_id"
            " AND task.question_id = %(open)s"
        ),
        "task_actor_as_its_task",
    ),
    "a duplicate of nothing": (
        "UPDATE question SET outcome = 'duplicate' WHERE id = %(settled)s",
        "question_duplicate_names_the_other",
    ),
    "a duplicate of itself": (
        "UPDATE question SET outcome = 'duplicate', duplicate_of_id = id WHERE id = %(settled)s",
        "question_not_its_own_duplicate",
    ),
    "deleted altogether": ("DELETE FROM question WHERE id = %(open)s", "_fk_question_id$"),
}


def test_rule_1_stands_against_sql(question: Question, settled: Question, cast: Cast, sql: Callable[..., None]) -> None:
    for statement, constraint in RULE_1.values():
        with Refused(constraint):
            sql(statement, open=question.pk, settled=settled.pk, youth=cast.youth.pk)


def test_rule_1_stands_against_a_question_written_without_a_promise(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="has not an open promise"):
        Question.objects.create(
            reference=make_reference(year=2026, sequence=12345),
            follow_code_hash="0" * 64,
            subject="Zonder belofte",
            channel="phone",
            owner=cast.waste,
            due_at=MONDAY,
            registered_at=MONDAY,
        )


def test_rule_1_stands_through_the_operations(question: Question, cast: Cast) -> None:
    operations.ask_resident(question=question, text="Welke?", channel="email", by=cast.wim, at=MONDAY)
    operations.note_addition(question=question, text="Groen", channel="phone", by=cast.anna, at=MONDAY)
    operations.renew_promise(question=question, reason="Druk", by=cast.wim, at=MONDAY)
    operations.return_to_sender(question=question, reason="Niet van ons", by=cast.wim, at=MONDAY)
    promise = Promise.objects.get(question=question, state="open")
    question.refresh_from_db()
    assert (promise.team, promise.due_at) == (question.owner, question.due_at)
    settled = operations.settle(question=question, outcome="withdrawn", note="Hoeft niet", by=cast.anna, at=MONDAY)
    assert settled.outcome == "withdrawn"
    assert not Promise.objects.filter(question=question, state="open").exists()
