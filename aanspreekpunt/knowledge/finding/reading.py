"""Reads documents into long rows of numbers: which word stands where."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aanspreekpunt.knowledge.finding.words.analysis import sense, verbs_apart
from aanspreekpunt.knowledge.finding.words.tokens import raw_words, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.documents import Document

TITLE, WORDS, BODY = 0, 1, 2
PLACES = ("title", "words", "body")
_WHOLE = 1.0


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
    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.surface, self.place, self.sentence = array("i"), array("H"), array("H")
        self.field, self.document = array("B"), array("i")

    def read(self, number: int, document: Document) -> None:
        """Add the words of one document."""
        place = 0
        for count, (field, sentence) in enumerate(_sentences(document)):
            words = raw_words(sentence.lower())
            standing = [(place + offset, word) for offset, word in enumerate(words)]
            standing += [(place + offset, verb) for offset, verb in verbs_apart(words)]
            size = len(standing)
            self.surface.extend([self.numbers.setdefault(word, len(self.numbers)) for _place, word in standing])
            self.place.extend([min(at, 65_535) for at, _word in standing])
            self.sentence.extend([min(count, 65_535)] * size)
            self.field.extend([field] * size)
            self.document.extend([number] * size)
            place += len(words) + 2

    def text(self) -> Text:
        """Return all that was read."""
        return Text(
            list(self.numbers),
            np.frombuffer(self.surface, dtype=np.int32) if self.surface else np.zeros(0, np.int32),
            np.frombuffer(self.place, dtype=np.uint16) if self.place else np.zeros(0, np.uint16),
            np.frombuffer(self.sentence, dtype=np.uint16) if self.sentence else np.zeros(0, np.uint16),
            np.frombuffer(self.field, dtype=np.uint8) if self.field else np.zeros(0, np.uint8),
            np.frombuffer(self.document, dtype=np.int32) if self.document else np.zeros(0, np.int32),
        )


def read_documents(documents: Sequence[Document]) -> Text:
    """Read all words of `documents`."""
    reader = _Reader()
    for number, document in enumerate(documents):
        reader.read(number, document)
    return reader.text()


def terms_of(text: Text) -> Terms:
    """Say of each word what it stands for; stop words stand for nothing."""
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


def _sentences(document: Document) -> Iterator[tuple[int, str]]:
    for sentence in sentences(document.title):
        yield TITLE, sentence
    for words in document.words:
        yield WORDS, words
    for sentence in sentences(document.body):
        yield BODY, sentence
