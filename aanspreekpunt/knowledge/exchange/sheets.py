r"""Sheets: CSV that a spreadsheet opens without questions, and that people save again in their own ways.

Written with a mark for UTF-8 and `;`, as Dutch spreadsheets expect. Read with `;`, `,` or tabs, UTF-8 or
Windows-1252, with our field names or Dutch ones, in any order. Pieces of a list stand in one cell with `|` between
them; a `|` or `\` within a piece has a `\` before it. A cell that a spreadsheet would take for a formula gets a `'`
before it, and loses it again on the way back.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING, BinaryIO

from aanspreekpunt.knowledge.exchange.json_lines import as_values
from aanspreekpunt.knowledge.exchange.reading import read_row
from aanspreekpunt.knowledge.exchange.rows import (
    FIELDS,
    LIST_FIELDS,
    ArticleRow,
    Item,
    ReadRow,
    Reason,
    Remark,
    RemarkKind,
    refused,
)
from aanspreekpunt.knowledge.exchange.streams import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SEPARATORS = (";", ",", "\t")
_LONGEST_CELL = 131_072
"""Characters, after which a quote that is never closed has eaten what follows."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # as OWASP lists them; those that begin with ' already, so that it goes back
_PIECE = re.compile(r"((?:\\.|[^|\\]|\\$)*)(?:\||$)", re.DOTALL)
_DUTCH = {
    "sleutel": "key",
    "vraag": "question",
    "antwoord": "answer",
    "vraag engels": "question_en",
    "antwoord engels": "answer_en",
    "toelichting": "desk_note",
    "balienotitie": "desk_note",
    "doorvragen": "ask",
    "trefwoorden": "search_words",
    "zoekwoorden": "search_words",
    "producten": "product_keys",
    "upl": "upl_names",
    "upl-namen": "upl_names",
    "afdelingen": "team_keys",
    "teams": "team_keys",
    "publiek": "audience",
    "wijk": "area",
    "doelgroep": "target_group",
    "eigenaar": "owner",
    "status": "state",
    "geldig vanaf": "valid_from",
    "geldig tot": "valid_until",
    "gewijzigd": "changed_at",
}


class _Lines:
    """The lines of a file as the CSV reader wants them, remembering what was wrong with them."""

    def __init__(self, file: BinaryIO) -> None:
        self.lines = lines_of(file)
        self.problems: list[Item] = []
        self.is_guessed = False

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            if line.problem:
                self.problems.append(refused(line.number, "", line.problem))
            self.is_guessed = self.is_guessed or line.is_guessed
            yield line.text

    def taken_problems(self) -> list[Item]:
        problems, self.problems = self.problems, []
        return problems


def read_sheet(file: BinaryIO) -> Iterator[Item]:
    """Return each answer of a sheet, one row at a time. Its first line names the columns."""
    source = _Lines(file)
    lines = iter(source)
    header = next(lines, "")
    yield from source.taken_problems()
    separator, columns = _columns_of(header)
    if not {"question", "answer"} <= set(columns):
        missing = "answer" if "question" in columns else "question"
        yield refused(1, missing, Reason.MISSING_COLUMN, header)
        return
    csv.field_size_limit(_LONGEST_CELL)  # holds for the whole process, where others set it too
    reader = csv.reader(lines, delimiter=separator)
    notes = tuple(Remark(RemarkKind.UNKNOWN_FIELD, name[:200]) for name in columns if name and name not in FIELDS)
    while True:
        number = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as problem:
            yield refused(number, "", Reason.NOT_A_SHEET, str(problem))
            continue
        finally:
            yield from source.taken_problems()
        if any(cell.strip() for cell in cells):
            yield _with(_row_of(columns, cells, number), notes, is_guessed=source.is_guessed)
            notes = ()


def write_sheet(rows: Iterable[ArticleRow]) -> Iterator[bytes]:
    """Return a sheet with a column for each field."""
    yield codecs.BOM_UTF8 + line_of(FIELDS)
    for row in rows:
        values = as_values(row)
        yield line_of([guarded(_cell_of(values[name])) for name in FIELDS])


def guarded(cell: str) -> str:
    """Return a cell such that a spreadsheet shows it and never calculates it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what stood in a cell before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def is_header(line: str) -> bool:
    """Say whether a line names the columns of a sheet of ours: a question and an answer at least."""
    return {"question", "answer"}.issubset(_columns_of(line)[1])


def _columns_of(header: str) -> tuple[str, list[str]]:
    """Return the separator under which most columns are known, and the names of the columns."""

    def names(separator: str) -> list[str]:
        try:
            cells = next(csv.reader([header], delimiter=separator), [])
        except csv.Error:
            return []
        plain = [cell.strip().lower() for cell in cells]
        return [_DUTCH.get(cell, cell) for cell in plain]

    return max(
        ((separator, names(separator)) for separator in _SEPARATORS),
        key=lambda choice: len(set(FIELDS).intersection(choice[1])),
    )


def _row_of(columns: Sequence[str], cells: Sequence[str], number: int) -> Item:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return refused(number, "", Reason.TOO_MANY_CELLS, " | ".join(cells))
    plain = {name: unguarded(cell) for name, cell in zip(columns, cells, strict=False) if name in FIELDS}
    return read_row(
        {name: _pieces_of(cell) if name in LIST_FIELDS else cell for name, cell in plain.items()}, number=number
    )


def _with(item: Item, notes: tuple[Remark, ...], *, is_guessed: bool) -> Item:
    """Add what holds for the whole sheet to its first row, and the guess to each row after it."""
    if not isinstance(item, ReadRow):
        return item
    guess = (Remark(RemarkKind.GUESSED_ENCODING, ""),) if is_guessed else ()
    return ReadRow(item.number, item.row, (*notes, *guess, *item.remarks))


def line_of(cells: Sequence[str]) -> bytes:
    """Return one line of a sheet; the caller guards cells that could be formulas."""
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=";").writerow(cells)
    return line.getvalue().encode()


def _cell_of(value: str | list[str] | None) -> str:
    if isinstance(value, list):
        return "|".join(re.sub(r"([\\|])", r"\\\1", piece) for piece in value)
    return value or ""


def _pieces_of(cell: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL) for found in _PIECE.finditer(cell)]
