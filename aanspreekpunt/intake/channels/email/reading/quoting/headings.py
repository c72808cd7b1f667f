"""The block of headers that Outlook and others put above a quote, and the lines of dashes and words above that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from aanspreekpunt.intake.channels.email.reading.quoting import phrases
from aanspreekpunt.intake.channels.email.reading.quoting.lines import next_seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.intake.channels.email.reading.quoting.lines import Line

Role = Literal["from", "sent", "to", "copy", "subject", "other"]

_MOST_LINES = 40
_MOST_WRAPPED = 12
_FEWEST_ROLES = 3
_FIELD = re.compile(r"[*_ ]{0,3}([^\W\d_][^:：*\n]{0,24}?)[*_\s]{0,9}[:：][*_ ]{0,3}(.*)$")  # noqa: RUF001 Chinese colon
_NAME = re.compile(r"(?<!\S)\*?([^\W\d_]{1,20})\s?:")
_TAKEN_OFF = " \t-_=*~<>‐–—\xa0:：…."  # noqa: RUF001 signs as programs write them
_DASHES = tuple("-_=*~‐–—")  # noqa: RUF001 signs as programs write them
_MOMENT = re.compile(r"(?:19|20)\d\d(?!\d).{0,20}\d\d?:\d\d|\d\d?:\d\d.{0,20}(?:19|20)\d\d(?!\d)")
"""A date with year and time, as programs write and people do not."""
_RULE = re.compile(r"[-_=–—]{5,}$")  # noqa: RUF001 signs as programs write them


def _roles() -> dict[str, Role]:
    named: tuple[tuple[Sequence[str], Role], ...] = (
        (phrases.OTHER, "other"),
        (phrases.COPY, "copy"),
        (phrases.TO, "to"),
        (phrases.SENT, "sent"),
        (phrases.SUBJECT, "subject"),
        (phrases.FROM, "from"),
    )
    return {name: role for names, role in named for name in names}


_ROLES = _roles()


def role_of(line: Line) -> tuple[Role, str] | None:
    """Return what kind of header a line is, if it is one, and its value."""
    field = _FIELD.match(line.bare.lstrip("> "))
    if field is None:
        return None
    role = _ROLES.get(" ".join(field[1].lower().split()))
    return (role, field[2]) if role else None


def heading_at(lines: list[Line], start: int) -> int:
    """Return of how many lines the block of headers is that begins here; 0 when there is none."""
    read = _Heading(lines, start)
    if not read.roles:
        return 0
    return read.end - start if read.is_certain else _is_on_one_line(lines[start])


def _is_on_one_line(line: Line) -> int:
    """Return 1 when the whole block was put on one line, as some programs do when they make text of HTML."""
    names = [_ROLES.get(name.lower()) for name in _NAME.findall(line.bare)]
    return int(names[:1] in (["from"], ["sent"]) and {"from", "sent", "to", "subject"} <= set(names))


def any_heading_at(lines: list[Line], start: int) -> int:
    """Return the same where a block is expected, so that two headers are enough."""
    read = _Heading(lines, start)
    return read.end - start if len(read.roles) > 1 else 0


class _Heading:
    """The headers that stand together from a line on."""

    def __init__(self, lines: list[Line], start: int) -> None:
        self.roles: set[Role] = set()
        self.has_evidence = False
        self._has_address = False
        self._has_moment = False
        self.end = start
        self._last: Role | None = None
        self._wrapped = 0
        while self.end < len(lines) and self.end - start < _MOST_LINES and self._take(lines):
            pass

    @property
    def is_certain(self) -> bool:
        """Whether these are headers and no lines of a form that somebody filled in."""
        if self._has_address and self._has_moment:
            return True
        return "from" in self.roles and len(self.roles) >= _FEWEST_ROLES and self.has_evidence

    def _take(self, lines: list[Line]) -> bool:
        """Take the next line, with one blank line before it, and say whether there was one to take."""
        at = next_seen(lines, self.end, 2) if self.roles else self.end
        found = role_of(lines[at]) if at < len(lines) else None
        if found and (found[0] not in self.roles or found[0] in {"other", "copy", "to"}):
            self._add(*found)
            self.end = at + 1
            return True
        return at == self.end and self._is_wrapped(lines, at) and self._go_on()

    def _add(self, role: Role, value: str) -> None:
        self.roles.add(role)
        self._last = role
        self._has_address |= role in {"from", "to"} and "@" in value
        self._has_moment |= role == "sent" and bool(_MOMENT.search(value))
        self.has_evidence |= "@" in value or role == "subject" or (role == "sent" and any(map(str.isdigit, value)))

    def _go_on(self) -> bool:
        self.end += 1
        self._wrapped += 1
        return True

    def _is_wrapped(self, lines: list[Line], at: int) -> bool:
        """Whether this line goes on with a list of people or a subject that was too long for one line."""
        if self._last is None or self._wrapped >= _MOST_WRAPPED or at >= len(lines) or lines[at].is_blank:
            return False
        text, before = lines[at].text, lines[at - 1].bare
        is_list = self._last in {"from", "to", "copy"} and (
            "@" in text or ";" in text or before.endswith((",", ";", "<"))
        )
        return is_list or text[:1] in " \t"


def separator_at(line: Line) -> Literal["original", "forwarded"] | None:
    """Say whether a line is one like "-----Oorspronkelijk bericht-----" or "Begin doorgestuurd bericht:"."""
    bare = line.bare.lstrip("> ")
    words = " ".join(bare.strip(_TAKEN_OFF).lower().split())
    if not words or not (bare.endswith((":", "：")) or (bare.startswith(_DASHES) and bare.endswith(_DASHES))):  # noqa: RUF001 Chinese colon
        return None
    if words in phrases.FORWARDED or words.startswith("forwarded by "):
        return "forwarded"
    return "original" if words in phrases.ORIGINAL else None


def words_between_dashes(line: Line) -> str:
    """Return what stands between dashes on both sides, "" when there are none."""
    is_dashed = line.bare.startswith("--") and line.bare.endswith("--")
    return line.bare.strip(_TAKEN_OFF) if is_dashed else ""


def is_rule(line: Line) -> bool:
    """Whether a line is nothing but dashes or underscores."""
    return bool(_RULE.match(line.bare))


def asks_to_write_above(line: Line) -> bool:
    """Whether a line asks to write above it, as mails of a help desk do."""
    low = line.bare.lower()
    return len(low) < 120 and any(each in low for each in phrases.ABOVE_THIS)  # noqa: PLR2004 a line, no paragraph
