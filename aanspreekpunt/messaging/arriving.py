"""Storing what comes in, once and before anything else, and seeing to it that each message is interpreted or set apart.

An arrival is waiting until somebody interpreted it; that happens in one transaction with what comes of it. Whoever
begins says so first, so that a message at which interpreters keep dying is set apart instead of tried for ever.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import structlog
from django.db import transaction

from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.messaging.nudge import UNDERSTAND
from aanspreekpunt.messaging.refusals import NotInQuarantine
from aanspreekpunt.messaging.rules import MOST_INTERPRETATIONS, TIME_TO_INTERPRET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Model, QuerySet

log = structlog.get_logger("aanspreekpunt.messaging")

State = Arrival.State
DIED: Final = "interpreter_died"


class ClaimIsLost(Exception):
    """Somebody else concluded that we were gone, and took this message over; what we did must be undone."""


def store_arrival(
    *,
    account: str,
    external_id: str,
    raw: bytes,
    envelope_from: str = "",
    envelope_to: Sequence[str] = (),
    quarantined_for: str = "",
    at: datetime,
) -> bool:
    """Store one message as it was delivered. Returns whether it is new: the same one again is harmless.

    When this returned outside a transaction, the message is on disk, and whoever delivered it may forget it. One that
    could not be taken in whole goes into quarantine at once, with the reason in `quarantined_for`.
    """
    UNDERSTAND.after_commit()
    apart = {"state": State.QUARANTINED, "reason": quarantined_for, "ended_at": at} if quarantined_for else {}
    arrival = Arrival(
        account=account,
        external_id=external_id,
        sha256=hashlib.sha256(raw).digest(),
        size=len(raw),
        raw=raw,
        envelope_from=envelope_from,
        envelope_to=list(envelope_to),
        arrived_at=at,
        next_attempt_at=at,
        **apart,
    )
    Arrival.objects.bulk_create([arrival], ignore_conflicts=True)
    return Arrival.objects.filter(uuid=arrival.uuid).exists()


def claim_arrival(*, at: datetime) -> Arrival | None:
    """Take the next message that waits to be interpreted, so that nobody else does; committed before it is begun.

    Those at which interpreters died too often go into quarantine on the way. One exchange with the database.
    """
    values = {"at": at, "gone": at - TIME_TO_INTERPRET, "most": MOST_INTERPRETATIONS}
    while claimed := list(Arrival.objects.raw(_CLAIM, values)):
        (arrival,) = claimed
        if not arrival.is_hopeless:  # type: ignore[attr-defined]  # as the query calls it
            return arrival
        _quarantine(arrival, reason=DIED, at=at)
    return None


_CLAIM: Final = """
    WITH next AS MATERIALIZED (
        SELECT id, attempts >= %(most)s AS is_hopeless
        FROM messaging_arrival
        WHERE state = 'waiting' AND next_attempt_at <= %(at)s AND (claimed_at IS NULL OR claimed_at < %(gone)s)
        ORDER BY next_attempt_at, id
        LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
    UPDATE messaging_arrival
    SET attempts = attempts + CASE WHEN is_hopeless THEN 0 ELSE 1 END, claimed_at = %(at)s
    FROM next
    WHERE messaging_arrival.id = next.id
    RETURNING messaging_arrival.*, is_hopeless, set_config('synchronous_commit', 'off', true)
"""
"""The claim need not be on disk before the work begins: what the work changes is committed after it, and a database
that falls over within the same second only forgets that the work was begun."""


def note_understood(
    *,
    arrival: Arrival,
    became: str,
    reason: str = "",
    about: Model | None = None,
    sender: str = "",
    subject_key: bytes = b"",
    is_answered: bool = False,
    at: datetime,
) -> None:
    """Note what a message turned out to be, in the transaction that did what follows from it.

    Raises `ClaimIsLost` when somebody else took it over meanwhile; then that transaction must be given up.
    """
    mine = Arrival.objects.filter(pk=arrival.pk, state=State.WAITING, attempts=arrival.attempts)
    is_mine = mine.update(
        state=State.UNDERSTOOD,
        became=became,
        reason=reason,
        sender=sender,
        subject_key=subject_key,
        is_answered=is_answered,
        about_kind=(about._meta.model_name or "") if about is not None else "",
        about_id=about.pk if about is not None else None,
        ended_at=at,
    )
    if not is_mine:
        raise ClaimIsLost


@transaction.atomic
def quarantine(*, arrival: Arrival, reason: str, at: datetime) -> bool:
    """Set a message apart that cannot be read, whole, with the reason. Returns False when the claim was lost."""
    mine = Arrival.objects.select_for_update().filter(pk=arrival.pk, state=State.WAITING, attempts=arrival.attempts)
    held = mine.first()
    if held is None:
        return False
    _quarantine(held, reason=reason, at=at)
    return True


@transaction.atomic
def try_again(*, arrival: Arrival, at: datetime) -> Arrival:
    """Have a message in quarantine interpreted once more, after what stood in its way was mended."""
    arrival = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if arrival.state != State.QUARANTINED:
        raise NotInQuarantine
    arrival.state, arrival.ended_at, arrival.attempts = State.WAITING, None, 0
    arrival.next_attempt_at, arrival.claimed_at = at, None
    arrival.save(update_fields=["state", "ended_at", "attempts", "next_attempt_at", "claimed_at"])
    UNDERSTAND.after_commit()
    return arrival


def quarantined_without_owner() -> QuerySet[Arrival]:
    """Return the messages in quarantine that nobody was asked to look at yet, oldest first."""
    return Arrival.objects.filter(state=State.QUARANTINED, about_id=None).order_by("id")


def note_owner(
    *, arrival: Arrival, about: Model, sender: str = "", subject_key: bytes = b"", is_answered: bool = False
) -> None:
    """Note what was opened for a message in quarantine, so that somebody looks at it; and whom we told of it."""
    Arrival.objects.filter(pk=arrival.pk).update(
        about_kind=about._meta.model_name or "",
        about_id=about.pk,
        sender=sender,
        subject_key=subject_key,
        is_answered=is_answered,
    )


def _quarantine(arrival: Arrival, *, reason: str, at: datetime) -> None:
    arrival.state, arrival.reason, arrival.ended_at = State.QUARANTINED, reason, at
    arrival.save(update_fields=["state", "reason", "ended_at"])
    log.warning("mail_quarantined", arrival=str(arrival.uuid), reason=reason)
