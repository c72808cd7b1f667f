"""The subcommands about answers and suggestions; each stands in a module of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from aanspreekpunt.operating.suggesting import describe_evaluation, evaluate_suggestions

if TYPE_CHECKING:
    import argparse


def describe_knowledge(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `aanspreekpunt knowledge`."""
    subcommands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    purpose = _("Measure how well product and team are suggested, next to two plain ways to do so.")
    evaluate = subcommands.add_parser("evaluate-suggestions", help=purpose, description=purpose)
    describe_evaluation(evaluate)
    evaluate.set_defaults(run=evaluate_suggestions)


def run_knowledge(_options: argparse.Namespace) -> None:
    """Do nothing: each subcommand sets what runs, and one has to be given."""
