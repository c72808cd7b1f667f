"""Bytes of a file to lines and JSON values, with bounds on everything."""

from __future__ import annotations

import codecs
import json
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from aanspreekpunt.knowledge.exchange.rows import Item, Reason, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 2_000_000
"""Bytes in a line; more than the longest answer takes in JSON, also when each sign is written as an escape."""
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Lines(Protocol):
    """What lines can be read from: any binary file."""

    def readline(self, limit: int, /) -> bytes:
        """Return the next line, or the first `limit` bytes of it; nothing at the end."""
        ...


class Line(NamedTuple):
    """A line: its number from 1, its text with its end, or the reason why there is none."""

    number: int
    text: str
    problem: Reason | None = None
    is_guessed: bool = False
    """Whether it was no UTF-8 and was read as Windows-1252, as older spreadsheets write."""


class JsonIsUnreadable(ValueError):
    """A text is not JSON that can be trusted."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def lines_of(file: Lines) -> Iterator[Line]:
    """Return the lines of a file, never holding more than one; one that is too long is passed over."""
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            if raw.startswith(_WIDE_MARKS):
                yield Line(1, "", Reason.UNREADABLE_ENCODING)
                return
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if len(raw) > LONGEST_LINE and not raw.endswith(b"\n"):
            _pass_over(file)
            yield Line(number, "", Reason.TOO_LONG)
            continue
        try:
            yield Line(number, raw.decode())
        except UnicodeDecodeError:
            yield Line(number, raw.decode("cp1252", "replace"), is_guessed=True)


def json_value(text: str) -> Any:
    """Return a JSON value; raises `JsonIsUnreadable` for bad JSON, deep nesting, double keys and numbers like NaN."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except JsonIsUnreadable:
        raise
    except RecursionError as error:
        raise JsonIsUnreadable(Reason.TOO_DEEP, text[:100]) from error
    except ValueError as error:
        raise JsonIsUnreadable(Reason.NOT_JSON, str(error)) from error


def json_lines(file: Lines) -> Iterator[tuple[int, Any] | Item]:
    """Return each line that is not blank as its number and JSON value, or as a refusal."""
    for line in lines_of(file):
        if line.problem or line.is_guessed:
            yield refused(line.number, "", line.problem or Reason.UNREADABLE_ENCODING, line.text)
        elif line.text.strip():
            try:
                yield line.number, json_value(line.text)
            except JsonIsUnreadable as problem:
                yield refused(line.number, "", problem.reason, line.text)


def _pass_over(file: Lines) -> None:
    while rest := file.readline(LONGEST_LINE):
        if rest.endswith(b"\n"):
            return


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        double = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise JsonIsUnreadable(Reason.DOUBLE_KEY, double)
    return found


def _no_constant(name: str) -> Any:
    raise JsonIsUnreadable(Reason.NOT_JSON, name)
