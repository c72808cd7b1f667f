"""`aanspreekpunt import`: copy a running register over its API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.operating.importing import Wanted, import_register

if TYPE_CHECKING:
    import argparse


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the register that can be copied to the parser of `aanspreekpunt import`."""
    subcommands = parser.add_subparsers(metavar=_("WHAT"), required=True)
    purpose = _("Copy a register that speaks Klantinteracties, or go on where that stopped; safe to repeat.")
    copying = subcommands.add_parser("klantinteracties", help=purpose, description=purpose)
    copying.add_argument("--from", dest="address", required=True, metavar="URL", help=_("where the other register is"))
    token = copying.add_mutually_exclusive_group()
    token.add_argument("--token-file", type=Path, metavar=_("FILE"), help=_("a file that holds its token"))
    token.add_argument("--token", metavar="TOKEN", help=_("its token, which others on this machine can see"))
    copying.add_argument("--report", type=Path, metavar=_("FILE"), help=_("write the whole report here, as JSON"))
    copying.add_argument("--insecure-http", action="store_true", help=_("allow http:// to another machine"))


def run(options: argparse.Namespace) -> int:
    """Copy it, tell how it goes and what came of it; 1 when something is missing."""
    return import_register(
        Wanted(
            address=options.address,
            token=options.token,
            token_file=options.token_file,
            report=options.report,
            may_be_insecure=options.insecure_http,
        )
    )
