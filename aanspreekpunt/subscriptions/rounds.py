"""The rounds of whoever delivers notices: for each receiver a thread of its own, so that none waits for another."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Final

import structlog
from django.db import connection

from aanspreekpunt.subscriptions.queries import subscriptions_with_work
from aanspreekpunt.subscriptions.sending import send_for
from aanspreekpunt.subscriptions.spreading import spread_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

log = structlog.get_logger("aanspreekpunt.subscriptions")

AT_ONCE: Final = 16
"""So many receivers at a time; one that does not answer keeps its place for a quarter of a minute, and is then left
alone for longer than that."""
SECONDS_EACH: Final = 20
SECONDS_IN_ALL: Final = 40
SECONDS_BETWEEN_LOOKS: Final = 0.5


def pass_on(*, clock: Callable[[], datetime], seconds: float = SECONDS_IN_ALL, at_once: int = AT_ONCE) -> None:
    """Turn what is new in the journal into notices and send what waits, until nothing does or the time is up.

    As long as one receiver is busy, others are still looked after, with what comes in meanwhile.
    """
    ends_at = monotonic() + seconds
    busy: dict[int, Future[None]] = {}
    broken: set[int] = set()
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="notices") as pool:
        while True:
            broken |= {pk for pk, future in busy.items() if future.done() and future.exception()}
            busy = {pk: future for pk, future in busy.items() if not future.done()}
            if monotonic() < ends_at:
                spread_all(clock=clock)
                free = [pk for pk in subscriptions_with_work(at=clock()) if pk not in busy and pk not in broken]
                for pk in islice(free, at_once - len(busy)):
                    busy[pk] = pool.submit(_send, pk, clock)
            if not busy:
                return
            wait(busy.values(), timeout=SECONDS_BETWEEN_LOOKS, return_when=FIRST_COMPLETED)


def _send(subscription_id: int, clock: Callable[[], datetime]) -> None:
    try:
        send_for(subscription_id, clock=clock, seconds=SECONDS_EACH)
    except Exception:
        log.exception("notices_not_sent", subscription=subscription_id)
        raise  # this round leaves it alone from here; the next tries again
    finally:
        connection.close()
