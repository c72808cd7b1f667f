"""Whether the random lives see anything: with a fault planted, playing as many of them as each build does fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from hypothesis import Phase

from aanspreekpunt.promises.tests import onlookers
from aanspreekpunt.promises.tests.moves import MOVES, Move
from aanspreekpunt.promises.tests.test_lives import QUICK, live
from aanspreekpunt.queues.queries import held_per_employee, questions_open_longest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.no_cover]

FAULTS = {
    "a reply that is less confidential than its question": (
        "reply",
        "UPDATE contact SET is_confidential = false WHERE id = (SELECT max(id) FROM contact WHERE question_id = %s)",
    ),
    "only the first contact is opened up again": (
        "end_confidential",
        "UPDATE contact SET is_confidential = true WHERE question_id = %s AND direction = 'in'",
    ),
    "a second hop that is not counted": ("hand_over", "UPDATE question SET hops = 1 WHERE id = %s AND hops = 2"),
    "a return takes a hop back": ("return", "UPDATE question SET hops = hops - 1 WHERE id = %s"),
    "a second reopening that is not counted": (
        "reopen_by_employee",
        "UPDATE question SET times_reopened = 1 WHERE id = %s AND times_reopened = 2",
    ),
    "no longer waiting for the resident, and yet it says so": (
        "stop_waiting",
        "UPDATE question SET state = 'awaiting_resident' WHERE id = %s AND state = 'in_hand'",
    ),
}
"""What a faulty move would leave behind: the move, and in SQL how it spoils the question."""


def spoiled(move: Callable[[Move], object], sql: str) -> Callable[[Move], object]:
    """Return the move with a fault."""

    def spoil(m: Move) -> object:
        question = m.question()
        done = move(m)
        with connection.cursor() as cursor:
            cursor.execute(sql, [question.pk])
        return done

    return spoil


@pytest.mark.parametrize("fault", FAULTS)
def test_lives_find_a_faulty_move(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    verb, sql = FAULTS[fault]
    monkeypatch.setitem(MOVES, verb, spoiled(MOVES[verb], sql))
    assert finds_a_fault()


@pytest.mark.parametrize("query", [held_per_employee, questions_open_longest])
def test_lives_find_a_query_that_shows_too_much(query: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    def for_everybody(teams: list[int], **others: object) -> object:
        return query(teams, **{**others, "own_team_ids": teams})

    monkeypatch.setattr(onlookers, query.__name__, for_everybody)
    assert finds_a_fault()


def finds_a_fault() -> bool:
    """Play as many lives as each build does."""
    try:
        live(examples=QUICK, phases=[Phase.generate])
    except Exception:  # noqa: BLE001 - what is broken is seen by an assertion of ours, or by the database itself
        return True
    return False
