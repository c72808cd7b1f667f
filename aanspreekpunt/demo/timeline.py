"""Lets many stories happen side by side, each step in its place in time, until the present."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from aanspreekpunt.common.refusals import Refusal

Story = Iterator[datetime]
"""What happens to one question: does a step each time it is asked on, and says when the next one is."""


@dataclass(order=True)
class _Step:
    at: datetime
    place: int
    story: Story = field(compare=False)


class Timeline:
    """Steps of many stories, earliest first."""

    def __init__(self) -> None:
        self._steps: list[_Step] = []
        self._places = count()

    def add(self, at: datetime, story: Story) -> None:
        """Let a story begin at this moment."""
        heapq.heappush(self._steps, _Step(at, next(self._places), story))

    def run(self, *, until: datetime, progress: Callable[[], None]) -> None:
        """Let everything happen that happens before `until`; what comes later stays undone, which is what is open."""
        while self._steps and self._steps[0].at <= until:
            step = heapq.heappop(self._steps)
            try:
                following = next(step.story, None)
            except Refusal:  # somebody was first, e.g. merged the question; then this story has no more to tell
                following = None
            if following is not None:
                self.add(max(following, step.at), step.story)
            progress()
