"""Interpreting what came in, one message after the other, each by the channel it came by; none blocks the next."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from aanspreekpunt.intake.channels.email.reading.mail import TOO_LARGE, Unreadable
from aanspreekpunt.intake.channels.email.too_large import take_in_beginning
from aanspreekpunt.intake.channels.email.understanding import understand as understand_mail
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.messaging.arriving import (
    ClaimIsLost,
    claim_arrival,
    note_owner,
    quarantine,
    quarantined_without_owner,
)
from aanspreekpunt.promises.operations import receive_question
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.intake import Asked
from aanspreekpunt.questions.refusals import AlreadyAsked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from aanspreekpunt.messaging.models import Arrival

log = structlog.get_logger("aanspreekpunt.intake")

CHANNELS: Final[Mapping[str, Callable[..., None]]] = {"email": understand_mail}
"""Who interprets an arrival, by the first word of the account it came by."""
BEGINNINGS: Final[Mapping[str, Callable[..., None]]] = {"email": take_in_beginning}
"""Who takes in the beginning of a message that is too large to be taken in whole."""

UNKNOWN_CHANNEL: Final = "unknown_channel"
FAILED: Final = "failed"
LOOKED_AT: Final = 20_000
"""So many bytes of what could not be read are shown to who looks at it; the rest can be downloaded."""


def understand_waiting(*, clock: Callable[[], datetime], most: int = 1000) -> int:
    """Interpret what waits until nothing does, or `most` were done. Returns how many. Any number may do so at once."""
    done = 0
    while done < most and (arrival := claim_arrival(at=clock())) is not None:
        _understand(arrival, at=clock())
        done += 1
    for arrival in quarantined_without_owner()[:most]:
        with suppress(AlreadyAsked):  # by another, at this very moment
            if not _begins_well(arrival, at=clock()):
                _ask_somebody(arrival, at=clock())
    return done


def _understand(arrival: Arrival, *, at: datetime) -> None:
    interpret = CHANNELS.get(arrival.account.split("/", 1)[0])
    if interpret is None:
        quarantine(arrival=arrival, reason=UNKNOWN_CHANNEL, at=at)
        return
    try:
        interpret(arrival=arrival, at=at)
    except Unreadable as error:
        quarantine(arrival=arrival, reason=error.reason, at=at)
    except ClaimIsLost:
        log.warning("arrival_claim_lost", arrival=str(arrival.uuid))
    except OperationalError as error:  # the database was busy or away: when the claim is over it is tried again
        log.warning("arrival_not_now", arrival=str(arrival.uuid), error=type(error).__name__)
    except Exception:  # whatever is wrong with one message, the next one must not wait for it
        log.exception("arrival_not_understood", arrival=str(arrival.uuid))
        quarantine(arrival=arrival, reason=FAILED, at=at)


def _begins_well(arrival: Arrival, *, at: datetime) -> bool:
    """Have the beginning of a message that is too large taken in. Returns False when there is no such beginning."""
    take_in = BEGINNINGS.get(arrival.account.split("/", 1)[0]) if arrival.reason == TOO_LARGE else None
    if take_in is None:
        return False
    try:
        take_in(arrival=arrival, at=at)
    except Unreadable:
        return False
    except AlreadyAsked:
        raise
    except Exception:  # whatever is wrong with its beginning, somebody must look at it
        log.exception("arrival_begins_badly", arrival=str(arrival.uuid))
        return False
    return True


@transaction.atomic
def _ask_somebody(arrival: Arrival, *, at: datetime) -> None:
    """Open a question for a message that could not be read, with what can be seen of it, so that it gets an answer."""
    with override("nl"):
        subject = _("A message that could not be read")
        text = _("We could not read this message. This is what can be seen of it; the whole message is kept.")
    seen = bytes(arrival.raw or b"")[:LOOKED_AT].decode("utf-8", "replace").replace("\x00", "")
    registered = receive_question(
        asked=Asked(
            subject=subject,
            text=f"{text}\n\n{seen}",
            channel=Channel.EMAIL,
            intake_account="email",
            intake_id=str(arrival.uuid),
            is_quiet=True,
        ),
        by=SYSTEM,
        at=at,
    )
    note_owner(arrival=arrival, about=registered.question)
