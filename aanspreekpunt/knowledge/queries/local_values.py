"""Local values as their editors see them: what each says today, what it will say, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, When
from django.db.models.functions import Lower

from aanspreekpunt.common.folding import fold
from aanspreekpunt.knowledge.models import LocalValue, ValueText, Version
from aanspreekpunt.knowledge.queries.values import names_of, values_on
from aanspreekpunt.knowledge.themes import theme_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

ANSWERS_NAMED = 500
"""Answers that are read at most to say where values stand."""
VALUES_TO_INSERT = 1000


class Filter(StrEnum):
    """What somebody may want to see of values: those that ask for something."""

    UNCONFIRMED = "unconfirmed"
    NEXT_YEAR = "next-year"
    NOT_NEXT_YEAR = "not-next-year"


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """The last value of a page; the next page begins behind it."""

    theme: str
    is_fine: bool
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowValues:
    """Which values to show; empty fields narrow nothing, and a theme of nothing at all are those without one."""

    theme: str | None = None
    only: Filter | None = None
    kind: str = ""
    scope: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme, with how many values it has, and how many of them wait for somebody to confirm them."""

    theme: str
    name: str
    count: int
    unconfirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One local value: what it says now, what it will say later, and in which answers it stands."""

    value: LocalValue
    now: ValueText | None
    example: ValueText | None
    """a text that nobody confirmed yet, for now"""
    later: tuple[ValueText, ...]
    earlier: tuple[ValueText, ...]
    used_in: tuple[Version, ...]

    @property
    def needs_work(self) -> bool:
        """Whether readers see nothing here, or somebody still has to confirm something."""
        return self.now is None or self.example is not None

    @property
    def place(self) -> ValuePlace:
        """Where it stands in the list."""
        return ValuePlace(self.value.theme, not self.needs_work, self.value.key)

    @property
    def theme_name(self) -> str:
        """What it is about, as the screen says it."""
        return theme_name(self.value.theme)


@dataclass(frozen=True, slots=True)
class ValueToInsert:
    """A local value one can put into a text, and what it says now, if it says anything."""

    key: str
    label: str
    text: str
    theme_name: str
    has_theme: bool


def values_to_list(*, show: ShowValues, on: date, after: ValuePlace | None = None, limit: int) -> list[ValueRow]:
    """Return local values by theme, those without one last; within a theme those without a confirmed text first.

    Three queries, however many there are.
    """
    found = _narrowed(_with_fine(on).annotate(sorted_as=Lower("theme")), show, on=on)
    if after is not None:
        found = found.filter(_behind(after))
    loose_last = Case(When(theme="", then=1), default=0, output_field=IntegerField())
    return _rows(list(found.order_by(loose_last, "sorted_as", "is_fine", "key")[:limit]), on=on)


def _behind(place: ValuePlace) -> Q:
    theme = place.theme.lower()
    behind = Q(sorted_as=theme, is_fine=place.is_fine, key__gt=place.key)
    if not place.is_fine:
        behind |= Q(sorted_as=theme, is_fine=True)
    return behind | Q(sorted_as__gt=theme) | Q(theme="") if theme else behind


def value_named(key: str, *, on: date) -> ValueRow | None:
    """Return one local value with all its texts. Three queries."""
    rows = _rows(list(LocalValue.objects.filter(key=key)), on=on)
    return rows[0] if rows else None


def value_themes(*, on: date) -> list[ThemeRow]:
    """Return the themes that values have, by name, those without one last. One query."""
    counted = _with_fine(on).values("theme").annotate(count=Count("pk"), wrong=Count("pk", filter=Q(is_fine=False)))
    rows = [ThemeRow(row["theme"], theme_name(row["theme"]), row["count"], row["wrong"]) for row in counted.order_by()]
    return sorted(rows, key=lambda row: (not row.theme, fold(row.name)))


def values_to_insert(*, on: date) -> list[ValueToInsert]:
    """Return the local values one can put into a text, by theme and name, those without a theme last. Two queries."""
    said = values_on(on).dutch
    values = [
        ValueToInsert(value.key, value.label, said.get(value.key, ""), theme_name(value.theme), bool(value.theme))
        for value in LocalValue.objects.order_by("key")[:VALUES_TO_INSERT]
    ]
    return sorted(values, key=lambda value: (not value.has_theme, fold(value.theme_name)))


def unconfirmed_values(*, on: date, limit: int) -> list[LocalValue]:
    """Return values that say nothing yet that somebody confirmed. One query."""
    return list(_with_fine(on).filter(is_fine=False).order_by("key")[:limit])


def _with_fine(on: date) -> QuerySet[Any]:
    texts = ValueText.objects.filter(value=OuterRef("pk"), from_on__lte=on)
    is_fine = Exists(texts.filter(is_confirmed=True)) & ~Exists(texts.filter(is_confirmed=False))
    return LocalValue.objects.annotate(is_fine=is_fine)


def _narrowed(found: QuerySet[Any], show: ShowValues, *, on: date) -> QuerySet[Any]:
    if show.theme is not None:
        found = found.filter(theme=show.theme)
    if show.only is Filter.UNCONFIRMED:
        found = found.filter(is_fine=False)
    elif show.only is not None:
        next_year = Exists(ValueText.objects.filter(value=OuterRef("pk"), from_on__year=on.year + 1))
        found = found.filter(next_year if show.only is Filter.NEXT_YEAR else ~next_year)
    if show.kind:
        found = found.filter(kind=show.kind)
    if show.scope:
        found = found.filter(scope=show.scope)
    for word in show.text.split():
        says = Exists(ValueText.objects.filter(value=OuterRef("pk"), text__icontains=word))
        found = found.filter(Q(key__icontains=word) | Q(label__icontains=word) | Q(label_en__icontains=word) | says)
    return found


def _rows(values: Sequence[LocalValue], *, on: date) -> list[ValueRow]:
    texts: dict[int, list[ValueText]] = {value.pk: [] for value in values}
    for text in ValueText.objects.filter(value__in=list(texts)).order_by("from_on"):
        texts[text.value_id].append(text)
    used = versions_with_values([value.key for value in values])
    return [_row(value, texts[value.pk], used.get(value.key, ()), on=on) for value in values]


def _row(value: LocalValue, texts: Iterable[ValueText], used_in: Iterable[Version], *, on: date) -> ValueRow:
    begun = [text for text in texts if text.from_on <= on]
    confirmed = [text for text in begun if text.is_confirmed]
    now = confirmed[-1] if confirmed else None
    examples = [text for text in begun if not text.is_confirmed]
    return ValueRow(
        value=value,
        now=now,
        example=examples[-1] if examples else None,
        later=tuple(text for text in texts if text.from_on > on),
        earlier=tuple(text for text in reversed(begun) if text is not now),
        used_in=tuple(used_in),
    )


def versions_with_values(keys: Sequence[str]) -> dict[str, list[Version]]:
    """Return for each value the published versions in whose texts it stands. One query."""
    found: dict[str, list[Version]] = {key: [] for key in keys}
    if not keys:
        return found
    place = r"\{\{[ \t]*(" + "|".join(re.escape(key) for key in keys) + r")[ \t]*\}\}"
    stands_in = Q()
    for column in ("question", "answer", "question_en", "answer_en", "desk_note"):
        stands_in |= Q(**{f"{column}__regex": place})
    published = Version.objects.filter(stands_in, state=Version.State.PUBLISHED).select_related("article")
    for version in published.order_by("article__key")[:ANSWERS_NAMED]:
        for name in names_of(version):
            if name in found:
                found[name].append(version)
    return found
