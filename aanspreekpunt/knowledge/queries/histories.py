"""One answer with all that belongs to it: its versions, what is wrong with it, and how it was used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.knowledge.models import Article, Chore, LearnedWord, Proposal, Use, Version

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

VERSIONS_SHOWN = 50
USES_COUNTED = 1000
"""Uses that are counted at most; "1000+" says enough."""
CHORES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class UseCounts:
    """How often an answer was given at the desk, and what readers said of it."""

    given: int
    helped: int
    did_not_help: int
    is_cut: bool


def article_named(key: str) -> Article | None:
    """Return the answer with this key, with its owner."""
    return Article.objects.select_related("owner").filter(key=key).first()


def published_version_of(article: Article) -> Version | None:
    """Return the version that is published now, also when its last day has gone by."""
    return article.versions.filter(state=Version.State.PUBLISHED).first()


def versions_of(article: Article, *, below: int | None = None, limit: int = VERSIONS_SHOWN) -> list[Version]:
    """Return the versions of an answer, newest first, from below that number."""
    versions = article.versions.order_by("-number")
    if below is not None:
        versions = versions.filter(number__lt=below)
    return list(versions[:limit])


def version_numbered(article: Article, number: int) -> Version | None:
    """Return one version of an answer."""
    return article.versions.filter(number=number).first()


def open_chores_of(article: Article) -> list[Chore]:
    """Return what is wrong with an answer, longest known first."""
    return list(article.chores.filter(done_at__isnull=True).order_by("found_at", "pk")[:CHORES_SHOWN])


def open_proposals_for(article: Article) -> QuerySet[Proposal]:
    """Return what is proposed to change about an answer, the first due first."""
    open_ones = article.proposals.filter(state=Proposal.State.OPEN)
    return open_ones.select_related("proposed_by", "owner").order_by("due_on", "pk")[:CHORES_SHOWN]


def learned_words_of(article: Article) -> list[LearnedWord]:
    """Return the words by which others found an answer, those of most people first."""
    return list(article.learned_words.filter(forgotten_at__isnull=True).order_by("-people", "word"))


def use_counts_of(article: Article, *, since: datetime) -> UseCounts:
    """Count the latest uses of an answer since that moment."""
    latest = Use.objects.filter(article=article, at__gte=since).order_by("-at")
    kinds = list(latest.values_list("kind", flat=True)[: USES_COUNTED + 1])
    counts = Counter(kinds[:USES_COUNTED])
    return UseCounts(
        given=counts[Use.Kind.GIVEN],
        helped=counts[Use.Kind.HELPED],
        did_not_help=counts[Use.Kind.DID_NOT_HELP],
        is_cut=len(kinds) > USES_COUNTED,
    )
