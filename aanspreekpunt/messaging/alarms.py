"""What about mail cannot wait until somebody happens to look: for the desk, for a wall, and for the administrator.

It is worked out from the figures whenever somebody asks, so it shows also while the worker that would tell it is down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.conf import settings

from aanspreekpunt.common.remembering import recall, remember
from aanspreekpunt.messaging.figures import figures, last_sign_of_life
from aanspreekpunt.messaging.rules import LEASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aanspreekpunt.messaging.figures import Figures

LONGEST_WAIT_TO_BE_READ: Final = timedelta(minutes=10)
LONGEST_WAIT_TO_BE_SENT: Final = timedelta(minutes=30)
MANY_UNREADABLE: Final = 10
"""So many mails in a day that cannot be read are no longer chance: something is wrong with us."""
FEWEST_SENT: Final = 20
"""With fewer mails sent in a day a share of them says nothing."""

_NAME: Final = "mail-alarms"


class Kind(StrEnum):
    """What is the matter."""

    MAILBOX_SILENT = "mailbox_silent"
    WAITS_TO_BE_READ = "waits_to_be_read"
    WAITS_TO_BE_SENT = "waits_to_be_sent"
    COMES_BACK = "comes_back"
    UNREADABLE = "unreadable"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is the matter: with which mailbox if it is one, since when if that is known, and how much."""

    kind: Kind
    about: str = ""
    since: datetime | None = None
    count: int = 0

    @property
    def key(self) -> str:
        """What tells it from others, and stays as long as it lasts."""
        return f"{self.kind} {self.about}".strip()


def alarms(*, at: datetime) -> tuple[Alarm, ...]:
    """Return all that is the matter with mail at this moment."""
    return alarms_in(figures(at=at), at=at)


def alarms_in(now: Figures, *, at: datetime) -> tuple[Alarm, ...]:
    """Return what these figures say is the matter."""
    return tuple(_raised(now, at=at))


def alarms_lately(*, at: datetime) -> tuple[Alarm, ...]:
    """Return what was the matter some seconds ago at most: for screens, which ask often."""
    known: tuple[Alarm, ...] | None = recall(_NAME)
    if known is None:
        known = alarms(at=at)
        remember(_NAME, known)
    return known


def _raised(now: Figures, *, at: datetime) -> Iterator[Alarm]:
    for mailbox in now.silent(after=timedelta(minutes=settings.MAILBOX_SILENCE_MINUTES), at=at):
        yield Alarm(Kind.MAILBOX_SILENT, f"{mailbox.account} {mailbox.folder}".strip(), last_sign_of_life(mailbox))
    for kind, queue, longest in (
        (Kind.WAITS_TO_BE_READ, now.arrivals, LONGEST_WAIT_TO_BE_READ),
        (Kind.WAITS_TO_BE_SENT, now.outbox, LONGEST_WAIT_TO_BE_SENT),
        (Kind.IN_DOUBT, now.doubtful, LEASE),
    ):
        if queue.longest_wait(at=at) > longest:
            yield Alarm(kind, since=queue.since, count=queue.count)
    if now.lately.sent >= FEWEST_SENT and 100 * now.lately.share > settings.MAIL_BOUNCE_PERCENT:
        yield Alarm(Kind.COMES_BACK, count=now.lately.bounced)
    if now.quarantined_lately >= MANY_UNREADABLE:
        yield Alarm(Kind.UNREADABLE, count=now.quarantined_lately)
