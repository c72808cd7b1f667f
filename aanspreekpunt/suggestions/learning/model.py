"""What was learned, and what it says about a text. Takes numpy only: to suggest is light, to learn is not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aanspreekpunt.suggestions.learning.words import Token, features_of_word, pairs, tokens

if TYPE_CHECKING:
    from aanspreekpunt.suggestions.learning.vocabulary import Vocabulary

Numbers = NDArray[np.float32]

SILENT = 2.0
"""A threshold no certainty reaches."""

SHOWN_REASONS = 3
LEAST_SHARE_OF_REASON = 0.1
"""A word is named as a reason when at least this share of what speaks for the label comes from it."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A label with how certain it is (0 to 1) and the words of the text that speak for it most, as typed."""

    label: str
    certainty: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """A linear model: how much each feature speaks for each label, with certainties that were checked.

    `threshold` is the certainty from which suggestions come true often enough to be shown.
    """

    vocabulary: Vocabulary
    labels: tuple[str, ...]
    weights: NDArray[np.float16]
    prior: Numbers
    temperature: float = 1.0
    threshold: float = SILENT

    @cached_property
    def _weights(self) -> Numbers:
        return self.weights.astype(np.float32)

    def certainties(self, text: str) -> Numbers:
        """Return how certain each label is, in the order of `labels`; together 1."""
        return softmax(self._scores([token.folded for token in tokens(text)]) / self.temperature)

    def guesses(self, text: str, *, limit: int = 3) -> list[Guess]:
        """Return the most certain labels with their reasons; nothing when no word speaks for the most certain one."""
        said = tokens(text)
        ids, values = self.vocabulary.vector([token.folded for token in said])
        if not len(ids):
            return []
        certain = softmax((values @ self._weights[ids] + self.prior) / self.temperature)
        best = np.argsort(-certain, kind="stable")[:limit]
        spoken = dict(zip(ids.tolist(), values.tolist(), strict=True))
        guesses = [
            Guess(self.labels[each], float(certain[each]), self._reasons(said, spoken, int(each))) for each in best
        ]
        return guesses if guesses[0].reasons else []

    def _scores(self, words: list[str]) -> Numbers:
        ids, values = self.vocabulary.vector(words)
        return values @ self._weights[ids] + self.prior

    def _reasons(self, said: list[Token], spoken: dict[int, float], label: int) -> tuple[str, ...]:
        """Return the words that speak for a label, by what their features do for it above the others."""
        speaks: dict[str, float] = {}
        typed: dict[str, str] = {}
        for token in said:
            typed.setdefault(token.folded, token.typed)
        for word in typed:
            speaks[word] = self._speaks(features_of_word(word), spoken, label)
        for pair in set(pairs([token.folded for token in said])):
            both = self._speaks((pair,), spoken, label) / 2
            for word in pair[1:].split():
                speaks[word] += both
        least = LEAST_SHARE_OF_REASON * sum(value for value in speaks.values() if value > 0)
        told = sorted((-value, word) for word, value in speaks.items() if value > 0 and value >= least)
        return tuple(typed[word] for _value, word in told if len(word) > 2)[:SHOWN_REASONS]  # noqa: PLR2004 - "de", "in"

    def _speaks(self, features: tuple[str, ...], spoken: dict[int, float], label: int) -> float:
        numbers = self.vocabulary.numbers
        known = [number for feature in features if (number := numbers.get(feature)) is not None and number in spoken]
        if not known:
            return 0.0
        weights = self._weights[known]
        above = weights[:, label] - weights.mean(axis=1)
        return float(above @ np.array([spoken[number] for number in known], np.float32))


def softmax(scores: Numbers) -> Numbers:
    """Return scores as certainties that are 1 together."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    certain: Numbers = raised / raised.sum(axis=-1, keepdims=True)
    return certain
