"""Checks what a municipality file says about local values and the starter base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanspreekpunt.knowledge.operations.adopting import themes
from aanspreekpunt.knowledge.rules.values import names_in
from aanspreekpunt.knowledge.starter.reading import starter_values
from aanspreekpunt.setup.references import check_known, check_once, keys_of, rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from aanspreekpunt.common.settings_files.lines import Reading
    from aanspreekpunt.common.settings_files.problems import Steps

_TEXTS = ("costs", "costs_en", "bring", "bring_en", "steps", "steps_en")
_TEXTS_OF_BODY = ("text", "text_en", "offer", "offer_en")


def check_starter(reading: Reading, *, value_names: Collection[str]) -> None:
    """Note values without a label, and themes, people, teams and values that do not exist.

    `value_names` are the local values that exist already.
    """
    of_starter = {value.key for value in starter_values()}
    check_once(reading, "values", "key", "key_stands_twice")
    for steps, value in rows(reading, "values"):
        if value.get("key") not in of_starter and isinstance(value.get("key"), str) and not value.get("label"):
            reading.add("value_without_label", steps, key=value["key"])
    known = sorted(of_starter.union(value_names, keys_of(reading, "values")))
    for steps, text in _texts_of_products(reading):
        for name in names_in(text):
            check_known(reading, steps, name, known, "unknown_value")
    if isinstance(reading.values.get("starter"), dict):
        _check_adoption(reading, reading.values["starter"])


def _check_adoption(reading: Reading, starter: dict[str, Any]) -> None:
    named = starter.get("themes")
    for index, theme in enumerate(named if isinstance(named, list) else ()):
        check_known(reading, ("starter", "themes", index), theme, list(themes()), "unknown_theme")
    check_known(reading, ("starter", "team"), starter.get("team"), keys_of(reading, "teams"), "unknown_team")
    if "employees" in reading.values:
        people = [str(employee.get("email")).lower() for _steps, employee in rows(reading, "employees")]
        owner = starter.get("owner")
        check_known(
            reading, ("starter", "owner"), owner.lower() if isinstance(owner, str) else None, people, "unknown_employee"
        )


def _texts_of_products(reading: Reading) -> Iterator[tuple[Steps, str]]:
    """Return every text of a product in which local values may stand, with the way to it."""
    for steps, product in rows(reading, "products"):
        yield from _texts_in(product, _TEXTS, steps)
        body = product.get("refer_to")
        if isinstance(body, dict):
            yield from _texts_in(body, _TEXTS_OF_BODY, (*steps, "refer_to"))


def _texts_in(group: dict[str, Any], names: tuple[str, ...], steps: Steps) -> Iterator[tuple[Steps, str]]:
    for name in names:
        value = group.get(name)
        if isinstance(value, str):
            yield (*steps, name), value
        for index, text in enumerate(value if isinstance(value, list) else ()):
            if isinstance(text, str):
                yield (*steps, name, index), text
