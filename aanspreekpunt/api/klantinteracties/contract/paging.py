"""Pages of a list: which one is asked, where the next and the one before are found, and the ids on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import not_found
from aanspreekpunt.api.klantinteracties.contract.resource import Stretch, narrowed, rows

if TYPE_CHECKING:
    from django.http import QueryDict

    from aanspreekpunt.api.klantinteracties.contract.filters import Where
    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Record, Resource

USUAL_SIZE = 100
LARGEST_SIZE = 500
LAST = 0
"""What stands for the last page, whichever that is; a request asks for `last`."""


@dataclass(frozen=True)
class Page:
    """A page that is asked: its number from 1, or `LAST`, and how many things stand on it."""

    number: int
    size: int

    def among(self, count: int) -> Page:
        """Return it with its number, which that of the last page is known by only in a list of `count` things."""
        return self if self.number != LAST else Page(max(1, -(-count // self.size)), self.size)

    @property
    def begin(self) -> int:
        """How many things stand before it."""
        return (self.number - 1) * self.size


def page_asked(query: QueryDict) -> Page:
    """Return the page that a request asks for; a size that is none is the usual one, one too large the largest."""
    size = query.get("pageSize", "")
    wanted = int(size) if size.isascii() and size.isdigit() and len(size) < 10 else 0  # noqa: PLR2004 - fits an integer
    number = query.get("page") or "1"
    size_asked = min(wanted, LARGEST_SIZE) if wanted else USUAL_SIZE
    if number == "last":
        return Page(LAST, size_asked)
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 10**9):
        raise not_found(_("Invalid page."))
    return Page(int(number), size_asked)


def check_page(page: Page, count: int) -> None:
    """Refuse a page that is not there; the first always is."""
    if page.number > 1 and page.begin >= count:
        raise not_found(_("Invalid page."))


def found_on(
    resource: Resource, reading: Reading, wheres: list[Where], page: Page, order: str
) -> tuple[list[Record], int]:
    """Return the things on a page and how many there are in all; refuses a page that is not there.

    What has to be searched for is searched for once, to count it and to read the page, unless that is the last one.
    """
    if page.number != LAST and any(where.is_search for where in wheres):
        select = f"SELECT t.id, count(*) OVER () FROM {resource.table} t"  # noqa: S608 - names of our own
        sql, values = narrowed(select, wheres)
        found = rows(f"{sql} ORDER BY {order} LIMIT {page.size} OFFSET {page.begin}", values)
        check_page(page, page.begin + len(found))
        return resource.in_order(reading, [pk for pk, _count in found]), found[0][1] if found else 0
    count = resource.count(wheres)
    page = page.among(count)
    check_page(page, count)
    stretch = stretch_on(resource, wheres, page, count, order)
    return resource.page(reading, stretch) if stretch else [], count


def stretch_on(resource: Resource, wheres: list[Where], page: Page, count: int, order: str) -> Stretch | None:
    """Return where the ids on a page are found; None for a page with nothing on it.

    A page past the middle is read from the end, so that no page skips over half.
    """
    if page.begin >= count:
        return None
    size = min(page.size, count - page.begin)
    behind = count - page.begin - size
    is_turned = behind < page.begin
    table, wheres = resource.looked_through(wheres, order)
    sql, values = narrowed(f"SELECT t.id FROM {table} t", wheres)  # noqa: S608 - names of our own
    way, skipped = (_turned(order), behind) if is_turned else (order, page.begin)
    return Stretch(f"{sql} ORDER BY {way} LIMIT {size} OFFSET {skipped}", values, order, is_turned=is_turned)


def _turned(order: str) -> str:
    turned = []
    for one in order.split(", "):
        name, _space, way = one.partition(" ")
        turned.append(f"{name} {'ASC' if way.startswith('DESC') else 'DESC'}")
    return ", ".join(turned)


def links(address: str, query: QueryDict, page: Page, count: int) -> tuple[str | None, str | None]:
    """Return the addresses of the next page and of the one before, None where there is none."""
    page = page.among(count)
    after = _address(address, query, page.number + 1) if page.begin + page.size < count else None
    before = _address(address, query, page.number - 1) if page.number > 1 else None
    return after, before


def _address(address: str, query: QueryDict, number: int) -> str:
    asked = {name: values for name, values in query.lists() if name != "page"}
    if number > 1:
        asked["page"] = [str(number)]
    text = urlencode(sorted(asked.items()), doseq=True)
    return f"{address}?{text}" if text else address
