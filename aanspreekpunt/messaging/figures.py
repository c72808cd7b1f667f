"""How mail is doing, in a few figures that cost the same however much of it there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from aanspreekpunt.messaging.models import Arrival, Delivery, Mailbox

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_COUNTED: Final = 1000
"""Beyond this the answer is the same: far too many."""
MOST_MAILBOXES: Final = 500


@dataclass(frozen=True)
class Queue:
    """How many wait, at most `MOST_COUNTED` of them counted, and since when the one that waits longest."""

    count: int
    since: datetime | None

    def longest_wait(self, *, at: datetime) -> timedelta:
        """Return how long the one that waits longest has been waiting."""
        return max(at - self.since, timedelta(0)) if self.since else timedelta(0)


@dataclass(frozen=True)
class Figures:
    """What whoever watches over mail wants to know."""

    mailboxes: tuple[Mailbox, ...]
    arrivals: Queue
    quarantined: int
    outbox: Queue
    stuck: int

    def silent(self, *, after: timedelta, at: datetime) -> list[Mailbox]:
        """Return the mailboxes in which no look succeeded for too long."""
        return [mailbox for mailbox in self.mailboxes if at - last_sign_of_life(mailbox) > after]


def figures() -> Figures:
    """Look at mailboxes and queues: five short stretches of an index."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).order_by("next_attempt_at", "id")
    arrivals = Arrival.objects.filter(state=Arrival.State.WAITING).order_by("next_attempt_at", "id")
    quarantined = Arrival.objects.filter(state=Arrival.State.QUARANTINED).order_by("-id")
    uncertain = Delivery.objects.filter(state=Delivery.State.UNCERTAIN).order_by("id")
    return Figures(
        mailboxes=tuple(Mailbox.objects.order_by("account", "folder")[:MOST_MAILBOXES]),
        arrivals=_queue(arrivals.values_list("next_attempt_at", flat=True)[:MOST_COUNTED]),
        quarantined=quarantined[:MOST_COUNTED].count(),
        outbox=_queue(waiting.values_list("made_at", flat=True)[:MOST_COUNTED]),
        stuck=uncertain[:MOST_COUNTED].count(),
    )


def last_sign_of_life(mailbox: Mailbox) -> datetime:
    """Return when a look last succeeded; before the first time, since when we try."""
    return mailbox.succeeded_at or mailbox.watched_since


def _queue(times: Iterable[datetime]) -> Queue:
    known = list(times)
    return Queue(len(known), min(known, default=None))
