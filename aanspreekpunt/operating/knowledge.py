"""The subcommands about answers and finding them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.operating.adopting import describe_adopt

if TYPE_CHECKING:
    import argparse


def describe_knowledge(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `aanspreekpunt knowledge`."""
    subcommands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    purpose = _("Adopt the starter base: answers for any municipality, to make your own; safe to repeat.")
    describe_adopt(subcommands.add_parser("adopt", help=purpose, description=purpose))


def run_knowledge(_options: argparse.Namespace) -> None:
    """Do nothing: each subcommand sets what runs, and one has to be given."""
