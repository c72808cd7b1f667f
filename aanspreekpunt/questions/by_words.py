"""Earlier questions about the same, by the words of their subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery, SearchVector

from aanspreekpunt.questions.access import questions_visible_to

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question

SUBJECT_WORDS = SearchVector("subject", config="dutch")
"""The index on questions has exactly this expression."""

FEW = 5_000
"""So many questions can be fetched by the index and sorted; of more common words the newest questions have enough."""


def earlier_questions(text: str, *, visible_to: Employee, limit: int = 10) -> list[Question]:
    """Return the newest questions whose subject has all words of `text`, of those that `visible_to` may see.

    Words that very many questions have are looked for in the newest `FEW` questions only. Two queries, each bounded:
    sorting by age first would walk the whole table for a word that only old questions have.
    """
    wanted = SearchQuery(text[:200], config="dutch")
    visible = questions_visible_to(visible_to)
    having = visible.annotate(words=SUBJECT_WORDS).filter(words=wanted)
    ids = list(having.values_list("pk", flat=True).order_by()[:FEW])
    if len(ids) == FEW:
        newest = visible.order_by("-pk").values("pk")[:FEW]
        found = having.filter(pk__in=newest)
    else:
        found = having.filter(pk__in=sorted(ids, reverse=True)[:limit])
    return list(found.select_related("owner").order_by("-pk")[:limit])
