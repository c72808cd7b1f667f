"""The Date header, however it was written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

from aanspreekpunt.intake.channels.email.reading.addresses import without_comments

LONGEST = 200
COMMENT = re.compile(r"\(([A-Za-z]{1,5})\)")
ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
TIME = re.compile(r"(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:[.,]\d{1,9})?\s*([ap])?\.?m?\b", re.IGNORECASE)
ZONE = re.compile(r"([+-])(\d{1,2}):?(\d{2})\b")
WORD = re.compile(r"[^\W\d_]{3,}")
NUMBER = re.compile(r"\d{1,4}")
SLASHED = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
# How months begin in Dutch, English, German, French, Spanish, Italian, Portuguese, Polish and Turkish.
MONTHS = {
    1: "jan janv ene gen sty oca",
    2: "feb fév fev lut şub sub",
    3: "mar maa mrt mär mrz",
    4: "apr avr abr kwi nis",
    5: "may mei mai mag maj",
    6: "jun juin giu cze haz",
    7: "jul juil lug lip tem",
    8: "aug aoû aou ago sie ağu agu",
    9: "sep set wrz eyl",
    10: "oct okt ott out paź paz eki",
    11: "nov lis kas",
    12: "dec déc dez dic dici gru ara",
}
MONTH_OF = {name: month for month, names in MONTHS.items() for name in names.split()}
ZONES = {
    "UTC": 0,
    "GMT": 0,
    "UT": 0,
    "Z": 0,
    "WET": 0,
    "BST": 1,
    "WEST": 1,
    "CET": 1,
    "MET": 1,
    "CEST": 2,
    "MEST": 2,
    "EET": 2,
    "EEST": 3,
}
ZONES |= {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "MSK": 3,
    "JST": 9,
    "HST": -10,
}
MOST_HOURS = 15
NOON = 12
DAYS = 31


def parse(value: str) -> datetime | None:
    """Give the moment a header names, with its own distance to UTC (UTC when it does not say), or None."""
    text = _tidy(value[:LONGEST])
    for way in (_iso, _standard, _loose):
        moment = way(text)
        if moment:
            return moment
    return None


def _tidy(text: str) -> str:
    """Put comments at the end, where they may still name a zone, and spaces around colons away."""
    plain = without_comments(text)
    comments = " ".join(COMMENT.findall(text)) if plain != text else ""
    return " ".join(f"{plain} {comments}".split()).replace(" :", ":").replace(": ", ":")


def _iso(text: str) -> datetime | None:
    found = ISO.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    return _moment((year, month, day), (hour, minute, second), _offset(found[7] or ""))


def _standard(text: str) -> datetime | None:
    try:
        read = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if not read or _says_afternoon(text) or not _has_clock(text):
        return None
    offset = read[9] or 0
    if abs(offset) > MOST_HOURS * 3600:
        offset = 0
    if not offset:
        offset = _offset(text)
    return _moment((read[0], read[1], read[2]), (read[3], read[4], read[5]), offset)


def _says_afternoon(text: str) -> bool:
    found = TIME.search(text)
    return bool(found and found[4])


def _has_clock(text: str) -> bool:
    return bool(TIME.search(text))


def _loose(text: str) -> datetime | None:
    """Look for a time, a zone, a month by name and two numbers, in any order."""
    clock = TIME.search(text) if ":" in text else None
    rest = f"{text[: clock.start()]} {text[clock.end() :]}" if clock else text
    zone = ZONE.search(text[clock.end() :]) if clock else None
    if zone:
        rest = rest.replace(zone.group(), " ", 1)
    day = _day(rest)
    return _moment(day, _time(clock), _offset(text[clock.end() :] if clock else "")) if day else None


def _time(clock: re.Match[str] | None) -> tuple[int, int, int]:
    if not clock:
        return 0, 0, 0
    hour = int(clock[1])
    if clock[4]:
        hour = hour % NOON + (NOON if clock[4].lower() == "p" else 0)
    return hour, int(clock[2]), int(clock[3] or 0)


def _day(text: str) -> tuple[int, int, int] | None:
    month = next((found for word in WORD.findall(text.lower()) if (found := _month(word))), 0)
    if not month:
        return _day_in_figures(text)
    numbers = [int(number) for number in NUMBER.findall(text)]
    if len(numbers) < 2:  # noqa: PLR2004 - a day and a year
        return None
    day, year = numbers[0], numbers[-1] if len(numbers[0:]) == 2 else numbers[1]  # noqa: PLR2004 - nothing else to choose from
    if day > DAYS:
        day, year = year, day
    return year, month, day


def _month(word: str) -> int:
    return MONTH_OF.get(word[:4], 0) or MONTH_OF.get(word[:3], 0)


def _day_in_figures(text: str) -> tuple[int, int, int] | None:
    found = SLASHED.search(text)
    if not found:
        return None
    first, second, third = (int(part) for part in found.groups())
    if first > DAYS:
        return first, second, third
    return (third, first, second) if second > NOON >= first else (third, second, first)


def _offset(text: str) -> int:
    """Give the seconds from UTC that a text names, in figures or by the name of a zone."""
    found = ZONE.search(text)
    if found:
        hours, minutes = int(found[2]), int(found[3])
        seconds = (hours * 60 + minutes) * 60
        return 0 if hours > MOST_HOURS or minutes > 59 else seconds if found[1] == "+" else -seconds  # noqa: PLR2004 - minutes of an hour
    names = (name for name in re.findall(r"[A-Za-z]+", text.upper()) if name in ZONES)
    return ZONES.get(next(names, ""), 0) * 3600


def _moment(day: tuple[int, int, int], clock: tuple[int, int, int], offset: int) -> datetime | None:
    year = day[0]
    if year < 100:  # noqa: PLR2004 - written with two figures
        year += 2000 if year < 70 else 1900  # noqa: PLR2004 - as mail programs do
    elif year < 1000:  # noqa: PLR2004 - programs that counted on from 1900
        year += 1900
    hour, minute, second = clock
    try:
        read = datetime(year, day[1], day[2], hour, minute, min(second, 59), tzinfo=UTC)
        return read.replace(tzinfo=timezone(timedelta(seconds=offset)) if offset else UTC)
    except (ValueError, OverflowError):
        return None
