"""The words of a collection as they stand: to complete a word that is being typed, and to correct a wrong one."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.words.lexicon import stop_words
from aanspreekpunt.knowledge.finding.words.tokens import is_code, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_ALPHABET = 27
_PAIRS = _ALPHABET * _ALPHABET
_MOST_CANDIDATES = 40
_STOP_COUNT = 20
"""How often a stop word is taken to stand in any collection."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word of the collection that looks like what was typed; `likeness` from 0 to 1."""

    word: str
    likeness: float


class Vocabulary:
    """The words of a collection with how often each stands in it."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        counts = dict.fromkeys(stop_words(), _STOP_COUNT)
        for raw, count in counted:
            word = plain(raw).replace("-", "")
            if word and not is_code(word) and word.isascii() and word.isalpha():
                counts[word] = counts.get(word, 0) + count
        self.words = sorted(counts)
        self.counts = np.asarray([counts[word] for word in self.words], dtype=np.int32)
        self._lengths = np.asarray([len(word) for word in self.words], dtype=np.uint8)
        self._starts, self._members = _by_pairs(self.words)

    def __contains__(self, word: str) -> bool:
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place] == word

    def count(self, word: str) -> int:
        """Return how often `word` stands in the collection."""
        place = bisect_left(self.words, word)
        return int(self.counts[place]) if place < len(self.words) and self.words[place] == word else 0

    def beginning_with(self, start: str, *, most: int) -> list[str]:
        """Return the words that begin with `start`, most used first."""
        first, last = bisect_left(self.words, start), bisect_left(self.words, start + "\uffff")
        order = np.argsort(-self.counts[first:last], kind="stable")[:most]
        return [self.words[first + int(place)] for place in order]

    def like(self, typed: str, *, most: int) -> list[Spelled]:
        """Return words at most one mistake away from `typed`, in long words two; the likeliest first."""
        allowed = 1 if len(typed) < 8 else 2  # noqa: PLR2004 - a long word has room for two mistakes
        found = []
        for place in self._candidates(typed, allowed):
            word = self.words[place]
            cost = mistakes(typed, word, most=allowed)
            if cost <= allowed:
                found.append((cost, -float(np.log1p(self.counts[place])), word))
        found.sort(key=lambda each: each[0] + 0.08 * each[1])
        return [Spelled(word, 1 - cost / max(4, len(typed))) for cost, _seldom, word in found[:most]]

    def _candidates(self, typed: str, allowed: int) -> list[int]:
        """Return places of words that share most pairs of letters with `typed`."""
        rows = [self._members[self._starts[pair] : self._starts[pair + 1]] for pair in _pairs(typed)]
        if not rows:
            return []
        shared = np.bincount(np.concatenate(rows), minlength=len(self.words))
        shared[np.abs(self._lengths.astype(np.int16) - len(typed)) > allowed] = 0
        least = max(1, len(typed) + 1 - 3 * allowed)
        likely = np.flatnonzero(shared >= least)
        if len(likely) > _MOST_CANDIDATES:
            likely = likely[np.argsort(-shared[likely], kind="stable")[:_MOST_CANDIDATES]]
        return [int(place) for place in likely]


def mistakes(typed: str, meant: str, *, most: int) -> float:
    """Return how many mistakes make `typed` of `meant`: a letter more, less, other, or two swapped (Damerau).

    A doubled letter more or less is half a mistake, another first letter one and a half. Above `most` it may stop early.
    """
    before_last: list[float] = []
    last = [float(place) for place in range(len(meant) + 1)]
    for row, letter in enumerate(typed, start=1):
        current = [float(row)]
        for column, other in enumerate(meant, start=1):
            same = 0.0 if letter == other else (1.5 if row == column == 1 else 1.0)
            more = 0.5 if row > 1 and typed[row - 2] == letter else 1.0
            less = 0.5 if column > 1 and meant[column - 2] == other else 1.0
            cost = min(last[column - 1] + same, last[column] + more, current[column - 1] + less)
            if row > 1 and column > 1 and letter == meant[column - 2] and typed[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return min(current)
        before_last, last = last, current
    return last[-1]


def _pairs(word: str) -> set[int]:
    codes = [0, *(ord(letter) - 96 for letter in word if "a" <= letter <= "z"), 0]
    return {first * _ALPHABET + second for first, second in zip(codes, codes[1:], strict=False)}


def _by_pairs(words: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    pairs, members = [], []
    for place, word in enumerate(words):
        mine = _pairs(word)
        pairs.extend(mine)
        members.extend([place] * len(mine))
    order = np.argsort(np.asarray(pairs, dtype=np.int16), kind="stable")
    counts = np.bincount(np.asarray(pairs, dtype=np.int64), minlength=_PAIRS)
    return np.concatenate(([0], np.cumsum(counts))), np.asarray(members, dtype=np.int32)[order]
