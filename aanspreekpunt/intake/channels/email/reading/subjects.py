"""What a subject says without the marks that mail programs put before it."""

from __future__ import annotations

import re
from typing import Final

_MARK = re.compile(
    r"\s*(?:re|antw?|betr|aw|sv|vs|fwd?|fw|doorst|wg|tr|rv|rif|odp|ynt|vl|r|i)\s?(?:\[\d{1,3}\])?\s?:", re.IGNORECASE
)
_MOST_MARKS: Final = 20


def bare_subject(subject: str) -> str:
    """Return a subject without Re:, Antw:, Fwd: and the like, in one line of printable characters."""
    line = " ".join("".join(char if char.isprintable() else " " for char in subject).split())
    for _ in range(_MOST_MARKS):
        found = _MARK.match(line)
        if found is None:
            break
        line = line[found.end() :].lstrip()
    return line
