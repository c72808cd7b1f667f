"""Gives an employee a password from the command line; it is asked for, so that it stands in no history of commands."""

from __future__ import annotations

import sys
from getpass import getpass

from django.utils import timezone
from django.utils.translation import gettext as _

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.setup.operations import set_first_password


def give_password(email: str) -> None:
    """Ask for a password and give it to the employee with this address."""
    set_first_password(email=email, password=_asked_for(), by=SYSTEM, at=timezone.now())


def _asked_for() -> str:
    if sys.stdin.isatty():
        return getpass(_("Password: "))
    return sys.stdin.readline().rstrip("\n")
