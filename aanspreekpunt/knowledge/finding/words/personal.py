"""Addresses and numbers in what somebody types: they say who he is or which letter he has, not what he asks about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from aanspreekpunt.knowledge.finding.words.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Kind = Literal["email", "web", "address", "number", "plate"]


class Personal(NamedTuple):
    """An address or number in a text, and from where to where it stands."""

    kind: Kind
    start: int
    end: int


_MAYBE = re.compile(r"[@\d]|[^\W_]\.[^\W_]|://")
"""Most texts have none of it; this says so at once."""
_POSTCODE = r"\b[1-9]\d{3} ?(?!(?:de|en|er|in|is|je|na|nu|of|om|op|te|uw|we|ze|km|kg|cm|mm)\b)[a-z]{2}\b"
_HOUSE = r"[ ,]{1,3}(?:(?:nr|nummer|huisnummer)\b\.? ?)?\d{1,5}(?: ?[a-z]\b|-[\da-z]{1,4}\b| bis\b)?"
_WITHOUT_SCHEME = r"(?<![\w.-])[a-z\d][a-z\d.-]{0,60}\.(?:nl|com|org|net|eu|be|info)\b(?:/\S*)?"
_WRITTEN: tuple[tuple[Kind, str], ...] = (
    ("email", r"(?<![^\s@<>(),;:])[^\s@<>(),;:]{1,64}@[^\s@<>(),;]*"),
    ("web", rf"\bhttps?://\S*|\bwww\.\S+|{_WITHOUT_SCHEME}"),
    ("address", rf"{_POSTCODE}(?:{_HOUSE})?"),
    ("number", r"\b[a-z]{2}\d\d ?[a-z]{4} ?\d{4} ?\d{4} ?\d\d\b"),  # a bank account
    ("number", r"(?<![\w-])\+?\(?\d[\d ().\-/]{7,18}\d(?![\w-])"),  # telephone, reference, citizen service number
    ("plate", r"\b(?=[a-z-]*\d)(?=[\d-]*[a-z])(?:[a-z]{1,3}|\d{1,3})(?:-(?:[a-z]{1,3}|\d{1,3})){2}(?![\w-])"),
)
_SHAPES = tuple((kind, re.compile(shape, re.IGNORECASE)) for kind, shape in _WRITTEN)
_FEWEST_DIGITS = 8
"""Of a number in pieces."""
_LONG_NUMBER = 5
"""So many digits in one piece are the number of somebody or something, if no document has it."""


def personal_in(text: str) -> list[Personal]:
    """Return the addresses and numbers in `text`, in order and apart from each other."""
    if not _MAYBE.search(text):
        return []
    found: list[Personal] = []
    for each in _all_of(text):
        if all(each.end <= other.start or each.start >= other.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def without_personal(text: str, words: list[Token], *, has: Callable[[str], bool]) -> list[Token]:
    """Return the `words` of `text` without addresses and numbers, but for those that the collection `has`."""
    for personal in personal_in(text):
        before = [word for word in words if word.end <= personal.start]
        after = [word for word in words if word.start >= personal.end]
        inside = words[len(before) : len(words) - len(after)]
        words = [*before, *_asked_about(text, personal, inside, has), *after]
    return [word for word in words if sum(map(str.isdigit, word.word)) < _LONG_NUMBER or has(word.word)]


def _asked_about(text: str, personal: Personal, words: list[Token], has: Callable[[str], bool]) -> list[Token]:
    """Return what of an address or number is asked about: all that the collection has, or the name of whose it is."""
    known = [word for word in words if has(word.word)]
    if len(known) == len(words):
        return known
    if personal.kind == "web":
        names = names_in_web_address(text[personal.start : personal.end])
        return [Token(name, personal.start, personal.end) for name in names if has(name)]
    # Who gives a postcode that we have may give a house number that we have not.
    return known if personal.kind == "address" and known[:1] == words[:1] else []


def names_in_web_address(address: str) -> list[str]:
    """Return the names in a web address that may say whose it is: *mijn.overheid.nl* has *mijn* and *overheid*."""
    host = re.sub(r"^\w+://", "", address.lower()).split("/")[0].split(":")[0]
    return [label for label in host.split(".")[:-1] if label not in {"", "www"}]


def _all_of(text: str) -> Iterator[Personal]:
    for kind, shape in _SHAPES:
        for found in shape.finditer(text):
            if kind != "number" or sum(letter.isdigit() for letter in found.group()) >= _FEWEST_DIGITS:
                yield Personal(kind, found.start(), found.end())
