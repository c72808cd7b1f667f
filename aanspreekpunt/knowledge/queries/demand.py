"""What people looked for, and what became of the answers they were given. Only counts; nothing about a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max, Q, Sum

from aanspreekpunt.knowledge.access import articles_written_by
from aanspreekpunt.knowledge.models import SearchTally, Use, Version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from aanspreekpunt.organisation.models import Employee

USES_READ = 5000
"""The latest uses that are looked at; older ones change the figures of a busy month little."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """Words people searched for without finding a sure answer: how often on each side, and when for the last time."""

    text: str
    times: int
    times_nothing: int
    faces: tuple[str, ...]
    last_on: date


@dataclass(frozen=True, slots=True)
class Given:
    """One use of an answer: for which question, when, and what a reader said."""

    article_id: int
    kind: str
    question_id: int | None
    at: datetime


def searches_without_answer(*, since: date, limit: int) -> list[NotFound]:
    """Return what was searched and not surely found since that day, most often first. One query."""
    unsure = SearchTally.objects.filter(~Q(certainty=SearchTally.Certainty.GOOD), on__gte=since)
    nothing = Q(certainty=SearchTally.Certainty.NOTHING)
    groups = unsure.values("text").annotate(
        times_all=Sum("times"),
        times_nothing=Sum("times", filter=nothing, default=0),
        at_desk=Sum("times", filter=Q(face="desk"), default=0),
        at_portal=Sum("times", filter=Q(face="portal"), default=0),
        last_on=Max("on"),
    )
    return [
        NotFound(
            text=each["text"],
            times=each["times_all"],
            times_nothing=each["times_nothing"],
            faces=tuple(face for face, times in (("desk", each["at_desk"]), ("portal", each["at_portal"])) if times),
            last_on=each["last_on"],
        )
        for each in groups.order_by("-times_all", "text")[:limit]
    ]


def latest_uses(employee: Employee, *, since: datetime) -> list[Given]:
    """Return the latest uses of the answers `employee` may write, newest first, at most `USES_READ`. One query."""
    uses = Use.objects.filter(at__gte=since, article__in=articles_written_by(employee)).order_by("-at", "-pk")
    columns = uses.values_list("article_id", "kind", "question_id", "at")
    return [Given(*each) for each in columns[:USES_READ]]


def shown_versions_of(article_ids: Collection[int]) -> dict[int, Version]:
    """Return by answer the version by which one recognises it: the published one, else the newest. One query."""
    found: dict[int, Version] = {}
    for version in _newest_first(article_ids):
        if version.article_id not in found or version.state == Version.State.PUBLISHED:
            found[version.article_id] = version
    return found


def _newest_first(article_ids: Iterable[int]) -> QuerySet[Version]:
    live = [Version.State.DRAFT, Version.State.REVIEW, Version.State.PUBLISHED, Version.State.WITHDRAWN]
    versions = Version.objects.filter(article__in=list(article_ids), state__in=live)
    return versions.select_related("article").order_by("article", "-number")
