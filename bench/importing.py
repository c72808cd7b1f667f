"""Copying a register of many contacts from one instance into another over the API: how fast, how large, how right.

    python -m bench.importing [--contacts 50000] [--directory var/bench-import] [--kill-after 20]

Both instances run on this machine, each with a database of its own. The copy is killed once on its way (kill -9) and
begun again; then it is done once more, which has to change nothing. The counts are those that both tell over the API;
the one that was copied into has its own employees and teams besides, as actors.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib.resources import files
from pathlib import Path
from typing import Any

from bench import installation
from bench.report import print_columns

VARIABLE = "KLANTINTERACTIES_TOKEN"
SETUP = files("aanspreekpunt.setup") / "data" / "demo" / "municipality.yaml"
HELD = ("came_in", "brought_up_to_date", "unchanged", "refused", "incomplete")


@dataclass(frozen=True)
class Ran:
    """One run of the command: its exit code, what it took, and what its report says of each list."""

    code: int
    seconds: float
    cpu: float
    megabytes: float
    lists: list[dict[str, Any]]

    def number(self, name: str) -> int:
        """Return one count of all lists together."""
        return sum(each[name] for each in self.lists)


def main() -> None:
    """Build both, copy one into the other, and print what it took."""
    options = _options()
    directory = options.directory.absolute()
    os.environ.setdefault("AANSPREEKPUNT_DEMO_QUESTIONS", "200")  # the rest is loaded in bulk
    installation.begin(directory / "from")
    print(f"loading: {installation.grow_to(options.contacts):,.0f} contacts a second", flush=True)
    key = _say("token", "make", f"bench {time.time_ns()}", "--all", "--confidential")
    with installation.serving() as site:
        there = _counts(site.port, key)
        os.environ |= {"AANSPREEKPUNT_DATA_DIR": str(directory / "into"), VARIABLE: key}
        (directory / "into").mkdir(exist_ok=True)
        _say("setup", str(SETUP))
        own_key = _say("token", "make", f"bench {time.time_ns()}", "--all", "--confidential")
        before = _counts_here(own_key)
        address = f"http://127.0.0.1:{site.port}"
        killed = _copy(address, directory, kill_after=options.kill_after)
        first, again = _copy(address, directory), _copy(address, directory)
        here = _counts_here(own_key)
    _print_counts(there, before, here)
    _print_ran("killed", killed)
    _print_ran("went on", first, before=killed.seconds)
    _print_ran("again", again)
    _end(directory)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contacts", type=int, default=50_000)
    parser.add_argument("--directory", type=Path, default=Path("var/bench-import"))
    parser.add_argument("--kill-after", type=float, default=20)
    return parser.parse_args()


def _say(*arguments: str) -> str:
    command = (sys.executable, "-m", "aanspreekpunt", *arguments)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - our own command


def _copy(address: str, directory: Path, *, kill_after: float | None = None) -> Ran:
    report = directory / "report.json"
    command = (sys.executable, "-m", "aanspreekpunt", "import", "klantinteracties", "--from", address)
    began = time.monotonic()
    with (directory / "import.log").open("a") as log:
        process = subprocess.Popen((*command, "--report", str(report)), stdout=log, stderr=log)  # noqa: S603 - our own command
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    _pid, status, used = os.wait4(process.pid, 0)
    lists = json.loads(report.read_text())["lists"] if kill_after is None else []
    spent = time.monotonic() - began
    return Ran(os.waitstatus_to_exitcode(status), spent, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, lists)


def _counts_here(key: str) -> dict[str, int]:
    with installation.serving() as site:
        return _counts(site.port, key)


def _counts(port: int, key: str) -> dict[str, int]:
    """Return how many things of each kind an instance tells over its API that it has."""
    from aanspreekpunt.api.klantinteracties.importing.order import KINDS  # noqa: PLC0415 - after `begin`

    found = {}
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for path, kind in KINDS.items():
        headers = {"Authorization": f"Token {key}"}
        connection.request("GET", f"{kind.resource.root}{path}?pageSize=1", headers=headers)
        found[path] = json.loads(connection.getresponse().read())["count"]
    return found


def _print_counts(there: dict[str, int], before: dict[str, int], here: dict[str, int]) -> None:
    rows = [
        (
            path,
            f"{number:,}",
            f"{before[path]:,}",
            f"{here[path]:,}",
            "yes" if here[path] - before[path] == number else "NO",
        )
        for path, number in there.items()
    ]
    print_columns([("list", "there", "here before", "here after", "agrees"), *rows])


def _print_ran(name: str, ran: Ran, *, before: float = 0) -> None:
    """Print what one run took; its pace is over what it and the one before it, which was killed, spent together."""
    met = ran.number("met") if ran.lists else 0
    told = ", ".join(f"{each} {ran.number(each):,}" for each in HELD) if ran.lists else ""
    pace = f"{met / (ran.seconds + before):,.0f} things a second" if met else ""
    print(f"{name}: exit {ran.code}, {ran.seconds:.1f} s, CPU {ran.cpu:.1f} s, {ran.megabytes:.0f} MB, {pace}; {told}")


def _end(directory: Path) -> None:
    """Stop both databases; what was loaded and copied stays."""
    from aanspreekpunt.config.embedded import EmbeddedPostgres  # noqa: PLC0415 - after `begin`

    EmbeddedPostgres(directory=directory / "into" / "postgres").stop()
    installation.stop_database()


if __name__ == "__main__":
    main()
