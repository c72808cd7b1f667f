"""`aanspreekpunt mailboxes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.config.safety import refuse_unsafe_settings
from aanspreekpunt.operating.commands.arguments import takes_parent as describe
from aanspreekpunt.operating.mailboxes import run_mailboxes

if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "run"]


def run(options: argparse.Namespace) -> None:
    """Take mail in, unless a setting is unsafe."""
    refuse_unsafe_settings()
    run_mailboxes(parent=options.parent)
