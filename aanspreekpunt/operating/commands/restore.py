"""`aanspreekpunt restore`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.operating.commands.arguments import takes_file
from aanspreekpunt.operating.restore import keys_that_differ, restore_backup

if TYPE_CHECKING:
    import argparse


def describe(parser: argparse.ArgumentParser) -> None:
    """Take a backup, and whether it may take the place of what is there."""
    takes_file(parser)
    parser.add_argument("--replace", action="store_true", help=_("throw away what the database holds now"))


def run(options: argparse.Namespace) -> None:
    """Bring back what a backup holds, and say which keys are others than where it was made."""
    manifest = restore_backup(options.file, replace=options.replace)
    message = _("Restored %(file)s: %(tables)d tables, %(rows)d rows, %(files)d files.")
    print(message % {"file": options.file, **manifest.counts()})
    for name in keys_that_differ(manifest):
        message = _(
            "Here %(name)s is another than where the backup was made, so what was locked with it stays locked. "
            "Give it the value it had there.",
        )
        print(message % {"name": name})
