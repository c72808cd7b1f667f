"""How a question stands, told to the resident in two sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.promises.letter_texts import promise_in_words
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.timeline.resident import outcome_in_words
from aanspreekpunt.questions.choices import State
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.questions.models import Question


@dataclass(frozen=True, slots=True)
class Standing:
    """In a few words how it stands, what was promised, and what we asked the resident if we wait for that."""

    title: str
    sentence: str
    asked: str = ""
    is_late: bool = False


def standing_of(question: Question, *, at: datetime) -> Standing:
    """Return how `question` stands at this moment. Two queries at most."""
    if question.is_settled:
        return Standing(_("Your question is settled"), _ending(question))
    promise = Promise.objects.select_related("team").get(question=question, state=Promise.State.OPEN)
    sentence = promise_in_words(promise)
    if question.state == State.AWAITING_RESIDENT:
        return Standing(_("We need something from you"), sentence, asked=_last_asked(question))
    title = _("We work on your question") if question.state == State.IN_HAND else _("We have your question")
    return Standing(title, sentence, is_late=promise.due_at < at)


def _ending(question: Question) -> str:
    if question.duplicate_of is not None:
        number = question.duplicate_of.shown_reference
        return _("We go on with this under number %(number)s. Do you have no code for it? Call us.") % {
            "number": number
        }
    return outcome_in_words(question.outcome, note=question.outcome_note)


def _last_asked(question: Question) -> str:
    asked = Contact.objects.filter(question=question, direction=Contact.Direction.OUT).order_by("-id").first()
    return asked.text if asked else ""
