"""Taking in what we have of a mail that is too large: its beginning, and a letter to its sender that tells so, once.

Over SMTP and LMTP a mail that is too large is refused at the door, and never comes here. In a mailbox it is known by
the size the server tells; only its beginning is fetched, and the whole stays there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from aanspreekpunt.common.transactions import one_transaction
from aanspreekpunt.intake.channels.email.caps import take_turns
from aanspreekpunt.intake.channels.email.mailboxes import most_megabytes_of
from aanspreekpunt.intake.channels.email.reading import read_mail
from aanspreekpunt.intake.channels.email.reading.limits import BEGINNING, RAW
from aanspreekpunt.intake.channels.email.reading.subjects import bare_subject
from aanspreekpunt.intake.channels.email.senders import customer_of, team_written_to
from aanspreekpunt.intake.channels.email.understanding import ACCOUNT, Received, keep_body
from aanspreekpunt.journal.actors import RESIDENT, SYSTEM
from aanspreekpunt.messaging.arriving import note_owner
from aanspreekpunt.promises.operations import Registered, receive_question
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.intake import Asked, LeftOut
from aanspreekpunt.questions.operations import link_what_belongs_together

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.messaging.models import Arrival

_MOST_READ: Final = RAW // 1_000_000
"""The megabytes of the largest mail we read, whatever the file with mailboxes allows."""


def take_in_beginning(*, arrival: Arrival, at: datetime) -> None:
    """Open a question for a mail that is too large, with the words we have, and tell its sender what is missing.

    Its sender hears of it only as he would get a receipt: never a machine, and within the same caps. Raises
    `Unreadable` when not even the beginning says anything; then nothing changed.
    """
    received = Received(arrival, read_mail(bytes(arrival.raw or b"")[:BEGINNING]), at)
    with one_transaction():
        take_turns(received.answer_to or received.sender)
        is_quiet = not received.may_be_answered or received.thread.is_to_staff
        registered = _ask(received, is_quiet=is_quiet)
        keep_body(received, registered.contact)
        note_owner(
            arrival=arrival,
            about=registered.question,
            sender=received.answer_to or received.sender,
            subject_key=received.subject_key,
            is_answered=not is_quiet,
        )


def _ask(received: Received, *, is_quiet: bool) -> Registered:
    with override(received.language):
        subject = bare_subject(received.mail.subject) or _("Mail without a subject")
        missing = _("(This mail was too large. We have only the beginning of it.)")
    registered = receive_question(
        asked=Asked(
            subject=subject,
            text=f"{received.words}\n\n{missing}",
            channel=Channel.EMAIL,
            customer=customer_of(received.mail, envelope_from=received.arrival.envelope_from),
            language=received.language,
            intake_account=ACCOUNT,
            intake_id=received.intake_id,
            is_quiet=is_quiet,
            left_out=LeftOut(is_too_large=True, most_megabytes=_limit_of(received.arrival.account)),
        ),
        to=team_written_to(received.mail, received.arrival),
        by=RESIDENT,
        at=received.at,
    )
    belongs_to = received.thread.question or received.thread.hint
    if belongs_to is not None and not received.thread.is_to_staff:
        link_what_belongs_together(question=registered.question, other=belongs_to, by=SYSTEM, at=received.at)
    return registered


def _limit_of(account: str) -> int:
    return min(most_megabytes_of(account), _MOST_READ)
