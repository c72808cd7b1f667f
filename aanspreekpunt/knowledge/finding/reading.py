"""Reads documents into long rows of numbers: which word stands where."""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.words.analysis import sense, verbs_apart
from aanspreekpunt.knowledge.finding.words.tokens import raw_words, words_of_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.documents import Document
    from aanspreekpunt.knowledge.finding.found import Place

TITLE, WORDS, BODY = 0, 1, 2
PLACES: tuple[Place, ...] = ("title", "words", "body")
_WHOLE = 1.0
_BETWEEN_SENTENCES = 2
_MOST = 65_535


@dataclass(frozen=True, slots=True)
class Text:
    """All words of all documents in order; each array has one number for each word."""

    surfaces: list[str]
    """The different words as they stand, in small letters; `surface` counts in it."""
    surface: NDArray[np.int32]
    place: NDArray[np.uint16]
    """How many words stand before it in its document."""
    sentence: NDArray[np.uint16]
    field: NDArray[np.uint8]
    document: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Terms:
    """The same, by what each word stands for; a compound has several entries at its place."""

    keys: dict[str, int]
    term: NDArray[np.int32]
    weight: NDArray[np.float32]
    text: Text
    source: NDArray[np.int32]
    """For each entry, the word in `text` it comes from."""


class _Reader:
    """Takes documents in; what is the same for a whole sentence is kept once for each sentence."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__
        self.surface, self.size = array("i"), array("i")
        self.offset, self.sentence = array("i"), array("i")
        self.field, self.document = array("B"), array("i")
        self.verbs: list[tuple[int, int, int]] = []
        """Verbs that stand apart: surface, number of the sentence over all documents, place in it."""

    def read(self, number: int, document: Document) -> None:
        """Add the words of one document."""
        offset, number_of = 0, self.numbers.__getitem__
        for count, (field, words) in enumerate(_sentences(document)):
            self.surface.extend(map(number_of, words))
            for place, verb in verbs_apart(words):
                self.verbs.append((self.numbers[verb], len(self.size), place))
            self.size.append(len(words))
            self.offset.append(offset)
            self.sentence.append(count)
            self.field.append(field)
            self.document.append(number)
            offset += len(words) + _BETWEEN_SENTENCES

    def text(self) -> Text:
        """Return all that was read, document after document."""
        sizes = np.asarray(self.size, dtype=np.int64)
        verbs = np.asarray(self.verbs, dtype=np.int64).reshape(-1, 3)
        of = np.concatenate((np.repeat(np.arange(len(sizes)), sizes), verbs[:, 1]))
        within = np.arange(len(self.surface)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        surface = np.concatenate((np.asarray(self.surface, dtype=np.int32), verbs[:, 0].astype(np.int32)))
        place = np.concatenate((within, verbs[:, 2])) + np.asarray(self.offset, dtype=np.int64)[of]
        order = np.argsort(of, kind="stable")
        of = of[order]
        return Text(
            list(self.numbers),
            surface[order],
            np.minimum(place[order], _MOST).astype(np.uint16),
            np.minimum(np.asarray(self.sentence)[of], _MOST).astype(np.uint16) if len(of) else np.zeros(0, np.uint16),
            np.asarray(self.field, dtype=np.uint8)[of],
            np.asarray(self.document, dtype=np.int32)[of],
        )


def read_documents(documents: Sequence[Document]) -> Text:
    """Read all words of `documents`."""
    reader = _Reader()
    for number, document in enumerate(documents):
        reader.read(number, document)
    return reader.text()


def terms_of(text: Text) -> Terms:
    """Say of each word what it stands for; stop words stand for nothing."""
    for surface in sorted(text.surfaces):
        sense(surface)  # words that begin alike fall apart alike, and what was found out last is remembered
    keys: dict[str, int] = {}
    starts, terms, weights = [0], [], []
    for surface in text.surfaces:
        meaning = sense(surface)
        if meaning is not None:
            for key, weight in ((meaning.key, _WHOLE), *meaning.parts):
                terms.append(keys.setdefault(key, len(keys)))
                weights.append(weight)
        starts.append(len(terms))
    first = np.asarray(starts, dtype=np.int64)
    counts = np.diff(first)[text.surface]
    source = np.repeat(np.arange(len(text.surface), dtype=np.int32), counts)
    ends = np.cumsum(counts)
    offsets = np.arange(len(source)) - np.repeat(ends - counts, counts)
    entry = first[text.surface[source]] + offsets
    return Terms(
        keys,
        np.asarray(terms, dtype=np.int32)[entry],
        np.asarray(weights, dtype=np.float32)[entry],
        text,
        source,
    )


def _sentences(document: Document) -> Iterator[tuple[int, list[str]]]:
    for sentence in words_of_sentences(document.title):
        yield TITLE, sentence
    for words in document.words:
        yield WORDS, raw_words(words.lower())
    for sentence in words_of_sentences(document.body):
        yield BODY, sentence
