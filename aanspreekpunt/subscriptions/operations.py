"""Subscribing other systems to what happens, changing, pausing and trying that, and sending again what was given up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.sealing import seal
from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.subscriptions.access import may_change, may_subscribe
from aanspreekpunt.subscriptions.addresses import check_address
from aanspreekpunt.subscriptions.models import Notice, Subscription
from aanspreekpunt.subscriptions.queries import TEST
from aanspreekpunt.subscriptions.refusals import (
    IsPaused,
    IsRemoved,
    IsRunning,
    NoName,
    NoSecret,
    NotAHeader,
    NotDead,
    NotYoursToSubscribe,
    TooManySubscriptions,
    UnknownChannel,
    UnknownFilter,
)
from aanspreekpunt.subscriptions.rules import can_filter_on
from aanspreekpunt.subscriptions.sending import SECRET, withdraw_waiting
from aanspreekpunt.subscriptions.signing import new_signing_key
from aanspreekpunt.subscriptions.wording import as_sent, channel_named, wording_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor

LONGEST_SECRET: Final = 4000
MOST_OF_A_TOKEN: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a subscription is to be: where, about what, and how the receiver knows that it is us.

    `secret` is the whole Authorization header, or the password at a router; a webhook gets a key from us.
    """

    name: str
    callback_url: str
    channels: Sequence[Mapping[str, Any]]
    secret: str = field(default="", repr=False)
    client_id: str = ""
    sees_confidential: bool = False


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription that was just made, with the key of a webhook: the only time that anybody sees it."""

    subscription: Subscription
    key: str = field(default="", repr=False)


@transaction.atomic
def subscribe(*, kind: str, wanted: Wanted, by: Actor, at: datetime) -> Subscribed:
    """Tell another system from now on what happens.

    Refuses `NotYoursToSubscribe`, `NoName`, `NotAnAddress`, `NotProtected`, `IsInside`, `UnknownChannel`,
    `UnknownFilter`, `NoSecret` and `NotAHeader`.
    """
    if not may_subscribe(by):
        raise NotYoursToSubscribe
    token_id = by.actor_id if by.actor_kind == "token" else None
    _refuse_too_many(token_id)
    fields = _checked(kind, wanted)
    key = new_signing_key() if kind == Subscription.Kind.WEBHOOK else ""
    secret = key or _secret(kind, wanted)
    subscription = Subscription.objects.create(
        kind=Subscription.Kind(kind),
        sealed_secret=seal(secret, purpose=SECRET),
        token_id=token_id,
        made_by=by if isinstance(by, Employee) else None,
        made_at=at,
        **fields,
    )
    record("subscription.made", subject=subscription, data=_as_written(subscription), by=by, at=at)
    return Subscribed(subscription, key)


@transaction.atomic
def change_subscription(*, subscription: Subscription, wanted: Wanted, by: Actor, at: datetime) -> Subscription:
    """Tell it from now on what `wanted` says. Without a new secret the old one stays. Refuses as `subscribe`."""
    locked = _locked(subscription, by=by)
    for name, value in _checked(locked.kind, wanted).items():
        setattr(locked, name, value)
    if wanted.secret and locked.kind != Subscription.Kind.WEBHOOK:
        locked.sealed_secret = seal(_secret(locked.kind, wanted), purpose=SECRET)
    locked.rests_until = None
    locked.save()
    record("subscription.changed", subject=locked, data=_as_written(locked), by=by, at=at)
    return locked


@transaction.atomic
def renew_key(*, subscription: Subscription, by: Actor, at: datetime) -> Subscribed:
    """Sign webhooks with a new key from now on; the old one counts no more."""
    locked = _locked(subscription, by=by)
    if locked.kind != Subscription.Kind.WEBHOOK:
        raise NoSecret
    key = new_signing_key()
    locked.sealed_secret = seal(key, purpose=SECRET)
    locked.save(update_fields=["sealed_secret"])
    record("subscription.key_renewed", subject=locked, by=by, at=at)
    return Subscribed(locked, key)


@transaction.atomic
def pause(*, subscription: Subscription, by: Actor, at: datetime) -> Subscription:
    """Send it nothing for the time being; what happens meanwhile waits."""
    locked = _locked(subscription, by=by)
    if locked.paused_at is not None:
        raise IsPaused
    locked.paused_at, locked.paused_for = at, Subscription.Paused.BY_HAND
    locked.save(update_fields=["paused_at", "paused_for"])
    record("subscription.paused", subject=locked, by=by, at=at)
    return locked


@transaction.atomic
def resume(*, subscription: Subscription, by: Actor, at: datetime) -> Subscription:
    """Go on sending, beginning with what waited."""
    locked = _locked(subscription, by=by)
    if locked.paused_at is None:
        raise IsRunning
    locked.paused_at, locked.paused_for = None, ""
    locked.failures, locked.failing_since, locked.rests_until = 0, None, None
    locked.save(update_fields=["paused_at", "paused_for", "failures", "failing_since", "rests_until"])
    locked.notices.filter(state=Notice.State.WAITING).update(next_attempt_at=at)
    record("subscription.resumed", subject=locked, by=by, at=at)
    return locked


@transaction.atomic
def remove_subscription(*, subscription: Subscription, by: Actor, at: datetime) -> None:
    """Tell it nothing any more, and forget by what it recognised us. What it was told stays on record for a while."""
    locked = _locked(subscription, by=by)
    locked.removed_at, locked.sealed_secret = at, b""
    locked.save(update_fields=["removed_at", "sealed_secret"])
    withdraw_waiting(locked, at=at)
    record("subscription.removed", subject=locked, by=by, at=at)


@transaction.atomic
def send_test(*, subscription: Subscription, by: Actor, at: datetime) -> Notice:
    """Send it a message that says nothing, to see whether it arrives; tried once, also while it is paused."""
    locked = _locked(subscription, by=by)
    identity = new_uuid()
    channels = locked.channels or [{"name": wording_for(locked.kind).channels[0].name}]
    channel = channels[0]["name"]
    body = wording_for(locked.kind).test_message(channel, identity=str(identity), at=at)
    notice = Notice.objects.create(
        uuid=identity,
        subscription=locked,
        key=f"{TEST}:{identity}",
        subject=f"{TEST} {identity}",
        channel=channel,
        event=TEST,
        body=as_sent(body),
        next_attempt_at=at,
        made_at=at,
    )
    record("subscription.tested", subject=locked, by=by, at=at)
    return notice


@transaction.atomic
def send_again(*, notice: Notice, by: Actor, at: datetime) -> None:
    """Send once more what was given up; refuses `NotDead`."""
    subscription = _locked(notice.subscription, by=by)
    if not subscription.notices.filter(pk=notice.pk, state=Notice.State.DEAD).update(**_anew(at)):
        raise NotDead
    record("notice.sent_again", subject=subscription, data={"notices": 1}, by=by, at=at)


@transaction.atomic
def send_all_again(*, subscription: Subscription, by: Actor, at: datetime) -> int:
    """Send once more all that was given up for this subscription. Returns how many notices that are."""
    locked = _locked(subscription, by=by)
    dead = locked.notices.filter(state=Notice.State.DEAD).exclude(event=TEST)
    count = dead.update(**_anew(at))
    record("notice.sent_again", subject=locked, data={"notices": count}, by=by, at=at)
    return count


def _anew(at: datetime) -> dict[str, Any]:
    return {"state": Notice.State.WAITING, "attempts": 0, "next_attempt_at": at, "ended_at": None}


def _locked(subscription: Subscription, *, by: Actor) -> Subscription:
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if not may_change(by, locked):
        raise NotYoursToSubscribe
    if locked.removed_at is not None:
        raise IsRemoved
    return locked


def _refuse_too_many(token_id: int | None) -> None:
    if token_id is None:
        return
    if Subscription.objects.filter(token_id=token_id, removed_at=None).count() >= MOST_OF_A_TOKEN:
        raise TooManySubscriptions(limit=MOST_OF_A_TOKEN)


def _checked(kind: str, wanted: Wanted) -> dict[str, Any]:
    if not wanted.name.strip():
        raise NoName
    check_address(wanted.callback_url)
    return {
        "name": " ".join(wanted.name.split()),
        "callback_url": wanted.callback_url,
        "channels": [_channel(kind, each) for each in wanted.channels],
        "client_id": wanted.client_id.strip(),
        "sees_confidential": wanted.sees_confidential,
    }


def _channel(kind: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    name, filters = wanted["name"], dict(wanted.get("filters") or {})
    known = channel_named(kind, name)
    if known is None:
        raise UnknownChannel(name=name)
    if not can_filter_on(filters, features=known.features):
        unknown = next((each for each in filters if each not in known.features), "")
        raise UnknownFilter(channel=name, name=unknown)
    return {"name": name, "filters": filters}


def _secret(kind: str, wanted: Wanted) -> str:
    secret = wanted.secret.strip()
    if not secret or (kind == Subscription.Kind.ROUTER and not wanted.client_id.strip()):
        raise NoSecret
    if len(secret) > LONGEST_SECRET or not (secret.isascii() and secret.isprintable()):
        raise NotAHeader
    return secret


def _as_written(subscription: Subscription) -> dict[str, Any]:
    return {
        "kind": str(subscription.kind),
        "channels": [each["name"] for each in subscription.channels],
        "sees_confidential": subscription.sees_confidential,
    }
