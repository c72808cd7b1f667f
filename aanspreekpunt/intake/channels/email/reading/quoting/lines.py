"""A text as lines, each with what is left when blanks and invisible signs are taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass

_INVISIBLE = " \t\r\n\f\v\xa0\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u3000\ufeff"  # noqa: E501 one list, one line
_SEEN = 400
"""What matters stands at the beginning of a line: what comes after so many characters is not looked at."""
_MOST = 50_000
_MARK = re.compile(r"[ \t]{0,8}>")
_LOOSE_MARK = re.compile(r"[ \t]{0,8}(?:\||[A-Z][A-Za-z]{0,3}>)")
_BOTH_ENDS = re.compile(r">>>.{5,}>>>$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `text` as it stands, with its line feed; `bare` what can be seen of its beginning."""

    text: str
    bare: str
    is_quoted: bool
    """Whether it begins with the sign for a quote."""
    may_be_quoted: bool
    """Whether it begins with a sign that some people use, and that means a quote only near one."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be seen in it."""
        return not self.bare


def lines_of(text: str) -> list[Line]:
    """Cut a text into lines; joined again, they are that text. What goes on after very many is one line."""
    pieces = text.split("\n", _MOST)
    last = pieces.pop()
    return [_line(f"{each}\n") for each in pieces] + ([_line(last)] if last else [])


def _line(text: str) -> Line:
    seen = text[:_SEEN]
    bare = seen.strip(_INVISIBLE)
    is_quoted = bool(_MARK.match(seen)) and not _BOTH_ENDS.match(bare)
    return Line(text, bare, is_quoted, bool(_LOOSE_MARK.match(seen)))


def cut(line: Line, at: int) -> list[Line]:
    """Cut a line in two."""
    return [_line(line.text[:at]), _line(line.text[at:])]


def next_seen(lines: list[Line], start: int, limit: int = 6) -> int:
    """Return the number of the first line from `start` on that is not blank, or of the end; looks `limit` lines far."""
    at = start
    while at < len(lines) and at - start < limit and lines[at].is_blank:
        at += 1
    return at
