"""What a resident writes back: to an open question, to a settled one, or only to thank us."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from aanspreekpunt.journal.operations import record
from aanspreekpunt.promises import letters
from aanspreekpunt.promises.operations.asking_back import receive_addition
from aanspreekpunt.promises.operations.registering import handed_in_once
from aanspreekpunt.promises.operations.renewing import reopen
from aanspreekpunt.promises.rules.writing_back import WritingBack, what_writing_back_does
from aanspreekpunt.questions.operations import locked, write_contact
from aanspreekpunt.questions.queries import customer_of

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.questions.intake import LeftOut
    from aanspreekpunt.questions.models import Contact, Question


@handed_in_once()
def receive_reply(
    *,
    question: Question,
    text: str,
    channel: str,
    intake_account: str,
    intake_id: str,
    is_thanks: bool = False,
    is_quiet: bool = False,
    by: Actor,
    at: datetime,
) -> tuple[Question, WritingBack]:
    """Take in a reply to a letter of ours, by the rule in `what_writing_back_does`.

    Returns the question it went to (a duplicate's reply goes to the one it goes on in) and what followed. On
    `ASKS_ANEW` nothing was done: the caller registers a new question and links it. With `is_quiet` no letter is sent.
    """
    question = _where_it_goes_on(locked(question))
    follows = what_writing_back_does(settled_at=question.settled_at, is_thanks=is_thanks, at=at)
    if follows is WritingBack.ASKS_ANEW:
        return question, follows
    keep = partial(receive_addition, channel=channel, intake_account=intake_account, intake_id=intake_id, by=by, at=at)
    if follows is WritingBack.THANKS:
        keep = partial(_keep_thanks, channel=channel, intake_account=intake_account, intake_id=intake_id, by=by, at=at)
    if follows is WritingBack.REOPENS:
        with override(question.language):
            reason = _("You wrote to us again about this.")
        question = reopen(question=question, reason=reason, is_quiet=is_quiet, by=by, at=at)
    return keep(question=question, text=text), follows


def tell_what_was_left_out(*, contact: Contact, to: str, left_out: LeftOut, at: datetime) -> bool:
    """Tell who added something to his question what of it we could not take in; nobody else. Returns whether we did."""
    question = contact.question
    if not left_out.files or question is None or customer_of(question).email != to:
        return False
    letters.send_left_out(question=question, contact=contact, left_out=left_out, to=to, at=at)
    return True


def _where_it_goes_on(question: Question) -> Question:
    while question.duplicate_of is not None:
        question = locked(question.duplicate_of)
    return question


def _keep_thanks(
    *, question: Question, text: str, channel: str, intake_account: str, intake_id: str, by: Actor, at: datetime
) -> Question:
    contact, _participant = write_contact(
        question=question,
        channel=channel,
        text=text.strip(),
        customer=customer_of(question),
        intake_account=intake_account,
        intake_id=intake_id,
        by=by,
        at=at,
    )
    data = {"contact": contact.pk, "channel": contact.channel}
    record("resident.thanked", subject=question, team_id=question.owner_id, data=data, told_resident=True, by=by, at=at)
    return question
