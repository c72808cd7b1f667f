"""Interpreting what came in, one message after the other, each by the channel it came by; none blocks the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import structlog

from aanspreekpunt.messaging.arriving import claim_arrival, quarantine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from aanspreekpunt.messaging.models import Arrival

log = structlog.get_logger("aanspreekpunt.intake")

CHANNELS: Final[Mapping[str, Callable[..., None]]] = {}
"""Who interprets an arrival, by the first word of the account it came by."""

UNKNOWN_CHANNEL: Final = "unknown_channel"
FAILED: Final = "failed"


def understand_waiting(*, clock: Callable[[], datetime], most: int = 1000) -> int:
    """Interpret what waits until nothing does, or `most` were done. Returns how many. Any number may do so."""
    done = 0
    while done < most and (arrival := claim_arrival(at=clock())) is not None:
        _understand(arrival, at=clock())
        done += 1
    return done


def _understand(arrival: Arrival, *, at: datetime) -> None:
    interpreter = CHANNELS.get(arrival.account.split("/", 1)[0])
    if interpreter is None:
        quarantine(arrival=arrival, reason=UNKNOWN_CHANNEL, at=at)
        return
    try:
        interpreter(arrival=arrival, at=at)
    except Exception as error:  # whatever is wrong with one message, the next one must not wait for it
        log.exception("arrival_not_understood", arrival=str(arrival.uuid), error=type(error).__name__)
        quarantine(arrival=arrival, reason=FAILED, at=at)
