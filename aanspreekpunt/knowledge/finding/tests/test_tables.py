"""Sums over tables that are nearly empty are the same as over full ones."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.knowledge.finding.tables import Table, added_up, roughly_added_up

HEIGHT, WIDTH = 5, 4
ENTRIES = st.lists(
    st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), st.integers(1, 9)), min_size=0, max_size=30
)


def full(entries: list[tuple[int, int, int]]) -> np.ndarray:
    table = np.zeros((HEIGHT, WIDTH), dtype=np.float32)
    for row, column, value in entries:
        table[row, column] += value
    return table


def spread_out(table: Table, width: int) -> np.ndarray:
    result = np.zeros((len(table.starts) - 1, width), dtype=np.float32)
    for row in range(len(result)):
        start, end = table.starts[row], table.starts[row + 1]
        result[row, table.columns[start:end]] = table.values[start:end]
    return result


def taken_apart(entries: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows, columns, values = np.asarray(entries, dtype=np.int64).reshape(-1, 3).T
    return rows, columns, values.astype(np.float32)


@given(ENTRIES)
def test_values_on_the_same_place_are_added_up(entries: list[tuple[int, int, int]]) -> None:
    rows, columns, values = taken_apart(entries)
    for add_up in (added_up, roughly_added_up):
        table = add_up(rows, columns, values, shape=(HEIGHT, WIDTH))
        assert np.array_equal(spread_out(table, WIDTH), full(entries))


def test_in_bulk_a_value_is_taken_to_the_nearest_step_and_never_becomes_another_place() -> None:
    rows, columns = np.asarray([0, 1]), np.asarray([0, 1])
    table = roughly_added_up(rows, columns, np.asarray([2.2, 1e9], dtype=np.float32), shape=(2, 2))
    assert table.columns.tolist() == [0, 1]
    assert table.values[0] == pytest.approx(2.2, abs=1 / 4_096)
    assert table.values[1] == pytest.approx(256, abs=0.001)


@given(ENTRIES)
def test_columns_can_become_rows(entries: list[tuple[int, int, int]]) -> None:
    table = added_up(*taken_apart(entries), shape=(HEIGHT, WIDTH))
    assert np.array_equal(spread_out(table.turned(WIDTH), HEIGHT), full(entries).T)


@given(ENTRIES, st.integers(1, 8))
@settings(max_examples=50)
def test_a_product_is_that_of_the_full_table(entries: list[tuple[int, int, int]], at_once: int) -> None:
    other = np.arange(WIDTH * 3, dtype=np.float32).reshape(WIDTH, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aanspreekpunt.knowledge.finding.tables._AT_ONCE", at_once)
        product = added_up(*taken_apart(entries), shape=(HEIGHT, WIDTH)).times(other)
    assert np.array_equal(product, full(entries) @ other)


def test_a_process_that_searches_loads_no_more_than_numpy_and_starts_no_threads_for_sums() -> None:
    code = (
        "import os, sys, aanspreekpunt.knowledge.finding.index as _;"
        "print([m for m in ('scipy', 'sklearn') if m in sys.modules], os.environ['OPENBLAS_NUM_THREADS'])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert told.stdout.split("\n")[0] == "[] 1"
