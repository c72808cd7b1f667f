"""The one command of the product: reads what was asked, and turns every failure into a sentence and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanspreekpunt.config.settings")

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError, connections
from django.utils import translation
from django.utils.translation import gettext as _

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.config.catalogues import compile_catalogues
from aanspreekpunt.config.embedded import EmbeddedDatabaseFailed, stop_unused_database

if TYPE_CHECKING:
    from collections.abc import Sequence

OK, PROBLEM, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code: 0 good, 1 a problem, 2 wrong use or unsafe settings."""
    compile_catalogues()  # before Django reads them, which it does once
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        return _say(problem, code=WRONG_USE)
    with translation.override(language_of_user()):
        try:
            return _run(_parser().parse_args(arguments))
        finally:
            connections.close_all()
            stop_unused_database()


def language_of_user() -> str:
    """Speak Dutch to who set the terminal to Dutch, English to anyone else."""
    chosen = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "nl" if chosen.lower().startswith("nl") else "en"


def _run(options: argparse.Namespace) -> int:
    try:
        return int(options.run(options) or OK)
    except ImproperlyConfigured as problem:
        return _say(problem, code=WRONG_USE)
    except (Refusal, EmbeddedDatabaseFailed, CommandError) as problem:
        return _say(problem, code=PROBLEM)
    except (DatabaseError, psycopg.Error) as problem:
        return _say(f"{_('The database refused or does not answer:')} {_first_line(problem)}", code=PROBLEM)
    except OSError as problem:
        return _say(f"{problem.filename or ''}: {problem.strerror}".lstrip(": "), code=PROBLEM)
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    from aanspreekpunt.operating.commands import COMMANDS  # noqa: PLC0415 - holds models: only once Django is set up

    parser = argparse.ArgumentParser(prog="aanspreekpunt", description=_("Run and look after Aanspreekpunt."))
    subparsers = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    for command in COMMANDS:
        purpose = str(command.purpose)
        subparser = subparsers.add_parser(command.name, help=purpose, description=purpose)
        subparser.set_defaults(run=command.run)
        command.describe(subparser)
    return parser


def _first_line(problem: BaseException) -> str:
    return str(problem).strip().partition("\n")[0]


def _say(problem: object, *, code: int) -> int:
    print(problem, file=sys.stderr)
    return code
