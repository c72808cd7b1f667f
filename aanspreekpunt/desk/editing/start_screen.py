"""What stands on start screens about answers: proposals to judge, replies to one's own, and the work answers make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from aanspreekpunt.desk.editing.demand import SEARCHED_WITHIN
from aanspreekpunt.knowledge.queries.demand import searches_without_answer
from aanspreekpunt.knowledge.queries.lists import Rank, Show, answers_for_editor
from aanspreekpunt.knowledge.queries.local_values import unconfirmed_values
from aanspreekpunt.knowledge.queries.work import (
    chores_for,
    drafts_by,
    proposals_on_start_of,
    proposals_to_judge,
    versions_to_review,
)

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee

SHOWN = 10
SHOWN_BESIDE = 5


def answers_beside(employee: Employee) -> dict[str, Any]:
    """Return what anybody has to do with answers, for a corner of his start screen. Two queries for most."""
    to_judge, replies = proposals_on_start_of(employee, limit=SHOWN_BESIDE)
    return {
        "to_judge": to_judge,
        "replies": replies,
        "chores": chores_for(employee, limit=SHOWN_BESIDE),
    }


def start_of_editor(employee: Employee, *, now: datetime) -> dict[str, Any]:
    """Return the work of somebody who edits answers, most urgent first. A fixed number of queries."""
    today = localdate(now)
    _own, replies = proposals_on_start_of(employee, limit=SHOWN)
    return {
        "to_judge": proposals_to_judge(employee, limit=SHOWN),
        "replies": replies,
        "reviews": versions_to_review(employee, limit=SHOWN),
        "drafts": drafts_by(employee, limit=SHOWN),
        "expiring": answers_for_editor(employee, show=Show(rank=Rank.EXPIRING), on=today, limit=SHOWN),
        "chores": chores_for(employee, limit=SHOWN),
        "values": unconfirmed_values(on=today, limit=SHOWN),
        "searches": searches_without_answer(since=localdate(now - SEARCHED_WITHIN), limit=SHOWN),
        "today": today,
    }
