"""The life of a question: every change of state there is, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WAITING, IN_HAND, AWAITING, SETTLED = "waiting", "in_hand", "awaiting_resident", "settled"
OPEN_STATES: Final = frozenset({WAITING, IN_HAND, AWAITING})


@dataclass(frozen=True)
class Change:
    """From which states a verb may start, and in which it ends; with `back_to_holder` it ends in hand if held."""

    begins: frozenset[str]
    ends: str
    back_to_holder: bool = False


CHANGES: Final[dict[str, Change]] = {
    "take": Change(frozenset({WAITING}), IN_HAND),
    "give": Change(frozenset({WAITING, IN_HAND}), IN_HAND),
    "release": Change(frozenset({IN_HAND}), WAITING),
    "hand_over": Change(frozenset({WAITING, IN_HAND}), WAITING),
    "return": Change(frozenset({WAITING, IN_HAND}), WAITING),
    "promise": Change(frozenset({WAITING, IN_HAND}), WAITING, back_to_holder=True),
    "ask_resident": Change(frozenset({WAITING, IN_HAND}), AWAITING),
    "receive_reply": Change(frozenset({AWAITING}), WAITING, back_to_holder=True),
    "stop_waiting": Change(frozenset({AWAITING}), WAITING, back_to_holder=True),
    "take_back": Change(frozenset({AWAITING, SETTLED}), WAITING, back_to_holder=True),
    "settle": Change(OPEN_STATES, SETTLED),
    "merge": Change(OPEN_STATES, SETTLED),
    "reopen": Change(frozenset({SETTLED}), WAITING),
}
"""verb → from → to. Whatever is not in this table does not happen to a question."""


def may_change(state: str, verb: str) -> bool:
    """Say whether `verb` may be done to a question in `state`."""
    return state in CHANGES[verb].begins


def state_after(verb: str, *, is_held: bool) -> str:
    """Return the state a question is in after `verb`; `is_held` says whether somebody keeps holding it."""
    change = CHANGES[verb]
    return IN_HAND if change.back_to_holder and is_held else change.ends


def is_answer(*, direction: str, has_succeeded: bool | None, reply: str) -> bool:
    """Say whether a contact carries an answer that reached somebody; the guard of the database is less strict."""
    return has_succeeded is not False and (bool(reply) or direction == "out")
