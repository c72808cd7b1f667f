"""Reads mails damaged by chance: `python -m bench.mail_fuzz FOLDER` reports crashes, the slowest and the memory.

Each damaged mail follows from the seed and its number alone, so that one can be made again: `--only NUMBER`
and `--keep FOLDER` write it.
"""

from __future__ import annotations

import argparse
import heapq
import multiprocessing
import random
import resource
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from aanspreekpunt.intake.channels.email.reading import Unreadable, read_mail, safe_html

if TYPE_CHECKING:
    from collections.abc import Callable

SLOWEST = 5
LONGEST = 8 * 1024 * 1024
SECONDS = 10
CHUNK = 100
SIGNS = b'\r\n|\n\n|\r|\x00|--|--\r\n|=?utf-8?Q?|?=|=?x?B?|<|>|"|(|)|,|;|:|\\|=|==|=\n|=3D'
BYTES = b"<table><td>|<!--|<a href='|&|&#x"
MORE = b"\x1b$B|\xff\xfe|\xc3|\xe2\x80|\x80|\xf0\x9f|\x78\x9f\x3e\x22| \t|begin 644 a\n|\nend\n|BEGIN:VEVENT\n"
FIELDS = (
    b"From: |To: |Date: |Subject: |References: <|; charset=utf-16|; charset=utf-7|; charset=iso-2022-jp|"
    b"Content-Type: multipart/mixed; boundary=|Content-Type: multipart/alternative; boundary=a\n\n--a\n|"
    b"Content-Type: message/rfc822\n\n|Content-Type: application/ms-tnef\n|Content-Type: text/calendar\n|"
    b"Content-Type: text/html\n\n<|Content-Transfer-Encoding: base64\n|Content-Transfer-Encoding: x-uuencode\n|"
    b"Content-Transfer-Encoding: quoted-printable\n|Content-Disposition: attachment; filename*0*=utf-8''%|"
    b"; format=flowed; delsp=yes"
)
WORDS = b"|".join((SIGNS, BYTES, MORE, FIELDS)).split(b"|")


@dataclass
class Result:
    """What came of a number of mails."""

    read: int = 0
    unreadable: int = 0
    crashes: list[tuple[int, str]] = field(default_factory=list)
    slowest: list[tuple[float, int, int]] = field(default_factory=list)
    seconds: float = 0
    memory: int = 0

    def add(self, other: Result) -> None:
        """Put two results together."""
        self.read += other.read
        self.unreadable += other.unreadable
        self.crashes += other.crashes
        self.slowest = heapq.nlargest(SLOWEST, self.slowest + other.slowest)
        self.seconds += other.seconds
        self.memory = max(self.memory, other.memory)


def flip(mail: bytearray, chance: random.Random) -> None:
    """Change a few bytes."""
    for _ in range(chance.randint(1, 20)):
        mail[chance.randrange(len(mail))] = chance.randrange(256)


def insert(mail: bytearray, chance: random.Random) -> None:
    """Put something in that means something in mail, perhaps many times."""
    at = chance.randrange(len(mail) + 1)
    mail[at:at] = chance.choice(WORDS) * chance.choice((1, 1, 1, 2, 50, 5_000))


def cut(mail: bytearray, chance: random.Random) -> None:
    """Leave a piece out."""
    at = chance.randrange(len(mail))
    del mail[at : at + chance.choice((1, 10, 100, 10_000))]


def repeat(mail: bytearray, chance: random.Random) -> None:
    """Say a piece many times."""
    at = chance.randrange(len(mail))
    piece = bytes(mail[at : at + chance.randint(1, 300)])
    mail[at:at] = piece * chance.choice((1, 3, 100, 3_000))


