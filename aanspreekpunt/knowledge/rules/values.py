"""Values in texts: `{{ paspoort_kosten }}` is written once and said everywhere.

A name has lower-case letters, digits and underscores. A value is plain text on one line. In Markdown its signs are
escaped, so a value never becomes a heading, a link or HTML, whatever somebody typed in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_NAME = 80
"""Letters in a name."""

_PIECE = re.compile(r"\{\{[^{}\n]*\}\}|\{\{|\}\}")
_NAME = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_NAME - 1}}}")
_SIGN = re.compile(r"[\\`*_\[\]<>&|~(){}]")
_SIGN_AT_START = re.compile(r"[#+=:-]|\d{1,9}(?=[.)])")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


class MistakeKind(StrEnum):
    """What can be wrong with a variable in a text."""

    NOT_CLOSED = "not_closed"
    NOT_OPENED = "not_opened"
    NO_NAME = "no_name"
    BAD_NAME = "bad_name"


_SENTENCES = {
    MistakeKind.NOT_CLOSED: "the variable that begins here has no end: write two braces after its name",
    MistakeKind.NOT_OPENED: "these two braces end a variable that never began",
    MistakeKind.NO_NAME: "there is no name between these braces",
    MistakeKind.BAD_NAME: "a name begins with a letter and has only small letters, digits and underscores",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable in a text: its name, and from where to where it stands (characters, end not included)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A variable that cannot be read: what is wrong, where (in characters), and what is written there.

    Line and column count from 1.
    """

    kind: MistakeKind
    start: int
    end: int
    line: int
    column: int
    written: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {_SENTENCES[self.kind]}: {self.written[:100]}"


class VariablesAreMalformed(ValueError):
    """A text has variables that cannot be read."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("; ".join(map(str, mistakes)))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its values in it, and the names (each once, in order) for which there was no value."""

    text: str
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def variables_in(text: str) -> tuple[Variable, ...]:
    """Return each well-formed variable, in order; what is malformed is left out here and named by `mistakes_in`."""
    found = ((piece, _name_in(piece[0])) for piece in _PIECE.finditer(text))
    return tuple(Variable(name, piece.start(), piece.end()) for piece, name in found if name)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names used in a text, each once, in order of first use."""
    return tuple(dict.fromkeys(variable.name for variable in variables_in(text)))


def mistakes_in(text: str) -> tuple[Mistake, ...]:
    """Return everything between braces that cannot be read as a variable, with its place."""
    mistakes: list[Mistake] = []
    line, line_start, at = 1, 0, 0
    for piece in _PIECE.finditer(text):
        if _name_in(piece[0]):
            continue
        start = piece.start()
        line += text.count("\n", at, start)
        line_start = max(line_start, text.rfind("\n", at, start) + 1)
        at = start
        mistakes.append(Mistake(_kind_of(piece[0]), start, piece.end(), line, start - line_start + 1, piece[0]))
    return tuple(mistakes)


def refuse_malformed(text: str) -> None:
    """Raise `VariablesAreMalformed` when something between braces cannot be read."""
    mistakes = mistakes_in(text)
    if mistakes:
        raise VariablesAreMalformed(mistakes)


def fill_in(text: str, values: Mapping[str, str]) -> Filled:
    """Put values into a Markdown text, escaped; a name without a value stays visible and is reported."""
    return _filled(text, values, escaped)


def fill_in_plain(text: str, values: Mapping[str, str]) -> Filled:
    """Put values into a text that is not Markdown, as they are; what has no value stays visible and is reported."""
    return _filled(text, values, on_one_line)


def on_one_line(value: str) -> str:
    """Return a value as plain text on one line, without characters that cannot be seen."""
    return " ".join(_UNPRINTABLE.sub("", value).split())


def escaped(value: str) -> str:
    """Return a value such that Markdown shows exactly its characters, also at the start of a line or in an address."""
    plain = _SIGN.sub(r"\\\g<0>", on_one_line(value))
    start = _SIGN_AT_START.match(plain)
    if start is None:
        return plain
    place = start.end() if start[0][0].isdigit() else 0
    return f"{plain[:place]}\\{plain[place:]}"


def _filled(text: str, values: Mapping[str, str], shown: Callable[[str], str]) -> Filled:
    pieces: list[str] = []
    missing: dict[str, None] = {}
    at = 0
    for variable in variables_in(text):
        value = shown(values.get(variable.name, ""))
        pieces.append(text[at : variable.start])
        pieces.append(value or text[variable.start : variable.end])
        if not value:
            missing[variable.name] = None
        at = variable.end
    pieces.append(text[at:])
    return Filled("".join(pieces), tuple(missing))


def _name_in(piece: str) -> str:
    """Return the name between the braces, or nothing when it is not a name."""
    name = piece[2:-2].strip(" \t")
    return name if _NAME.fullmatch(name) else ""


def _kind_of(piece: str) -> MistakeKind:
    if piece == "{{":
        return MistakeKind.NOT_CLOSED
    if piece == "}}":
        return MistakeKind.NOT_OPENED
    return MistakeKind.BAD_NAME if piece[2:-2].strip() else MistakeKind.NO_NAME
