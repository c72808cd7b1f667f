"""`aanspreekpunt knowledge`: the subcommands about answers and finding them. None of `evaluate` needs a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.knowledge.finding.evaluation.collection import FileIsWrong, Problem, read_collection
from aanspreekpunt.knowledge.finding.evaluation.comparison import compare, table, trec_lines
from aanspreekpunt.operating.adopting import describe_adopt
from aanspreekpunt.operating.exchanging import describe_exchange
from aanspreekpunt.operating.suggesting import describe_evaluation

if TYPE_CHECKING:
    import argparse

PROBLEMS = {
    Problem.NOT_UTF8: gettext_lazy("this line is not UTF-8"),
    Problem.NOT_JSON: gettext_lazy("this line is not a JSON object: %(value)s"),
    Problem.NOT_TEXT: gettext_lazy('"%(value)s" is not text'),
    Problem.LACKS: gettext_lazy('there is no "%(value)s" here, or it is empty'),
    Problem.TWICE: gettext_lazy('id "%(value)s" stands here for the second time'),
    Problem.NOT_FOUR_COLUMNS: gettext_lazy("four columns should stand here: query, 0, document and relevance"),
    Problem.STRANGE_QUERY: gettext_lazy('query "%(value)s" is not among the queries'),
    Problem.STRANGE_DOCUMENT: gettext_lazy('document "%(value)s" is not in the corpus'),
    Problem.NOT_A_NUMBER: gettext_lazy('relevance "%(value)s" is not a whole number'),
    Problem.EMPTY: gettext_lazy("nothing to use stands in this file"),
}


def describe(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands to the parser of `aanspreekpunt knowledge`."""
    subcommands = parser.add_subparsers(metavar=_("COMMAND"), required=True)
    purpose = _("Measure how well the search finds, on a collection of your own; next to two plain ways to search.")
    evaluate = subcommands.add_parser("evaluate", help=purpose, description=purpose)
    file = _("FILE")
    evaluate.add_argument("--corpus", type=Path, required=True, metavar=file, help=_("the answers, as JSON Lines"))
    evaluate.add_argument("--queries", type=Path, required=True, metavar=file, help=_("the questions, as JSON Lines"))
    evaluate.add_argument("--qrels", type=Path, required=True, metavar=file, help=_("what answers what, as for TREC"))
    evaluate.add_argument(
        "--run", type=Path, metavar=file, dest="run_file", help=_("write what was found, as for TREC")
    )
    evaluate.set_defaults(run=evaluate_search)
    describe_adopt(subcommands)
    describe_exchange(subcommands)
    describe_evaluation(subcommands)


def run(_options: argparse.Namespace) -> None:
    """Do nothing: each subcommand sets what runs, and one has to be given."""


def evaluate_search(options: argparse.Namespace) -> None:
    """Print how well the search finds on the given collection, and write the run when asked."""
    try:
        collection = read_collection(corpus=options.corpus, queries=options.queries, qrels=options.qrels)
    except FileIsWrong as wrong:
        raise CommandError(sentence(wrong)) from wrong
    outcomes = compare(collection)
    print(
        _("%(documents)d documents, %(queries)d questions; between brackets the 95%% interval (bootstrap).")
        % {"documents": len(collection.documents), "queries": len(collection.queries)}
    )
    print("\n".join(table(outcomes)))
    if options.run_file:
        options.run_file.write_text("\n".join(trec_lines(outcomes[0])) + "\n", encoding="utf-8")
        print(_("Wrote %(file)s.") % {"file": options.run_file})


def sentence(wrong: FileIsWrong) -> str:
    """Return what is wrong with a file, with its name and line in front."""
    where = f"{wrong.file}:{wrong.line}" if wrong.line else str(wrong.file)
    return f"{where}: {PROBLEMS[wrong.problem] % {'value': wrong.value}}"
