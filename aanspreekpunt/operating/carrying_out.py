"""Carries out the subcommand that was given, and turns every failure into a sentence and an exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError, connections
from django.utils import translation
from django.utils.translation import gettext as _

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.config.embedded import EmbeddedDatabaseFailed, stop_unused_database
from aanspreekpunt.operating.command import parser_of_all
from aanspreekpunt.operating.commands import COMMANDS
from aanspreekpunt.operating.words import language_of_user

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

OK, PROBLEM, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def carry_out(arguments: Sequence[str]) -> int:
    """Set everything up, run one subcommand and return its exit code."""
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        return _say(problem, code=WRONG_USE)
    with translation.override(language_of_user()):
        try:
            return run(understood(arguments))
        finally:
            connections.close_all()
            stop_unused_database()


def understood(arguments: Sequence[str]) -> argparse.Namespace:
    """Load the subcommand that is given and return what it is given, with the `run` that does it."""
    parser, parsers = parser_of_all()
    for command in COMMANDS:
        if command.name == arguments[0]:
            module = import_module(command.module)
            parsers[command.name].set_defaults(run=module.run)
            module.describe(parsers[command.name])
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> int:
    """Do what was asked and return the exit code, having said what went wrong."""
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


def _first_line(problem: BaseException) -> str:
    return str(problem).strip().partition("\n")[0]


def _say(problem: object, *, code: int) -> int:
    print(problem, file=sys.stderr)
    return code
