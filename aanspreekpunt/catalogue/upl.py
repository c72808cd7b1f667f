"""Reading the Uniforme Productnamenlijst from its official CSV file: what is in it, and which lines cannot be used."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from aanspreekpunt.common.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

SHIPPED = Path(__file__).parent / "data" / "upl.csv"
NAME, URI, MUNICIPAL, RESIDENTS, BUSINESSES, SDG = (
    *("UniformeProductnaam", "URI", "Gemeente", "Burger", "Bedrijf"),
    "SDG",
)
_NEEDED = (NAME, URI, MUNICIPAL)
_LONGEST = 500


class NotTheProductList(Refusal):
    """The file is not the CSV file of the Uniforme Productnamenlijst."""

    message = _("%(file)s is not the list of product names: it should be CSV text with the columns %(columns)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedName:
    """One name of the list. A name with several legal grounds has several lines in the file, and is one here."""

    name: str
    uri: str
    is_municipal: bool = False
    for_residents: bool = False
    for_businesses: bool = False
    sdg_areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A line of the file that cannot be used: which, because of which column, and why."""

    line: int
    field: str
    reason: _StrPromise

    def __str__(self) -> str:
        return _("line %(line)d, %(field)s: %(reason)s") % {
            "line": self.line,
            "field": self.field,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductList:
    """Every usable name of a file, and its refused lines."""

    names: tuple[ListedName, ...]
    refused: tuple[RefusedLine, ...]


def read_list(file: Path) -> ProductList:
    """Read the list from its CSV file; refuses (`NotTheProductList`) a file that is something else."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if not set(_NEEDED) <= set(reader.fieldnames or ()):
                raise _not_the_list(file)
            return _merged((reader.line_num, row) for row in reader)
    except (UnicodeDecodeError, csv.Error) as problem:
        raise _not_the_list(file) from problem


@cache
def shipped_names() -> dict[str, str]:
    """Return the names of the list that ships with the product, each with its web address."""
    return {listed.name: listed.uri for listed in read_list(SHIPPED).names}


def _not_the_list(file: Path) -> NotTheProductList:
    return NotTheProductList(file=file.name, columns=", ".join(_NEEDED))


def _merged(rows: Iterable[tuple[int, dict[str, str | None]]]) -> ProductList:
    names: dict[str, ListedName] = {}
    owners: dict[str, str] = {}
    refused = []
    for line, row in rows:
        cells = {column: (row.get(column) or "").strip() for column in (*_NEEDED, RESIDENTS, BUSINESSES, SDG)}
        problem = _problem_of(cells, names=names, owners=owners)
        if problem is not None:
            refused.append(RefusedLine(line=line, field=problem[0], reason=problem[1]))
            continue
        owners[cells[URI]] = cells[NAME]
        names[cells[NAME]] = _with(names.get(cells[NAME]), cells)
    return ProductList(names=tuple(names.values()), refused=tuple(refused))


def _problem_of(
    cells: dict[str, str], *, names: dict[str, ListedName], owners: dict[str, str]
) -> tuple[str, _StrPromise] | None:
    """Say which column of a line cannot be used and why."""
    name, uri = cells[NAME], cells[URI]
    if not name or len(name) > _LONGEST:
        return NAME, _("there is no name here, or a very long one")
    if not uri.startswith(("http://", "https://")) or len(uri) > _LONGEST or len(uri.split()) != 1:
        return URI, _("this is not a web address")
    if name in names and names[name].uri != uri:
        return URI, _("this name has another address higher up in the file")
    if owners.get(uri, name) != name:
        return URI, _("this address belongs to another name higher up in the file")
    return None


def _with(known: ListedName | None, cells: dict[str, str]) -> ListedName:
    """Return a name with what one more line says about it."""
    before = known or ListedName(name=cells[NAME], uri=cells[URI])
    areas = (area.strip() for area in cells[SDG].split(";"))
    return ListedName(
        name=before.name,
        uri=before.uri,
        is_municipal=before.is_municipal or bool(cells[MUNICIPAL]),
        for_residents=before.for_residents or bool(cells[RESIDENTS]),
        for_businesses=before.for_businesses or bool(cells[BUSINESSES]),
        sdg_areas=tuple(sorted({*before.sdg_areas, *(area for area in areas if area)})),
    )
