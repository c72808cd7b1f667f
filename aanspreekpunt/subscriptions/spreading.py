"""From the journal to the outbox: each new line becomes a notice for every subscription that wants to know.

A trigger puts the id of each new line in a list of its own, in the transaction that writes the line. So a line is on
the list as soon as it can be read, also when an older one becomes visible after a newer one because its transaction
took longer; and it leaves the list in the transaction that writes the notices. Nothing is skipped, and nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from aanspreekpunt.subscriptions.happenings import happenings_in
from aanspreekpunt.subscriptions.models import News, Notice, Subscription
from aanspreekpunt.subscriptions.queries import in_force
from aanspreekpunt.subscriptions.rules import lets_through
from aanspreekpunt.subscriptions.wording import as_sent, wording_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from aanspreekpunt.subscriptions.happenings import Happening, Thing
    from aanspreekpunt.subscriptions.wording import Message

log = structlog.get_logger("aanspreekpunt.subscriptions")

AT_A_TIME: Final = 500
UNDER_WAY: Final = (Notice.State.WAITING, Notice.State.SENDING)
_ONE_AT_A_TIME: Final = 5_140_918
"""The number of the lock under which lines are taken from the list; any number, as long as nothing else uses it."""
_TAKE: Final = (
    "DELETE FROM subscriptions_news WHERE entry_id IN"
    " (SELECT entry_id FROM subscriptions_news ORDER BY entry_id LIMIT %s)"
    " RETURNING entry_id, uuid, is_confidential, question_id"
)


@dataclass(frozen=True, slots=True)
class Listener:
    """A subscription, with what its token lets it hear now."""

    subscription: Subscription
    filters: dict[str, list[dict[str, str]]]
    sees_confidential: bool
    team_ids: frozenset[int]

    def may_hear_about(self, thing: Thing) -> bool:
        """Say whether this thing exists for it at all."""
        if thing.is_confidential and not self.sees_confidential:
            return False
        return not self.team_ids or thing.kind == "party" or bool(thing.team_ids & self.team_ids)

    def wants(self, message: Message) -> bool:
        """Say whether it asked to be told this, and may be."""
        asked = self.filters.get(message.channel, ())
        return self.may_hear_about(message.about) and any(lets_through(each, message.features) for each in asked)


def spread_all(*, clock: Callable[[], datetime]) -> int:
    """Turn all lines on the list into notices. Returns how many lines there were."""
    done = 0
    while taken := spread_news(at=clock()):
        done += taken
        if taken < AT_A_TIME:
            break
    return done


def spread_news(*, at: datetime) -> int:
    """Turn the next lines on the list into notices, unless somebody else is doing that. Returns how many lines.

    A line that cannot be put in words, by a mistake of ours, is left out and logged, so that it holds up no other.
    """
    try:
        return _spread(at=at, most=AT_A_TIME)
    except (OperationalError, InterfaceError):  # the database is away or busy: nothing is the matter with the lines
        raise
    except Exception:
        log.exception("news_not_spread")
        return sum(_spread(at=at, most=1, leaves_out=True) for _ in range(AT_A_TIME))


@transaction.atomic
def _spread(*, at: datetime, most: int, leaves_out: bool = False) -> int:
    """Do so, one at a time, so that notices about one thing are numbered in the order in which it happened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_TAKE, [most])
        news = [News(*row) for row in cursor.fetchall()]
    try:
        with transaction.atomic():
            _tell(news, at=at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        if not leaves_out:
            raise
        log.exception("line_not_told", entries=[each.entry_id for each in news])
    return len(news)


def _tell(news: list[News], *, at: datetime) -> None:
    if not news:
        return
    happenings, to = happenings_in(news), listeners(at=at)
    _keep_together(happenings, to)
    _keep_back(happenings, to, at=at)
    Notice.objects.bulk_create(_notices(happenings, to, at=at), ignore_conflicts=True)


def listeners(*, at: datetime) -> list[Listener]:
    """Return the subscriptions that are to be told, also those that are paused; not those whose token is over."""
    found = Subscription.objects.filter(in_force(at=at)).select_related("token").order_by("pk")
    return [_listener(each) for each in found]


def _listener(subscription: Subscription) -> Listener:
    filters: dict[str, list[dict[str, str]]] = {}
    for channel in subscription.channels:
        filters.setdefault(channel["name"], []).append(channel.get("filters") or {})
    token = subscription.token
    sees_confidential = subscription.sees_confidential and (token is None or token.sees_confidential)
    return Listener(subscription, filters, sees_confidential, frozenset(token.team_ids if token else ()))


def _notices(happenings: list[Happening], to: list[Listener], *, at: datetime) -> Iterator[Notice]:
    """Return the notices in the order of the lines, not of who words them."""
    for kinds in _by_wording(to).values():
        for happening, message in wording_for(kinds[0].subscription.kind).messages_about(happenings):
            body = as_sent(message.body)
            for listener in kinds:
                if listener.wants(message):
                    yield _notice(listener.subscription, happening, message, body=body, at=at)


def _by_wording(to: Iterable[Listener]) -> dict[str, list[Listener]]:
    grouped: dict[str, list[Listener]] = {}
    for listener in to:
        grouped.setdefault(listener.subscription.kind, []).append(listener)
    return grouped


def _notice(subscription: Subscription, happening: Happening, message: Message, *, body: str, at: datetime) -> Notice:
    return Notice(
        subscription=subscription,
        key=f"{subscription.pk}:{message.channel}:{message.key}",
        subject=message.about.lane,
        channel=message.channel,
        event=happening.event,
        entry_id=happening.entry_id,
        body=body,
        next_attempt_at=at,
        made_at=at,
    )


def _keep_together(happenings: Iterable[Happening], to: Iterable[Listener]) -> None:
    """Let what still waits about a contact go before what is said of the question that came of it."""
    for happening in happenings:
        contact = happening.data.get("contact")
        if happening.event == "question.registered" and contact:
            waiting = _on_their_way(each.subscription.pk for each in to)
            waiting.filter(subject=f"contact {contact}").update(subject=happening.thing.lane)


def _keep_back(happenings: Iterable[Happening], to: Iterable[Listener], *, at: datetime) -> None:
    """Keep back what did not arrive about something confidential, from who may not know that it exists.

    Also what was given up, for somebody could send it again, and what is on its way now, lest that is tried again.
    """
    lanes = {each.thing.lane for each in happenings if each.thing.is_confidential}
    if lanes:
        blind = [each.subscription.pk for each in to if not each.sees_confidential]
        about = Notice.objects.filter(subscription__in=blind, subject__in=lanes)
        for notices in (about.filter(state__in=UNDER_WAY), about.filter(state=Notice.State.DEAD)):  # an index for each
            notices.update(state=Notice.State.WITHDRAWN, ended_at=at)


def _on_their_way(subscription_ids: Iterable[int]) -> QuerySet[Notice]:
    return Notice.objects.filter(subscription__in=list(subscription_ids), state__in=UNDER_WAY)
