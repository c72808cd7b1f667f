"""All answers as their editors see them: what needs work first, page by page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Subquery, Value, When

from aanspreekpunt.knowledge.access import articles_written_by
from aanspreekpunt.knowledge.models import Article, Chore, Proposal, Version
from aanspreekpunt.knowledge.operations.chores import EXPIRES_WITHIN
from aanspreekpunt.knowledge.queries.answers import published_on
from aanspreekpunt.organisation.models import Employee

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

LIVE = (Version.State.DRAFT, Version.State.REVIEW, Version.State.PUBLISHED)
"""The states of versions in which somebody still works or reads."""
WRONG = (Chore.Kind.EXPIRED, Chore.Kind.BROKEN_LINK, Chore.Kind.MISSING_VALUE, Chore.Kind.UNKNOWN_PRODUCT)
"""What makes a published answer untrue or useless now; the other chores can wait a little."""


class Rank(IntEnum):
    """How much an answer needs somebody, most first."""

    WRONG = 1
    PROPOSED = 2
    REVIEW = 3
    DRAFT = 4
    EXPIRING = 5
    FINE = 6
    ENDED = 7


@dataclass(frozen=True, slots=True)
class Place:
    """The last answer of a page; the next page begins behind it."""

    rank: int
    changed_at: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What to show of all answers; empty fields narrow nothing."""

    rank: int | None = None
    owner_id: int | None = None
    without_owner: bool = False
    product_key: str = ""
    without_english: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer in a list: what readers see, what is being written, what is wrong, and whose it is."""

    id: int
    key: str
    rank: int
    changed_at: datetime
    owner_name: str
    owner_id: int | None
    published: Version | None
    writing: Version | None
    newest: Version
    chores: tuple[Chore, ...]
    proposals: int

    @property
    def shown(self) -> Version:
        """The version by which one recognises it: what readers see, else what is being written."""
        return self.published or self.newest

    @property
    def place(self) -> Place:
        """Where the next page begins when this is the last row of one."""
        return Place(self.rank, self.changed_at, self.id)


def answers_for_editor(
    employee: Employee, *, show: Show, on: date, after: Place | None = None, limit: int
) -> list[AnswerRow]:
    """Return the answers `employee` may write, most in need first. Four queries, however many there are."""
    found = _ranked(articles_written_by(employee), on=on)
    found = found.filter(rank=show.rank) if show.rank else found.exclude(rank=Rank.ENDED)
    return _rows(_page(_narrowed(found, show), after, limit), is_editor=True)


def answers_for_reader(*, show: Show, on: date, after: Place | None = None, limit: int) -> list[AnswerRow]:
    """Return the answers readers see on that day, longest unchanged first. Two queries."""
    readable = Article.objects.filter(Exists(published_on(on).filter(article=OuterRef("pk"))))
    found = readable.annotate(rank=Value(int(Rank.FINE), output_field=IntegerField()))
    return _rows(_page(_narrowed(found, show, states=(Version.State.PUBLISHED,)), after, limit), is_editor=False)


def _ranked(articles: QuerySet[Article], *, on: date) -> QuerySet[Any]:
    mine = Version.objects.filter(article=OuterRef("pk"))
    published = mine.filter(state=Version.State.PUBLISHED)
    chores = Chore.objects.filter(article=OuterRef("pk"), done_at__isnull=True)
    proposals = Proposal.objects.filter(article=OuterRef("pk"), state=Proposal.State.OPEN)
    writing = mine.filter(state__in=[Version.State.DRAFT, Version.State.REVIEW]).values("state")[:1]
    ranks = (
        (Q(Exists(chores.filter(kind__in=WRONG))) | Q(Exists(published.filter(valid_until__lt=on))), Rank.WRONG),
        (Q(Exists(proposals)), Rank.PROPOSED),
        (Q(writing=Version.State.REVIEW), Rank.REVIEW),
        (Q(writing=Version.State.DRAFT), Rank.DRAFT),
        (Q(Exists(chores)) | Q(Exists(published.filter(valid_until__lte=on + EXPIRES_WITHIN))), Rank.EXPIRING),
        (Q(Exists(published)), Rank.FINE),
    )
    cases = [When(condition, then=Value(int(rank))) for condition, rank in ranks]
    rank = Case(*cases, default=Value(int(Rank.ENDED)), output_field=IntegerField())
    return articles.annotate(writing=Subquery(writing)).annotate(rank=rank)


def _narrowed(found: QuerySet[Any], show: Show, *, states: Sequence[str] = LIVE) -> QuerySet[Any]:
    current = Version.objects.filter(article=OuterRef("pk"), state__in=states)
    if show.owner_id is not None:
        found = found.filter(owner=show.owner_id)
    if show.without_owner:
        found = found.filter(Q(owner__isnull=True) | Q(owner__is_active=False))
    if show.product_key:
        found = found.filter(Exists(current.filter(product_keys__contains=[show.product_key])))
    if show.without_english:
        found = found.filter(Exists(current.filter(answer_en="")))
    for word in show.text.split():
        fits = Q(question__icontains=word) | Q(question_en__icontains=word) | Q(answer__icontains=word)
        fits |= Q(search_words__icontains=word) | Q(article__key__icontains=word)
        found = found.filter(Exists(current.filter(fits)))
    return found


def _page(found: QuerySet[Any], after: Place | None, limit: int) -> list[tuple[int, int]]:
    if after is not None:
        same = Q(rank=after.rank)
        found = found.filter(
            Q(rank__gt=after.rank)
            | (same & Q(changed_at__gt=after.changed_at))
            | (same & Q(changed_at=after.changed_at, pk__gt=after.id))
        )
    return list(found.order_by("rank", "changed_at", "pk").values_list("pk", "rank")[:limit])


def _rows(page: Sequence[tuple[int, int]], *, is_editor: bool) -> list[AnswerRow]:
    ids = [pk for pk, _ in page]
    versions: dict[int, list[Version]] = {pk: [] for pk in ids}
    for version in _versions(ids, is_editor=is_editor):
        versions[version.article_id].append(version)
    chores: dict[int, list[Chore]] = {pk: [] for pk in ids}
    proposals: Counter[int] = Counter()
    if is_editor and ids:
        for chore in Chore.objects.filter(article__in=ids, done_at__isnull=True).order_by("found_at", "pk"):
            chores[chore.article_id].append(chore)
        proposed = Proposal.objects.filter(article__in=ids, state=Proposal.State.OPEN)
        proposals.update(pk for pk in proposed.values_list("article_id", flat=True) if pk is not None)
    return [
        _row(rank, versions[pk], chores=tuple(chores[pk]), proposals=proposals[pk]) for pk, rank in page if versions[pk]
    ]


def _versions(ids: Sequence[int], *, is_editor: bool) -> QuerySet[Version]:
    """Return the published version of each, for an editor the newest too, newest first."""
    wanted = Q(state=Version.State.PUBLISHED)
    if is_editor:
        newer = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
        wanted |= Q(~Exists(newer))
    return (
        Version.objects.filter(wanted, article__in=ids)
        .select_related("article__owner")
        .defer("article__owner__password")
        .order_by("-number")
    )


def _row(rank: int, versions: Sequence[Version], *, chores: tuple[Chore, ...], proposals: int) -> AnswerRow:
    newest = versions[0]
    article = newest.article
    is_being_written = newest.state in {Version.State.DRAFT, Version.State.REVIEW}
    return AnswerRow(
        id=article.pk,
        key=article.key,
        rank=rank,
        changed_at=article.changed_at,
        owner_name=article.owner.name if article.owner else "",
        owner_id=article.owner_id,
        published=next((each for each in versions if each.state == Version.State.PUBLISHED), None),
        writing=newest if is_being_written else None,
        newest=newest,
        chores=chores,
        proposals=proposals,
    )


def owners_of_answers(*, limit: int = 200) -> list[Employee]:
    """Return who owns any answer, by name. One query."""
    owners = Employee.objects.filter(Exists(Article.objects.filter(owner=OuterRef("pk"))))
    return list(owners.only("name").order_by("name", "pk")[:limit])
