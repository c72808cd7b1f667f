"""What several subcommands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import argparse


def takes_nothing(_parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def takes_file(parser: argparse.ArgumentParser) -> None:
    """Take one file."""
    parser.add_argument("file", type=Path, metavar=_("FILE"))


def takes_parent(parser: argparse.ArgumentParser) -> None:
    """Take the process that watches over this one."""
    parser.add_argument("--parent", type=int, metavar="PID", help=_("stop when this process is gone"))
