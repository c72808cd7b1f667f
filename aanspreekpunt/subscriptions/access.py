"""Who decides which systems are told what: whoever administers everything, and a token about its own subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.subscriptions.models import Subscription


def may_subscribe(by: Actor) -> bool:
    """Say whether `by` may make subscriptions; whether a token has the right to is asked at the door."""
    if isinstance(by, Employee):
        return rights_of(by).is_everywhere(Permission.ADMINISTER)
    return by.actor_kind in {"token", "system"}


def may_change(by: Actor, subscription: Subscription) -> bool:
    """Say whether `by` may change this one: a token only what it made itself."""
    if by.actor_kind == "token":
        return subscription.token_id == by.actor_id
    return may_subscribe(by)
