"""Counting how answers are used and searched for. Never anything about a confidential question, nor about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from aanspreekpunt.common.sealing import keyed_hash
from aanspreekpunt.knowledge.models import Article, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

LONGEST_SEARCH = 100
"""Letters of a search that are kept."""
_LONG_ENOUGH = 8
"""Bytes of a hash that tell the readers of one answer apart."""


def note_given(
    *,
    article_keys: Iterable[str],
    question_id: int,
    is_confidential: bool,
    searched: Mapping[str, str] | None = None,
    person: str = "",
    at: datetime,
) -> None:
    """Note that these answers were given at the desk for a question; nothing is noted of a confidential one.

    `searched` has by key of an answer the known words of the search that led to it, and `person` is anything that
    tells whom it was given to from others; only a keyed hash of it is kept, another one for each answer.
    """
    if is_confidential:
        return
    articles = Article.objects.filter(key__in=list(article_keys))
    words = searched or {}
    uses = [
        Use(
            article=article,
            kind=Use.Kind.GIVEN,
            face="desk",
            question_id=question_id,
            searched=_whole_words(words.get(article.key, "")),
            person=_told_apart(article, person),
            at=at,
        )
        for article in articles
    ]
    Use.objects.bulk_create(uses, ignore_conflicts=True)


def take_back_given(*, question_id: int, at: datetime) -> int:
    """Count the answers no more that were given for this question at `at`: what was given then never went out."""
    removed, _by_model = Use.objects.filter(question_id=question_id, kind=Use.Kind.GIVEN, at=at).delete()
    return removed


def note_helped(*, article: Article, has_helped: bool, searched: str = "", person: str = "", at: datetime) -> None:
    """Note what a reader on the portal says about an answer; for `searched` and `person` see `note_given`."""
    kind = Use.Kind.HELPED if has_helped else Use.Kind.DID_NOT_HELP
    Use.objects.create(
        article=article,
        kind=kind,
        face="portal",
        searched=_whole_words(searched),
        person=_told_apart(article, person),
        at=at,
    )


def forget_searches(*, before: datetime) -> int:
    """Empty what was searched, and by whom, of uses before that moment; the uses stay counted. Returns how many."""
    old = Use.objects.filter(at__lt=before).exclude(searched="", person=b"")
    return old.update(searched="", person=b"")


def _whole_words(searched: str) -> str:
    """Return as many words as may be kept; half a word would be learned as one."""
    return searched if len(searched) <= LONGEST_SEARCH else searched[: LONGEST_SEARCH + 1].rpartition(" ")[0]


def _told_apart(article: Article, person: str) -> bytes:
    return keyed_hash(f"{article.pk}:{person}", purpose="use")[:_LONG_ENOUGH] if person else b""


def tally_search(*, text: str, certainty: str, face: str, on: date) -> None:
    """Count a search. `text` holds known words only; the search itself takes out what may name or number somebody."""
    if not text:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO knowledge_searchtally ("on", face, text, certainty, times) VALUES (%s, %s, %s, %s, 1) '
            'ON CONFLICT ("on", face, text, certainty) DO UPDATE SET times = knowledge_searchtally.times + 1',
            [on, face, text[:LONGEST_SEARCH], certainty],
        )
