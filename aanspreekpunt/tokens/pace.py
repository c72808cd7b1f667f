"""How fast a token may go: so many requests a minute, counted together in all processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from aanspreekpunt.common.reading import found

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor

SECONDS: Final = 60

_COUNT = """
    INSERT INTO tokens_pace AS pace (token_id, minute, used) VALUES (%(token)s, %(minute)s, 1)
    ON CONFLICT (token_id) DO UPDATE SET
        used = CASE WHEN pace.minute = excluded.minute THEN pace.used + 1 ELSE 1 END,
        minute = excluded.minute
    RETURNING used
"""


def seconds_to_wait(*, by: Actor, most: int, at: datetime) -> int:
    """Count one request of a token, and return how long it has to wait: 0 unless it made more than `most` this minute.

    One query; none when `most` is 0, which means no limit.
    """
    if not most:
        return 0
    minute, second = divmod(int(at.timestamp()), SECONDS)
    ((used,),) = found(_COUNT, {"token": by.actor_id, "minute": minute})
    return SECONDS - second if used > most else 0