def swap_lines(mail: bytearray, chance: random.Random) -> None:
    """Put lines in another order."""
    lines = mail.split(b"\n")
    for _ in range(chance.randint(1, 10)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    mail[:] = b"\n".join(lines)


def end_here(mail: bytearray, chance: random.Random) -> None:
    """Cut the mail off."""
    del mail[chance.randrange(len(mail)) :]


def other_ends(mail: bytearray, chance: random.Random) -> None:
    """Give lines other ends."""
    mail[:] = mail.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\r", b"\n")))


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip,
    insert,
    insert,
    cut,
    repeat,
    swap_lines,
    end_here,
    other_ends,
)
_mails: list[bytes] = []


def damaged(seed: int, number: int) -> bytes:
    """Make the damaged mail with this number."""
    chance = random.Random(f"{seed}-{number}")
    mail = bytearray(chance.choice(_mails))
    if chance.random() < 0.2:  # noqa: PLR2004 - one in five is made of two
        other = chance.choice(_mails)
        mail[chance.randrange(len(mail) + 1) :] = other[chance.randrange(len(other)) :]
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        if mail:
            chance.choice(DAMAGES)(mail, chance)
    return bytes(mail[:LONGEST])


def _too_slow(*_: object) -> NoReturn:
    raise TimeoutError(f"more than {SECONDS} s")


def try_one(seed: int, number: int, result: Result) -> None:
    """Read one damaged mail and make its HTML safe."""
    raw = damaged(seed, number)
    begin = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        mail = read_mail(raw)
        safe_html(mail.html)
        repr((mail.subject, mail.text)).encode()
        result.read += 1
    except Unreadable:
        result.unreadable += 1
    except Exception:  # noqa: BLE001 - finding them is what this is for
        result.crashes.append((number, traceback.format_exc(limit=-3)))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - begin
    result.seconds += took
    result.slowest = heapq.nlargest(SLOWEST, [*result.slowest, (took, number, len(raw))])


def try_some(job: tuple[int, int, int]) -> Result:
    """Read a stretch of damaged mails."""
    seed, first, count = job
    result = Result()
    signal.signal(signal.SIGPROF, _too_slow)
    for number in range(first, first + count):
        try_one(seed, number, result)
    result.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return result


def _load(folder: Path) -> None:
    _mails[:] = [path.read_bytes() for path in sorted(folder.rglob("*.eml"))]


def run(folder: Path, *, seed: int, mails: int, processes: int) -> Result:
    """Read that many damaged mails in several processes."""
    jobs = [(seed, first, min(CHUNK, mails - first)) for first in range(0, mails, CHUNK)]
    total = Result()
    with multiprocessing.Pool(processes, _load, (folder,)) as pool:
        for number, result in enumerate(pool.imap_unordered(try_some, jobs), 1):
            total.add(result)
            if number % 100 == 0:
                print(f"{number * CHUNK} …", file=sys.stderr, flush=True)
    return total


def main() -> int:
    """Run and report; 1 when a mail crashed the reading or took too long."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mails", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", type=int, help="make this one mail only")
    parser.add_argument("--keep", type=Path, help="write the mails that went wrong and the slowest here")
    options = parser.parse_args()
    _load(options.folder)
    if options.only is not None:
        total = try_some((options.seed, options.only, 1))
    else:
        total = run(options.folder, seed=options.seed, mails=options.mails, processes=options.processes)
    for number, error in total.crashes[:20]:
        print(f"mail {number}:\n{error}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        for number in {*(number for number, _ in total.crashes), *(number for _, number, _ in total.slowest)}:
            (options.keep / f"{options.seed}-{number}.eml").write_bytes(damaged(options.seed, number))
    per_second = total.read / max(total.seconds, 1e-9)
    print(
        f"{total.read} read, {total.unreadable} unreadable, {len(total.crashes)} crashed; "
        f"{per_second:.0f} a second of processor time"
    )
    print(
        "slowest: " + ", ".join(f"{took:.2f} s (mail {number}, {size} bytes)" for took, number, size in total.slowest)
    )
    print(f"most memory of a process: {total.memory} MB")
    return 1 if total.crashes else 0


if __name__ == "__main__":
    sys.exit(main())
