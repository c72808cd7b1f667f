"""Copying another register from the command line: its token, how far it is, and what came of it."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass, field
from getpass import getpass
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.api.klantinteracties.importing.register import PAGE_SIZE, Register, TokenNotAccepted
from aanspreekpunt.api.klantinteracties.importing.running import Told, copy_register
from aanspreekpunt.imports.report import Line, lines_of, refusals_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aanspreekpunt.imports.models import ImportRun, ImportStretch

VARIABLE: Final = "KLANTINTERACTIES_TOKEN"
"""The environment variable that may hold the token."""
SHOWN: Final = 20
"""How many refusals are printed; the report has all."""
SECONDS_BETWEEN_LINES: Final = 5.0
COLUMNS: Final = {
    "there": gettext_lazy("there"),
    "met": gettext_lazy("met"),
    "came_in": gettext_lazy("came in"),
    "brought_up_to_date": gettext_lazy("updated"),
    "unchanged": gettext_lazy("same"),
    "was_here": gettext_lazy("were here"),
    "changed_here": gettext_lazy("changed here"),
    "removed_here": gettext_lazy("removed here"),
    "refused": gettext_lazy("refused"),
    "incomplete": gettext_lazy("incomplete"),
    "gone_there": gettext_lazy("gone there"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was asked on the command line."""

    address: str
    token: str | None = field(repr=False)
    token_file: Path | None
    report: Path | None
    may_be_insecure: bool


def import_register(wanted: Wanted) -> int:
    """Copy a register and return the exit code: 1 when something of it did not come in."""
    token = token_of(wanted)
    if wanted.report is not None:
        wanted.report.open("a").close()  # rather find out now that it cannot be written
    with Register(
        wanted.address, token=token, may_be_insecure=wanted.may_be_insecure, waits_for=_tell_why_nothing_happens
    ) as register:
        run = copy_register(register, clock=timezone.now, told=Told(moved=_Progress().moved))
    lines = lines_of(run)
    _print_table(lines)
    _print_refusals(run)
    if wanted.report is not None:
        _write_report(wanted.report, run, lines)
    return 0 if all(line.is_whole for line in lines) else 1


def token_of(wanted: Wanted) -> str:
    """Return the token of the other register: as given, from a file, the environment, or typed in unseen."""
    if wanted.token is not None:
        warning = _("Others on this machine can see a token on the command line. Rather use --token-file or %(name)s.")
        print(warning % {"name": VARIABLE}, file=sys.stderr)
        token = wanted.token
    elif wanted.token_file is not None:
        token = wanted.token_file.read_text(encoding="utf-8")
    else:
        token = os.environ.get(VARIABLE) or getpass(_("Token of the other register: "))
    token = token.strip()
    if not token or not token.isascii() or not token.isprintable():
        raise TokenNotAccepted
    return token


def _tell_why_nothing_happens(code: str) -> None:
    message = _("The other register does not answer as it should (%(code)s). Asking again, for two minutes at most.")
    print(message % {"code": code}, file=sys.stderr, flush=True)


class _Progress:
    """Tells how far it is: on a terminal in place, else a line now and then."""

    def __init__(self) -> None:
        self._name, self._before = "", 0
        self._began = self._moved = self._told = monotonic()

    def moved(self, stretch: ImportStretch, done: int) -> None:
        """Tell of a page that was taken over."""
        now = monotonic()
        if stretch.name != self._name:  # the first page of a list was begun when the last of another was done
            self._name, self._began, self._before = stretch.name, self._moved, max(done - PAGE_SIZE, 0)
        self._moved = now
        is_shown = sys.stderr.isatty()
        if stretch.count and (stretch.is_done or is_shown or now - self._told >= SECONDS_BETWEEN_LINES):
            self._told = now
            begin, end = "\r" if is_shown else "", "\n" if stretch.is_done or not is_shown else ""
            print(begin + self._line(stretch, done, now), end=end, file=sys.stderr, flush=True)

    def _line(self, stretch: ImportStretch, done: int, now: float) -> str:
        pace = (done - self._before) / max(now - self._began, 0.001)
        rest = (stretch.count - done) / pace if pace > 0 else 0.0
        told = {"name": stretch.name, "done": done, "total": stretch.count, "pace": round(pace), "rest": round(rest)}
        return _("%(name)s: %(done)d of %(total)d, %(pace)d a second, %(rest)d seconds to go") % told


def _print_table(lines: Sequence[Line]) -> None:
    widest = max((len(line.path) for line in lines), default=0)
    shown = [name for name in COLUMNS if name in {"there", "met"} or any(getattr(line, name) for line in lines)]
    print(" " * widest, *(str(COLUMNS[name]).rjust(_width(name)) for name in shown))
    for line in lines:
        values = (str(getattr(line, name)).rjust(_width(name)) for name in shown)
        print(line.path.ljust(widest), *values, *line.troubles)


def _width(name: str) -> int:
    return max(9, len(str(COLUMNS[name])))


def _print_refusals(run: ImportRun) -> None:
    number = 0
    for number, each in enumerate(refusals_of(run), start=1):
        if number <= SHOWN:
            how = _("stayed out") if each["is_whole"] else _("came in without it")
            print(f"{each['path']} {each['uuid'] or '-'} {each['field']}: {each['code']} ({how})")
    if number > SHOWN:
        print(_("… and %(number)d more; --report writes them all.") % {"number": number - SHOWN})


def _write_report(path: Path, run: ImportRun, lines: Sequence[Line]) -> None:
    """Write everything as JSON, the refusals one to a line so that it may be as long as it has to."""
    head: dict[str, Any] = {"register": run.source.address, "began_at": run.began_at, "ended_at": run.ended_at}
    with path.open("wb") as report:
        report.write(b'{"run": ' + msgspec.json.encode(head))
        report.write(b',\n"lists": ' + msgspec.json.encode([asdict(line) for line in lines]))
        report.write(b',\n"refusals": [')
        for number, each in enumerate(refusals_of(run)):
            report.write((b",\n" if number else b"\n") + msgspec.json.encode(each))
        report.write(b"\n]}\n")
