"""Opening a question with its number and code, such that a wrong guess tells nothing."""

from __future__ import annotations

from typing import Final

from aanspreekpunt.common.follow_codes import follow_code_matches
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.operations import follow_code_key

_OF_NO_QUESTION: Final = "0" * 64


def question_followed_by(*, reference: str, code: str) -> Question | None:
    """Return the question with this reference when `code` is its code; confidential or not.

    Whether the reference does not exist or the code is wrong makes no difference: one query and one comparison.
    """
    question = Question.objects.filter(reference=reference).first()
    stored = question.follow_code_hash if question else _OF_NO_QUESTION
    matches = follow_code_matches(code, stored_hash=stored, key=follow_code_key())
    return question if matches else None
