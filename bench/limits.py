"""The edges of the standard API: what is asked there gets a clear answer, in bounded time and memory.

    python -m bench.limits [--directory var/bench-limits] [--contacts 5000] [--rounds 50]

A party with very many contacts shown whole, parties that represent each other, bodies that are too large or in no
encoding of ours, two clients at once at one task, and a token that is revoked while its system reads. `peak` is by how
much the most memory of a web worker grew meanwhile. The exit code is 1 when an answer is another one than expected.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import installation
from bench.processors import forget_peaks, peaks_of_workers
from bench.report import print_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.installation import Site
    from bench.limits_asked import Asked, Stage

HEAD = ("what", "answer", "times", "p50 ms", "worst ms", "kB out", "statements", "peak MB")
TIMES = 5
SETTLING = 0.2


@dataclass(frozen=True)
class Measured:
    """One limit: what was answered how often, how long it took, and by how much memory grew at most."""

    what: str
    answers: Counter[str]
    milliseconds: list[float]
    size: int
    statements: int | None
    peak: float
    expected: frozenset[str]

    @property
    def is_as_expected(self) -> bool:
        """Whether nothing else was answered."""
        return self.answers.keys() <= self.expected

    def cells(self) -> tuple[str, ...]:
        """Return the measurement as text."""
        took = sorted(self.milliseconds)
        answers = ", ".join(f"{count} times {answer}" for answer, count in sorted(self.answers.items()))
        return (
            self.what,
            answers + ("" if self.is_as_expected else "  UNEXPECTED"),
            str(len(took)),
            f"{took[len(took) // 2]:.0f}",
            f"{took[-1]:.0f}",
            f"{self.size / 1000:.0f}",
            "" if self.statements is None else str(self.statements),
            f"{self.peak:.1f}",
        )


class Measuring:
    """Asks the web server, and looks at its memory."""

    def __init__(self, site: Site, stage: Stage) -> None:
        self.site, self.stage = site, stage

    def ask(self, asked: Asked) -> Measured:
        """Ask one thing a few times, one after the other."""
        answers: Counter[str] = Counter()
        took, size = [], 0

        def work() -> None:
            nonlocal size
            for _number in range(TIMES):
                began = time.perf_counter()
                answer, size = self.once(asked)
                took.append(1000 * (time.perf_counter() - began))
                answers[answer] += 1

        self.once(asked)  # what is loaded at the first request is no growth
        peak = self._growth(work)
        statements = self.stage.statements(asked) if asked.method == "GET" else None
        return Measured(asked.what, answers, took, size, statements, peak, frozenset({asked.expected}))

    def once(self, asked: Asked, connection: HTTPConnection | None = None) -> tuple[str, int]:
        """Send a request; return its status with the code of its problem, and how large the answer was."""
        line = connection or HTTPConnection("127.0.0.1", self.site.port, timeout=120)
        headers = {"Authorization": f"Token {self.stage.key}", "Content-Type": "application/json", **asked.headers}
        line.request(asked.method, asked.path, asked.body(), headers, encode_chunked=asked.is_chunked)
        response = line.getresponse()
        raw = response.read()
        if connection is None:
            line.close()
        return self.stage.answer(response.status, raw), len(raw)

    def tag(self, path: str) -> str:
        """Return the tag of a thing: that of how it is shown there, with its address."""
        line = HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        line.request("GET", path, headers={"Authorization": f"Token {self.stage.key}"})
        response = line.getresponse()
        response.read()
        line.close()
        return response.getheader("ETag") or ""

    def race(self, what: str, asked: Callable[[int, int], Asked], *, rounds: int, expected: set[str]) -> Measured:
        """Let two clients ask at the same moment, so many times."""
        answers: Counter[str] = Counter()
        took: list[float] = []
        start = threading.Barrier(2)

        def client(number: int) -> None:
            line = HTTPConnection("127.0.0.1", self.site.port, timeout=60)
            for turn in range(rounds):
                wanted = asked(number, turn)
                start.wait()
                began = time.perf_counter()
                answer, _size = self.once(wanted, line)
                took.append(1000 * (time.perf_counter() - began))
                answers[answer] += 1
                start.wait()
            line.close()

        def work() -> None:
            clients = [threading.Thread(target=client, args=(number,)) for number in (0, 1)]
            for each in clients:
                each.start()
            for each in clients:
                each.join()

        peak = self._growth(work)
        return Measured(what, answers, took, 0, None, peak, frozenset(expected))

    def revoked_meanwhile(self, asked: Asked, revoke: Callable[[], None]) -> Measured:
        """Read on and on over one connection while the token is revoked: what is asked after that must be refused."""
        answers: Counter[str] = Counter()
        took: list[float] = []
        revoked, until = threading.Event(), time.monotonic() + 3

        def read() -> None:
            line = HTTPConnection("127.0.0.1", self.site.port, timeout=60)
            while time.monotonic() < until:
                was_revoked, began = revoked.is_set(), time.perf_counter()
                answer, _size = self.once(asked, line)
                took.append(1000 * (time.perf_counter() - began))
                answers[f"{'after' if was_revoked else 'before'} {answer}"] += 1

        def work() -> None:
            reader = threading.Thread(target=read)
            reader.start()
            time.sleep(1)
            revoke()
            revoked.set()
            reader.join()

        peak = self._growth(work)
        allowed = {"before 200", "before 401 authentication_failed", "after 401 authentication_failed"}
        return Measured(asked.what, answers, took, 0, None, peak, frozenset(allowed))

    def _growth(self, work: Callable[[], None]) -> float:
        forget_peaks(self.site.pid)
        before = peaks_of_workers(self.site.pid)
        work()
        time.sleep(SETTLING)
        return max(after - was for after, was in zip(peaks_of_workers(self.site.pid), before, strict=True))


def measure_limits(*, contacts: int, rounds: int) -> list[Measured]:
    """Set the stage, and measure every limit."""
    from bench.limits_asked import set_stage  # noqa: PLC0415 - after `installation.begin`

    stage = set_stage(contacts=contacts)
    with installation.serving() as site:
        measuring = Measuring(site, stage)
        stage.make_tasks(rounds, tag=measuring.tag)
        measured = [measuring.ask(each) for each in stage.asked()]
        measured += [
            measuring.race("two at once: done, and to another team", stage.at_once, rounds=rounds, expected={"200"}),
            measuring.race(
                "the same, both with If-Match",
                stage.at_once_matching,
                rounds=rounds,
                expected={"200", "412 precondition_failed"},
            ),
        ]
        measured.append(measuring.revoked_meanwhile(stage.reading(), stage.revoke))
    faults: list[Any] = stage.broken_truths()
    print(f"questions without exactly one owner, promise or leading task: {len(faults)}\n")
    return measured


def main() -> None:
    """Fill an installation, measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--directory", type=Path, default=Path("var/bench-limits"), help="where its data is kept")
    parser.add_argument("--contacts", type=int, default=5000, help="of the party with many")
    parser.add_argument("--rounds", type=int, default=50, help="how often two ask at once")
    options = parser.parse_args()
    installation.begin(options.directory.resolve())
    try:
        installation.grow_to(0)
        measured = measure_limits(contacts=options.contacts, rounds=options.rounds)
    finally:
        installation.stop_database()
    print_columns([HEAD, *(each.cells() for each in measured)])
    sys.exit(0 if all(each.is_as_expected for each in measured) else 1)


if __name__ == "__main__":
    main()
