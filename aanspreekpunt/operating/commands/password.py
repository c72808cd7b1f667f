"""`aanspreekpunt password`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.operating.passwords import give_password

if TYPE_CHECKING:
    import argparse


def describe(parser: argparse.ArgumentParser) -> None:
    """Take the address of an employee."""
    parser.add_argument("email", metavar=_("EMAIL"))


def run(options: argparse.Namespace) -> None:
    """Ask for a password and give it to the employee."""
    give_password(options.email)
    print(_("%(email)s can log in with this password now.") % {"email": options.email})
