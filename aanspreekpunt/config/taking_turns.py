"""Working on a few requests at a time, though more are under way: those that crowd a processor slow each other down.

Python runs one thread of a process at a time. A second thread makes use of what the first waits for the database; each
further one only makes the others wait for their turn, by some milliseconds whenever the database answers. Who takes
long does not hold up the rest: somebody who waited for a while takes over the turn of who has had his longest.

`threading.BoundedSemaphore` was considered; a turn of it cannot be taken over, and waiting for it with a limit of time
is done in Python, which costs more.
"""

from __future__ import annotations

from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE: Final = 0.05
"""How many seconds somebody waits before he takes over a turn: several times what an ordinary request takes."""


class Turns:
    """So many turns, at least one, for all threads of a process."""

    def __init__(self, at_once: int) -> None:
        self._free: SimpleQueue[None] = SimpleQueue()
        self._held: dict[object, None] = {}  # by who has one, longest first
        for _turn in range(at_once):
            self._free.put(None)

    @contextmanager
    def one(self, *, patience: float = PATIENCE) -> Iterator[None]:
        """Do this when it is one's turn; after `patience` seconds without, instead of whoever has had his longest."""
        while not self._came_free(patience) and not self._took_over():
            pass
        own = object()
        self._held[own] = None
        try:
            yield
        finally:
            if self._held.pop(own, own) is None:  # nobody took it over
                self._free.put(None)

    def _came_free(self, patience: float) -> bool:
        try:
            self._free.get(timeout=patience)
        except Empty:
            return False
        return True

    def _took_over(self) -> bool:
        """Take the turn of who has had his longest; not when it ends at this very moment, for then it comes free."""
        for longest in [*self._held][:1]:
            return self._held.pop(longest, longest) is None
        return False
