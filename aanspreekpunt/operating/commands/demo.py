"""`aanspreekpunt demo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.operating.filling import fill_demo, load_demo
from aanspreekpunt.operating.report import print_progress

if TYPE_CHECKING:
    import argparse


def describe(parser: argparse.ArgumentParser) -> None:
    """Take how much to load."""
    parser.add_argument("--contacts", type=int, metavar="N", help=_("load N contacts in bulk, for measuring"))


def run(options: argparse.Namespace) -> None:
    """Fill the database with a made-up municipality, or load contacts in bulk."""
    if options.contacts:
        loaded = load_demo(contacts=options.contacts, progress=print_progress)
        message = _("Loaded %(contacts)d contacts with everything that belongs to them: %(speed)d a second.")
        print(message % {"contacts": loaded.contacts, "speed": loaded.per_second})
        return
    filled = fill_demo(progress=print_progress)
    message = _("Filled the municipality with %(questions)d questions.")
    print(message % {"questions": filled.questions} if filled.questions else _("The demo was filled before."))
