"""Sending what waits in the outbox: each mail exactly once, or, when nobody can know, in doubt and on the record.

A mail goes from waiting to sending (claimed), to uncertain (committed right before the end of the mail goes over the
line), and from there, by the server's answer, to sent, back to waiting, or failed. Whoever dies while sending left
nothing behind at the server; whoever dies after that may have. See docs/decisions/0008-each-mail-once-or-in-doubt.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F
from django.utils.module_loading import import_string

from aanspreekpunt.messaging.destinations import closed, has_room, note_acceptance, note_refusal
from aanspreekpunt.messaging.mail_server import NotAccepted, PerhapsAccepted, mail_server
from aanspreekpunt.messaging.models import Attempt, Delivery
from aanspreekpunt.messaging.refusals import AlreadyOnItsWay, NotInDoubt
from aanspreekpunt.messaging.rules import LEASE, WAIT_AFTER_BOUNCE, wait_after
from aanspreekpunt.messaging.writing import AddressIsWrong, EnclosureIsGone, has_secrets, mail_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from aanspreekpunt.messaging.mail_server import MailServer

log = structlog.get_logger("aanspreekpunt.messaging")

State = Delivery.State
GAVE_UP: Final = "gave up"
DIED: Final = "sender died"
WHAT_IS_WRONG: Final = {EnclosureIsGone: "file gone", AddressIsWrong: "5.1.3"}
"""Why a mail cannot be made: a word of ours, or the enhanced status for a bad address, RFC 3463."""
MOST_IN_A_ROUND: Final = 500


class ClaimLost(Exception):
    """Somebody else concluded that we were gone, and took this mail over; we may not finish it."""


def send_waiting(*, clock: Callable[[], datetime], most: int = MOST_IN_A_ROUND) -> int:
    """Send what waits, one by one, until nothing is due, the server is away, or `most` were tried. Returns how many.

    Any number of processes may do this at once. `clock` gives the time, which passes while we send.
    """
    tried = 0
    with mail_server() as server:
        while tried < most:
            delivery = claim_next(at=clock())
            if delivery is None:
                break
            tried += 1
            if not _try(server, delivery, clock=clock):
                break
    return tried


def claim_next(*, at: datetime) -> Delivery | None:
    """Take the next mail that is due and may go to its domain, so that nobody else sends it."""
    while True:
        # Each look by itself: who held the turns of two domains could wait in a circle with somebody else.
        with transaction.atomic():
            delivery = _next_due(at=at)
            if delivery is None:
                return None
            if has_room(delivery.domain, at=at):
                delivery.state, delivery.claimed_at = State.SENDING, at
                delivery.attempts += 1
                delivery.save(update_fields=["state", "claimed_at", "attempts"])
                return delivery


def _next_due(*, at: datetime) -> Delivery | None:
    due = Delivery.objects.filter(state=State.WAITING, next_attempt_at__lte=at).exclude(domain__in=closed(at=at))
    return due.select_for_update(skip_locked=True).order_by("next_attempt_at", "id").first()


def recover_interrupted(*, at: datetime) -> int:
    """Take back mails whose sender died before the end of the mail; note those whose sender died after it."""
    late = Delivery.objects.filter(claimed_at__lt=at - LEASE)
    unfinished = late.filter(state=State.SENDING)
    unnoted = late.filter(state=State.UNCERTAIN).alias(noted=Count("tries")).filter(noted__lt=F("attempts"))
    done = 0
    for pk in [*unfinished.values_list("pk", flat=True), *unnoted.values_list("pk", flat=True)]:
        with transaction.atomic():
            delivery = Delivery.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
            if delivery is not None and delivery.state == State.SENDING:
                _postpone(delivery, Attempt.Outcome.INTERRUPTED, DIED, at=at)
                done += 1
            elif delivery is not None and delivery.tries.count() < delivery.attempts:
                _note_doubt(delivery, DIED, at=at)
                done += 1
    return done


def in_doubt(*, at: datetime) -> QuerySet[Delivery]:
    """Return the mails of which nobody knows whether they arrived, oldest first: for the administrator to decide on."""
    return Delivery.objects.filter(state=State.UNCERTAIN, claimed_at__lt=at - LEASE).order_by("id")


@transaction.atomic
def send_again(*, delivery: Delivery, at: datetime) -> Delivery:
    """Send a mail that is in doubt once more; it may arrive twice, but with the same Message-ID."""
    delivery = _doubtful(delivery)
    if delivery.tries.count() < delivery.attempts:
        Attempt.objects.create(delivery=delivery, at=at, outcome=Attempt.Outcome.INTERRUPTED, code=DIED)
    delivery.state, delivery.next_attempt_at = State.WAITING, at
    delivery.save(update_fields=["state", "next_attempt_at"])
    return delivery


@transaction.atomic
def take_as_sent(*, delivery: Delivery, at: datetime) -> Delivery:
    """Take it that a mail that is in doubt arrived after all."""
    delivery = _doubtful(delivery)
    _end(delivery, State.SENT, at=at)
    return delivery


def withdraw(*, keys: Iterable[str], at: datetime) -> list[Delivery]:
    """Take these letters back, all of them or none: only as long as nobody ever began to send one.

    Whoever sends claims a letter under its lock. So either the sender was first, and this refuses, or the letter is
    withdrawn and is never found by a sender again. Call it before anything else is locked: a sender that tells of a
    failure locks the letter first as well.
    """
    wanted = set(keys)
    deliveries = list(Delivery.objects.select_for_update().filter(key__in=wanted).order_by("pk"))
    if len(deliveries) != len(wanted) or any(each.state != State.WAITING or each.attempts for each in deliveries):
        raise AlreadyOnItsWay
    for delivery in deliveries:
        _end(delivery, State.WITHDRAWN, at=at)
    return deliveries


@transaction.atomic
def note_returned(*, delivery: Delivery, code: str, at: datetime) -> None:
    """Note that a mail server further on sent a mail of ours back; `code` is an enhanced status as in RFC 3463.

    What came back for now (4.x.x) is sent once more after some hours, unless it held secrets, which we no longer have.
    Anything else failed.
    """
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    came_back = delivery.tries.filter(outcome=Attempt.Outcome.BOUNCED).count()
    Attempt.objects.create(delivery=delivery, at=at, outcome=Attempt.Outcome.BOUNCED, code=code)
    if delivery.state != State.SENT:
        return
    if code.startswith("4") and not came_back and not has_secrets(delivery):
        delivery.state, delivery.next_attempt_at, delivery.ended_at = State.WAITING, at + WAIT_AFTER_BOUNCE, None
        delivery.save(update_fields=["state", "next_attempt_at", "ended_at"])
    else:
        _fail(delivery, code, at=at)


def _doubtful(delivery: Delivery) -> Delivery:
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state != State.UNCERTAIN:
        raise NotInDoubt
    return delivery


def _try(server: MailServer, delivery: Delivery, *, clock: Callable[[], datetime]) -> bool:
    """Try to send one mail; say whether it makes sense to go on with the next."""
    try:
        mail = mail_of(delivery, at=clock())
        code = server.send(mail, to=delivery.to_address, before_the_end=lambda: _mark(delivery))
    except (AddressIsWrong, EnclosureIsGone) as trouble:
        code = WHAT_IS_WRONG[type(trouble)]
        log.warning("mail_cannot_be_made", delivery=str(delivery.uuid), code=code)
        _note_refusal(delivery, NotAccepted(code, is_permanent=True), at=clock())
        return True
    except NotAccepted as refusal:
        _note_refusal(delivery, refusal, at=clock())
        return not refusal.is_away
    except PerhapsAccepted as doubt:
        with transaction.atomic():
            if _is_still_mine(delivery):
                _note_doubt(delivery, doubt.code, at=clock())
        return False
    except ClaimLost:
        log.warning("mail_claim_lost", delivery=str(delivery.uuid))
        return True
    _note_sent(delivery, code, at=clock())
    return True


def _mark(delivery: Delivery) -> None:
    """Commit, right before the end of the mail, that from now on it may have been accepted."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, attempts=delivery.attempts)
    if not mine.update(state=State.UNCERTAIN):
        raise ClaimLost
    delivery.state = State.UNCERTAIN


