"""Which answers were given and settled it, and which were given and came back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from aanspreekpunt.knowledge.models import Use
from aanspreekpunt.knowledge.queries.demand import USES_READ, latest_uses, shown_versions_of
from aanspreekpunt.questions.coming_back import WITHIN, came_back

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aanspreekpunt.knowledge.models import Version
    from aanspreekpunt.knowledge.queries.demand import Given
    from aanspreekpunt.organisation.models import Employee

LOOKED_BACK = timedelta(days=90)
SHOWN = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerUsed:
    """How one answer did: how often it was given, came back within a week, and what readers said."""

    key: str
    url: str
    question: str
    given: int
    came_back: int
    helped: int
    did_not_help: int

    @property
    def settled(self) -> int:
        """How often it was given and did not come back."""
        return self.given - self.came_back

    @property
    def disappointed(self) -> int:
        """How often it was of no use, as far as we know."""
        return self.came_back + self.did_not_help


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
    most_settled = sorted(counted.items(), key=lambda one: (-_settled(one[1]), one[0]))[:SHOWN]
    most_disappointing = sorted(counted.items(), key=lambda one: (-_disappointed(one[1]), one[0]))[:SHOWN]
    versions = shown_versions_of({pk for pk, _ in [*most_settled, *most_disappointing]})
    return Usage(
        settled=tuple(_used(versions[pk], count) for pk, count in most_settled if pk in versions and _settled(count)),
        disappointing=tuple(
            _used(versions[pk], count) for pk, count in most_disappointing if pk in versions and _disappointed(count)
        ),
        is_cut=len(uses) == USES_READ,
        most=USES_READ,
    )


def _counted(uses: Iterable[Given]) -> dict[int, Counter[str]]:
    given = list(uses)
    answered = {one.question_id: one.at for one in given if one.question_id is not None}
    back = came_back(answered, within=WITHIN)
    counted: dict[int, Counter[str]] = {}
    for one in given:
        counts = counted.setdefault(one.article_id, Counter())
        counts[one.kind] += 1
        counts["came_back"] += one.kind == Use.Kind.GIVEN and one.question_id in back
    return counted


def _settled(count: Counter[str]) -> int:
    return count[Use.Kind.GIVEN] - count["came_back"]


def _disappointed(count: Counter[str]) -> int:
    return count["came_back"] + count[Use.Kind.DID_NOT_HELP]


def _used(version: Version, count: Counter[str]) -> AnswerUsed:
    return AnswerUsed(
        key=version.article.key,
        url=reverse("desk:answer", args=[version.article.key]),
        question=version.shown_question,
        given=count[Use.Kind.GIVEN],
        came_back=count["came_back"],
        helped=count[Use.Kind.HELPED],
        did_not_help=count[Use.Kind.DID_NOT_HELP],
    )
