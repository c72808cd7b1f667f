"""From a text to what can be learned of it: words, pairs of words, and runs of letters within a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from aanspreekpunt.common.folding import fold

LONGEST_TEXT = 4000
"""Letters looked at; a story says what it is about before that."""

LONGEST_WORD = 30
SHORTEST_RUN, LONGEST_RUN = 2, 5
WORD, PAIR, RUN = "=", "+", "~"
"""What a feature begins with, so that the word "fiets" and the run of letters "fiets" differ."""

_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_WORDS = re.compile(r"[^\W_]+(?:['’`´-][^\W_]+)*")  # noqa: RUF001 - people type all of these
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Token:
    """One word as typed, and folded."""

    typed: str
    folded: str


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order; never a number, a mail address or a web address, nor part of one."""
    found = []
    for typed in _WORDS.findall(_ADDRESS.sub(" ", text[:LONGEST_TEXT])):
        if _DIGIT.search(typed) or len(typed) > LONGEST_WORD:
            continue
        found += [Token(typed, part) for part in _folded(typed) if len(part) > 1]
    return found


@lru_cache(maxsize=50_000)
def features_of_word(word: str) -> tuple[str, ...]:
    """Return the word itself and the runs of letters in it; a space stands for its begin and end."""
    framed = f" {word} "
    runs = (
        framed[at : at + length]
        for length in range(SHORTEST_RUN, LONGEST_RUN + 1)
        for at in range(len(framed) - length + 1)
    )
    return (WORD + word, *(RUN + run for run in runs))


def pairs(words: list[str]) -> list[str]:
    """Return each two words that stand next to each other."""
    return [f"{PAIR}{one} {other}" for one, other in pairwise(words)]


@lru_cache(maxsize=50_000)
def _folded(typed: str) -> tuple[str, ...]:
    return tuple(fold(typed).split())
