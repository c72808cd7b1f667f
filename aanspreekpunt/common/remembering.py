"""Rows that hardly ever change, such as the municipality's own, kept by each process for some seconds.

Django's cache in memory copies what it keeps each time it is asked; these are shared, so nobody may change them.
"""

from __future__ import annotations

import time
from typing import Any, Final

SECONDS: Final = 10
"""How long a process may go on with what it read before."""

_kept: dict[str, tuple[float, Any]] = {}


def recall(name: str) -> Any:
    """Return what is remembered under this name; None when that is nothing, or too long ago."""
    until, found = _kept.get(name, (0.0, None))
    return found if time.monotonic() < until else None


def remember(name: str, found: Any) -> None:
    """Remember something for the next seconds."""
    _kept[name] = (time.monotonic() + SECONDS, found)


def forget() -> None:
    """Forget everything: read it afresh from now on in this process."""
    _kept.clear()
