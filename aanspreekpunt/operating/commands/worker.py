"""`aanspreekpunt worker`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.config.safety import refuse_unsafe_settings
from aanspreekpunt.operating.commands.arguments import takes_parent as describe
from aanspreekpunt.operating.worker import run_worker

if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "run"]


def run(options: argparse.Namespace) -> None:
    """Do background jobs, unless a setting is unsafe."""
    refuse_unsafe_settings()
    run_worker(parent=options.parent)
