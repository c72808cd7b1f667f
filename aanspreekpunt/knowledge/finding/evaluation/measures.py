"""How good a list of finds is: recall and reciprocal rank, with the chance in the choice of questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

MEASURES = ("recall@1", "recall@3", "recall@10", "MRR@10")
_DEPTHS = (1, 3, 10)
_SAMPLES, _SEED = 2_000, 14_0199


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over questions, and between what it lies in 95 of 100 draws of as many questions (bootstrap)."""

    name: str
    mean: float
    low: float
    high: float


def measure(run: Mapping[str, Sequence[str]], right: Mapping[str, frozenset[str]]) -> tuple[Measure, ...]:
    """Return all measures of `run`: for each question the ids found, best first."""
    values = np.asarray([_values(run.get(query, ()), wanted) for query, wanted in right.items()])
    draws = _draws(len(values))
    return tuple(_measure(name, values[:, column], draws) for column, name in enumerate(MEASURES))


def reciprocal_rank(found: Sequence[str], wanted: frozenset[str], *, depth: int = 10) -> float:
    """Return 1 divided by the place of the first right find among the first `depth`; 0 when there is none."""
    return next((1 / place for place, each in enumerate(found[:depth], start=1) if each in wanted), 0.0)


def _values(found: Sequence[str], wanted: frozenset[str]) -> list[float]:
    recalls = [len(wanted.intersection(found[:depth])) / len(wanted) for depth in _DEPTHS]
    return [*recalls, reciprocal_rank(found, wanted)]


def _draws(count: int) -> NDArray[np.int64]:
    """Return the same draws for every system, so that they are compared on the same questions."""
    return np.random.default_rng(_SEED).integers(0, count, size=(_SAMPLES, count))


def _measure(name: str, values: NDArray[np.float64], draws: NDArray[np.int64]) -> Measure:
    low, high = np.percentile(values[draws].mean(axis=1), (2.5, 97.5))
    return Measure(name, float(values.mean()), float(low), float(high))
