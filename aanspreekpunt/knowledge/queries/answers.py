"""Finding answers while somebody types or talks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import get_language

from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.knowledge.queries.values import names_of, values_on
from aanspreekpunt.knowledge.rendering import MATCH_BEGINS, MATCH_ENDS, as_html, as_marked, as_text
from aanspreekpunt.knowledge.rules.values import fill_in, fill_in_plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from aanspreekpunt.knowledge.queries.values import Values

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
    """An answer opened: as HTML to read, and as plain text to give. `desk_note` and `ask` are for staff only."""

    key: str
    question: str
    html: SafeString
    text: str
    desk_note: SafeString
    ask: tuple[str, ...]
    product_keys: tuple[str, ...]

    @property
    def product_key(self) -> str:
        """The product it belongs to before others, or nothing."""
        return self.product_keys[0] if self.product_keys else ""


def published_on(day: date) -> QuerySet[Version]:
    """Return the versions that readers see on `day`: published, begun and not expired."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    goes_on = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return Version.objects.filter(begun, goes_on, state=Version.State.PUBLISHED)


def search_articles(text: str, *, product_key: str = "", limit: int = 8) -> list[ArticleFound]:
    """Return the answers that fit `text`, best first: all its words before some of them, `product_key` before others.

    The last word may be half typed. Without text, the answers about the product. One query, and one for local values.
    """
    language = get_language() if get_language() in LANGUAGES else "nl"
    words = _WORD.findall(text.lower())[:MOST_WORDS]
    if not words:
        return _found(_about(product_key)[:limit]) if product_key else []
    config = LANGUAGES[str(language)]
    every, some = _queries(words, language=str(language))
    question, answer = ("question_en", "answer_en") if language == "en" else ("question", "answer")
    matches = (
        published_on(timezone.localdate())
        .filter(words=some)
        .select_related("article")
        .annotate(
            fits=Case(
                When(Q(product_keys__contains=[product_key]) & ~Q(product_keys=[]), then=2),
                default=0,
                output_field=IntegerField(),
            )
            + Case(When(words=every, then=1), default=0, output_field=IntegerField()),
            rank=SearchRank(F("words"), some, cover_density=True, normalization=Value(1)),
            question_found=_headline(question, some, config, whole=True),
            snippet_found=_headline(answer, some, config, whole=False),
        )
        .order_by("-fits", "-rank", "id")
    )
    return _found(matches[:limit])


def article_shown(key: str) -> ArticleShown | None:
    """Return one answer to read, as it is true today. One query, and one more when local values stand in it."""
    today = timezone.localdate()
    version = published_on(today).select_related("article").filter(article__key=key).first()
    if version is None:
        return None
    values = values_on(today, names=names_of(version))
    language = "en" if version.shown_answer == version.answer_en else "nl"
    answer = fill_in(version.shown_answer, values.in_language(language)).text
    note = fill_in(version.desk_note, values.dutch).text
    return ArticleShown(
        key=version.article.key,
        question=_question(version, values),
        html=as_html(answer),
        text=as_text(fill_in_plain(version.shown_answer, values.in_language(language)).text),
        desk_note=as_html(note),
        ask=tuple(version.ask),
        product_keys=tuple(version.product_keys),
    )


def _about(product_key: str) -> QuerySet[Version]:
    about = published_on(timezone.localdate()).filter(product_keys__contains=[product_key])
    return about.select_related("article").order_by("question")


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


def _found(versions: Iterable[Version]) -> list[ArticleFound]:
    found = list(versions)
    names = {name for version in found for name in names_of(version)}
    values = values_on(timezone.localdate(), names=names)
    return [_one_found(version, values) for version in found]


def _one_found(version: Version, values: Values) -> ArticleFound:
    language = "en" if version.shown_answer == version.answer_en else "nl"
    marked = getattr(version, "question_found", "") or version.shown_question
    snippet = getattr(version, "snippet_found", "") or " ".join(version.shown_answer.split()[:28])
    return ArticleFound(
        key=version.article.key,
        question=_question(version, values),
        question_marked=as_marked(fill_in_plain(marked, values.in_language(language)).text),
        snippet=as_marked(fill_in_plain(snippet, values.in_language(language)).text),
    )


def _question(version: Version, values: Values) -> str:
    language = "en" if version.shown_question == version.question_en else "nl"
    return fill_in_plain(version.shown_question, values.in_language(language)).text
