"""Showing kin in whole: what `expand` asks, checked, loaded for a whole page at once, and put in its place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import Refused, invalid, permission_denied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aanspreekpunt.api.klantinteracties.contract.resource import Reading, Record, Resource

AT_MOST = 10_000
"""How many things one request shows inside others; more is refused, so that no request takes all memory."""
REFERENCES_AT_MOST = 100_000
"""To how many others the things under one name refer, each counted as often as it is shown."""

Tree = dict[str, "Tree"]


def tree_of(resource: type[Resource], asked: Sequence[str]) -> Tree:
    """Return what to expand. Of several `expand` parameters the last one counts, as in the standard's own register."""
    tree: Tree = {}
    for path in [one.strip() for one in (asked[-1] if asked else "").split(",")]:
        if not path:
            continue
        if path not in resource.expands:
            message = _("Select a valid choice. %(value)s is not one of the available choices.") % {"value": path}
            raise invalid("expand", message, code="invalid_choice")
        branch = tree
        for name in path.split("."):
            branch = branch.setdefault(name, {})
    return tree


def expand(
    resource: Resource,
    reading: Reading,
    records: Sequence[Record],
    tree: Tree,
    budget: int = AT_MOST,
    *,
    times: Sequence[int] = (),
) -> int:
    """Put what `tree` asks under `_expand` of each record: one load for each name, however many records.

    `times` says how often each record is shown itself, once if it is not said. Returns how many more things may be
    shown after it.
    """
    times = times or [1] * len(records)
    for record in records:
        record.body.setdefault("_expand", {})
    for name, deeper in tree.items():
        expansion = resource.expansions()[name]
        wanted = list(dict.fromkeys(pk for record in records for pk in _ids(record.kin.get(name))))
        budget = _spent(budget, wanted)
        kind = expansion.resource()
        if not reading.caller.may(kind.path, "read"):
            raise permission_denied()
        loaded = kind.load(reading, wanted) if wanted else {}
        along = reading.shown_along.setdefault(kind.path, [])
        along += [str(record.body["uuid"]) for record in loaded.values() if "uuid" in record.body]
        often = _often(records, times, name)
        _refuse_too_many_references(loaded, often)
        if deeper and loaded:
            budget = expand(kind, reading, list(loaded.values()), deeper, budget, times=[often[pk] for pk in loaded])
        for record in records:
            record.body["_expand"][name] = _shown(record.kin.get(name), loaded, is_list=expansion.is_list)
    return budget


def _often(records: Sequence[Record], times: Sequence[int], name: str) -> Counter[int]:
    """Return how often each thing is shown under this name."""
    often: Counter[int] = Counter()
    for record, number in zip(records, times, strict=True):
        for pk in _ids(record.kin.get(name)):
            often[pk] += number
    return often


def _refuse_too_many_references(loaded: Mapping[int, Record], often: Mapping[int, int]) -> None:
    """Refuse to show something that refers to very many others again and again, as a party in each of its contacts.

    One thing shown once is always shown: its own page is no smaller.
    """
    if sum(often[pk] for pk in loaded) <= 1:
        return
    references = sum(
        often[pk] * sum(len(kin) for kin in record.kin.values() if isinstance(kin, tuple))
        for pk, record in loaded.items()
    )
    if references > REFERENCES_AT_MOST:
        raise _too_much(REFERENCES_AT_MOST)


def _too_much(limit: int) -> Refused:
    title = _("This asks for more than %(limit)d things at once. Ask for a page of their own list instead.")
    return Refused(status=400, kind="TooMuch", code="expand-too-large", title=title % {"limit": limit})


def _spent(budget: int, wanted: Sequence[int]) -> int:
    if len(wanted) > budget:
        raise _too_much(AT_MOST)
    return budget - len(wanted)


def _ids(kin: tuple[int, ...] | int | None) -> tuple[int, ...]:
    if kin is None:
        return ()
    return kin if isinstance(kin, tuple) else (kin,)


def _shown(kin: tuple[int, ...] | int | None, loaded: Mapping[int, Record], *, is_list: bool) -> Any:
    if is_list:
        return [loaded[pk].body for pk in _ids(kin) if pk in loaded]
    return loaded[kin].body if isinstance(kin, int) and kin in loaded else None
