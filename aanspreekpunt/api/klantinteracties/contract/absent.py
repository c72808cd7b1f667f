"""What a refused request names that is not there: all of it is told at once, with what else is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import Fault, Invalid, Refused
from aanspreekpunt.api.klantinteracties.contract.fields import Field, Group, Many, Ref, camel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.fields import Fields
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

_named: dict[str, type[Resource]] = {}


def know(kinds: Iterable[type[Resource]]) -> None:
    """Let references find the kinds of things that they name."""
    _named.update({kind.name.lower(): kind for kind in kinds})


def with_absent(
    refused: Invalid, resource: Resource, body: Any, caller: Caller, *, pk: int | None, is_whole: bool
) -> Invalid:
    """Return a refusal that also names what the form of a field does not show: things that are not there, and more.

    One that says what is wrong with the whole (`is_whole`) gives way to it: the whole is looked at when each field is
    right. `pk` is the thing that changes, if one does.
    """
    absent = list(_absent(resource.fields, body, caller))
    known = {each.name for each in absent}
    said = [each for each in refused.faults if each.name not in known and (not is_whole or _is_of_field(each))]
    known |= {each.name for each in said}
    also = [each for each in resource.also_wrong(_given(resource.fields, body), pk) if each.name not in known]
    return Invalid([*said, *also, *absent]) if also or absent else refused


def _is_of_field(fault: Fault) -> bool:
    return fault.name.endswith(".uuid")


def _given(fields: Fields, said: Any) -> dict[str, Any]:
    """Return what is said under the names of these fields, as the standard writes them."""
    if not isinstance(said, dict):
        return {}
    return {key if key in fields else camel(str(key)): value for key, value in said.items()}


def _absent(fields: Fields, said: Any, caller: Caller, above: str = "") -> Iterator[Fault]:
    given = _given(fields, said)
    for name, each in fields.items():
        if not each.read_only and given.get(name):
            yield from _absent_in(each, given[name], caller, f"{above}{name}")


def _absent_in(field: Field, said: Any, caller: Caller, name: str) -> Iterator[Fault]:
    if isinstance(field, Group):
        yield from _absent(field.fields, said, caller, f"{name}.")
    elif isinstance(field, Many) and isinstance(said, list):
        for place, one in enumerate(said):
            yield from _absent_in(field.of, one, caller, f"{name}.{place}")
    elif isinstance(field, Ref) and (kind := _kind_without(field, said, caller)):
        yield Fault(f"{name}.uuid", "invalid", _("%(name)s with this uuid does not exist.") % {"name": kind.name})


def _kind_without(field: Ref, said: Any, caller: Caller) -> type[Resource] | None:
    """Return the kind of thing that has none by this name for this caller; None also when nothing is named."""
    kind = _named.get(field.part.lower().removesuffix("base").removesuffix("foreignkey"))
    try:
        uuid = field.check(said)
    except Invalid:
        return None  # another fault, which checking the field tells
    try:
        _pk = kind().find(uuid, caller) if kind else 0
    except Refused:
        return kind
    return None
