"""Builders for tests of the desk: questions that came in lately, as the screens show them now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import make_asked

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee, Team
    from aanspreekpunt.questions.models import Question


def make_question(*, to: Team, by: Employee, days_ago: float = 0, **fields: Any) -> Question:
    """Make a question that was handed over to `to` so many days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    return operations.register_and_hand_over(
        asked=make_asked(**fields), to=to, asks="Zoek dit uit", by=by, at=at
    ).question


def make_desk_question(*, by: Employee, days_ago: float = 0, **fields: Any) -> Question:
    """Make a question that waits at the desk."""
    return operations.keep_at_desk(
        asked=make_asked(**fields), by=by, at=timezone.now() - timedelta(days=days_ago)
    ).question
