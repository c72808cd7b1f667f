"""The one command of the product: knows the subcommands by name, and loads only what the one that is given needs."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from aanspreekpunt.config.catalogues import compile_catalogues
from aanspreekpunt.operating.commands import COMMANDS
from aanspreekpunt.operating.words import gettext_noop, translator

if TYPE_CHECKING:
    from collections.abc import Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanspreekpunt.config.settings")

DESCRIPTION, COMMAND = gettext_noop("Run and look after Aanspreekpunt."), gettext_noop("COMMAND")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code: 0 good, 1 a problem, 2 wrong use or unsafe settings."""
    given = sys.argv[1:] if arguments is None else arguments
    compile_catalogues()  # before Django reads them, which it does once
    if not set(given[:1]) & {command.name for command in COMMANDS}:
        parser_of_all()[0].parse_args(given)  # shows the help or what is wrong, and exits
    from aanspreekpunt.operating.carrying_out import carry_out  # noqa: PLC0415 - Django; to show the help needs none

    return carry_out(given)


def parser_of_all() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """Return the parser of the command, and those of its subcommands, which do not know yet what each takes."""
    say = translator()
    parser = argparse.ArgumentParser(prog="aanspreekpunt", description=say(DESCRIPTION))
    subparsers = parser.add_subparsers(metavar=say(COMMAND), required=True)
    parsers = {}
    for command in COMMANDS:
        purpose = say(command.purpose)
        parsers[command.name] = subparsers.add_parser(command.name, help=purpose, description=purpose)
    return parser, parsers
