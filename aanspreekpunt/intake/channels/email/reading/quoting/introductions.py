"""What stands between what somebody wrote and what is quoted: an attribution, a block of headers, a line of dashes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.intake.channels.email.reading.quoting.attributions import attribution_at, middle_of
from aanspreekpunt.intake.channels.email.reading.quoting.headings import (
    any_heading_at,
    asks_to_write_above,
    heading_at,
    is_rule,
    separator_at,
    words_between_dashes,
)
from aanspreekpunt.intake.channels.email.reading.quoting.lines import cut, next_seen

if TYPE_CHECKING:
    from aanspreekpunt.intake.channels.email.reading.quoting.lines import Line


_MOST_LINES = 2_000
_LOOKED_AHEAD = 4
_WORDS_OF_RULE = 5


@dataclass(frozen=True, slots=True)
class Introduction:
    """An introduction of so many lines; `is_certain` when what follows is a quote without any sign for it."""

    length: int
    is_certain: bool
    forwards: bool = False
    """Whether a mail of somebody else may follow that is itself what the sender wants to say."""


def set_apart(lines: list[Line]) -> list[Line]:
    """Cut lines in which an introduction begins behind somebody's own words, as some programs run the two together."""
    found: list[Line] = []
    for at, line in enumerate(lines[:_MOST_LINES]):
        middle = middle_of(line)
        pieces = cut(line, middle) if middle else [line]
        begun = attribution_at([pieces[-1], *lines[at + 1 : at + _LOOKED_AHEAD]], 0) if middle else None
        found += pieces if begun and begun[1] == "certain" else [line]
    return found + lines[_MOST_LINES:]


def introduction_at(lines: list[Line], start: int) -> Introduction | None:
    """Return the introduction of a quote that begins at this line, if one does."""
    if asks_to_write_above(lines[start]):
        return Introduction(1, is_certain=True)
    kind = separator_at(lines[start])
    if kind:
        return Introduction(1 + _length_after(lines, start + 1), is_certain=True, forwards=True)
    length = heading_at(lines, start) or _after_rule(lines, start) or _after_words(lines, start)
    if length:
        return Introduction(length, is_certain=True, forwards=True)
    found = attribution_at(lines, start)
    return Introduction(found[0], is_certain=found[1] == "certain") if found else None


def _after_rule(lines: list[Line], start: int) -> int:
    """Return the length of a rule with a block of headers below it."""
    if not is_rule(lines[start]):
        return 0
    at = next_seen(lines, start + 1)
    length = heading_at(lines, at) if at < len(lines) else 0
    return at - start + length if length else 0


def _after_words(lines: list[Line], start: int) -> int:
    """Return the length of a line of dashes and a few words, in whatever language, with headers right below it."""
    words = words_between_dashes(lines[start])
    if not words or len(words.split()) > _WORDS_OF_RULE or start + 1 >= len(lines):
        return 0
    length = heading_at(lines, start + 1)
    return 1 + length if length else 0


def _length_after(lines: list[Line], start: int) -> int:
    """Return how many lines below a line of dashes introduce as well: headers or an attribution."""
    at = next_seen(lines, start)
    if at >= len(lines) or lines[at].is_quoted:
        return 0
    length = any_heading_at(lines, at)
    found = None if length else attribution_at(lines, at)
    length = found[0] if found else length
    return at - start + length if length else 0
