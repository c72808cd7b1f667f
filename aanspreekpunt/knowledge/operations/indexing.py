"""Keeping the words by which the database finds an answer."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from aanspreekpunt.knowledge.models import Version


def index_words(version: Version) -> None:
    """Keep the words of a version: those of its question count most, those of the note least."""
    Version.objects.filter(pk=version.pk).update(words=_words_of(version))


def _words_of(version: Version) -> Any:
    parts = (
        (f"{version.question} {' '.join(version.search_words)}", "dutch", "A"),
        (version.answer, "dutch", "B"),
        (version.desk_note, "dutch", "C"),
        (version.question_en, "english", "A"),
        (version.answer_en, "english", "B"),
    )
    vectors = [SearchVector(Value(text), config=config, weight=weight) for text, config, weight in parts]
    return sum(vectors[1:], start=vectors[0])
