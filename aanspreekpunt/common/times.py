"""Dates and moments in words, in Dutch local time and the language of the screen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from datetime import date, datetime


def spell_date(day: date, *, with_year: bool = False) -> str:
    """Return "woensdag 4 maart", or "woensdag 4 maart 2026"."""
    return _in_words(day, "l j F Y" if with_year else "l j F", get_language())


@lru_cache(maxsize=2**10)  # the same few days are said again and again
def _in_words(day: date, form: str, _language: str | None) -> str:
    return date_format(day, form)


def spell_time(at: datetime) -> str:
    """Return "17.00 uur", and "17:00" in English."""
    here = localtime(at)
    return f"{here:%H.%M} uur" if get_language() == "nl" else f"{here:%H:%M}"


def spell_moment(at: datetime, *, with_year: bool = False) -> str:
    """Return "woensdag 4 maart, 17.00 uur"."""
    return f"{spell_date(localtime(at).date(), with_year=with_year)}, {spell_time(at)}"


def spell_window(starts_at: datetime, ends_at: datetime) -> str:
    """Return "woensdag 4 maart tussen 10.00 en 12.00 uur"."""
    return _("%(day)s between %(from)s and %(until)s") % {
        "day": spell_date(localtime(starts_at).date()),
        "from": f"{localtime(starts_at):%H.%M}" if get_language() == "nl" else f"{localtime(starts_at):%H:%M}",
        "until": spell_time(ends_at),
    }


def spell_hours(starts_at: datetime, ends_at: datetime) -> str:
    """Return "10.00 – 12.00", and "10:00 – 12:00" in English: for a list under its date."""  # noqa: RUF002 - a dash between two times
    form = "%H.%M" if get_language() == "nl" else "%H:%M"
    return f"{localtime(starts_at):{form}} – {localtime(ends_at):{form}}"  # noqa: RUF001 - as above
