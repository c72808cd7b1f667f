"""Sending what waits: at least once, about one thing in order, and never held up by a receiver that is slow or gone.

A notice is claimed, sent, and then what came of it is noted. Whoever dies in between leaves it claimed; after a while
it is sent again, so a receiver may get it twice, with the same id. One whose receiver does not take it waits longer
each time and is dead in the end: it stays to be seen, and can be sent again by hand.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Final

import structlog
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import Q

from aanspreekpunt.common.sealing import unseal
from aanspreekpunt.subscriptions.addresses import CannotReach
from aanspreekpunt.subscriptions.line import Answer, Line
from aanspreekpunt.subscriptions.models import Notice, NoticeAttempt, Subscription
from aanspreekpunt.subscriptions.queries import TEST, ready
from aanspreekpunt.subscriptions.rules import GONE, LEASE, PAUSE_AFTER, rest_after, wait_after
from aanspreekpunt.subscriptions.signing import router_token, signature_headers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

log = structlog.get_logger("aanspreekpunt.subscriptions")

State = Notice.State
SECRET: Final = "subscription"  # noqa: S105 - what it is for, no secret
DIED: Final = "interrupted"
SERVER_TROUBLE: Final = 500
NOTED_EVERY: Final = timedelta(seconds=10)
"""How often it is written down that something arrived, when nothing was the matter."""
NOT_NOW: Final = frozenset({408, 425, 429})
"""Statuses by which a receiver says that he cannot take anything at the moment."""


def send_for(subscription_id: int, *, clock: Callable[[], datetime], seconds: float) -> int:
    """Send what waits for one subscription, one after the other, for so many seconds. Returns how many were tried.

    Any number of processes may do this at once. It stops at the first sign that nobody answers.
    """
    subscription = Subscription.objects.get(pk=subscription_id)
    tried, ends_at = 0, monotonic() + seconds
    with Line(subscription.callback_url) as line:
        while monotonic() < ends_at:
            notice = claim_next(subscription_id, at=clock())
            if notice is None:
                break
            tried += 1
            if not _try(line, subscription, notice, clock=clock):
                break
    return tried


@transaction.atomic
def claim_next(subscription_id: int, *, at: datetime) -> Notice | None:
    """Take the next notice for this subscription that may be sent, so that nobody else sends it."""
    waiting = ready(at=at).filter(subscription_id=subscription_id)
    notice = waiting.select_for_update(of=("self",), skip_locked=True).order_by("pk").first()
    if notice is not None:
        notice.state, notice.claimed_at, notice.attempts = State.SENDING, at, notice.attempts + 1
        notice.save(update_fields=["state", "claimed_at", "attempts"])
    return notice


def recover_interrupted(*, at: datetime) -> int:
    """Let the notices wait again whose sender died; whether they arrived nobody knows, so they are sent once more."""
    late = Notice.objects.filter(state=State.SENDING, claimed_at__lt=at - LEASE)
    done = 0
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            notice = late.select_for_update(skip_locked=True).filter(pk=pk).first()
            if notice is not None:
                _note_try(notice, DIED, since=notice.claimed_at or at, at=at)
                _postpone(notice, DIED, at=at)
                done += 1
    return done


def _try(line: Line, subscription: Subscription, notice: Notice, *, clock: Callable[[], datetime]) -> bool:
    """Try to send one notice and note how it went. Says whether it makes sense to go on with the next."""
    body, began = notice.body.encode(), clock()
    try:
        answer = line.post(body, headers=_headers(subscription, notice, body, at=began))
    except CannotReach as problem:
        _note_failure(notice, problem.code, is_away=True, since=began, at=clock())
        return False
    if answer.is_good:
        _note_sent(notice, answer, since=began, at=clock())
        return True
    is_away = answer.status >= SERVER_TROUBLE or answer.status in NOT_NOW
    _note_failure(notice, f"http_{answer.status}", is_away=is_away, since=began, at=clock())
    return not is_away and answer.status != GONE


def _headers(subscription: Subscription, notice: Notice, body: bytes, *, at: datetime) -> dict[str, str]:
    try:
        secret = unseal(bytes(subscription.sealed_secret), purpose=SECRET)
    except InvalidToken:
        raise CannotReach("secret_unreadable") from None
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Aanspreekpunt"}
    if subscription.kind == Subscription.Kind.WEBHOOK:
        return headers | signature_headers(key=secret, identity=str(notice.uuid), body=body, at=at)
    if subscription.kind == Subscription.Kind.ROUTER:
        secret = f"Bearer {router_token(client_id=subscription.client_id, secret=secret, at=at)}"
    return headers | {"Authorization": secret}


@transaction.atomic
def _note_sent(notice: Notice, answer: Answer, *, since: datetime, at: datetime) -> None:
    held = Notice.objects.select_for_update().get(pk=notice.pk)
    _note_try(notice, str(answer.status), since=since, at=at)
    if held.state in {State.SENDING, State.WAITING}:  # also after a pause of ours in which somebody took it over
        _end(held, State.SENT, str(answer.status), at=at)
    in_trouble = Q(failing_since__isnull=False) | Q(rests_until__isnull=False)
    long_ago = Q(succeeded_at=None) | Q(succeeded_at__lt=at - NOTED_EVERY)
    Subscription.objects.filter(in_trouble | long_ago, pk=notice.subscription_id).update(
        succeeded_at=at, failures=0, failing_since=None, rests_until=None
    )


@transaction.atomic
def _note_failure(notice: Notice, code: str, *, is_away: bool, since: datetime, at: datetime) -> None:
    held = Notice.objects.select_for_update().get(pk=notice.pk)
    _note_try(notice, code, since=since, at=at)
    if held.state == State.SENDING and held.attempts == notice.attempts:
        _postpone(held, code, at=at)
    if notice.event != TEST:
        _note_trouble(notice.subscription_id, code, is_away=is_away, at=at)


def _note_trouble(subscription_id: int, code: str, *, is_away: bool, at: datetime) -> None:
    """Leave a receiver alone for a while that does not answer, and pause it when that lasts for days."""
    subscription = Subscription.objects.select_for_update().get(pk=subscription_id)
    subscription.failing_since = subscription.failing_since or at
    if is_away:
        subscription.failures += 1
        subscription.rests_until = at + rest_after(subscription.failures)
    if subscription.paused_at is None and code == f"http_{GONE}":
        _pause(subscription, Subscription.Paused.GONE, at=at)
    elif subscription.paused_at is None and at - subscription.failing_since > PAUSE_AFTER:
        _pause(subscription, Subscription.Paused.FAILING, at=at)
    subscription.save(update_fields=["failing_since", "failures", "rests_until", "paused_at", "paused_for"])


def _pause(subscription: Subscription, reason: Subscription.Paused, *, at: datetime) -> None:
    subscription.paused_at, subscription.paused_for = at, reason
    log.warning("subscription_paused", subscription=str(subscription.uuid), reason=reason.value)


def _postpone(notice: Notice, code: str, *, at: datetime) -> None:
    wait = None if notice.event == TEST else wait_after(notice.attempts)
    if wait is None:
        _end(notice, State.DEAD, code, at=at)
        log.warning("notice_dead", notice=str(notice.uuid), code=code)
        return
    notice.state, notice.code, notice.next_attempt_at = State.WAITING, code, at + wait
    notice.save(update_fields=["state", "code", "next_attempt_at"])


def _end(notice: Notice, state: Notice.State, code: str, *, at: datetime) -> None:
    notice.state, notice.code, notice.ended_at = state, code, at
    notice.save(update_fields=["state", "code", "ended_at"])


def _note_try(notice: Notice, code: str, *, since: datetime, at: datetime) -> None:
    took = max(int((at - since).total_seconds() * 1000), 0)
    NoticeAttempt.objects.create(notice=notice, at=at, has_succeeded=code.isdigit(), code=code, milliseconds=took)


def end_what_waits_too_long(*, before: datetime, at: datetime) -> int:
    """Give up what waits since before then, as it does for a subscription that is paused and that nobody mends."""
    old = Notice.objects.filter(state=State.WAITING, made_at__lt=before)
    return old.update(state=State.DEAD, code="too_old", ended_at=at)


def forget_ended(*, before: datetime) -> int:
    """Forget the notices that ended before then, with each try to send them."""
    ended = Notice.objects.filter(ended_at__lt=before)
    gone, _each = ended.delete()
    return gone


def withdraw_waiting(subscription: Subscription, *, at: datetime) -> int:
    """Send nothing of what waits for this subscription any more."""
    waiting = subscription.notices.filter(state=State.WAITING)
    return waiting.update(state=State.WITHDRAWN, ended_at=at)
