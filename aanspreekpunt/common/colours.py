"""Colours of a theme, read from its style sheet, and made readable: text stands out 4.5 to 1, as WCAG 2.2 asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENOUGH: Final = 4.5
"""The least contrast between text and what it stands on, WCAG 2.2 success criterion 1.4.3."""

_TOKEN: Final = re.compile(r"(--[A-Za-z0-9_-]+)\s*:\s*([^;{}]+)")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONDITION: Final = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_CLASS: Final = re.compile(r"\.[\w-]+")
_VARIABLE: Final = re.compile(r"var\(\s*(--[A-Za-z0-9_-]+)\s*(?:,\s*(.+))?\)\Z", re.DOTALL)
_HEX: Final = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})(?:ff)?\Z")
_RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*1(?:\.0)?\s*)?\)\Z")
_DEEPEST: Final = 20
_STEPS: Final = 50
_LARGEST: Final = 255
_DARKEST_STRAIGHT: Final = 0.04045


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour on a screen: red, green and blue from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """How light it is, from 0 to 1, as WCAG 2.2 reckons."""
        red, green, blue = (_linear(part / _LARGEST) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def towards(self, other: Colour, share: float) -> Colour:
        """Return a colour between this one and `other`."""
        pairs = zip((self.red, self.green, self.blue), (other.red, other.green, other.blue), strict=True)
        return Colour(*(round(mine + (theirs - mine) * share) for mine, theirs in pairs))


WHITE: Final = Colour(255, 255, 255)
BLACK: Final = Colour(0, 0, 0)


def contrast(one: Colour, other: Colour) -> float:
    """Return how much two colours stand out against each other, from 1 to 21."""
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Colour, *, on: Colour) -> Colour:
    """Return the colour nearest to `colour` in which text can be read on `on`."""
    away = BLACK if contrast(BLACK, on) > contrast(WHITE, on) else WHITE
    shades = (colour.towards(away, step / _STEPS) for step in range(_STEPS + 1))
    return next((shade for shade in shades if contrast(shade, on) >= ENOUGH), away)


def tokens_of(css: str, *, theme: str) -> dict[str, str]:
    """Return the design tokens that a style sheet sets for a theme class; the last of a name counts."""
    tokens: dict[str, str] = {}
    # What stands in a condition, as for dark screens or print, is not what the theme usually looks like.
    for rule in _CONDITION.sub("", _COMMENT.sub("", css)).split("}"):
        selectors, _brace, body = rule.rpartition("{")
        if f".{theme}" in _CLASS.findall(selectors):
            tokens.update((name, value.strip()) for name, value in _TOKEN.findall(body))
    return tokens


def colour_of(tokens: Mapping[str, str], names: Sequence[str]) -> Colour | None:
    """Return the colour of the first of these tokens that is one."""
    found = (_colour(_resolved(tokens, f"var({name})")) for name in names)
    return next(filter(None, found), None)


def _resolved(tokens: Mapping[str, str], value: str) -> str:
    """Follow what a token refers to; one that refers to itself is nothing."""
    for _ in range(_DEEPEST):
        variable = _VARIABLE.match(value)
        if variable is None:
            return value
        value = tokens.get(variable[1], variable[2] or "").strip()
    return ""


def _colour(value: str) -> Colour | None:
    text = value.lower()
    if found := _HEX.match(text):
        digits = found[1] if len(found[1]) > len("rgb") else "".join(digit * 2 for digit in found[1])
        return Colour(*bytes.fromhex(digits))
    if found := _RGB.match(text):
        return Colour(*(min(int(part), _LARGEST) for part in found.groups()))
    return None


def _linear(part: float) -> float:
    return part / 12.92 if part <= _DARKEST_STRAIGHT else float(((part + 0.055) / 1.055) ** 2.4)
