"""What a process remembers, and for how long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from aanspreekpunt.common.remembering import SECONDS, forget, recall, remember

if TYPE_CHECKING:
    import pytest


def test_what_is_remembered_is_the_thing_itself() -> None:
    found = object()
    remember("one", found)
    assert recall("one") is found
    assert recall("other") is None


def test_it_is_forgotten_after_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    remember("one", "found")
    later = time.monotonic() + SECONDS
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert recall("one") is None


def test_it_is_forgotten_when_told_so() -> None:
    remember("one", "found")
    forget()
    assert recall("one") is None
