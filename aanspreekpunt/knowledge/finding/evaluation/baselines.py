"""Two plain ways to search, to hold ours against: BM25 over Dutch stems, and over pieces of four letters."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from snowballstemmer import stemmer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scipy.sparse import csc_array

    from aanspreekpunt.knowledge.finding.documents import Document

_WORD = re.compile(r"\w+")
_SATURATION, _LENGTH = 1.2, 0.75
"""k1 and b as most take them."""
_PIECE = 4


class Baseline:
    """BM25 over whatever `cut` makes of a text; title and body are one text."""

    def __init__(self, documents: Sequence[Document], cut: Callable[[str], list[str]]) -> None:
        self._cut = cut
        self._ids = [document.id for document in documents]
        self._terms: dict[str, int] = {}
        self._weights = self._weigh([cut(f"{document.title}\n{document.body}") for document in documents])

    def search(self, text: str, *, limit: int) -> list[tuple[str, float]]:
        """Return ids with scores, best first; equals in the order of the collection."""
        scores = np.zeros(len(self._ids))
        for term in self._cut(text):
            number = self._terms.get(term)
            if number is not None:
                start, end = self._weights.indptr[number], self._weights.indptr[number + 1]
                scores[self._weights.indices[start:end]] += self._weights.data[start:end]
        order = np.argsort(-scores, kind="stable")[:limit]
        return [(self._ids[place], float(scores[place])) for place in order if scores[place] > 0]

    def _weigh(self, texts: list[list[str]]) -> csc_array:
        starts, numbers = [0], []
        for terms in texts:
            numbers.extend([self._terms.setdefault(term, len(self._terms)) for term in terms])
            starts.append(len(numbers))
        shape = (len(texts), max(1, len(self._terms)))
        table = csr_array((np.ones(len(numbers)), numbers, starts), shape=shape)
        table.sum_duplicates()
        times = table.tocsc()
        lengths = np.diff(starts) / max(1.0, float(np.diff(starts).mean()))
        frequency = np.diff(times.indptr)
        rare = np.repeat(np.log1p((len(texts) - frequency + 0.5) / (frequency + 0.5)), frequency)
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[times.indices])
        times.data = rare * times.data * (1 + _SATURATION) / (times.data + norm)
        return times


def stems(documents: Sequence[Document]) -> Baseline:
    """Return BM25 over words stemmed as Snowball does for Dutch."""
    stem = stemmer("dutch")
    return Baseline(documents, lambda text: list(stem.stemWords(_WORD.findall(text.lower()))))


def pieces(documents: Sequence[Document]) -> Baseline:
    """Return BM25 over pieces of four letters, spaces included."""
    return Baseline(documents, _pieces)


def _pieces(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text.lower())
    words = _WORD.findall("".join(letter for letter in letters if not unicodedata.combining(letter)))
    line = f" {' '.join(words)} "
    return [line[at : at + _PIECE] for at in range(len(line) - _PIECE + 1)]
