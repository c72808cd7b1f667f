"""Measuring the suggestion of product and team, and telling whether what was learned last is in use."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from aanspreekpunt.config.safety import Finding, Verdict
from aanspreekpunt.suggestions.collecting import examples_for
from aanspreekpunt.suggestions.learning.examples import Example
from aanspreekpunt.suggestions.models import Target
from aanspreekpunt.suggestions.queries import model_in_use, models_put_aside

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from aanspreekpunt.suggestions.learning.evaluation import Evaluation

MOST_ROWS = 20_000
LONGEST_FIELD = 1_000_000
DELIMITERS = ",;\t|"
SNIFFED_LETTERS = 20_000
WIDTH_OF_NAME = 40


@dataclass(frozen=True)
class Columns:
    """Which columns hold the text and its label."""

    text: str
    label: str


def describe_evaluation(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `evaluate-suggestions` to the subcommands of `aanspreekpunt knowledge`."""
    purpose = _("Measure how well product and team are suggested, next to two plain ways to do so.")
    parser = subcommands.add_parser("evaluate-suggestions", help=purpose, description=purpose)
    parser.set_defaults(run=evaluate_suggestions)
    parser.add_argument(
        "file", type=Path, nargs="?", metavar=_("FILE"), help=_("labelled texts as CSV; without it: the questions here")
    )
    parser.add_argument("--text-column", default="text", metavar=_("NAME"), help=_("the column with the text"))
    parser.add_argument("--label-column", default="label", metavar=_("NAME"), help=_("the column with the label"))


def evaluate_suggestions(options: argparse.Namespace) -> None:
    """Print how well labels are suggested, on a file or on the questions in the database."""
    if options.file is not None:
        _print_evaluation(read_labelled(options.file, Columns(options.text_column, options.label_column)))
        return
    for target, name in ((Target.PRODUCT, _("Product")), (Target.TEAM, _("Team"))):
        print(f"{name}:")
        _print_evaluation(examples_for(target))


def read_labelled(file: Path, columns: Columns) -> list[Example]:
    """Return the labelled texts of a CSV file; says with file and line what is wrong with it."""
    try:
        content = file.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise CommandError(f"{file}: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        raise CommandError(_("%(file)s:%(line)d: this is not UTF-8.") % {"file": file, "line": line}) from problem
    csv.field_size_limit(LONGEST_FIELD)
    delimiter = _delimiter(content, columns)
    rows = csv.DictReader(content.splitlines(keepends=True), delimiter=delimiter)
    names = [name.strip() for name in rows.fieldnames or ()]
    for wanted in (columns.text, columns.label):
        if wanted not in names:
            message = _('%(file)s:1: there is no column "%(name)s"; there are: %(names)s.')
            raise CommandError(message % {"file": file, "name": wanted, "names": ", ".join(names)})
    rows.fieldnames = names
    return list(_examples(file, rows, columns))


def check_suggestions() -> Iterator[Finding]:
    """Tell what is in use, and whether a model was put aside because it measured worse."""
    used = model_in_use(Target.PRODUCT)
    if used is None:
        yield Finding("suggestions", Verdict.OK, _("nothing was learned yet; that happens every night."))
        return
    values = {"when": timezone.localtime(used.learned_at).strftime("%d-%m-%Y"), "count": used.learned_from}
    message = _("learned on %(when)s from %(count)d questions; %(right)d%% right on questions it had not seen.")
    right = round(used.quality["accuracy"] * 100)
    yield Finding("suggestions", Verdict.OK, message % {**values, "right": right})
    for aside in models_put_aside():
        when = timezone.localtime(aside.learned_at).strftime("%d-%m-%Y")
        message = _("what was learned on %(when)s about %(target)s measured worse and is kept aside.")
        yield Finding("suggestions", Verdict.WARNING, message % {"when": when, "target": aside.target})


def _delimiter(content: str, columns: Columns) -> str:
    """Return what stands between the columns: what parts the first line into the two names we look for."""
    first = next(csv.reader([content.partition("\n")[0]], delimiter="\x1f"), [""])
    line = first[0] if first else ""
    for delimiter in DELIMITERS:
        names = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
        if columns.text in names and columns.label in names:
            return delimiter
    return max(DELIMITERS, key=line.count)


def _examples(file: Path, rows: csv.DictReader[str], columns: Columns) -> Iterator[Example]:
    try:
        for row in rows:
            text, label = (row.get(columns.text) or "").strip(), (row.get(columns.label) or "").strip()
            if not text or not label:
                lacking = columns.label if text else columns.text
                message = _('%(file)s:%(line)d: nothing stands in column "%(name)s".')
                raise CommandError(message % {"file": file, "line": rows.line_num, "name": lacking})
            yield Example(text, label, f"line {rows.line_num}")
    except csv.Error as problem:
        raise CommandError(f"{file}:{rows.line_num}: {problem}") from problem


def _print_evaluation(examples: list[Example]) -> None:
    """Measure and print. Learning is loaded here, because most commands have no use for it."""
    from aanspreekpunt.suggestions.learning.evaluation import evaluate  # noqa: PLC0415 - loads scikit-learn
    from aanspreekpunt.suggestions.learning.training import NothingToLearn  # noqa: PLC0415 - as above

    if len(examples) > MOST_ROWS:
        print(_("Of %(all)d texts the first %(used)d are used.") % {"all": len(examples), "used": MOST_ROWS})
    try:
        outcome = evaluate(examples[:MOST_ROWS])
    except NothingToLearn:
        raise CommandError(
            _("There are not two labels with two texts each, so there is nothing to tell apart.")
        ) from None
    print("\n".join(lines_about(outcome)))


def lines_about(outcome: Evaluation) -> Iterator[str]:
    """Give the outcome as lines to print: the ways to suggest, then each label."""
    names = {
        "nightly": _("suggestion, as learned here every night"),
        "every word": _("the same, with rare words too"),
        "words only": _("plain: whole words, linear"),
        "most frequent": _("plain: always the most frequent"),
    }
    values = {"texts": outcome.texts, "labels": len(outcome.per_label), "left_out": outcome.left_out}
    yield (
        _("%(texts)d texts, %(labels)d labels, held out in turn; %(left_out)d left out (the only one of their label).")
        % values
    )
    yield _row(_("way"), _("accuracy"), _("top 3"), _("ECE"), _("log loss"), _("shown"), _("right when shown"))
    for way in outcome.ways:
        quality = way.quality
        if quality is None:
            yield _row(names[way.name], f"{way.accuracy:.3f}")
            continue
        numbers = (quality.top_3, quality.calibration_error, quality.log_loss, quality.shown, quality.shown_precision)
        yield _row(names[way.name], f"{way.accuracy:.3f}", *(f"{number:.3f}" for number in numbers))
    yield ""
    yield _row(_("label"), _("texts"), _("precision"), _("recall"))
    for each in outcome.per_label:
        yield _row(each.label, str(each.texts), f"{each.precision:.3f}", f"{each.recall:.3f}")


def _row(name: str, *cells: str) -> str:
    return f"{name[:WIDTH_OF_NAME].ljust(WIDTH_OF_NAME)} " + " ".join(cell.rjust(max(9, len(cell))) for cell in cells)
