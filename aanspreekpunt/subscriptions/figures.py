"""How notices are doing, in a few figures for whoever watches over the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aanspreekpunt.subscriptions.models import News, Notice, Subscription
from aanspreekpunt.subscriptions.queries import MOST_COUNTED, TEST

LONGEST_WAIT_TO_BE_TOLD: Final = timedelta(hours=1)
"""After this long somebody should look why a notice was not taken."""


@dataclass(frozen=True)
class Figures:
    """What waits, counted to `MOST_COUNTED`, since when, what was given up, and who is not told any more."""

    waiting: int
    since: datetime | None
    dead: int
    unread: int
    paused: int

    def longest_wait(self, *, at: datetime) -> timedelta:
        """Return how long the notice that waits longest has been waiting."""
        return max(at - self.since, timedelta(0)) if self.since else timedelta(0)


def figures() -> Figures:
    """Count them; what waits for a subscription that somebody paused by hand waits because he wants it to."""
    by_hand = Subscription.Paused.BY_HAND
    running = Subscription.objects.filter(removed_at=None).exclude(paused_for=by_hand)
    waiting = Notice.objects.filter(state__in=[Notice.State.WAITING, Notice.State.SENDING], subscription__in=running)
    dead = Notice.objects.filter(state=Notice.State.DEAD, subscription__removed_at=None).exclude(event=TEST)
    return Figures(
        waiting=waiting[:MOST_COUNTED].count(),
        since=waiting.order_by("pk").values_list("made_at", flat=True).first(),
        dead=dead[:MOST_COUNTED].count(),
        unread=News.objects.all()[:MOST_COUNTED].count(),
        paused=running.exclude(paused_at=None).count(),
    )
