"""Times in words: how long a promise has left, and when something was or will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

_NOTHING, _MINUTE = timedelta(0), timedelta(minutes=1)
_HOUR, _DAY = 60, 24 * 60
"""In minutes."""
_SAID_IN_HOURS = timedelta(hours=6)
_SAID_BY_WEEKDAY = 7


def clock(at: datetime) -> str:
    """Return the time of day as people write it: 17.00, in English 17:00."""
    return date_format(localtime(at), "H:i" if get_language() == "en" else "H.i")


def short_moment(at: datetime, *, now: datetime) -> str:
    """Return day and time in few letters: "21 nov 17.46", with the year when it is another one."""
    here = localtime(at)
    month = "M" if get_language() == "en" else "b"
    return f"{date_format(here, f'j {month}' if here.year == localtime(now).year else f'j {month} Y')} {clock(at)}"


def short_day(at: date) -> str:
    """Return a day in few letters, with its year: "21 nov 2026", in English "21 Nov 2026"."""
    day = localtime(at) if isinstance(at, datetime) else at
    return date_format(day, "j M Y" if get_language() == "en" else "j b Y")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says times as one says them at one moment in one language; a list makes one and says many."""

    now: datetime
    today: date
    language: str | None

    @classmethod
    def at(cls, now: datetime) -> Speaker:
        """Return who speaks at this moment in the language of the screen."""
        return cls(now, localtime(now).date(), get_language())

    def day_and_time(self, at: datetime) -> str:
        """Return day and time as one says them aloud: "today 17.00", "Thursday 9.30", "12 March 17.00"."""
        return _day_and_time(at, self.today, self.language)

    def window(self, starts_at: datetime, ends_at: datetime) -> str:
        """Return a callback window: "tomorrow between 10.00 and 12.00"."""
        return _window_in_words(starts_at, ends_at, self.today, self.language)

    def time_left(self, due_at: datetime) -> str:
        """Return how long a promise has left, or how much too late it is, as one would say it."""
        left = due_at - self.now
        if left < _NOTHING:
            return _too_late(-left // _MINUTE, self.language)
        if left < _SAID_IN_HOURS:
            return _left(left // _MINUTE, self.language)
        return self.day_and_time(due_at)


def day_and_time(at: datetime, *, now: datetime) -> str:
    """Return day and time as one says them aloud, see `Speaker`."""
    return Speaker.at(now).day_and_time(at)


def window_in_words(starts_at: datetime, ends_at: datetime, *, now: datetime) -> str:
    """Return a callback window as one says it, see `Speaker`."""
    return Speaker.at(now).window(starts_at, ends_at)


def time_left(due_at: datetime, *, now: datetime) -> str:
    """Return how long a promise has left as one says it, see `Speaker`."""
    return Speaker.at(now).time_left(due_at)


@lru_cache(maxsize=2**13)  # a queue names the same few closing times over and over
def _day_and_time(at: datetime, today: date, _language: str | None) -> str:
    return _("%(day)s %(time)s") % {"day": _day_in_words(localtime(at).date(), today), "time": clock(at)}


def _day_in_words(day: date, today: date) -> str:
    """Return a day, near ones by name: today, tomorrow, yesterday, a weekday within a week."""
    days = (day - today).days
    if days in {-1, 0, 1}:
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    if 0 < days < _SAID_BY_WEEKDAY:
        return date_format(day, "l")
    return date_format(day, "j F" if day.year == today.year else "j F Y")


@lru_cache(maxsize=2**12)
def _window_in_words(starts_at: datetime, ends_at: datetime, today: date, _language: str | None) -> str:
    return _("%(day)s between %(from)s and %(until)s") % {
        "day": _day_in_words(localtime(starts_at).date(), today),
        "from": clock(starts_at),
        "until": clock(ends_at),
    }


@lru_cache(maxsize=2**9)  # said on every line of every list, in few different ways
def _left(minutes: int, _language: str | None) -> str:
    if minutes < _HOUR:
        minutes = max(1, minutes)
        return ngettext("%(count)d minute left", "%(count)d minutes left", minutes) % {"count": minutes}
    hours = minutes // _HOUR
    return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {"count": hours}


@lru_cache(maxsize=2**12)
def _too_late(minutes: int, _language: str | None) -> str:
    if minutes < _HOUR:
        minutes = max(1, minutes)
        return ngettext("%(count)d minute too late", "%(count)d minutes too late", minutes) % {"count": minutes}
    if minutes < _DAY:
        hours = minutes // _HOUR
        return ngettext("%(count)d hour too late", "%(count)d hours too late", hours) % {"count": hours}
    days = minutes // _DAY
    return ngettext("%(count)d day too late", "%(count)d days too late", days) % {"count": days}
