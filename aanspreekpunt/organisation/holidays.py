"""On which dates the town hall is closed: the Dutch holidays a municipality keeps, and closed days of its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LIBERATION_DAY = "Bevrijdingsdag"
# Many collective agreements give 5 May off only in the years the whole country celebrates: 2025, 2030 and so on.
LIBERATION_DAY_EVERY_FIVE_YEARS = "Bevrijdingsdag (om de vijf jaar)"

HOLIDAY_NAMES = (
    "Nieuwjaarsdag",
    "Goede vrijdag",
    "Eerste paasdag",
    "Tweede paasdag",
    "Koningsdag",
    LIBERATION_DAY,
    LIBERATION_DAY_EVERY_FIVE_YEARS,
    "Hemelvaartsdag",
    "Eerste pinksterdag",
    "Tweede pinksterdag",
    "Eerste kerstdag",
    "Tweede kerstdag",
)


class UnknownHoliday(ValueError):
    """A holiday is named that the Netherlands does not have; the message lists those it has."""


def closed_dates(
    *, first_year: int, last_year: int, names: Iterable[str], extra: Iterable[date] = ()
) -> frozenset[date]:
    """Return the dates of the holidays named, in these years and the ones between, and the extra closed days.

    Only what is named counts, so Good Friday and Liberation Day are a choice. Raises `UnknownHoliday`.
    """
    kept = frozenset(names)
    unknown = sorted(kept.difference(HOLIDAY_NAMES))
    if unknown:
        raise UnknownHoliday(f"unknown holiday {', '.join(unknown)}: choose from {', '.join(HOLIDAY_NAMES)}")
    years = range(first_year, last_year + 1)
    return frozenset(day for year in years for name, day in _holidays_of(year) if name in kept).union(extra)


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> tuple[tuple[str, date], ...]:
    import holidays  # noqa: PLC0415 - the calendars of the whole world; only a process that counts days needs them

    every = holidays.country_holidays("NL", years=year, language="nl", categories=(holidays.PUBLIC, holidays.OPTIONAL))
    # Two holidays may share a date: in 2016 Ascension Day was on 5 May.
    named = [(name, day) for day in sorted(every) for name in every.get_list(day)]
    liberation = [(LIBERATION_DAY_EVERY_FIVE_YEARS, day) for name, day in named if name == LIBERATION_DAY]
    return tuple(named + (liberation if year % 5 == 0 else []))
