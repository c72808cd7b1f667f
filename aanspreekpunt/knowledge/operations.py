"""Writing answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.models import Article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor


@transaction.atomic
def put_article(
    *,
    key: str,
    question: str,
    answer: str,
    question_en: str = "",
    answer_en: str = "",
    product_key: str = "",
    search_words: Sequence[str] = (),
    desk_note: str = "",
    is_published: bool = True,
    by: Actor,
    at: datetime,
) -> Article:
    """Write the answer with this key, new or changed; what is the same already stays untouched."""
    values: dict[str, Any] = {
        "question": question,
        "answer": answer,
        "question_en": question_en,
        "answer_en": answer_en,
        "product_key": product_key,
        "search_words": list(search_words),
        "desk_note": desk_note,
        "is_published": is_published,
    }
    article = Article.objects.select_for_update().filter(key=key).first()
    if (
        article is not None
        and article.words is not None
        and all(getattr(article, name) == values[name] for name in values)
    ):
        return article
    is_new = article is None
    article, _ = Article.objects.update_or_create(key=key, defaults={**values, "changed_at": at})
    Article.objects.filter(pk=article.pk).update(words=_words_of(article))
    record("article.written" if is_new else "article.changed", subject=article, data={"key": key}, by=by, at=at)
    return article


def _words_of(article: Article) -> Any:
    """Return the words an answer is found by: those of its question count most, those of the note least."""
    parts = (
        (f"{article.question} {' '.join(article.search_words)}", "dutch", "A"),
        (article.answer, "dutch", "B"),
        (article.desk_note, "dutch", "C"),
        (article.question_en, "english", "A"),
        (article.answer_en, "english", "B"),
    )
    vectors = [SearchVector(Value(text), config=config, weight=weight) for text, config, weight in parts]
    return sum(vectors[1:], start=vectors[0])
