"""`aanspreekpunt serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.operating.commands.arguments import takes_nothing as describe
from aanspreekpunt.operating.serve import serve

if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "run"]


def run(_options: argparse.Namespace) -> int:
    """Run everything on this machine."""
    return serve()
