"""How mail is doing, in a few figures that cost the same however much of it there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Q

from aanspreekpunt.messaging.models import Arrival, Attempt, Delivery, Mailbox

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_COUNTED: Final = 1000
"""Beyond this the answer is the same: far too many."""
MOST_MAILBOXES: Final = 500
MOST_ATTEMPTS: Final = 10_000
"""Of the last so many attempts the share that came back is told; more would not change it much."""
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Queue:
    """How many wait, at most `MOST_COUNTED` of them counted, and since when the one that waits longest."""

    count: int
    since: datetime | None

    def longest_wait(self, *, at: datetime) -> timedelta:
        """Return how long the one that waits longest has been waiting."""
        return max(at - self.since, timedelta(0)) if self.since else timedelta(0)


@dataclass(frozen=True)
class Outcomes:
    """How many mails left us in some time, and how many came back or were refused for good."""

    sent: int = 0
    bounced: int = 0

    @property
    def percent(self) -> int:
        """The same in whole hundredths, as one says it."""
        return round(100 * self.share)

    @property
    def share(self) -> float:
        """Which part of all of them did not arrive, from 0 to 1."""
        return min(1.0, self.bounced / self.sent) if self.sent else 0.0


@dataclass(frozen=True)
class Figures:
    """What whoever watches over mail wants to know; `lately` is the last day, `of_week` the last seven."""

    mailboxes: tuple[Mailbox, ...]
    arrivals: Queue
    quarantined: int
    quarantined_lately: int
    outbox: Queue
    doubtful: Queue
    lately: Outcomes
    of_week: Outcomes

    def silent(self, *, after: timedelta, at: datetime) -> list[Mailbox]:
        """Return the mailboxes in which no look succeeded for too long."""
        return [mailbox for mailbox in self.mailboxes if at - last_sign_of_life(mailbox) > after]


def figures(*, at: datetime) -> Figures:
    """Look at mailboxes and queues: six short stretches of an index."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING).order_by("next_attempt_at", "id")
    arrivals = Arrival.objects.filter(state=Arrival.State.WAITING).order_by("next_attempt_at", "id")
    quarantined = Arrival.objects.filter(state=Arrival.State.QUARANTINED).order_by("-id")
    uncertain = Delivery.objects.filter(state=Delivery.State.UNCERTAIN).order_by("id")
    apart = list(quarantined.values_list("ended_at", flat=True)[:MOST_COUNTED])
    lately, of_week = _outcomes(at=at)
    return Figures(
        mailboxes=tuple(Mailbox.objects.order_by("account", "folder")[:MOST_MAILBOXES]),
        arrivals=_queue(arrivals.values_list("next_attempt_at", flat=True)[:MOST_COUNTED]),
        quarantined=len(apart),
        quarantined_lately=sum(ended_at is not None and ended_at > at - DAY for ended_at in apart),
        outbox=_queue(waiting.values_list("made_at", flat=True)[:MOST_COUNTED]),
        doubtful=_queue(uncertain.values_list("claimed_at", flat=True)[:MOST_COUNTED]),
        lately=lately,
        of_week=of_week,
    )


def _outcomes(*, at: datetime) -> tuple[Outcomes, Outcomes]:
    """Count how mails ended in the last day and the last seven, of the last so many of them."""
    ends = [Attempt.Outcome.SENT, Attempt.Outcome.PERMANENT, Attempt.Outcome.BOUNCED]
    ended = Attempt.objects.filter(outcome__in=ends, at__gt=at - WEEK).order_by("-at")[:MOST_ATTEMPTS]
    left, back = ~Q(outcome=Attempt.Outcome.BOUNCED), ~Q(outcome=Attempt.Outcome.SENT)
    in_a_day = Q(at__gt=at - DAY)
    counts = ended.aggregate(
        day_left=Count("pk", filter=left & in_a_day),
        day_back=Count("pk", filter=back & in_a_day),
        week_left=Count("pk", filter=left),
        week_back=Count("pk", filter=back),
    )
    return Outcomes(counts["day_left"], counts["day_back"]), Outcomes(counts["week_left"], counts["week_back"])


def last_sign_of_life(mailbox: Mailbox) -> datetime:
    """Return when a look last succeeded; before the first time, since when we try."""
    return mailbox.succeeded_at or mailbox.watched_since


def _queue(times: Iterable[datetime | None]) -> Queue:
    known = list(times)
    return Queue(len(known), min(filter(None, known), default=None))
