"""The search words of each document as whole phrases: who types one of them means that document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from aanspreekpunt.knowledge.finding.words.stems import stem
from aanspreekpunt.knowledge.finding.words.tokens import plain, raw_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from aanspreekpunt.knowledge.finding.documents import Document

_SHORTEST, _LONGEST = 2, 6
"""A single word is found well enough by itself; longer ones are sentences, which nobody types the same."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases in eight bytes each: a sum over the stems of its words, stop words too, and its document."""

    sums: NDArray[np.uint32]
    documents: NDArray[np.int32]

    def shares(self, words: Sequence[str], *, count: int) -> NDArray[np.float32] | None:
        """Return for each of `count` documents how much of `words` its longest phrase among them is, or nothing.

        The words of a phrase stand together, in any order and any form: *ik wil niet meer leven* has *niet meer willen
        leven*.
        """
        stems = _stems(words)
        asked = [(size, _sum(stems[at : at + size])) for size, at in _windows(len(words))]
        if not asked or not len(self.sums):
            return None
        sizes, sums = np.asarray(asked, dtype=np.uint32).T
        first, last = (np.searchsorted(self.sums, sums, side=side) for side in ("left", "right"))
        if not (last > first).any():
            return None
        result = np.zeros(count, dtype=np.float32)
        for size, start, end in zip(sizes.tolist(), first.tolist(), last.tolist(), strict=True):
            result[self.documents[start:end]] = size / len(words)
        return result


def phrases_of(documents: Iterable[Document]) -> Phrases:
    """Return the phrases of `documents`."""
    pairs = sorted(
        (_sum(_stems(words)), number)
        for number, document in enumerate(documents)
        for phrase in document.words
        if _SHORTEST <= len(words := [plain(word) for word in raw_words(phrase.lower())]) <= _LONGEST
    )
    sums, numbers = zip(*pairs, strict=True) if pairs else ((), ())
    return Phrases(np.asarray(sums, dtype=np.uint32), np.asarray(numbers, dtype=np.int32))


def _windows(length: int) -> Iterator[tuple[int, int]]:
    """Yield the sizes and places of all words that stand together, short ones first."""
    for size in range(_SHORTEST, min(_LONGEST, length) + 1):
        yield from ((size, at) for at in range(length - size + 1))


def _stems(words: Sequence[str]) -> list[str]:
    return [stem(word.replace("-", "")) for word in words]


def _sum(stems: Sequence[str]) -> int:
    return crc32(" ".join(sorted(stems)).encode())
