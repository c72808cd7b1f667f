"""Which words, pairs and runs of letters are learned: those that enough different people used, or that are public."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.suggestions.learning.words import PAIR, RUN, WORD, features_of_word, pairs, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from aanspreekpunt.suggestions.learning.examples import Example

FEWEST_SOURCES = 3
"""What fewer different people said is left out: names, streets and sorrows of one person are not in the model."""

SHARES = {WORD: 0.3, PAIR: 0.15, RUN: 0.55}
"""How the room in the model is divided."""

MOST_REMEMBERED = 20_000
_LEAST = 1e-12

BALANCE = {WORD: 0.5, RUN: 1.0}
"""How much the words and pairs together, and the runs of letters together, weigh in a text."""


@dataclass(frozen=True)
class Vocabulary:
    """What the model knows of words; `rarity` says how telling each feature is by itself."""

    features: tuple[str, ...]
    rarity: NDArray[np.float32]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The place of each feature."""
        return {feature: number for number, feature in enumerate(self.features)}

    @cached_property
    def runs_from(self) -> int:
        """The place of the first run of letters: all words and pairs stand before it."""
        return next((at for at, feature in enumerate(self.features) if feature[0] == RUN), len(self.features))

    @cached_property
    def _known_of_word(self) -> dict[str, tuple[int, ...]]:
        return {}

    def vector(self, words: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return which features a text has, in order, and how much each weighs; the whole has length 1."""
        numbers = self.numbers
        found = [numbers[pair] for pair in pairs(list(words)) if pair in numbers]
        for word in words:
            found += self._places_of(word)
        ids, counts = np.unique(np.array(found, np.int32), return_counts=True)
        values = ((1 + np.log(counts)) * self.rarity[ids]).astype(np.float32)
        first_run = int(np.searchsorted(ids, self.runs_from))
        for part, balance in ((slice(None, first_run), BALANCE[WORD]), (slice(first_run, None), BALANCE[RUN])):
            values[part] *= balance / max(float(np.linalg.norm(values[part])), _LEAST)
        return ids, values / max(float(np.linalg.norm(values)), _LEAST)

    def _places_of(self, word: str) -> tuple[int, ...]:
        """Return the features of a word that are known; remembered, because people use the same words."""
        known = self._known_of_word.get(word)
        if known is None:
            numbers = self.numbers
            known = tuple(numbers[feature] for feature in features_of_word(word) if feature in numbers)
            if len(self._known_of_word) < MOST_REMEMBERED:
                self._known_of_word[word] = known
        return known


def vocabulary_of(examples: Iterable[Example], *, room: int, fewest: int = FEWEST_SOURCES) -> Vocabulary:
    """Return the vocabulary of these examples with at most `room` features, the most used first."""
    private, public = _used_by(examples)
    used = private + public
    known = {feature for feature, count in private.items() if count >= fewest} | public.keys()
    kept = [feature for kind, share in SHARES.items() for feature in _most_used(kind, known, used, int(room * share))]
    total = 1 + max(used.values(), default=0)
    rarity = np.array([1 + np.log(total / (1 + used[feature])) for feature in kept], np.float32)
    return Vocabulary(tuple(kept), rarity)


def _used_by(examples: Iterable[Example]) -> tuple[Counter[str], Counter[str]]:
    """Count by how many different sources each feature is used, in private and in public texts."""
    said: dict[tuple[bool, str], list[str]] = {}
    for number, example in enumerate(examples):
        said.setdefault((example.is_public, example.source or f"#{number}"), []).append(example.text)
    counts: tuple[Counter[str], Counter[str]] = Counter(), Counter()
    for (is_public, _source), texts in said.items():
        features: set[str] = set()
        for text in texts:
            words = [token.folded for token in tokens(text)]
            features.update(pairs(words), *map(features_of_word, set(words)))
        counts[is_public].update(features)
    return counts


def _most_used(kind: str, known: set[str], used: Counter[str], room: int) -> list[str]:
    these = [feature for feature in known if feature[0] == kind]
    return sorted(these, key=lambda feature: (-used[feature], feature))[:room]
