"""Keeping the Uniforme Productnamenlijst in the database, so that products and answers can name what stands in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from aanspreekpunt.catalogue.models import Product, UplName
from aanspreekpunt.catalogue.upl import SHIPPED, read_list
from aanspreekpunt.journal.operations import record

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from aanspreekpunt.catalogue.upl import ListedName, ProductList, RefusedLine
    from aanspreekpunt.journal.actors import Actor

_COLUMNS = ("name", "uri", "is_municipal", "for_residents", "for_businesses", "sdg_areas", "is_listed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: how many names it added, changed, left alone and marked as gone; and what it refused."""

    added: int
    changed: int
    unchanged: int
    gone: int
    refused: tuple[RefusedLine, ...]


@transaction.atomic
def import_upl(*, file: Path = SHIPPED, by: Actor, at: datetime) -> Imported:
    """Make the list of product names as `file` says; a name it leaves out stays, marked as no longer listed.

    Raises `NotTheProductList` for a file that is something else. Unusable lines are left out and returned.
    """
    done = _import(read_list(file))
    first = UplName.objects.order_by("pk").first()
    if first is not None and done.added + done.changed + done.gone:
        counts = {"added": done.added, "changed": done.changed, "gone": done.gone}
        record("product_list.imported", subject=first, data=counts, by=by, at=at)
    return done


@transaction.atomic
def fill_upl() -> int:
    """Fill an empty list from the one that ships with the product, and return how many names that added.

    This is part of installing, as migrations are, so the journal does not speak of it.
    """
    if UplName.objects.exists():
        return 0
    return _import(read_list(SHIPPED)).added


def _import(listed: ProductList) -> Imported:
    known = {row.uri: row for row in UplName.objects.select_for_update()}
    wanted = {each.uri: _columns(each) for each in listed.names}
    new = [UplName(**columns) for uri, columns in wanted.items() if uri not in known]
    changed = [_with(known[uri], columns) for uri, columns in wanted.items() if _differs(known.get(uri), columns)]
    gone = [_with(row, {"is_listed": False}) for uri, row in known.items() if row.is_listed and uri not in wanted]
    UplName.objects.bulk_create(new)
    UplName.objects.bulk_update([*changed, *gone], [name for name in _COLUMNS if name != "uri"])
    _rename_products(changed)
    return Imported(
        added=len(new),
        changed=len(changed),
        unchanged=len(wanted) - len(new) - len(changed),
        gone=len(gone),
        refused=listed.refused,
    )


def _rename_products(changed: list[UplName]) -> None:
    """Let products keep up with the names of the list; their web address tells which one was meant."""
    for row in changed:
        Product.objects.filter(upl_uri=row.uri).exclude(upl_name=row.name).update(upl_name=row.name)


def _columns(listed: ListedName) -> dict[str, Any]:
    return {**asdict(listed), "sdg_areas": list(listed.sdg_areas), "is_listed": True}


def _differs(row: UplName | None, columns: dict[str, Any]) -> bool:
    return row is not None and any(getattr(row, name) != value for name, value in columns.items())


def _with(row: UplName, columns: dict[str, Any]) -> UplName:
    for name, value in columns.items():
        setattr(row, name, value)
    return row
