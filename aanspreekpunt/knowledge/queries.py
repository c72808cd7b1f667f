"""Finding answers while somebody types or talks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils.translation import get_language

from aanspreekpunt.knowledge.models import Article
from aanspreekpunt.knowledge.rendering import MATCH_BEGINS, MATCH_ENDS, as_html, as_marked, as_text

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

_WORD = re.compile(r"\w+")
MOST_WORDS = 24
"""More words than this say no better which answer is meant."""

# PostgreSQL leaves these out of a Dutch query, but in an English one they would match "één" and the like.
_DUTCH_CONNECTORS = frozenset(
    [
        "aan",
        "al",
        "als",
        "bij",
        "dan",
        "dat",
        "de",
        "deze",
        "die",
        "dit",
        "door",
        "een",
        "en",
        "er",
        "ge",
        "heb",
        "heeft",
        "het",
        "hoe",
        "ik",
        "in",
        "is",
        "je",
        "kan",
        "maar",
        "me",
        "met",
        "mij",
        "mijn",
        "moet",
        "naar",
        "niet",
        "nog",
        "nu",
        "of",
        "om",
        "ook",
        "op",
        "over",
        "te",
        "toen",
        "tot",
        "u",
        "uit",
        "uw",
        "van",
        "voor",
        "waar",
        "wat",
        "we",
        "wel",
        "wij",
        "ze",
        "zich",
        "zij",
    ]
)

LANGUAGES = {"nl": "dutch", "en": "english"}


@dataclass(frozen=True, slots=True)
class ArticleFound:
    """An answer as a list of results shows it, with the matching words marked."""

    key: str
    question: str
    question_marked: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class ArticleShown:
    """An answer opened: as HTML to read, and as plain text to give."""

    key: str
    question: str
    html: SafeString
    text: str
    desk_note: SafeString


def search_articles(text: str, *, product_key: str = "", limit: int = 8) -> list[ArticleFound]:
    """Return the answers that fit `text`, best first: all its words before some of them, `product_key` before others.

    The last word may be half typed. Without text, the answers about the product. One query.
    """
    language = get_language() if get_language() in LANGUAGES else "nl"
    words = _WORD.findall(text.lower())[:MOST_WORDS]
    if not words:
        return [_found(each) for each in _about(product_key)[:limit]] if product_key else []
    config = LANGUAGES[str(language)]
    every, some = _queries(words, language=str(language))
    question, answer = ("question_en", "answer_en") if language == "en" else ("question", "answer")
    matches = (
        _published()
        .filter(words=some)
        .annotate(
            fits=Case(
                When(Q(product_key=product_key) & ~Q(product_key=""), then=2), default=0, output_field=IntegerField()
            )
            + Case(When(words=every, then=1), default=0, output_field=IntegerField()),
            rank=SearchRank(F("words"), some, cover_density=True, normalization=Value(1)),
            question_found=_headline(question, some, config, whole=True),
            snippet_found=_headline(answer, some, config, whole=False),
        )
        .order_by("-fits", "-rank", "id")
    )
    return [_found(each) for each in matches[:limit]]


def article_shown(key: str) -> ArticleShown | None:
    """Return one published answer to read."""
    article = _published().filter(key=key).first()
    if article is None:
        return None
    answer = article.shown_answer
    return ArticleShown(
        article.key, article.shown_question, as_html(answer), as_text(answer), as_html(article.desk_note)
    )


def _published() -> QuerySet[Article]:
    return Article.objects.filter(is_published=True)


def _about(product_key: str) -> QuerySet[Article]:
    return _published().filter(product_key=product_key).order_by("question")


def _queries(words: list[str], *, language: str) -> tuple[SearchQuery, SearchQuery]:
    """Return the query for all words and for some of them; on English screens the words may be Dutch all the same."""
    every, some = (_query(words, joined, "dutch") for joined in (" & ", " | "))
    english = [word for word in words if word not in _DUTCH_CONNECTORS]
    if language == "nl" or not english:
        return every, some
    return every | _query(english, " & ", "english"), some | _query(english, " | ", "english")


def _query(words: list[str], joined: str, config: str) -> SearchQuery:
    return SearchQuery(joined.join([*words[:-1], f"{words[-1]}:*"]), config=config, search_type="raw")


def _headline(column: str, query: SearchQuery, config: str, *, whole: bool) -> SearchHeadline:
    return SearchHeadline(
        column,
        query,
        config=config,
        start_sel=MATCH_BEGINS,
        stop_sel=MATCH_ENDS,
        highlight_all=whole,
        max_words=28,
        min_words=12,
    )


def _found(article: Article) -> ArticleFound:
    question = getattr(article, "question_found", "") or article.shown_question
    snippet = getattr(article, "snippet_found", "") or " ".join(article.shown_answer.split()[:28])
    return ArticleFound(article.key, article.shown_question, as_marked(question), as_marked(snippet))
