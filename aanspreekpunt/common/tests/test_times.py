"""Dates and moments in words."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import override

from aanspreekpunt.common.times import spell_hours

TEN = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def test_hours_are_spelled_in_dutch_local_time_and_the_language_of_the_screen() -> None:
    assert spell_hours(TEN, TEN.replace(hour=11)) == "10.00 – 12.00"  # noqa: RUF001 - a dash between two times
    with override("en"):
        assert spell_hours(TEN, TEN.replace(hour=11)) == "10:00 – 12:00"  # noqa: RUF001 - as above
