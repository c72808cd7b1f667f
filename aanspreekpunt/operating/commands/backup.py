"""`aanspreekpunt backup`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.operating.backup import write_backup
from aanspreekpunt.operating.commands.arguments import takes_file as describe

if TYPE_CHECKING:
    import argparse

__all__ = ["describe", "run"]


def run(options: argparse.Namespace) -> None:
    """Write everything into one file, and say how much that was."""
    manifest = write_backup(options.file)
    message = _("Wrote %(file)s: %(tables)d tables, %(rows)d rows, %(files)d files.")
    print(message % {"file": options.file, **manifest.counts()})
