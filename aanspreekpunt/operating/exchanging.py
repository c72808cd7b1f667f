"""The subcommands that bring answers in from a file and write them to one."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.catalogue.queries import upl_names
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.knowledge.exchange.shapes import Shape, lost_in, write_answers
from aanspreekpunt.knowledge.import_reports import REMARKS
from aanspreekpunt.knowledge.operations.importing import Known, Wish, import_answers
from aanspreekpunt.knowledge.queries.exporting import answers_to_exchange, surroundings
from aanspreekpunt.operating.adopting import editor_named
from aanspreekpunt.operating.schema import bring_up_to_date

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from aanspreekpunt.knowledge.exchange.rows import ArticleRow
    from aanspreekpunt.knowledge.operations.importing import Imported

SHAPES = {
    "jsonl": Shape.JSON_LINES,
    "csv": Shape.SHEET,
    "vac": Shape.VAC,
    "kennisartikel": Shape.KENNISARTIKEL,
    "sdg": Shape.SDG,
}
_BY_ENDING = {".jsonl": "jsonl", ".csv": "csv"}


class ShapeIsUnknown(Refusal):
    """Neither the command nor the name of the file says how the answers are written down."""

    message = gettext_lazy("Say with --shape how the answers are written down: %(shapes)s.")


def describe_exchange(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import` and `export` to the subcommands of `aanspreekpunt knowledge`."""
    purpose = _("Bring in answers from a file, as drafts unless you publish them; safe to repeat.")
    importing = subcommands.add_parser("import", help=purpose, description=purpose)
    _takes_file_and_shape(importing)
    importing.add_argument("--publish", action="store_true", help=_("publish what the file does not hold back"))
    importing.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    importing.add_argument("--owner", metavar=_("EMAIL"), help=_("the content editor who owns new answers"))
    importing.add_argument(
        "--refused", type=Path, metavar=_("FILE"), help=_("write the refused rows here too, one JSON object a line")
    )
    importing.set_defaults(run=import_file)
    purpose = _("Write the published answers to a file.")
    exporting = subcommands.add_parser("export", help=purpose, description=purpose)
    _takes_file_and_shape(exporting)
    exporting.add_argument(
        "--internal", action="store_true", help=_("also drafts, withdrawn answers, notes for the desk and owners")
    )
    exporting.set_defaults(run=export_file)


def _takes_file_and_shape(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("FILE"))
    parser.add_argument("--shape", choices=list(SHAPES), help=_("left out: as the name of the file ends"))


def import_file(options: argparse.Namespace) -> int:
    """Bring in the answers of a file and say what became of each row that needs words; 1 when any was refused."""
    bring_up_to_date()
    shape = _shape_of(options)
    known = Known(
        product_keys=frozenset(Product.objects.filter(is_active=True).values_list("key", flat=True)), upl=upl_names()
    )
    owner = editor_named(options.owner)
    wish = Wish(is_published=options.publish, is_only_tried=options.dry_run, owner=owner)
    counted: Counter[str] = Counter()
    with ExitStack() as files:
        refused = files.enter_context(options.refused.open("w", encoding="utf-8")) if options.refused else None
        file = files.enter_context(options.file.open("rb"))
        for row in import_answers(file=file, shape=shape, known=known, wish=wish, by=SYSTEM, at=timezone.now()):
            counted[row.outcome] += 1
            _say(row)
            if refused and row.outcome == "refused":
                print(json.dumps(_as_json(row), ensure_ascii=False), file=refused)
    _say_counts(counted, is_only_tried=options.dry_run)
    return int(bool(counted["refused"]))


def export_file(options: argparse.Namespace) -> None:
    """Write the answers to a file, which is there in full or not at all, and say what has no place in this shape."""
    bring_up_to_date()
    shape = _shape_of(options)
    lost: Counter[tuple[str, str]] = Counter()
    count: Counter[str] = Counter()
    partial = options.file.with_name(f"{options.file.name}.part")
    try:
        with partial.open("wb") as file:
            rows = _noting(answers_to_exchange(with_internal=options.internal), shape, lost, count)
            for piece in write_answers(rows, shape=shape, given=surroundings(upl=upl_names(), at=timezone.now())):
                file.write(piece)
        partial.replace(options.file)
    finally:
        partial.unlink(missing_ok=True)
    print(_("Wrote %(file)s: %(count)d answers.") % {"file": options.file, "count": count["answers"]})
    for (kind, field), times in sorted(lost.items()):
        sentence = str(REMARKS[kind]) % {"field": field, "detail": ""}  # type: ignore[index]  # a kind of remark
        print(f"{sentence.strip()} ({times})")


def _noting(
    rows: Iterator[ArticleRow], shape: Shape, lost: Counter[tuple[str, str]], count: Counter[str]
) -> Iterator[ArticleRow]:
    """Pass on the rows while counting them, and what of them has no place in a shape."""
    for row in rows:
        count["answers"] += 1
        lost.update((remark.kind, remark.field) for remark in lost_in(shape, row))
        yield row


def _shape_of(options: argparse.Namespace) -> Shape:
    name = options.shape or _BY_ENDING.get(options.file.suffix.lower(), "")
    if not name:
        raise ShapeIsUnknown(shapes=", ".join(SHAPES))
    return SHAPES[name]


def _say(row: Imported) -> None:
    where = {"line": row.number, "key": row.key or "?", "field": row.field or "?"}
    if row.outcome == "refused":
        print(_("line %(line)d, %(key)s, %(field)s: refused: %(reason)s") % {**where, "reason": row.reason})
    for remark in row.remarks:
        print(_("line %(line)d, %(key)s: %(remark)s") % {**where, "remark": remark})


def _say_counts(counted: Counter[str], *, is_only_tried: bool) -> None:
    outcomes = ("created", "changed", "unchanged", "refused")
    message = _("Answers: %(created)d created, %(changed)d changed, %(unchanged)d unchanged, %(refused)d refused.")
    print(message % {outcome: counted[outcome] for outcome in outcomes})
    if is_only_tried:
        print(_("This was only tried: nothing was kept."))


def _as_json(row: Imported) -> dict[str, Any]:
    return {"line": row.number, "key": row.key, "field": row.field, "reason": row.reason, "original": row.original}
