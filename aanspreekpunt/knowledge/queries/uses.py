"""How answers did: what they settled, and what people did not find."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from aanspreekpunt.knowledge.models import LearnedWord, Use
from aanspreekpunt.knowledge.rules.learning import Said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.db.models.expressions import CombinedExpression

REMEMBERED = timedelta(days=365)
"""What was of use longer ago says little about what people ask now."""
USES_AT_ONCE = 2000


def settled_by_answers(day: date) -> dict[str, int]:
    """Return by key how many questions each answer settled in the year before `day`, less the times it did not help.

    What one reader says again and again counts once.
    """
    recent = Use.objects.filter(at__date__gt=day - REMEMBERED)
    counted = recent.values_list("article__key").annotate(
        given=Count("id", filter=Q(kind=Use.Kind.GIVEN)),
        helped=_readers(Use.Kind.HELPED),
        did_not_help=_readers(Use.Kind.DID_NOT_HELP),
    )
    worth = {key: given + helped - did_not_help for key, given, helped, did_not_help in counted}
    return {key: times for key, times in worth.items() if times > 0}


def learned_by_answers() -> dict[int, tuple[str, ...]]:
    """Return by answer the words by which others found it, that no editor has forgotten. One query."""
    found: dict[int, list[str]] = defaultdict(list)
    words = LearnedWord.objects.filter(forgotten_at__isnull=True).order_by("-people", "word")
    for article_id, word in words.values_list("article_id", "word"):
        found[article_id].append(word)
    return {article_id: tuple(each) for article_id, each in found.items()}


def uses_after_a_search(*, since: datetime) -> Iterator[Said]:
    """Yield every use of an answer that began with a search, since that moment. One query, read in parts."""
    uses = Use.objects.filter(at__gte=since).exclude(searched="").exclude(person=b"").order_by("pk")
    columns = uses.values_list("article_id", "person", "searched", "kind")
    for article_id, person, searched, kind in columns.iterator(chunk_size=USES_AT_ONCE):
        yield Said(article_id, bytes(person), tuple(searched.split()), has_helped=kind != Use.Kind.DID_NOT_HELP)


def _readers(kind: str) -> CombinedExpression:
    """Count the readers who said this: those that can be told apart once each, the others each time."""
    said = Q(kind=kind)
    known = Count("person", distinct=True, filter=said & ~Q(person=b""))
    return known + Count("id", filter=said & Q(person=b""))
