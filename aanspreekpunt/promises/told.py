"""What a letter tells of, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.questions.intake import NOTHING_LEFT_OUT

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.promises.models import Promise
    from aanspreekpunt.questions.intake import LeftOut
    from aanspreekpunt.questions.models import Attachment, Contact, Participant, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a letter tells of; each kind uses what it needs."""

    question: Question
    contact: Contact | None = None
    participant: Participant | None = None
    promise: Promise | None = None
    team: Team | None = None
    into: Question | None = None
    due_at: datetime | None = None
    files: tuple[Attachment, ...] = ()
    left_out: LeftOut = NOTHING_LEFT_OUT

    @property
    def asked(self) -> str:
        """What it was about, in the language of the letter where we have the words for it."""
        product = self.question.product
        return product.shown_name if product and product.name == self.question.subject else self.question.subject
