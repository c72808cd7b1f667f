"""Finds words that look like a wrongly typed one. Two small fingerprints of each word tell nearly all others apart."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.words.lexicon import dutch_word_lines
from aanspreekpunt.knowledge.finding.words.meanings import own_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHORTEST, _LONGEST, _LINE_END = 3, 28, 10
_LONG = 8
"""From so many letters on, two mistakes are thought of when one explains nothing; not in the first letter then."""
_LETTERS_EACH, _PAIRS_EACH = 2, 6
"""How many letters and pairs of letters one mistake can add and take away."""
_MOST_PAIRS = 9
_PAIRS_LESS = 3
"""A letter more or less changes one letter and three pairs less than two letters that are swapped."""
_OFTEN = 0.08
"""How much of a mistake it weighs that a word is e (2.7) times as frequent."""
_NEAR_KEY = 0.7
"""How much of a mistake it is to press the key beside the right one."""
_NEIGHBOURS = frozenset(
    pair
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for one, other in itertools.pairwise(row)
    for pair in (one + other, other + one)
)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word that looks like what was typed; `likeness` from 0 to 1, less `cost` is better."""

    word: str
    likeness: float
    cost: float


@dataclass(frozen=True, slots=True)
class _SameLength:
    letters: NDArray[np.uint8]
    letter_marks: NDArray[np.uint32]
    pair_marks: NDArray[np.uint64]
    counts: NDArray[np.int32]


class Spellings:
    """Words with how often each is used, by length; about their own size and twelve bytes more for each word."""

    def __init__(self, lines: bytes, counts: NDArray[np.int32] | None = None) -> None:
        """Take words in small plain letters, each ended by a line end, and how often each is used."""
        letters = np.frombuffer(lines, dtype=np.uint8)
        ends = np.flatnonzero(letters == _LINE_END)
        starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
        sizes = ends - starts
        self._groups: dict[int, _SameLength] = {}
        for size in range(_SHORTEST, _LONGEST + 1):
            rows = np.flatnonzero(sizes == size)
            if len(rows):
                words = letters[starts[rows][:, None] + np.arange(size)]
                used = counts[rows] if counts is not None else np.broadcast_to(np.int32(0), len(rows))
                self._groups[size] = _SameLength(words, _letter_marks(words), _pair_marks(words), used)

    def like(self, typed: str, *, most: int) -> list[Spelled]:
        """Return words one mistake away from `typed`; when there are none and it is long, two. Likeliest first."""
        found = self._within(typed, 1)
        if not found and len(typed) >= _LONG:
            found = self._within(typed, 2)
        return sorted(found, key=lambda each: (each.cost, each.word))[:most]

    def within_one(self, typed: str) -> list[Spelled]:
        """Return all words one mistake away from `typed`."""
        return self._within(typed, 1)

    def _within(self, typed: str, allowed: int) -> list[Spelled]:
        letters = np.frombuffer(typed.encode(), dtype=np.uint8)[None, :]
        letter_mark, pair_mark = _letter_marks(letters)[0], _pair_marks(letters)[0]
        found = []
        for size in range(len(typed) - allowed, len(typed) + allowed + 1):
            group = self._groups.get(size)
            if group is None:
                continue
            longer = abs(size - len(typed))
            likely = np.bitwise_count(group.letter_marks ^ letter_mark) <= _LETTERS_EACH * allowed - longer
            most_pairs = min(_PAIRS_EACH * allowed - _PAIRS_LESS * longer, _MOST_PAIRS)
            likely &= np.bitwise_count(group.pair_marks ^ pair_mark) <= most_pairs
            if allowed > 1:
                likely &= group.letters[:, 0] == letters[0, 0]
            for place in np.flatnonzero(likely).tolist():
                word = group.letters[place].tobytes().decode()
                cost = mistakes(typed, word, most=allowed)
                if cost <= allowed:
                    rank = cost - _OFTEN * float(np.log1p(group.counts[place]))
                    found.append(Spelled(word, 1 - cost / max(4, len(typed)), rank))
        return found


@cache
def dutch_spellings() -> Spellings:
    """Return all Dutch words that we know."""
    return Spellings(dutch_word_lines())


@cache
def own_spellings() -> Spellings:
    """Return the words of our own lists, which people use more than their neighbours in a dictionary."""
    words = sorted(own_words())
    return Spellings("".join(f"{word}\n" for word in words).encode(), np.ones(len(words), dtype=np.int32))


def mistakes(typed: str, meant: str, *, most: int) -> float:
    """Return how many mistakes make `typed` of `meant`: a letter more, less, other, or two swapped (Damerau).

    A doubled letter more or less is half a mistake, and a key beside the right one most of one. Above `most` it may
    stop early, with any higher number.
    """
    before_last: list[float] = []
    last = [float(place) for place in range(len(meant) + 1)]
    for row, letter in enumerate(typed, start=1):
        current = [float(row)]
        for column, other in enumerate(meant, start=1):
            cost = min(
                last[column - 1] + (0.0 if letter == other else _NEAR_KEY if letter + other in _NEIGHBOURS else 1.0),
                last[column] + (0.5 if row > 1 and typed[row - 2] == letter else 1.0),
                current[column - 1] + (0.5 if column > 1 and meant[column - 2] == other else 1.0),
            )
            if row > 1 and column > 1 and letter == meant[column - 2] and typed[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return min(current)
        before_last, last = last, current
    return last[-1]


def _letter_marks(letters: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return a bit for each letter that a word has."""
    bits = np.left_shift(np.uint32(1), (letters & 31).astype(np.uint32))
    return np.asarray(np.bitwise_or.reduce(bits, axis=1), dtype=np.uint32)


def _pair_marks(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return a bit of 64 for each pair of letters that follow each other."""
    pairs = (letters[:, :-1].astype(np.uint64) * np.uint64(37) + letters[:, 1:] * np.uint64(11)) & np.uint64(63)
    return np.asarray(np.bitwise_or.reduce(np.left_shift(np.uint64(1), pairs), axis=1), dtype=np.uint64)
