"""`aanspreekpunt check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.operating.checkup import check_installation
from aanspreekpunt.operating.commands.arguments import takes_nothing as describe
from aanspreekpunt.operating.report import print_findings

if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "run"]


def run(_options: argparse.Namespace) -> int:
    """Print whether this installation is healthy and safe; 1 when it is not."""
    return print_findings(check_installation())
