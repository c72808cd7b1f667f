"""How a version of an answer moves from first draft to the answer everybody reads, in one table."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Verb(StrEnum):
    """What one can do with a version."""

    SAVE = "save"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    DISCARD = "discard"
    REPLACE = "replace"
    WITHDRAW = "withdraw"


MOVES: Final[dict[tuple[str, Verb], str]] = {
    ("draft", Verb.SAVE): "draft",
    ("draft", Verb.SUBMIT): "review",
    ("draft", Verb.PUBLISH): "published",
    ("draft", Verb.DISCARD): "discarded",
    ("review", Verb.SAVE): "review",
    ("review", Verb.SEND_BACK): "draft",
    ("review", Verb.PUBLISH): "published",
    ("review", Verb.DISCARD): "discarded",
    ("published", Verb.REPLACE): "replaced",
    ("published", Verb.WITHDRAW): "withdrawn",
}
"""From a state, by a verb, to the next state. What is not here is refused. An article keeps its published version while
the next one is written; publishing that replaces it in the same moment."""


def next_state(state: str, verb: Verb) -> str | None:
    """Return the state after `verb`, or None when that is not possible from `state`."""
    return MOVES.get((state, verb))


def may_follow(state: str) -> frozenset[Verb]:
    """Return what can be done with a version in this state."""
    return frozenset(verb for (begin, verb) in MOVES if begin == state)
