"""Naming another thing of this register by its uuid: found, or refused as one that does not exist for this caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import Fault, Invalid, not_found
from aanspreekpunt.api.klantinteracties.contract.fields import Ref
from aanspreekpunt.api.klantinteracties.contract.filters import Where
from aanspreekpunt.api.klantinteracties.contract.resource import narrowed, rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import Manager, Model

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

    M = TypeVar("M", bound=Model)


def party_ref(*, about: str, required: bool = False, nullable: bool = False) -> Ref:
    """Return the field that names a party."""
    return Ref(part="PartijForeignKey", required=required, nullable=nullable, about=about)


def named(model: type[M], kind: type[Resource], uuid: UUID | None, caller: Caller, *, field: str) -> M | None:
    """Return the thing that `field` names; refused when it is absent or not there for this caller, None for nothing."""
    if uuid is None:
        return None
    return all_named(model, kind, [uuid], caller, faults=[f"{field}.uuid"])[0]


def all_named(
    model: type[M], kind: type[Resource], uuids: Sequence[UUID], caller: Caller, *, faults: Sequence[str]
) -> list[M]:
    """Return the things that a list names, in its order; `faults` is how the error calls each that is not there."""
    select = f"SELECT t.uuid, t.id FROM {kind.table} t"  # noqa: S608 - names of our own
    wheres = [Where("t.uuid = ANY(%s)", (list(uuids),)), *kind().visible(caller)]
    ids = dict(rows(*narrowed(select, wheres)))
    absent = [fault for uuid, fault in zip(uuids, faults, strict=True) if uuid not in ids]
    if absent:
        reason = _("%(name)s with this uuid does not exist.") % {"name": kind.name}
        raise Invalid(Fault(fault, "invalid", reason) for fault in absent)
    found = _rows_of(model).in_bulk(list(ids.values()))
    return [found[ids[uuid]] for uuid in uuids]


def locked(model: type[M], pk: int) -> M:
    """Return a thing to change, which nobody else changes until we are done; not found when it went in the meantime."""
    found: M | None = _rows_of(model).select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if found is None:
        raise not_found()
    return found


def _rows_of(model: type[M]) -> Manager[M]:
    return model._default_manager  # noqa: SLF001 - Django's own way to the rows of any model
