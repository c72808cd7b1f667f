"""`aanspreekpunt setup`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.operating.commands.arguments import takes_file as describe
from aanspreekpunt.operating.filling import apply_setup

if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "run"]


def run(options: argparse.Namespace) -> None:
    """Set up the organisation as the file describes it, and say what that changed."""
    print(apply_setup(options.file))
