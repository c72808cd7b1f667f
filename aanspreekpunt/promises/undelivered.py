"""Letters that did not arrive: the team that has the question must know, and tell the resident in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.messaging.rules import says_address_is_wrong
from aanspreekpunt.parties.operations import mark_bounced
from aanspreekpunt.promises.operations.renewing import reopen
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.messaging.models import Delivery


ANSWERS = frozenset({"answer", "answer_at_once"})
"""Letters without which the resident has no answer."""


def note_undelivered(*, delivery: Delivery, code: str, at: datetime) -> None:
    """Write in the journal of its question that a letter failed, or that nobody knows whether it arrived.

    When it failed because of the address, that counts as one that does not work. A question whose answer failed is
    opened again, for its resident has none.
    """
    question = Question.objects.select_related("party").filter(pk=delivery.about_id or 0).first()
    if question is None:
        return
    has_failed = delivery.state == delivery.State.FAILED
    data = {"letter": delivery.kind, "delivery": delivery.pk, "code": code}
    event = "letter.failed" if has_failed else "letter.uncertain"
    record(event, subject=question, team_id=question.owner_id, data=data, by=SYSTEM, at=at)
    if not has_failed:
        return
    if question.party is not None and says_address_is_wrong(code):
        mark_bounced(party=question.party, address=delivery.to_address, at=at)
    if question.is_settled and question.duplicate_of_id is None and delivery.kind in ANSWERS:
        with override("nl"):
            reason = _("Our answer did not arrive by e-mail. Give it in another way.")
        reopen(question=question, reason=reason, is_quiet=True, by=SYSTEM, at=at)
