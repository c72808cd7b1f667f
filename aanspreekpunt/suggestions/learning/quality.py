"""How good certainties are that were given to texts nobody had shown the model: measures and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aanspreekpunt.suggestions.learning.model import SILENT, softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aanspreekpunt.suggestions.learning.model import Numbers

    Whole = NDArray[np.int64]

BINS = 10
TOP = 3
PRECISION = 0.7
"""From the certainty where at least this share comes true, a suggestion is shown."""

FEWEST_SHOWN = 20
"""Over fewer texts a precision says nothing yet."""

USUAL_TEMPERATURE = 0.12
STUBBORNNESS = 5.0
"""How many texts the usual temperature counts for, so that a handful cannot make the model too sure of itself."""

LEAST_SURE = 0.5
"""Never shown below this: what is rather untrue than true is no suggestion, however well the surer ones do."""

_TEMPERATURES = np.exp(np.linspace(np.log(0.03), np.log(2), 60))
_LEAST = 1e-12
_ALMOST_SURE = 1.96


@dataclass(frozen=True)
class Quality:
    """How good a model is, by texts it had not seen. Losses are in nats; lower is better."""

    texts: int
    labels: int
    accuracy: float
    top_3: float
    calibration_error: float
    log_loss: float
    log_loss_error: float
    shown: float
    shown_precision: float

    def is_worse_than(self, other: Quality) -> bool:
        """Say whether the difference is too large to be chance."""
        noise = _ALMOST_SURE * float(np.hypot(self.log_loss_error, other.log_loss_error))
        return self.log_loss > other.log_loss + noise

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain numbers."""
        return {name: round(value, 6) for name, value in vars(self).items()}


def measure(certain: Numbers, right: Whole, *, threshold: float) -> Quality:
    """Return how good certainties (a row for each text, a column for each label) are; `right` holds the columns."""
    losses = -np.log(np.maximum(certain[np.arange(len(right)), right], _LEAST))
    best = certain.max(axis=1)
    hit = certain.argmax(axis=1) == right
    shown = best >= threshold
    return Quality(
        texts=len(right),
        labels=certain.shape[1],
        accuracy=float(hit.mean()),
        top_3=float(hits_in_top(certain, right, top=TOP).mean()),
        calibration_error=calibration_error(best, hit),
        log_loss=float(losses.mean()),
        log_loss_error=float(losses.std() / np.sqrt(len(losses))),
        shown=float(shown.mean()),
        shown_precision=float(hit[shown].mean()) if shown.any() else 0.0,
    )


def hits_in_top(certain: Numbers, right: Whole, *, top: int) -> NDArray[np.bool_]:
    """Say of each text whether its label is among the `top` most certain."""
    order = np.argsort(-certain, axis=1, kind="stable")[:, :top]
    hits: NDArray[np.bool_] = (order == right[:, None]).any(axis=1)
    return hits


def calibration_error(best: Numbers, hit: NDArray[np.bool_]) -> float:
    """Return how far certainty and truth lie apart on average: in ten bands of certainty, by how many fall in each."""
    if not len(best):
        return 0.0
    bands = np.minimum((best * BINS).astype(int), BINS - 1)
    apart = (
        abs(best[bands == band].mean() - hit[bands == band].mean()) * (bands == band).mean() for band in set(bands)
    )
    return float(sum(apart))


def temperature_for(scores: Numbers, right: Whole) -> float:
    """Return what scores must be divided by to become certainties that come true, by texts held out."""
    if not len(right):
        return USUAL_TEMPERATURE
    rows = np.arange(len(right))
    doubts = [
        -np.log(np.maximum(softmax(scores / each)[rows, right], _LEAST)).sum()
        + STUBBORNNESS * np.log(each / USUAL_TEMPERATURE) ** 2
        for each in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(doubts))])


def threshold_for(certain: Numbers, right: Whole, *, precision: float = PRECISION) -> float:
    """Return the least certainty from which at least `precision` comes true; `SILENT` when none is known to do so."""
    best = certain.max(axis=1)
    hit = (certain.argmax(axis=1) == right)[np.argsort(-best, kind="stable")]
    best = np.sort(best)[::-1]
    true = hit.cumsum() / np.arange(1, len(hit) + 1)
    good = np.flatnonzero((true >= precision) & (np.arange(len(hit)) + 1 >= FEWEST_SHOWN))
    return max(LEAST_SURE, float(best[good[-1]])) if len(good) else SILENT
