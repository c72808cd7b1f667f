"""Which answers were given and settled it, and which came back or did not help."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from aanspreekpunt.knowledge.models import Use
from aanspreekpunt.knowledge.queries.demand import USES_READ, latest_uses, shown_versions_of
from aanspreekpunt.questions.coming_back import WITHIN, came_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aanspreekpunt.knowledge.models import Version
    from aanspreekpunt.knowledge.queries.demand import Given
    from aanspreekpunt.organisation.models import Employee

LOOKED_BACK = timedelta(days=90)
SEARCHED_WITHIN = timedelta(days=30)
SHOWN = 25


@dataclass(slots=True)
class Count:
    """How one answer did: how often it was given, came back within a week, and what readers said."""

    given: int = 0
    came_back: int = 0
    helped: int = 0
    did_not_help: int = 0

    @property
    def settled(self) -> int:
        """How often it was given and did not come back."""
        return self.given - self.came_back

    @property
    def disappointed(self) -> int:
        """How often it was of no use, as far as we know."""
        return self.came_back + self.did_not_help

    @property
    def disappointment(self) -> float:
        """How often it was of no use, the more so the less often it was of use: what many read disappoints some."""
        return self.disappointed**2 / (self.given + self.helped + self.did_not_help)


@dataclass(frozen=True, slots=True)
class AnswerUsed:
    """An answer, as one recognises it, and how it did."""

    key: str
    url: str
    question: str
    count: Count


@dataclass(frozen=True, slots=True)
class Usage:
    """The answers that settled most, those that disappointed most, and whether older uses were left out."""

    settled: tuple[AnswerUsed, ...]
    disappointing: tuple[AnswerUsed, ...]
    is_cut: bool
    most: int


def usage_for(employee: Employee, *, now: datetime) -> Usage:
    """Return how the answers did that `employee` may write. At most five queries, however many uses there are."""
    uses = latest_uses(employee, since=now - LOOKED_BACK)
    counted = _counted(uses)
    settled = sorted(counted, key=lambda pk: (-counted[pk].settled, pk))[:SHOWN]
    disappointing = sorted(counted, key=lambda pk: (-counted[pk].disappointment, pk))[:SHOWN]
    versions = shown_versions_of({*settled, *disappointing})
    return Usage(
        settled=tuple(_used(versions[pk], counted[pk]) for pk in settled if counted[pk].settled and pk in versions),
        disappointing=tuple(
            _used(versions[pk], counted[pk]) for pk in disappointing if counted[pk].disappointed and pk in versions
        ),
        is_cut=len(uses) == USES_READ,
        most=USES_READ,
    )


def _counted(uses: Sequence[Given]) -> dict[int, Count]:
    back = came_back({one.question_id: one.at for one in uses if one.question_id is not None}, within=WITHIN)
    counted: dict[int, Count] = defaultdict(Count)
    for one in uses:
        count = counted[one.article_id]
        if one.kind == Use.Kind.GIVEN:
            count.given += 1
            count.came_back += one.question_id in back
        elif one.kind == Use.Kind.HELPED:
            count.helped += 1
        else:
            count.did_not_help += 1
    return counted


def _used(version: Version, count: Count) -> AnswerUsed:
    key = version.article.key
    return AnswerUsed(key, reverse("desk:answer", args=[key]), version.shown_question, count)
