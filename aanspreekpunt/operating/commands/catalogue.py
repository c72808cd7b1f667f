"""`aanspreekpunt catalogue`: the subcommands about the catalogue of products."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from aanspreekpunt.catalogue.operations.upl import import_upl
from aanspreekpunt.catalogue.upl import SHIPPED
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.operating.schema import bring_up_to_date

if TYPE_CHECKING:
    import argparse


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `aanspreekpunt catalogue`."""
    subcommands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    purpose = _("Refresh the names of the Uniforme Productnamenlijst from its CSV file; safe to repeat.")
    refresh = subcommands.add_parser("import-upl", help=purpose, description=purpose)
    refresh.add_argument(
        "file", type=Path, nargs="?", default=SHIPPED, metavar=_("FILE"), help=_("left out: the list shipped with this")
    )
    refresh.set_defaults(run=refresh_upl)


def run(_options: argparse.Namespace) -> None:
    """Do nothing: each subcommand sets what runs, and one has to be given."""


def refresh_upl(options: argparse.Namespace) -> int:
    """Refresh the product names, and say what that did and which lines were refused; 1 when any was."""
    bring_up_to_date()
    done = import_upl(file=options.file, by=SYSTEM, at=timezone.now())
    message = _(
        "Product names: %(added)d added, %(changed)d changed, %(unchanged)d unchanged, %(gone)d not listed now."
    )
    counts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged, "gone": done.gone}
    print(message % counts)
    for refused in done.refused:
        print(_("Refused: %(line)s") % {"line": refused})
    return int(bool(done.refused))
