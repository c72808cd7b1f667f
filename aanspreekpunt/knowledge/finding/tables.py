"""Tables that are nearly empty, and the few sums over them that the index needs: no more than numpy in each process."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 4_096
"""Entries that are multiplied at a time: what fits beside the processor."""
_VALUE_BITS, _STEPS = 20, 4_096
_MOST = (1 << _VALUE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Table:
    """The entries that are not 0, by row: those of row `r` from ``starts[r]`` to ``starts[r + 1]``, in order."""

    starts: NDArray[np.int32]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]

    def turned(self, width: int) -> Table:
        """Return the table of `width` columns with its columns as rows."""
        order = np.argsort(self.columns, kind="stable")
        rows = np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), np.diff(self.starts))
        return Table(_starts(self.columns, width), rows[order], self.values[order])

    def times(self, other: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the product with a full table of few columns."""
        rows = len(self.starts) - 1
        product = np.zeros((rows, other.shape[1]), dtype=np.float32)
        filled = np.diff(self.starts) > 0
        cuts = np.searchsorted(self.starts, np.arange(_AT_ONCE, len(self.columns), _AT_ONCE))
        bounds = [0, *np.unique(cuts).tolist(), rows]
        for first, last in pairwise(bounds):
            begin, end = self.starts[first], self.starts[last]
            if begin < end:
                part = other.take(self.columns[begin:end], axis=0)
                part *= self.values[begin:end, None]
                some = filled[first:last]
                product[first:last][some] = np.add.reduceat(part, (self.starts[first:last] - begin)[some], axis=0)
        return product


def added_up(
    rows: NDArray[np.int32], columns: NDArray[np.int32], values: NDArray[np.float32], *, shape: tuple[int, int]
) -> Table:
    """Return the table in which `values` that fall on the same place are added up."""
    places = rows.astype(np.int64) * shape[1] + columns
    order = np.argsort(places, kind="stable")
    places = places[order]
    first = _first_of_each(places)
    return _table(places[first], np.add.reduceat(values[order], first) if len(first) else values[order], shape)


def roughly_added_up(
    rows: NDArray[np.int64], columns: NDArray[np.int64], values: NDArray[np.float32], *, shape: tuple[int, int]
) -> Table:
    """Return the same for millions of values from 0 to 255, each taken to the nearest 4096th.

    The values travel in the lowest bits through one sort, which costs half of what sorting their places does.
    """
    packed = ((rows * shape[1] + columns) << _VALUE_BITS) | np.minimum(np.rint(values * _STEPS), _MOST).astype(np.int64)
    packed.sort()
    places = packed >> _VALUE_BITS
    packed &= _MOST
    first = _first_of_each(places)
    sums = np.add.reduceat(packed, first) if len(first) else packed
    return _table(places[first], (sums / _STEPS).astype(np.float32), shape)


def _table(places: NDArray[np.int64], values: NDArray[np.float32], shape: tuple[int, int]) -> Table:
    rows, columns = np.divmod(places, shape[1])
    return Table(_starts(rows, shape[0]), columns.astype(np.int32), values)


def _starts(numbers: NDArray[np.int32] | NDArray[np.int64], size: int) -> NDArray[np.int32]:
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=size)))).astype(np.int32)


def _first_of_each(ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    return (
        np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(ordered) else np.zeros(0, np.int64)
    )
