"""The words of a collection as they stand: to complete a word that is being typed, and to correct a wrong one."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.words.lexicon import stop_words
from aanspreekpunt.knowledge.finding.words.spelling import Spelled, Spellings, dutch_spellings, own_spellings
from aanspreekpunt.knowledge.finding.words.tokens import is_code, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_REMEMBERED = 2_000
"""Corrections kept: somebody who types on asks for the same ones at every key."""
_SHORTEST_NEAREST = 4
_STOP_COUNT = 20
"""How often a stop word is taken to stand in any collection."""


class Vocabulary:
    """The words of a collection with how often each stands in it."""

    def __init__(self, counted: Iterable[tuple[str, int]]) -> None:
        counts = dict.fromkeys(stop_words(), _STOP_COUNT)
        for raw, count in counted:
            word = plain(raw).replace("-", "")
            if word and not is_code(word) and word.isascii() and word.isalpha():
                counts[word] = counts.get(word, 0) + count
        self._words = sorted(counts)
        self._counts = np.asarray([counts[word] for word in self._words], dtype=np.int32)
        self._spellings = Spellings("".join(f"{word}\n" for word in self._words).encode(), self._counts)
        self._remembered: dict[tuple[str, int], list[Spelled]] = {}

    def __contains__(self, word: str) -> bool:
        place = bisect_left(self._words, word)
        return place < len(self._words) and self._words[place] == word

    def begins(self, start: str) -> bool:
        """Say whether any of its words begins with `start`, or is it."""
        place = bisect_left(self._words, start)
        return place < len(self._words) and self._words[place].startswith(start)

    def beginning_with(self, start: str, *, most: int) -> list[str]:
        """Return the words that begin with `start`, most used first."""
        first, last = bisect_left(self._words, start), bisect_left(self._words, start + "\uffff")
        order = np.argsort(-self._counts[first:last], kind="stable")[:most]
        return [self._words[first + int(place)] for place in order]

    def like(self, typed: str, *, most: int) -> list[Spelled]:
        """Return words that `typed` may be meant for, of the collection or else of the language; likeliest first."""
        remembered = self._remembered.get((typed, most))
        if remembered is None:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            remembered = self._remembered[typed, most] = self._look_alikes(typed, most)
        return remembered

    def nearest(self, typed: str) -> Spelled | None:
        """Return the word of the collection that is one mistake away from `typed`, the likeliest of several."""
        if len(typed) < _SHORTEST_NEAREST or not typed.isascii() or not typed.isalpha():
            return None
        near = (
            each for each in self._spellings.within_one(typed) if each.word not in stop_words() and each.word != typed
        )
        return min(near, key=lambda each: (each.cost, each.word), default=None)

    def _look_alikes(self, typed: str, most: int) -> list[Spelled]:
        if not typed.isascii() or not typed.isalpha():
            return []
        found = {each.word: each for each in self._spellings.like(typed, most=most)}
        for others in (own_spellings(), dutch_spellings()):
            for each in others.like(typed, most=most):
                found.setdefault(each.word, each)
        return sorted(found.values(), key=lambda each: (each.cost, each.word))[:most]
