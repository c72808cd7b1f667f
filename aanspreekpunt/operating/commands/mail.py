"""`aanspreekpunt mail`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.management import call_command
from django.utils.translation import gettext as _

from aanspreekpunt.operating.mail_trying import try_mail
from aanspreekpunt.operating.report import print_findings

if TYPE_CHECKING:
    import argparse


def describe(parser: argparse.ArgumentParser) -> None:
    """Take `test`, or a decision about a mail in doubt."""
    what = _("test: try mailboxes and mail server, and explain what is wrong")
    parser.add_argument("what", nargs="?", choices=("test",), help=what)
    parser.add_argument("--to", default="", metavar=_("EMAIL"), help=_("with test: send a mail to this address"))
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--send-again", type=UUID, metavar="ID", help=_("send this one again; it may arrive twice"))
    choice.add_argument("--take-as-sent", type=UUID, metavar="ID", help=_("take it that this one arrived"))


def run(options: argparse.Namespace) -> int | None:
    """Test the mail, or list what is in doubt and decide on it."""
    if options.what == "test":
        return print_findings(list(try_mail(to=options.to)))
    call_command("doubtful_mail", send_again=options.send_again, take_as_sent=options.take_as_sent)
    return None
