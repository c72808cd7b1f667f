"""Counting how answers are used and searched for. Never anything about a confidential question, nor about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from aanspreekpunt.knowledge.models import Article, Use

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

LONGEST_SEARCH = 100
"""Letters of a search that are kept."""


def note_given(
    *, article_keys: Iterable[str], question_id: int, is_confidential: bool, searched: str = "", at: datetime
) -> None:
    """Note that these answers were given at the desk for a question; nothing is noted of a confidential one."""
    if is_confidential:
        return
    articles = Article.objects.filter(key__in=list(article_keys))
    uses = [
        Use(
            article=article,
            kind=Use.Kind.GIVEN,
            face="desk",
            question_id=question_id,
            searched=searched[:LONGEST_SEARCH],
            at=at,
        )
        for article in articles
    ]
    Use.objects.bulk_create(uses, ignore_conflicts=True)


def note_helped(*, article: Article, has_helped: bool, searched: str = "", at: datetime) -> None:
    """Note what a reader on the portal says about an answer."""
    kind = Use.Kind.HELPED if has_helped else Use.Kind.DID_NOT_HELP
    Use.objects.create(article=article, kind=kind, face="portal", searched=searched[:LONGEST_SEARCH], at=at)


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
