"""Reading subscriptions and what became of their notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, OuterRef, Q

from aanspreekpunt.subscriptions.models import Notice, NoticeAttempt, Subscription

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

TEST: Final = "test"
"""The event of a notice that only tries whether it arrives."""

MOST_COUNTED: Final = 1000
MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """How a subscription stands, counted to `MOST_COUNTED`."""

    subscription: Subscription
    waiting: int
    dead: int


def in_force(*, at: datetime, prefix: str = "") -> Q:
    """Return the condition that a subscription was not removed and that the token it belongs to still counts."""
    token = f"{prefix}token"
    lasts = Q(**{f"{token}__expires_at": None}) | Q(**{f"{token}__expires_at__gt": at})
    return Q(**{f"{prefix}removed_at": None}) & (Q(**{token: None}) | (Q(**{f"{token}__revoked_at": None}) & lasts))


def ready(*, at: datetime) -> QuerySet[Notice]:
    """Return the notices that may be sent now: due, to somebody who is not left alone, and the first of their lane."""
    earlier = Notice.objects.filter(
        subscription_id=OuterRef("subscription_id"),
        subject=OuterRef("subject"),
        pk__lt=OuterRef("pk"),
        state__in=[Notice.State.WAITING, Notice.State.SENDING],
    )
    is_awake = Q(subscription__rests_until=None) | Q(subscription__rests_until__lte=at)
    listens = Q(event=TEST) | (Q(subscription__paused_at=None) & is_awake)
    return Notice.objects.filter(
        ~Exists(earlier),
        listens,
        in_force(at=at, prefix="subscription__"),
        state=Notice.State.WAITING,
        next_attempt_at__lte=at,
    )


def subscriptions_with_work(*, at: datetime) -> list[int]:
    """Return the subscriptions for which something may be sent now, the one that waits longest first."""
    work = ready(at=at).filter(subscription_id=OuterRef("pk"))
    found = Subscription.objects.filter(Exists(work), removed_at=None).order_by("succeeded_at", "pk")
    return list(found.values_list("pk", flat=True))


def subscriptions_kept() -> QuerySet[Subscription]:
    """Return the subscriptions that were not removed, by name."""
    return Subscription.objects.filter(removed_at=None).select_related("token", "made_by").order_by("name", "pk")


def subscription_named(uuid: UUID) -> Subscription | None:
    """Return one subscription that was not removed."""
    return subscriptions_kept().filter(uuid=uuid).first()


def standings() -> list[Standing]:
    """Return how each subscription stands: three queries."""
    found = list(subscriptions_kept()[:MOST_SHOWN])
    waiting = _counts(found, Notice.State.WAITING, Notice.State.SENDING)
    dead = _counts(found, Notice.State.DEAD)
    return [Standing(each, waiting.get(each.pk, 0), dead.get(each.pk, 0)) for each in found]


def standing_of(subscription: Subscription) -> Standing:
    """Return how this one subscription stands."""
    states = (Notice.State.WAITING, Notice.State.SENDING)
    waiting = subscription.notices.filter(state__in=states)[:MOST_COUNTED].count()
    return Standing(subscription, waiting, dead_of(subscription)[:MOST_COUNTED].count())


def latest_of(subscription: Subscription, *, limit: int) -> QuerySet[Notice]:
    """Return what it was told last, newest first."""
    return subscription.notices.order_by("-pk")[:limit]


def dead_of(subscription: Subscription) -> QuerySet[Notice]:
    """Return what was given up, newest first."""
    return subscription.notices.filter(state=Notice.State.DEAD).order_by("-pk")


def attempts_of(subscription: Subscription, *, limit: int) -> QuerySet[NoticeAttempt]:
    """Return the last tries to tell it something, newest first."""
    recent = subscription.notices.order_by("-pk").values("pk")[:MOST_COUNTED]
    return NoticeAttempt.objects.filter(notice_id__in=recent).select_related("notice").order_by("-pk")[:limit]


def _counts(found: list[Subscription], *states: Notice.State) -> dict[int, int]:
    wanted = Notice.objects.filter(subscription__in=found, state__in=states).order_by()
    return dict(wanted.values_list("subscription_id").annotate(Count("pk")))
