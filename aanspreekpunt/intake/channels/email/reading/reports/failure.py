"""A mail that did not arrive at an address, and how bad that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from aanspreekpunt.intake.channels.email.reading.reports import phrases

Severity = Literal["hard", "soft", "refused"]
"""Hard: the address does not work. Soft: it may work later, as when a mailbox is full. Refused: the address may be
right, but this mail was not wanted there: spam, policy, too large."""

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.#:/-])([245])[0-5]\d(?=[ \-:]|$)(?![ \-]\d{4})")
_FULL_CODES = frozenset({"2.2", "3.1"})
_UNKNOWN_CODES = frozenset(
    {"1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.0", "2.1", "4.1", "4.310", "4.4", "1.20"}
)
_REFUSED_CODES = frozenset({"1.7", "1.8", "1.9", "2.3", "3.4", "2.4", "6.0"})
_LATER_CODES = frozenset({"4.6", "4.7", "4.300", "4.312", "4.316", "4.14", "3.2"})


@dataclass(frozen=True, slots=True)
class Failure:
    """One address that a mail did not reach."""

    address: str
    """As we wrote to it; "" when the report does not say."""
    severity: Severity
    status: str = ""
    """The enhanced status code of RFC 3463, like 5.1.1; "" when unknown."""
    diagnostic: str = ""
    """What the other side said of it, on one line."""
    final_address: str = ""
    """Where it was forwarded to, when that is another address."""

    @property
    def is_permanent(self) -> bool:
        """Whether no mail will ever arrive at this address."""
        return self.severity == "hard"


def failure_of(
    address: str, *, status: str = "", diagnostic: str = "", final_address: str = "", context: str = ""
) -> Failure:
    """Judge one failure by its code and by what the other side said, or else by what the rest of the report says."""
    said = " ".join(diagnostic.split())[:1000]
    code = _best_status(status, said)
    other = final_address if final_address.lower() != address.lower() else ""
    told = said if not context or _says_why(said) else context
    return Failure(address, severity_of(code, told), code, said, other)


def _says_why(said: str) -> bool:
    low = said.lower()
    return any(each in low for each in (*phrases.FULL, *phrases.UNKNOWN, *phrases.UNWANTED, *phrases.TEMPORARY))


def severity_of(status: str, said: str) -> Severity:
    """Say how bad it is; what was said outweighs the code, as many servers give the same code for everything."""
    low = said.lower()
    kind, _, rest = status.partition(".")
    if rest in _FULL_CODES or any(each in low for each in phrases.FULL):
        return "soft"
    if kind != "4" and any(each in low for each in phrases.UNKNOWN) and not rest.startswith("7."):
        return "hard"
    return _by_code(kind, rest, low)


def _by_code(kind: str, rest: str, low: str) -> Severity:
    if rest.startswith("7.") or rest in _REFUSED_CODES:
        return "refused"
    if kind == "4" or rest in _LATER_CODES:
        return "soft"
    if rest in _UNKNOWN_CODES and rest != "1.0":
        return "hard"
    return _by_words(kind, low)


def _by_words(kind: str, low: str) -> Severity:
    if any(each in low for each in phrases.UNWANTED):
        return "refused"
    if any(each in low for each in phrases.TEMPORARY):
        return "soft"
    return "hard" if kind == "5" else "soft"


def status_in(text: str) -> str:
    """Return the first status code in a text, or what an SMTP reply like 550 comes down to, or ""."""
    found = _STATUS.search(text[:4000])
    if found:
        return found[1]
    reply = _REPLY.search(text[:4000])
    return f"{reply[1]}.0.0" if reply else ""


def _best_status(status: str, said: str) -> str:
    """Prefer the code that says most: many give 5.0.0 beside a diagnostic that says 5.1.1."""
    given = status_in(status)
    named = _STATUS.search(said)
    if named and (not given or given.endswith(".0.0")):
        return named[1]
    return given or status_in(said)
