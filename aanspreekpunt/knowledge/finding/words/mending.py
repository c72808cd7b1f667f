"""Mends a compound that nobody has as a whole: one of its parts is right, and the other nearly a word that is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.finding.words.stems import lemma
from aanspreekpunt.knowledge.finding.words.tokens import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.knowledge.finding.words.vocabulary import Vocabulary

_SHORTEST, _MOST_TRIED = 4, 4
_LINKS = ("", "s", "en", "e", "n")


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A part of a word that is wrong if the rest of it is right."""

    before: str
    part: str
    after: str

    @property
    def rightness(self) -> tuple[int, str]:
        """The longer the rest, the likelier that it is right."""
        return -len(self.before) - len(self.after), self.part


def mended(word: str, vocabulary: Vocabulary) -> str:
    """Return `word` (folded) with the part that is wrong put right; nothing when no part tells which word it is."""
    if "-" in word:
        return _pieces_mended(word, vocabulary)
    ways = list(_ways(word, vocabulary))
    if any(way.part in vocabulary for way in ways):
        return ""
    likeliest = sorted(ways, key=lambda way: way.rightness)[:_MOST_TRIED]
    nearest = [(way, near) for way in likeliest if (near := vocabulary.nearest(way.part)) is not None]
    way, near = min(nearest, key=lambda each: each[1].cost, default=(None, None))
    return way.before + near.word + way.after if way and near else ""


def _pieces_mended(word: str, vocabulary: Vocabulary) -> str:
    pieces = parts_of(word)
    meant = [_piece(piece, vocabulary) for piece in pieces]
    return "-".join(meant) if meant != pieces else ""


def _piece(piece: str, vocabulary: Vocabulary) -> str:
    if piece in vocabulary or lemma(piece):
        return piece
    near = vocabulary.nearest(piece)
    return near.word if near else piece


def _ways(word: str, vocabulary: Vocabulary) -> Iterator[_Wrong]:
    for cut in range(_SHORTEST, len(word) - _SHORTEST + 1):
        first, rest = word[:cut], word[cut:]
        links = [link for link in _LINKS if first.endswith(link) and len(first) - len(link) >= _SHORTEST]
        if rest in vocabulary:
            yield from (_Wrong("", first.removesuffix(link), link + rest) for link in links)
        if any(first.removesuffix(link) in vocabulary for link in links):
            yield _Wrong(first, rest, "")
