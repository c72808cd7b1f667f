"""What starting costs: processor time and memory of each command until it would begin its work. Needs no database.

    python -m bench.starting [--times 7]

The floor is Django alone, set up with its own users and sessions on PostgreSQL. A worker loads the jobs after it
started, and each web process the pages; those stand apart. Best run with what Python compiled kept, as it is by `make`
and after an installation; the last line says what starting takes without.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from statistics import median
from typing import NamedTuple

from bench.report import print_columns

FLOOR = """
import django
from django.conf import settings
apps = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages"]
settings.configure(INSTALLED_APPS=apps, DATABASES={"default": {"ENGINE": "django.db.backends.postgresql"}})
django.setup()
from django.db import connection
connection.ops
"""
HELP = """
from contextlib import suppress
from aanspreekpunt.operating.command import main
with suppress(SystemExit):
    main(["--help"])
"""
COMMAND = """
import sys, django
django.setup()
from aanspreekpunt.operating.carrying_out import understood
understood(sys.argv[1:])
"""
JOBS = """
import django
django.setup()
from procrastinate.contrib.django import app
app.perform_import_paths()
"""
PAGES = """
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
"""
STARTS = (
    ("Django alone", FLOOR, ()),
    ("--help", HELP, ()),
    *((name, COMMAND, (name,)) for name in ("check", "migrate", "mailboxes", "worker", "web", "serve")),
    ("the jobs of a worker", JOBS, ()),
    ("the pages of a web process", PAGES, ()),
)


class Start(NamedTuple):
    """What one start took."""

    seconds: float
    megabytes: float


def main() -> None:
    """Start everything some times and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=7, help="how often each is started")
    times = parser.parse_args().times
    lines = [("start", "CPU s", "times the floor", "memory MB")]
    floor = 0.0
    for name, source, arguments in STARTS:
        start = _usual(source, *arguments, times=times)
        floor = floor or start.seconds
        lines.append((name, f"{start.seconds:.2f}", f"{start.seconds / floor:.1f}", f"{start.megabytes:.0f}"))
    afresh = _usual(COMMAND, "check", times=min(times, 3), keeps_what_it_compiled=False)
    lines.append(("check, compiled afresh", f"{afresh.seconds:.2f}", f"{afresh.seconds / floor:.1f}", ""))
    print_columns(lines)


def _usual(source: str, *arguments: str, times: int, keeps_what_it_compiled: bool = True) -> Start:
    starts = [_start(source, arguments, keeps_what_it_compiled=keeps_what_it_compiled) for _ in range(times + 1)][1:]
    return Start(median(start.seconds for start in starts), median(start.megabytes for start in starts))


def _start(source: str, arguments: tuple[str, ...], *, keeps_what_it_compiled: bool) -> Start:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"AANSPREEKPUNT_MODE": "test", "DJANGO_SETTINGS_MODULE": "aanspreekpunt.config.settings"}
    if not keeps_what_it_compiled:
        environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": os.devnull}
    command = (sys.executable, "-c", source, *arguments)
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    _, status, took = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Start(took.ru_utime + took.ru_stime, took.ru_maxrss / 1000)


if __name__ == "__main__":
    main()
