"""The life of a question: every verb from every state, against the picture of it."""

from __future__ import annotations

import pytest

from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.rules import CHANGES, OPEN_STATES, is_answer, may_change, state_after

W, H, A, S = "waiting", "in_hand", "awaiting_resident", "settled"

# verb: the states it starts from, where it ends when nobody holds the question, and when somebody does.
PICTURE = {
    "take": ({W}, H, H),
    "give": ({W, H}, H, H),
    "release": ({H}, W, W),
    "hand_over": ({W, H}, W, W),
    "return": ({W, H}, W, W),
    "promise": ({W, H}, W, H),
    "ask_resident": ({W, H}, A, A),
    "receive_reply": ({A}, W, H),
    "stop_waiting": ({A}, W, H),
    "settle": ({W, H, A}, S, S),
    "merge": ({W, H, A}, S, S),
    "reopen": ({S}, W, W),
    "take_back": ({A, S}, W, H),
}


def test_the_picture_has_every_verb_and_state() -> None:
    assert set(PICTURE) == set(CHANGES)
    assert {W, H, A, S} == set(State.values) == OPEN_STATES | {S}


@pytest.mark.parametrize("verb", PICTURE)
def test_a_verb_starts_and_ends_where_the_picture_says(verb: str) -> None:
    starts, free, held = PICTURE[verb]
    assert {state for state in State.values if may_change(state, verb)} == starts
    assert (state_after(verb, is_held=False), state_after(verb, is_held=True)) == (free, held)


def test_a_reply_that_reached_nobody_is_no_answer() -> None:
    assert not is_answer(direction="out", has_succeeded=False, reply="Zaterdag.")
    assert not is_answer(direction="in", has_succeeded=False, reply="Zaterdag.")
    assert is_answer(direction="in", has_succeeded=None, reply="Zaterdag.")
