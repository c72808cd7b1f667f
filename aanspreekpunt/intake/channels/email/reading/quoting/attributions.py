"""The line above a quote that says who wrote it and when, as mail programs put it there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from aanspreekpunt.intake.channels.email.reading.quoting.phrases import (
    OPENERS,
    OURSELVES,
    QUOTING,
    WROTE,
    WROTE_WITHOUT_SPACES,
)

if TYPE_CHECKING:
    from aanspreekpunt.intake.channels.email.reading.quoting.lines import Line

Certainty = Literal["certain", "likely"]
"""Certain: a program wrote it. Likely: only when what follows bears the sign for a quote."""

_MOST_LINES = 4
_MOST_CHARACTERS = 400
_COLONS = (":", "：")  # noqa: RUF001 Chinese colon
_SHORT = 80
_WORDS_OF_ZONED = 9
_ENDS = (":", "：", "---", ">", "wrote", "writes", "schreef")  # noqa: RUF001 Chinese colon
_VERB = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, WROTE), key=len, reverse=True))})(?!\w)")
_VERB_OF_SIGNS = re.compile("|".join(WROTE_WITHOUT_SPACES))
_ADDRESS = re.compile(r"[^\s@<>()]@[^\s@<>()]")
_TIME = re.compile(r"(?<!\d)\d{1,2}\s?[:.]\s?\d{2}(?!\d)|(?<!\d)\d{1,2}\s?h\s?\d{0,2}(?!\w)")
_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,4}(?!\d)|\d{4}年|[٠-٩]{4}"  # noqa: RUF001 Arabic digits
)
_ZONED = re.compile(r"\d{4}-\d\d?-\d\d? \d\d?:\d\d gmt[+-]\d\d?:\d\d\b")
"""How Gmail wrote dates for some years, with a name behind it and nothing else."""
_DATED_ADDRESS = re.compile(r"[^<>]{8,160}<\s?[^<>@\s]+@[^<>\s]+>\s?[:：]?$")  # noqa: RUF001 Chinese colon
_FROM_ADDRESS = re.compile(r"\W(?:from|от|від|von|van|od|de|מאת) [^<>]{0,160}<")
_WEEKDAY_AND_YEAR = re.compile(r"\w{2,3} [^\W\d_]{3,12}, .{4,40}(?:19|20)\d\d, \S")
"""On Thursday, June 27, 2013, somebody wrote: people put no commas there."""
_SAID_BY_PROGRAMS = ("пользователь", "користувач", "użytkownik")
_OPENS_WITHIN = r"(?:On|Op|Am|Le|El|Il|Em|Den|Dnia) (?=[^\n]{0,20}\d)"
_MIDDLE = re.compile(rf"(?<=[^\s_*>-])(?:[ \t]{{1,3}}|(?=--))((?:-{{2,6}} ?)?{_OPENS_WITHIN})")
_BEFORE_ADDRESS = re.compile(r"[^<>]{0,160}<\s?[^<>@\s]+@[^<>\s]+>")
_GROUPWISE = re.compile(r">>>.{5,200}>>>$")
_WORD = re.compile(r"[^\W\d_]+")


def attribution_at(lines: list[Line], start: int) -> tuple[int, Certainty] | None:
    """Say of how many lines the attribution is that begins here, if one does, and how certain that is."""
    joined = ""
    likely: tuple[int, Certainty] | None = None
    for count in range(1, min(_MOST_LINES, len(lines) - start) + 1):
        line = lines[start + count - 1]
        if line.is_blank or line.is_quoted or len(joined) + len(line.bare) > _MOST_CHARACTERS:
            return likely
        joined = f"{joined} {line.bare}" if joined else line.bare
        if count > 1 and not _may_go_on(lines[start].bare):
            return likely
        certainty = _certainty_of(joined) if _may_end(line.bare) else None
        if certainty and _begins_later(lines, start, count):
            return likely
        if certainty == "certain":
            return count, certainty
        likely = likely or ((count, certainty) if certainty else None)
        if likely and line.bare.endswith(_COLONS):
            return likely
    return likely


def middle_of(line: Line) -> int:
    """Return where in a line an attribution may begin behind somebody's own words, 0 for nowhere."""
    if line.is_quoted or not _may_end(line.bare):
        return 0
    return next((found.start(1) for found in _MIDDLE.finditer(line.text[:_MOST_CHARACTERS])), 0)


