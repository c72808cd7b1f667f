"""When to try again, to send a mail that was not accepted or to read one that came in, in plain Python."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440))
"""How long to wait after each attempt: a minute at first, a day at last, 64 hours in all."""

LEASE: Final = timedelta(minutes=10)
"""How long one attempt may take before we conclude that whoever made it is gone. Longer than SMTP's patience."""

RATE_PERIOD: Final = timedelta(minutes=1)
"""The time in which a domain gets so many mails at most."""

MOST_REFUSALS: Final = 3
"""So many mails in a row a domain may refuse for now before we leave it alone; one may be about a mailbox."""

_REST: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30))

WAIT_AFTER_BOUNCE: Final = timedelta(hours=4)
"""When to send a mail again that came back for now, for a mailbox that was full."""

_WRONG_ADDRESS: Final = ("5.1.", "5.2.1", "550", "551", "553")


def says_address_is_wrong(code: str) -> bool:
    """Say whether a reply code, or an enhanced status of RFC 3463, means that mail to this address makes no sense."""
    return code.startswith(_WRONG_ADDRESS)


TIME_TO_INTERPRET: Final = timedelta(minutes=2)
"""How long interpreting one message may take before we conclude that whoever began is gone; ten seconds is much."""

MOST_INTERPRETATIONS: Final = 3
"""How often interpreting a message is begun before it is set apart."""


def rest_after(refusals: int) -> timedelta | None:
    """Return how long to leave a domain alone that refused so many mails in a row for now, if at all."""
    if refusals < MOST_REFUSALS:
        return None
    return _REST[min(refusals - MOST_REFUSALS, len(_REST) - 1)]


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after this many attempts, or nothing when it is time to give up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
