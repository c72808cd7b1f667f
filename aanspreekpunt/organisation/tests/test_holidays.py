"""The town hall closes on the holidays that are named, and on no others."""

from __future__ import annotations

from datetime import date

import pytest

from aanspreekpunt.organisation.holidays import (
    HOLIDAY_NAMES,
    LIBERATION_DAY,
    LIBERATION_DAY_EVERY_FIVE_YEARS,
    UnknownHoliday,
    closed_dates,
)


def closed(year: int, *names: str) -> list[str]:
    return [f"{day:%d-%m}" for day in sorted(closed_dates(first_year=year, last_year=year, names=names))]


def test_the_holidays_of_2026_fall_on_their_dates() -> None:
    kept = [name for name in HOLIDAY_NAMES if name not in {LIBERATION_DAY, LIBERATION_DAY_EVERY_FIVE_YEARS}]
    dates = "01-01 03-04 05-04 06-04 27-04 14-05 24-05 25-05 25-12 26-12"
    assert closed(2026, *kept) == dates.split()


@pytest.mark.parametrize("name", HOLIDAY_NAMES)
def test_every_name_on_offer_has_a_date_in_2030(name: str) -> None:
    assert len(closed(2030, name)) == 1


def test_kings_day_moves_from_sunday_to_saturday() -> None:
    assert closed(2025, "Koningsdag") == ["26-04"]
    assert closed(2026, "Koningsdag") == ["27-04"]


def test_liberation_day_counts_every_year_or_every_five_years_as_named() -> None:
    assert closed(2025, LIBERATION_DAY) == closed(2026, LIBERATION_DAY) == ["05-05"]
    assert closed(2025, LIBERATION_DAY_EVERY_FIVE_YEARS) == ["05-05"]
    assert closed(2026, LIBERATION_DAY_EVERY_FIVE_YEARS) == []


def test_two_holidays_on_one_date_each_close_it() -> None:
    assert closed(2016, LIBERATION_DAY) == closed(2016, "Hemelvaartsdag") == ["05-05"]


def test_nothing_is_closed_that_is_not_named() -> None:
    assert closed(2026) == []
    assert "03-04" not in closed(2026, "Tweede paasdag")


def test_years_are_taken_together_with_closed_days_of_their_own() -> None:
    extra = [date(2026, 12, 24)]
    dates = closed_dates(first_year=2025, last_year=2027, names=["Nieuwjaarsdag"], extra=extra)
    assert dates == {date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1), date(2026, 12, 24)}


def test_an_unknown_holiday_is_refused_with_the_names_to_choose_from() -> None:
    with pytest.raises(UnknownHoliday, match="unknown holiday Sinterklaas: choose from Nieuwjaarsdag, Goede vrijdag"):
        closed(2026, "Sinterklaas")
