"""Giving memory back after work that took much of it for a moment."""

from __future__ import annotations

import ctypes
import gc


def settle() -> None:
    """Give back what is free, and look no more for loops in what now stays for as long as this process lives."""
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Give what is free back to the system: the C library keeps it otherwise, where the C library can do so at all."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
