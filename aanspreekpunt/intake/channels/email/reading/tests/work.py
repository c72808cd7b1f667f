"""Counts what a function does, so that a test can tell work that grows too fast without looking at a clock."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def work_of(function: Callable[[], object]) -> int:
    """Return how many calls it makes and how many lines it runs."""
    count = 0

    def trace(_frame: object, _event: str, _arg: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # a tracer may be any function of three
    try:
        function()
    finally:
        sys.settrace(before)
    return count
