"""What came in and needs a person: what could not be read, what was set aside, and how it stands with each mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.parser import BytesHeaderParser
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import BinaryField, BooleanField, ExpressionWrapper, F, Func, Q

from aanspreekpunt.messaging.models import Arrival, Mailbox
from aanspreekpunt.messaging.nudge import UNDERSTAND
from aanspreekpunt.messaging.refusals import NotSetAside

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

SET_ASIDE: Final = "set_aside"
MOST_COUNTED: Final = 1000
_HEAD: Final = 32 * 1024
_LONGEST_SHOWN: Final = 300


@dataclass(frozen=True, slots=True)
class Glance:
    """What the first lines of a message say of it, whatever is wrong with the rest; empty for what they do not say."""

    sender: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one mailbox; `waiting` is counted to a limit."""

    mailbox: Mailbox
    waiting: int = 0
    oldest: datetime | None = None


def quarantined(*, before: int | None = None, limit: int) -> list[Arrival]:
    """Return messages in quarantine, newest first, each with the beginning of it as `head`. One query on an index."""
    return _page(Arrival.objects.filter(state=Arrival.State.QUARANTINED), before=before, limit=limit)


def set_aside(*, before: int | None = None, limit: int) -> list[Arrival]:
    """Return messages that were understood and set aside, newest first, each with the beginning of it as `head`."""
    return _page(Arrival.objects.filter(became=SET_ASIDE), before=before, limit=limit)


def _page(arrivals: QuerySet[Arrival], *, before: int | None, limit: int) -> list[Arrival]:
    if before is not None:
        arrivals = arrivals.filter(id__lt=before)
    head = Func(F("raw"), function="substring", template=f"%(function)s(%(expressions)s from 1 for {_HEAD})")
    return list(
        arrivals.defer("raw")
        .annotate(
            head=ExpressionWrapper(head, output_field=BinaryField()),
            is_kept=ExpressionWrapper(Q(raw__isnull=False), output_field=BooleanField()),
        )
        .order_by("-id")[:limit]
    )


def glance_at(head: bytes) -> Glance:
    """Return what the first lines of a message say. Never raises: it is shown when nothing else could be read."""
    try:
        headers = BytesHeaderParser(policy=policy.default).parsebytes(bytes(head))
        return Glance(_shown(headers.get("From", "")), _shown(headers.get("Subject", "")))
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError, RecursionError):
        return Glance()  # the library stumbles over some broken headers


def _shown(value: object) -> str:
    text = "".join(char if char.isprintable() else " " for char in str(value))
    return " ".join(text.split())[:_LONGEST_SHOWN]


def standing_of_mailboxes() -> tuple[list[Standing], Standing]:
    """Return how each mailbox stands, and all that waits to be read, by whatever way it came. Two queries."""
    waiting: dict[str, list[datetime]] = {}
    rows = Arrival.objects.filter(state=Arrival.State.WAITING).order_by("next_attempt_at", "id")
    for account, arrived_at in rows.values_list("account", "arrived_at")[: MOST_COUNTED + 1]:
        waiting.setdefault(account, []).append(arrived_at)
    standing = [
        Standing(mailbox, len(waiting.get(mailbox.account, ())), min(waiting.get(mailbox.account, ()), default=None))
        for mailbox in Mailbox.objects.order_by("account", "folder")
    ]
    everything = [each for several in waiting.values() for each in several]
    return standing, Standing(Mailbox(), len(everything), min(everything, default=None))


@transaction.atomic
def want_question(*, arrival: Arrival, at: datetime) -> Arrival:
    """Have a message that was set aside interpreted once more, and this time a question opened for it in any case."""
    arrival = Arrival.objects.select_for_update().defer("raw").get(pk=arrival.pk)
    is_kept = Arrival.objects.filter(pk=arrival.pk, raw__isnull=False).exists()
    if arrival.became != SET_ASIDE or arrival.state != Arrival.State.UNDERSTOOD or not is_kept:
        raise NotSetAside
    arrival.state, arrival.ended_at, arrival.attempts = Arrival.State.WAITING, None, 0
    arrival.next_attempt_at, arrival.claimed_at = at, None
    arrival.is_wanted, arrival.became, arrival.reason = True, "", ""
    # What it was taken to be about is not what it becomes.
    arrival.about_kind, arrival.about_id = "", None
    arrival.save(
        update_fields=[
            "state", "ended_at", "attempts", "next_attempt_at", "claimed_at", "is_wanted", "became", "reason",
            "about_kind", "about_id",
        ]
    )  # fmt: skip
    UNDERSTAND.after_commit()
    return arrival
