"""How the command line shows findings and progress."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.config.safety import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aanspreekpunt.config.safety import Finding

BAR_WIDTH = 40


def print_findings(findings: Sequence[Finding]) -> int:
    """Print a table of what was found, and return the exit code: 1 when anything is wrong, else 0."""
    words = {Verdict.OK: _("ok"), Verdict.WARNING: _("warning"), Verdict.ERROR: _("error")}
    widest = max(len(finding.name) for finding in findings)
    for finding in findings:
        print(f"{words[finding.verdict]:<14}{finding.name:<{widest}}  {finding.message}".rstrip())
    return int(any(finding.verdict is Verdict.ERROR for finding in findings))


def print_progress(done: int, total: int) -> None:
    """Show how far a long piece of work is: as a bar on a terminal, as a line now and then in a file."""
    if total <= 0:
        return
    if not sys.stderr.isatty():
        _print_milestone(done, total)
        return
    filled = BAR_WIDTH * done // total
    end = "\n" if done >= total else ""
    print(f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done}/{total}", end=end, file=sys.stderr, flush=True)


def _print_milestone(done: int, total: int) -> None:
    tenth = 10 * done // total
    if tenth > _passed.get(total, 0):
        _passed[total] = tenth % 10  # a next piece of work of this size starts anew
        print(f"{done}/{total}", file=sys.stderr, flush=True)


_passed: dict[int, int] = {}
