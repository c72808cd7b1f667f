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


def with_absent(refused: Invalid, fields: Fields, body: Any, caller: Caller, *, is_whole: bool) -> Invalid:
    """Return a refusal that also names every thing in `body` that is not there for this caller.

    One that says what is wrong with the whole (`is_whole`) gives way to it: the whole is looked at when each field is
    right.
    """
    absent = list(_absent(fields, body, caller))
    if not absent:
        return refused
    known = {each.name for each in absent}
    said = [each for each in refused.faults if not is_whole or each.name.endswith(".uuid")]
    return Invalid([*(each for each in said if each.name not in known), *absent])


def _absent(fields: Fields, said: Any, caller: Caller, above: str = "") -> Iterator[Fault]:
    if not isinstance(said, dict):
        return
    given = {key if key in fields else camel(str(key)): value for key, value in said.items()}
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
