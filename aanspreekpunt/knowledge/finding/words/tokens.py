"""Cuts text into sentences and words; a code or number stays one word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from aanspreekpunt.common.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[€%]|[^\W_]+(?:['’`´.\-/][^\W_]+)*")  # noqa: RUF001 - people type all of these
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|\n+")
_DIGITS_APART = re.compile(r"(?<![\w-])\d{1,5}(?:[ .\-]\d{1,5}){1,4}(?![\w-])")
_POSTCODE = re.compile(
    r"\b([1-9]\d{3}) ?(?!(?:de|en|er|in|is|je|na|nu|of|om|op|te|uw|we|ze|km|kg|cm|mm)\b)([a-zA-Z]{2})\b"
)
"""A postcode, but not the year in *2026 is*."""
_HAS_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[\-/.]")
_SIGNS = {"€": "euro", "%": "procent"}
SHORTEST_NUMBER = 8
"""From so many digits on, digits with spaces between them are one number: a phone number or a reference."""


class Token(NamedTuple):
    """A word of a text: what it says in small plain letters, and from where to where it stands."""

    word: str
    start: int
    end: int


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; each line ends one."""
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def raw_words(sentence: str) -> list[str]:
    """Return the words of `sentence` as they stand, codes joined."""
    return _WORD.findall(_join_codes(sentence))


def words_of_sentences(text: str) -> list[list[str]]:
    """Return the words in small letters of each sentence of `text` that has any."""
    return [words for words in map(_WORD.findall, _SENTENCE_END.split(_join_codes(text.lower()))) if words]


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of `text` with their places."""
    joined = _join_codes(text)
    for found in _WORD.finditer(joined):
        word = plain(found.group())
        if word:
            yield Token(word, found.start(), found.end())


@lru_cache(maxsize=60_000)
def plain(raw: str) -> str:
    """Return one raw word in small letters without accents; parts joined, a number without its separators."""
    if raw in _SIGNS:
        return _SIGNS[raw]
    word = fold(raw).replace(" ", "-")
    if _HAS_DIGIT.search(word):
        return word.replace("-", "")
    return word


def parts_of(word: str) -> list[str]:
    """Return what stands between the hyphens of a folded word."""
    return [part for part in _PARTS.split(word) if part]


def is_code(word: str) -> bool:
    """Say whether a folded word is a code or number, which must fit exactly."""
    return bool(_HAS_DIGIT.search(word))


def _join_codes(text: str) -> str:
    """Put a separator that belongs to a number where a space stands, so that all places stay what they were."""
    if not _HAS_DIGIT.search(text):
        return text
    text = _POSTCODE.sub(lambda found: found.group().replace(" ", "-"), text)
    return _DIGITS_APART.sub(_joined_digits, text)


def _joined_digits(found: re.Match[str]) -> str:
    number = found.group()
    if sum(letter.isdigit() for letter in number) < SHORTEST_NUMBER:
        return number
    return number.replace(" ", "-")