@transaction.atomic
def _note_sent(delivery: Delivery, code: str, *, at: datetime) -> None:
    Attempt.objects.create(delivery=delivery, at=at, outcome=Attempt.Outcome.SENT, code=code)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    # After a very long pause of ours the administrator may have had it sent again; then it need not go any more.
    if delivery.state in {State.UNCERTAIN, State.WAITING}:
        _end(delivery, State.SENT, at=at)
    note_acceptance(delivery.domain)


def _note_refusal(delivery: Delivery, refusal: NotAccepted, *, at: datetime) -> None:
    with transaction.atomic():
        if not _is_still_mine(delivery):
            return
        if refusal.is_permanent:
            Attempt.objects.create(delivery=delivery, at=at, outcome=Attempt.Outcome.PERMANENT, code=refusal.code)
            _fail(delivery, refusal.code, at=at)
        else:
            _postpone(delivery, Attempt.Outcome.TEMPORARY, refusal.code, at=at)
            if not refusal.is_away:
                note_refusal(delivery.domain, at=at)


def _is_still_mine(delivery: Delivery) -> bool:
    return (
        Delivery.objects.select_for_update()
        .filter(pk=delivery.pk, attempts=delivery.attempts, state__in=[State.SENDING, State.UNCERTAIN])
        .exists()
    )


def _postpone(delivery: Delivery, outcome: str, code: str, *, at: datetime) -> None:
    Attempt.objects.create(delivery=delivery, at=at, outcome=outcome, code=code)
    wait = wait_after(delivery.attempts)
    if wait is None:
        _fail(delivery, GAVE_UP, at=at)
        return
    delivery.state, delivery.next_attempt_at = State.WAITING, at + wait
    delivery.save(update_fields=["state", "next_attempt_at"])


def _note_doubt(delivery: Delivery, code: str, *, at: datetime) -> None:
    Attempt.objects.create(delivery=delivery, at=at, outcome=Attempt.Outcome.INTERRUPTED, code=code)
    log.error("mail_in_doubt", delivery=str(delivery.uuid), code=code)
    _tell_witness(delivery, code, at=at)


def _fail(delivery: Delivery, code: str, *, at: datetime) -> None:
    _end(delivery, State.FAILED, at=at)
    log.warning("mail_failed", delivery=str(delivery.uuid), kind=delivery.kind, code=code)
    _tell_witness(delivery, code, at=at)


def _end(delivery: Delivery, state: Delivery.State, *, at: datetime) -> None:
    delivery.state, delivery.ended_at, delivery.secrets = state, at, {}
    delivery.save(update_fields=["state", "ended_at", "secrets"])


def _tell_witness(delivery: Delivery, code: str, *, at: datetime) -> None:
    """Let the part of the house that this mail is about know, in the same transaction, that it did not arrive."""
    witness = settings.MAIL_WITNESSES.get(delivery.about_kind)
    if witness:
        import_string(witness)(delivery=delivery, code=code, at=at)
