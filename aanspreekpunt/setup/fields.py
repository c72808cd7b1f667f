"""The kinds of value in a municipality file, each with the check that belongs to it."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from aanspreekpunt.common.phone_numbers import is_phone_number
from aanspreekpunt.common.settings_files.fields import Part, refusal
from aanspreekpunt.common.settings_files.wording import listed
from aanspreekpunt.knowledge.operations.values import is_a_name
from aanspreekpunt.knowledge.rules.values import mistakes_in
from aanspreekpunt.knowledge.themes import LONGEST_THEME, theme_typed
from aanspreekpunt.organisation.holidays import HOLIDAY_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIELD_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_TEN_DIGITS = re.compile(r"0\d{9}\Z")
_STYLE_SHEET = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*|(?:/[A-Za-z0-9._~-]+)+)\.css\Z")
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)\Z")


def _a_style_sheet(value: str) -> str:
    if not _STYLE_SHEET.match(value) or ".." in value:
        raise refusal("not_a_style_sheet")
    return value


def _a_field_key(value: str) -> str:
    if not _FIELD_KEY.match(value):
        raise refusal("not_a_field_key")
    return value


def span_of(value: str) -> tuple[time, time]:
    """Read `08:30-17:00`; refuse hours that end before they start."""
    if not _SPAN.match(value):
        raise refusal("not_a_span")
    opens, closes = (time.fromisoformat(part) for part in value.split("-"))
    if closes <= opens:
        raise refusal("ends_before_it_starts")
    return opens, closes


def _a_span(value: str) -> str:
    span_of(value)
    return value


def _a_day(spans: Sequence[str]) -> tuple[str, ...]:
    ordered = sorted(spans)
    for first, second in pairwise(ordered):
        if span_of(second)[0] < span_of(first)[1]:
            raise refusal("hours_overlap", first=first, second=second)
    return tuple(ordered)


def _a_phone_number(value: str) -> str:
    # Ten digits are enough: an area code that was never given out is what made-up municipalities have.
    has_ten_digits = _TEN_DIGITS.match(re.sub(r"[\s.()-]", "", value))
    if value and not has_ten_digits and not is_phone_number(value):
        raise refusal("not_a_phone_number")
    return value


def _a_value_name(value: str) -> str:
    if not is_a_name(value):
        raise refusal("not_a_value_name")
    return value


def _a_theme(value: str) -> str:
    if not theme_typed(value):
        raise refusal("not_a_theme")
    return value


def _with_values(value: str) -> str:
    for mistake in mistakes_in(value):
        raise refusal("value_cannot_be_read", written=mistake.written[:80])
    return value


def _a_holiday(value: str) -> str:
    if value not in HOLIDAY_NAMES:
        raise refusal("unknown_holiday", name=value, expected=listed(list(HOLIDAY_NAMES)))
    return value


Text = Annotated[str, Field(min_length=1, max_length=20_000)]
"""A text of more lines."""
OptionalText = Annotated[str, Field(max_length=20_000)]
"""A text of more lines that may be left out."""
Sentence = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_with_values)]
"""A sentence in which local values may stand."""
Sentences = Annotated[str, Field(max_length=20_000), AfterValidator(_with_values)]
"""A text of more lines in which local values may stand; it may be left out."""
Phone = Annotated[str, AfterValidator(_a_phone_number)]
"""A phone number, kept as it is written; it may be left out."""
ValueName = Annotated[str, AfterValidator(_a_value_name)]
ThemeName = Annotated[str, Field(max_length=LONGEST_THEME), AfterValidator(_a_theme)]
"""What a local value is about: a theme of the starter base, or one of one's own."""
StyleSheet = Annotated[str, Field(max_length=200), AfterValidator(_a_style_sheet)]
"""A file in the theme directory, or a path on this website: never on another one."""
FieldKey = Annotated[str, Field(min_length=1, max_length=50), AfterValidator(_a_field_key)]
Holiday = Annotated[str, AfterValidator(_a_holiday)]
Day = Annotated[tuple[Annotated[str, AfterValidator(_a_span)], ...], AfterValidator(_a_day)]
Days = tuple[date, ...]


class Hours(Part):
    """When people work: per day of the week the spans between which they can be reached."""

    mon: Day = ()
    tue: Day = ()
    wed: Day = ()
    thu: Day = ()
    fri: Day = ()
    sat: Day = ()
    sun: Day = ()
