"""How well labels are suggested on a set of texts, next to two plain ways that are measured in the same run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from aanspreekpunt.suggestions.learning.quality import PRECISION, Quality, measure, threshold_for
from aanspreekpunt.suggestions.learning.training import HeldOut, hold_out, with_enough_of_each
from aanspreekpunt.suggestions.learning.vocabulary import FEWEST_SOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.suggestions.learning.examples import Example
    from aanspreekpunt.suggestions.learning.model import Numbers

SEED = 2026


@dataclass(frozen=True)
class OfLabel:
    """How well one label is suggested."""

    label: str
    texts: int
    precision: float
    recall: float


@dataclass(frozen=True)
class Way:
    """A way to suggest, with how good it is; a plain way gives no certainties, so only its accuracy counts."""

    name: str
    accuracy: float
    quality: Quality | None = None


@dataclass(frozen=True)
class Evaluation:
    """What came out."""

    texts: int
    left_out: int
    ways: tuple[Way, ...]
    per_label: tuple[OfLabel, ...]


def evaluate(examples: Sequence[Example]) -> Evaluation:
    """Measure on texts held out in turn: as the nightly job learns, with every word learned, and two plain ways."""
    known = with_enough_of_each(examples)
    careful, free = hold_out(known, fewest=FEWEST_SOURCES), hold_out(known, fewest=1)
    certain = careful.certainties()
    return Evaluation(
        texts=len(careful.right),
        left_out=len(examples) - len(known),
        ways=(
            _measured("nightly", careful, certain),
            _measured("every word", free, free.certainties()),
            Way("words only", _accuracy_of_words(known, careful)),
            Way("most frequent", _accuracy_of_most_frequent(careful)),
        ),
        per_label=_per_label(careful, certain),
    )


def _measured(name: str, held_out: HeldOut, certain: Numbers) -> Way:
    threshold = threshold_for(certain, held_out.right, precision=PRECISION)
    quality = measure(certain, held_out.right, threshold=threshold)
    return Way(name, quality.accuracy, quality)


def _accuracy_of_words(examples: Sequence[Example], held_out: HeldOut) -> float:
    """Return how often whole words with a linear model are right, on the same folds."""
    texts = np.array([examples[number].text for number in held_out.asked])
    hits = 0
    for fold in np.unique(held_out.folds):
        here = held_out.folds == fold
        reader = TfidfVectorizer(sublinear_tf=True)
        machine = LinearSVC(random_state=SEED).fit(reader.fit_transform(texts[~here]), held_out.right[~here])
        hits += int((machine.predict(reader.transform(texts[here])) == held_out.right[here]).sum())
    return hits / len(held_out.right)


def _accuracy_of_most_frequent(held_out: HeldOut) -> float:
    hits = 0
    for fold in np.unique(held_out.folds):
        here = held_out.folds == fold
        most = np.bincount(held_out.right[~here], minlength=len(held_out.labels)).argmax()
        hits += int((held_out.right[here] == most).sum())
    return hits / len(held_out.right)


def _per_label(held_out: HeldOut, certain: Numbers) -> tuple[OfLabel, ...]:
    said, found = certain.argmax(axis=1), []
    for column, label in enumerate(held_out.labels):
        right, chosen = held_out.right == column, said == column
        both = float((right & chosen).sum())
        found.append(OfLabel(label, int(right.sum()), both / max(chosen.sum(), 1), both / max(right.sum(), 1)))
    return tuple(sorted(found, key=lambda each: (-each.texts, each.label)))
