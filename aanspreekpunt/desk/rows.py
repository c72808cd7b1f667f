"""Questions as a list shows them: each with its urgency and time left in words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanspreekpunt.common.references import format_reference
from aanspreekpunt.desk.times import Speaker
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.promises.rules.urgency import Urgency, UrgencyLimits, urgency_limits
from aanspreekpunt.questions.choices import State
from aanspreekpunt.queues.queries import COUNT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from aanspreekpunt.organisation.listed import TeamListed
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.organisation.rules import Calendar
    from aanspreekpunt.queues.queries import QueueRow


def shown_count(count: int) -> str:
    """Return a bounded count as shown: "1000+" when there was more than we counted."""
    return f"{COUNT_LIMIT}+" if count > COUNT_LIMIT else str(count)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One question in a list: everything that decides how it is drawn. What follows from that is worked out then."""

    question: QueueRow
    urgency: str
    time_left: str
    window: str
    is_mine: bool

    @property
    def url(self) -> str:
        return reverse("desk:question", args=[self.question.reference])

    @property
    def reference(self) -> str:
        return format_reference(self.question.reference)

    @property
    def urgency_label(self) -> str:
        return urgency_labels()[self.urgency]

    @property
    def owner(self) -> str:
        return (get_language() == "en" and self.question.owner_name_en) or self.question.owner_name

    @property
    def product(self) -> str:
        return (get_language() == "en" and self.question.product_name_en) or self.question.product_name or ""


def limits_of(teams: Iterable[Team | TeamListed], *, now: datetime) -> dict[int, UrgencyLimits]:
    """Return by team where urgency begins and ends at this moment, counted in the team's own open hours."""
    minute = now.replace(second=0, microsecond=0)
    return {team.pk: _limits_at(minute, calendar_of(team)) for team in teams}


@lru_cache(maxsize=2**10)
def _limits_at(minute: datetime, calendar: Calendar) -> UrgencyLimits:
    """Urgency changes by the minute, and every screen of that minute asks for the same teams."""
    return urgency_limits(at=minute, calendar=calendar)


def rows_of(
    questions: Iterable[QueueRow], *, limits: Mapping[int, UrgencyLimits], reader: Employee, now: datetime
) -> list[Row]:
    """Return these questions as a list shows them to `reader`."""
    speaker = Speaker.at(now)
    return [
        Row(
            question=question,
            urgency=_urgency(question, limits, now),
            time_left=speaker.time_left(question.due_at),
            window=_window_of(question, speaker),
            is_mine=question.holder_id == reader.pk,
        )
        for question in questions
    ]


def _window_of(question: QueueRow, speaker: Speaker) -> str:
    if question.promise_kind != "callback" or question.starts_at is None:
        return ""
    return speaker.window(question.starts_at, question.due_at)


def _urgency(question: QueueRow, limits: Mapping[int, UrgencyLimits], now: datetime) -> str:
    if question.state == State.AWAITING_RESIDENT:
        return "rests"
    of_team = limits.get(question.owner_id)
    if of_team is None:
        return Urgency.OVERDUE if question.due_at < now else Urgency.LATER
    return of_team.urgency_of(question.due_at)


def urgency_labels() -> dict[str, str]:
    """Return what each band is called, because colour alone says nothing to many people."""
    return {
        Urgency.OVERDUE: _("Too late"),
        Urgency.NOW: _("Now"),
        Urgency.SOON: _("Soon"),
        Urgency.LATER: _("Later"),
        "rests": _("Resident's turn"),
    }
