"""The one door to a resident's question: the right that number and code gave this visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.portal.visit import followed_question_id
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest


def followed_question(request: HttpRequest, *, at: datetime) -> Question | None:
    """Return the question this visitor may follow now, confidential or not."""
    question_id = followed_question_id(request, at=at)
    if question_id is None:
        return None
    related = Question.objects.select_related("product", "owner", "feedback", "duplicate_of")
    return related.filter(pk=question_id).first()
