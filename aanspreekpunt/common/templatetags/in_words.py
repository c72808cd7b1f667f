"""Template filters for dates, moments, phone numbers and postcodes as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from aanspreekpunt.common.phone_numbers import format_phone_number
from aanspreekpunt.common.postcodes import format_postcode
from aanspreekpunt.common.references import format_reference
from aanspreekpunt.common.times import spell_date, spell_moment, spell_time

if TYPE_CHECKING:
    from datetime import date, datetime

register = template.Library()


@register.filter
def in_words(at: datetime | None) -> str:
    """Show a moment: woensdag 4 maart, 17.00 uur."""
    return spell_moment(at) if at else ""


@register.filter
def in_words_with_year(at: datetime | None) -> str:
    """Show a moment further away: woensdag 4 maart 2026, 17.00 uur."""
    return spell_moment(at, with_year=True) if at else ""


@register.filter
def date_in_words(day: date | None) -> str:
    """Show a date: woensdag 4 maart."""
    return spell_date(day) if day else ""


@register.filter
def time_in_words(at: datetime | None) -> str:
    """Show a time: 17.00 uur."""
    return spell_time(at) if at else ""


@register.filter
def phone_number(number: str) -> str:
    """Show a kept phone number as people write it."""
    return format_phone_number(number) if number else ""


@register.filter
def postcode(kept: str) -> str:
    """Show a kept postcode as people write it."""
    return format_postcode(kept) if kept else ""


@register.filter
def reference(kept: str) -> str:
    """Show a reference in groups."""
    return format_reference(kept) if kept else ""