def _may_go_on(first: str) -> bool:
    """Whether an attribution that begins so may take more lines: it opens as such, or has a date or an address."""
    return first.split(maxsplit=1)[0].lower() in OPENERS or any(
        each.isdigit() or each in "@<(" for each in first[:_SHORT]
    )


def _may_end(last: str) -> bool:
    return last.endswith(_ENDS) or ":" in last or "：" in last  # noqa: RUF001 Chinese colon


def _begins_later(lines: list[Line], start: int, count: int) -> bool:
    """Whether a shorter attribution ends at the same line, so that what stands here is somebody's own sentence."""
    for later in range(1, count):
        bare = lines[start + later].bare
        joined = " ".join(line.bare for line in lines[start + later : start + count])
        opens = bare.split(maxsplit=1)[0].lower() in OPENERS
        if opens and bare[:1].isupper() and _certainty_of(joined):
            return True
    return False


def _certainty_of(text: str) -> Certainty | None:
    bare = text.strip(" -–—*‐_")  # noqa: RUF001 dashes as programs write them
    if _GROUPWISE.match(text):
        return "certain" if _ADDRESS.search(text) or _TIME.search(text) else "likely"
    low = bare.lower()
    if _ZONED.match(low) and len(low.split()) <= _WORDS_OF_ZONED:
        return "certain"
    if low.startswith(QUOTING) and low.endswith(":"):
        return "certain" if _ADDRESS.search(low) else "likely"
    verb = _VERB.search(low) or _VERB_OF_SIGNS.search(low)
    if verb is None:
        return _without_verb(bare)
    return _with_verb(low, verb, is_dashed=len(bare) + 6 < len(text))


def _without_verb(bare: str) -> Certainty | None:
    """Judge a date and an address alone, as Gmail and Yandex write in some languages."""
    first = bare.split(maxsplit=1)[0] if bare else ""
    is_dated = any(each.isdigit() for each in first) or (first.endswith((",", ".")) and len(first) <= 4)  # noqa: PLR2004 wt.,
    if not _DATED_ADDRESS.match(bare) or not _DAY.search(bare):
        return None
    is_whole = bare.endswith(_COLONS) and bool(_TIME.search(bare))
    if is_dated or _FROM_ADDRESS.search(bare.lower()):
        return "certain" if is_whole else "likely"
    return "likely" if is_whole else None


def _with_verb(low: str, verb: re.Match[str], *, is_dashed: bool) -> Certainty | None:
    end = _end_of(low, verb, is_dashed=is_dashed)
    if end is None:
        return None
    head = low[:end]
    has_address, has_time, has_day = (bool(each.search(head)) for each in (_ADDRESS, _TIME, _DAY))
    if has_time + has_day + has_address > 1:
        near = head[max(0, verb.start() - 12) : verb.end() + 12]
        is_ours = not has_address and bool(OURSELVES & set(_WORD.findall(near)))
        return "likely" if is_ours else "certain"
    if end < len(low):
        return None
    if has_day and (_WEEKDAY_AND_YEAR.match(head) or any(each in head for each in _SAID_BY_PROGRAMS)):
        return "certain"
    if has_address:
        return "certain" if _BEFORE_ADDRESS.match(head) else "likely"
    return "likely" if has_time or has_day or _is_name_and_verb(head, verb) else None


def _end_of(low: str, verb: re.Match[str], *, is_dashed: bool) -> int | None:
    """Return where the attribution ends: at a colon at the end, or at one after the verb with wide blanks behind it."""
    if low.endswith(_COLONS) or is_dashed or verb.end() == len(low):
        return len(low)
    wide = low.find(":  ", verb.end() - 1, verb.end() + _SHORT)
    return wide + 1 if wide >= 0 else None


def _is_name_and_verb(head: str, verb: re.Match[str]) -> bool:
    """Whether it is no more than a name with a verb behind it: "Anna de Wit schreef:"."""
    words = _WORD.findall(head[: verb.start()])
    rest = head[verb.end() :].strip(" :：")  # noqa: RUF001 Chinese colon
    return len(head) <= _SHORT and 0 < len(words) <= 8 and not rest and not OURSELVES & set(words)  # noqa: PLR2004 a name
