"""Requests are worked on in turns: so many at a time, never behind one that takes long or a line that is slow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.config import handling
from aanspreekpunt.config.handling import READ_BEFOREHAND, Handler
from aanspreekpunt.config.taking_turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator

FOREVER = 60.0


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def test_no_more_are_at_work_than_there_are_turns(threads: ThreadPoolExecutor) -> None:
    turns, at_work, most = Turns(2), [0], [0]

    def work(_number: int) -> None:
        for _time in range(200):
            with turns.one(patience=FOREVER):
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
                at_work[0] -= 1

    list(threads.map(work, range(8)))
    assert most[0] <= 2
    assert at_work[0] == 0


def test_the_next_begins_when_one_ends_also_when_it_fails(threads: ThreadPoolExecutor) -> None:
    turns, may_end = Turns(1), Event()

    def fail() -> None:
        with turns.one(patience=FOREVER):
            may_end.wait(FOREVER)
            raise ValueError

    def succeed() -> str:
        with turns.one(patience=FOREVER):
            return "done"

    failing = threads.submit(fail)
    waiting = threads.submit(succeed)
    may_end.set()
    with pytest.raises(ValueError):  # noqa: PT011 - our own, without words
        failing.result()
    assert waiting.result() == "done"


def test_one_that_takes_long_makes_room_and_gives_no_turn_back(threads: ThreadPoolExecutor) -> None:
    turns, began, may_end = Turns(1), Event(), Event()

    def take_long() -> None:
        with turns.one(patience=FOREVER):
            began.set()
            may_end.wait(FOREVER)

    slow = threads.submit(take_long)
    began.wait(FOREVER)
    with turns.one(patience=0.01):
        may_end.set()
        slow.result()  # it ends while its turn is somebody else's
        third = threads.submit(_once, turns, 0.2)
        assert not third.done()
    third.result()
    assert turns._free.qsize() == 1


def _once(turns: Turns, patience: float) -> None:
    with turns.one(patience=patience):
        pass


class Line:
    """A line over which a body comes; what it told of how much was read of it."""

    def __init__(self, content: bytes) -> None:
        self.content, self.was_read = content, 0

    def read(self, size: int) -> bytes:
        self.was_read += size
        return self.content[:size]


@pytest.mark.parametrize(
    ("length", "is_read", "is_in_turn"),
    [
        ("", 0, True),
        ("0", 0, True),
        ("7", 7, True),
        (str(READ_BEFOREHAND + 1), 0, False),
        ("-7", 0, False),
        ("seven", 0, False),
    ],
)
def test_a_body_is_awaited_before_a_turn_is_taken_and_a_large_one_takes_none(
    monkeypatch: pytest.MonkeyPatch, length: str, is_read: int, *, is_in_turn: bool
) -> None:
    line, happened = Line(b"content"), []

    def answer(_handler: Handler, environ: dict[str, Any], _start: Any) -> list[bytes]:
        happened.append(f"free {handler._turns._free.qsize()}, read {line.was_read}")
        return [environ["wsgi.input"].read(7)]

    monkeypatch.setattr(handling.WSGIHandler, "__call__", answer)
    handler = Handler()
    free = handler._turns._free.qsize()
    assert handler({"CONTENT_LENGTH": length, "wsgi.input": line}, None) in ([b"content"], [b""])
    assert happened == [f"free {free - is_in_turn}, read {is_read}"]
    assert handler._turns._free.qsize() == free
