"""What local values say on a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from aanspreekpunt.knowledge.models import LocalValue, ValueText, Version
from aanspreekpunt.knowledge.rules.values import fill_in_plain, names_in
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Values:
    """What the values with these names say in each language; a name that says nothing is absent."""

    dutch: dict[str, str]
    english: dict[str, str]

    def in_language(self, language: str) -> dict[str, str]:
        """Return them for a text in `language` ("nl" or "en")."""
        return self.english if language == "en" else self.dutch


NO_VALUES = Values({}, {})


def values_on(day: date, *, names: Iterable[str] | None = None) -> Values:
    """Return what the values (those with these names, or all) say on `day`: the newest confirmed text. One query."""
    wanted = None if names is None else list(names)
    if wanted is not None and not wanted:
        return NO_VALUES
    texts = ValueText.objects.filter(from_on__lte=day, is_confirmed=True)
    if wanted is not None:
        texts = texts.filter(value__key__in=wanted)
    newest_first = Window(RowNumber(), partition_by=F("value"), order_by=F("from_on").desc())
    newest = texts.annotate(place=newest_first).filter(place=1).values_list("value__key", "text", "text_en")
    said = list(newest)
    return Values({key: text for key, text, _ in said}, {key: english or text for key, text, english in said})


def fill_in_texts(texts: Sequence[str], *, language: str, on: date) -> list[str]:
    """Return plain texts in `language` with the values of a day; one that needs a value which says nothing is empty.

    One query when any value stands in them, and none otherwise.
    """
    names = {name for text in texts for name in names_in(text)}
    values = values_on(on, names=names).in_language(language)
    filled = [fill_in_plain(text, values) for text in texts]
    return [each.text if each.is_complete else "" for each in filled]


def value_names() -> frozenset[str]:
    """Return the names of all local values, whether they say something or not."""
    return frozenset(LocalValue.objects.values_list("key", flat=True))


def names_without_value(version: Version, *, at: datetime) -> tuple[str, ...]:
    """Return the names in the texts of a version that say nothing on the day of `at`."""
    names = names_of(version)
    known = values_on(local_date(at), names=names).dutch
    return tuple(name for name in names if name not in known)


def names_of(version: Version) -> tuple[str, ...]:
    """Return the names of all local values in the texts of a version, in order, each once."""
    texts = (version.question, version.answer, version.question_en, version.answer_en, version.desk_note)
    return tuple(dict.fromkeys(name for text in texts for name in names_in(text)))


def published_with_value(key: str) -> list[str]:
    """Return the keys of the published answers in which the value stands, in any of their texts."""
    place = r"\{\{[ \t]*" + key + r"[ \t]*\}\}"
    columns = ("question", "answer", "question_en", "answer_en", "desk_note")
    stands_in = reduce(or_, (Q(**{f"{column}__regex": place}) for column in columns))
    published = Version.objects.filter(stands_in, state=Version.State.PUBLISHED)
    return list(published.order_by("article__key").values_list("article__key", flat=True))
