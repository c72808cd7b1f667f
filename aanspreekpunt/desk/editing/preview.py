"""What readers will see of a text that is being written: with local values filled in, sanitised, and how it reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from aanspreekpunt.common.cleaning import cleaned
from aanspreekpunt.desk.editing.fields import mistakes_in_words
from aanspreekpunt.desk.editing.form import LONGEST_ANSWER
from aanspreekpunt.desk.editing.marks import Read, read
from aanspreekpunt.knowledge.models.articles import CONTENT
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.rendering import as_html
from aanspreekpunt.knowledge.rules.values import fill_in, fill_in_plain, names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.safestring import SafeString

TEXTS = ("question", "answer", "desk_note", "question_en", "answer_en")


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as readers see it, and what an editor has to know about it."""

    question: str
    answer: SafeString
    desk_note: SafeString
    question_en: str
    answer_en: SafeString
    used: tuple[tuple[str, str], ...]
    """each local value in it, with what it says today"""
    missing: tuple[str, ...]
    mistakes: tuple[str, ...]
    too_long: bool
    dutch: Read | None
    english: Read | None


def preview_of(typed: Callable[[str], str], *, is_measured: bool = True) -> Preview:
    """Return the preview of what stands in the fields of text now, right or wrong. One query when there are values."""
    whole = {name: cleaned(typed(name)) for name in TEXTS}
    texts = {name: text[:LONGEST_ANSWER] for name, text in whole.items()}
    names = tuple(dict.fromkeys(name for text in texts.values() for name in names_in(text)))
    values = values_on(timezone.localdate(), names=names)
    return Preview(
        question=fill_in_plain(texts["question"], values.dutch).text,
        answer=_html(texts["answer"], values.dutch),
        desk_note=_html(texts["desk_note"], values.dutch),
        question_en=fill_in_plain(texts["question_en"], values.english).text,
        answer_en=_html(texts["answer_en"], values.english),
        used=tuple((name, values.dutch[name]) for name in names if name in values.dutch),
        missing=tuple(name for name in names if name not in values.dutch),
        mistakes=tuple(mistake for text in texts.values() for mistake in mistakes_in_words(text)),
        too_long=any(len(whole[name]) > LONGEST_ANSWER for name in TEXTS),
        dutch=read(texts["answer"], "nl") if is_measured else None,
        english=read(texts["answer_en"], "en") if is_measured else None,
    )


def _html(markdown: str, values: Mapping[str, str]) -> SafeString:
    return as_html(fill_in(markdown, values).text)


if not set(TEXTS) <= set(CONTENT):
    raise AssertionError("The preview names a field that answers do not have.")
