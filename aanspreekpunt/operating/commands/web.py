"""`aanspreekpunt web`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.config.safety import refuse_unsafe_settings
from aanspreekpunt.operating.commands.arguments import takes_parent as describe
from aanspreekpunt.operating.web import run_web

if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "run"]


def run(options: argparse.Namespace) -> None:
    """Answer web requests, unless a setting is unsafe."""
    refuse_unsafe_settings()
    run_web(parent=options.parent)
