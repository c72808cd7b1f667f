"""To which question a mail belongs: by what only we can have put in a mail of ours, never by what anybody can write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aanspreekpunt.messaging.threads import delivery_named
from aanspreekpunt.promises.letters import TO_STAFF
from aanspreekpunt.questions.mail_marks import marked_reference, references_in
from aanspreekpunt.questions.models import MailBody, Question

if TYPE_CHECKING:
    from aanspreekpunt.intake.channels.email.reading.mail import Mail
    from aanspreekpunt.messaging.models import Delivery

MOST_REFERENCES = 50
"""A header with more was not made by a mail program."""

MOST_LOOKED_UP = 5


@dataclass(frozen=True)
class Thread:
    """Where a mail belongs. `question` is certain; `hint` is what its sender may be writing about."""

    question: Question | None = None
    delivery: Delivery | None = None
    hint: Question | None = None

    @property
    def is_to_staff(self) -> bool:
        """Whether it replies to a letter of ours to colleagues: then it is no resident's word."""
        return self.delivery is not None and self.delivery.kind in TO_STAFF


def thread_of(mail: Mail, *, about: str = "") -> Thread:
    """Return where a mail belongs: by our Message-ID in its references, else by the mark in its subject.

    `about` is the Message-ID of the mail that a report is about, which stands elsewhere.
    """
    for message_id in (about, *_replied_to(mail)):
        delivery = delivery_named(message_id)
        if delivery is not None:
            question = _question(pk=delivery.about_id) if delivery.about_kind == "question" else None
            return Thread(question=question, delivery=delivery)
    reference = marked_reference(mail.subject)
    if reference:
        return Thread(question=_question(reference=reference))
    return Thread(hint=_hinted(mail))


def _replied_to(mail: Mail) -> list[str]:
    """Return what it replies to, the nearest first: then the references backwards."""
    return list(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references[-MOST_REFERENCES:]))))


def _hinted(mail: Mail) -> Question | None:
    for reference in references_in(mail.subject)[:1]:
        question = _question(reference=reference)
        if question is not None:
            return question
    replied_to = _replied_to(mail)[:MOST_LOOKED_UP]
    earlier = MailBody.objects.filter(message_id__in=replied_to).exclude(message_id="") if replied_to else None
    body = earlier.select_related("contact__question").first() if earlier is not None else None
    return body.contact.question if body else None


def _question(**known_by: object) -> Question | None:
    return Question.objects.filter(**known_by).first()
