"""The numbers by which people name things: of two things of a kind none has the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from aanspreekpunt.api.klantinteracties.contract.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import QuerySet

_NUMBER: Final = re.compile(r"-?[0-9]{1,10}")


def numbers_in_use(
    others: QuerySet[Any], columns: Mapping[str, str], said: Mapping[str, Any], reason: str
) -> Iterator[Fault]:
    """Yield a fault for each number in `said` that another thing has; `columns` are ours, by their names there."""
    for name, column in columns.items():
        number = str(said.get(name)).strip()
        if _NUMBER.fullmatch(number) and others.filter(**{column: number}).exists():
            yield Fault(name, "unique", reason)
