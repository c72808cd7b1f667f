"""Learning a model from examples. The only module that loads scikit-learn, so import it where something is learned."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from aanspreekpunt.suggestions.learning.model import Model, softmax
from aanspreekpunt.suggestions.learning.quality import (
    USUAL_TEMPERATURE,
    Quality,
    measure,
    temperature_for,
    threshold_for,
)
from aanspreekpunt.suggestions.learning.vocabulary import FEWEST_SOURCES, vocabulary_of
from aanspreekpunt.suggestions.learning.words import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aanspreekpunt.suggestions.learning.examples import Example
    from aanspreekpunt.suggestions.learning.model import Numbers
    from aanspreekpunt.suggestions.learning.quality import Whole
    from aanspreekpunt.suggestions.learning.vocabulary import Vocabulary

FOLDS, FOLDS_OF_MANY, MANY = 5, 3, 3000
"""In how many parts the examples are held out; of many examples fewer, since less is lost by holding out more."""

FEWEST_OF_LABEL = 2
FEWEST_HELD_OUT = 50
"""With fewer real questions the public examples are held out in turn instead."""

COLD_TEMPERATURE, COLD_THRESHOLD = 0.11, 0.7
"""As long as there are few real questions: names and published questions are easier than what people say."""

MOST_WEIGHTS = 1_500_000
MOST_FEATURES = 50_000
LEAST_FEATURES = 2_000
STRENGTH = 1.0
SEED = 20_26
ABSENT = 1.0
"""How far below the lowest score a label stands that the other folds do not have."""


class NothingToLearn(Exception):
    """There are not two labels with examples enough."""


@dataclass(frozen=True)
class Trained:
    """A model with how good it is."""

    model: Model
    quality: Quality
    learned_from: int
    """how many real questions; the rest was public"""


@dataclass(frozen=True)
class HeldOut:
    """Scores of texts by a model that had not seen them; `folds` says which model, `asked` which examples they are."""

    asked: tuple[int, ...]
    scores: Numbers
    right: Whole
    folds: Whole
    labels: tuple[str, ...]

    def certainties(self) -> Numbers:
        """Return certainties, for each fold with the temperature that suits the other folds."""
        certain = np.empty_like(self.scores)
        for fold in np.unique(self.folds):
            here = self.folds == fold
            certain[here] = softmax(self.scores[here] / temperature_for(self.scores[~here], self.right[~here]))
        return certain


def train(examples: Sequence[Example], *, fewest: int = FEWEST_SOURCES) -> Trained:
    """Learn a model, measure it by holding out each fifth of the examples in turn, and learn from all of them."""
    known = with_enough_of_each(examples)
    held_out = hold_out(known, fewest=fewest)
    certain = held_out.certainties()
    temperature, threshold = temperature_for(held_out.scores, held_out.right), threshold_for(certain, held_out.right)
    real = sum(not example.is_public for example in known)
    if real < FEWEST_HELD_OUT:
        temperature, threshold = max(temperature, COLD_TEMPERATURE), max(threshold, COLD_THRESHOLD)
    model = replace(fit(known, fewest=fewest), temperature=temperature, threshold=threshold)
    return Trained(model, measure(certain, held_out.right, threshold=threshold), real)


def with_enough_of_each(examples: Sequence[Example]) -> list[Example]:
    """Return the examples of labels that have more than one; refuses when that leaves nothing to tell apart."""
    counts = Counter(example.label for example in examples)
    known = [example for example in examples if counts[example.label] >= FEWEST_OF_LABEL]
    if len({example.label for example in known}) < 2:  # noqa: PLR2004 - one label can only be right
        raise NothingToLearn
    return known


def hold_out(examples: Sequence[Example], *, fewest: int = FEWEST_SOURCES) -> HeldOut:
    """Score each real question by a model that was learned without it.

    Also without others of the same person, and without the same words of somebody else: those would be remembered, not
    understood.
    """
    labels = tuple(sorted({example.label for example in examples}))
    columns = {label: column for column, label in enumerate(labels)}
    real = [number for number, example in enumerate(examples) if not example.is_public]
    asked = real if len(real) >= FEWEST_HELD_OUT else list(range(len(examples)))
    parts = FOLDS if len(asked) < MANY else FOLDS_OF_MANY
    said_by: dict[str, str] = {}
    folds = np.array([_fold(said_by.setdefault(each.text, each.source or each.text), parts) for each in examples])
    scores = np.zeros((len(asked), len(labels)), np.float32)
    held = set(asked)
    for fold in range(parts):
        learned = [e for number, e in enumerate(examples) if number not in held or folds[number] != fold]
        rows = [row for row, number in enumerate(asked) if folds[number] == fold]
        if rows:
            texts = [examples[asked[row]].text for row in rows]
            scores[rows] = _scores(learned, texts, columns=columns, fewest=fewest)
    right = np.array([columns[examples[number].label] for number in asked])
    return HeldOut(tuple(asked), scores, right, folds[asked], labels)


def fit(examples: Sequence[Example], *, fewest: int = FEWEST_SOURCES) -> Model:
    """Learn the weights; certainties and threshold come from `train`."""
    count = len({example.label for example in examples})
    room = min(MOST_FEATURES, max(LEAST_FEATURES, MOST_WEIGHTS // max(count, 1)))
    vocabulary = vocabulary_of(examples, room=room, fewest=fewest)
    machine = LinearSVC(C=STRENGTH, random_state=SEED, tol=1e-2)
    machine.fit(
        matrix_of([example.text for example in examples], vocabulary),
        [example.label for example in examples],
        sample_weight=[example.weight for example in examples],
    )
    weights, prior = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # noqa: PLR2004 - of two labels only the second is described
        weights, prior = np.vstack([-weights, weights]), np.concatenate([-prior, prior])
    return Model(
        vocabulary=vocabulary,
        labels=tuple(str(label) for label in machine.classes_),
        weights=np.ascontiguousarray(weights.T, dtype=np.float16),
        prior=prior.astype(np.float32),
        temperature=USUAL_TEMPERATURE,
    )


def matrix_of(texts: Sequence[str], vocabulary: Vocabulary) -> csr_matrix:
    """Return the texts as rows of a sparse matrix."""
    rows = [vocabulary.vector([token.folded for token in tokens(text)]) for text in texts]
    begins = np.concatenate([[0], np.cumsum([len(ids) for ids, _values in rows])])
    ids: NDArray[np.int32] = np.concatenate([ids for ids, _values in rows])
    values: Numbers = np.concatenate([values for _ids, values in rows])
    return csr_matrix((values, ids, begins), shape=(len(rows), len(vocabulary.features)))


def _scores(learned: list[Example], texts: list[str], *, columns: dict[str, int], fewest: int) -> Numbers:
    model = fit(learned, fewest=fewest)
    found = matrix_of(texts, model.vocabulary) @ model.weights.astype(np.float32) + model.prior
    scores = np.full((len(texts), len(columns)), found.min() - ABSENT, np.float32)
    scores[:, [columns[label] for label in model.labels]] = found
    return scores


def _fold(source: str, parts: int) -> int:
    """Give the fold of all that came from one source: the same every night."""
    return blake2b(source.encode(), digest_size=2).digest()[0] % parts
