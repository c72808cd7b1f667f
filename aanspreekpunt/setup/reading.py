"""Reads `municipality.yaml` and the files it names, and finds everything that is wrong in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.catalogue.upl import shipped_names
from aanspreekpunt.common.settings_files.checking import FileHasProblems, refuse_problems, validated
from aanspreekpunt.common.settings_files.lines import Reading, read_into
from aanspreekpunt.setup.references import check_references
from aanspreekpunt.setup.schema import MunicipalityFile
from aanspreekpunt.setup.starter_references import check_starter
from aanspreekpunt.setup.wording import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

LISTS_WITH_A_FILE = ("teams", "employees", "values", "products", "articles")
"""Each of these may stand in a file of its own."""


def read(path: Path, *, upl: Mapping[str, str] | None = None, value_names: Collection[str] = ()) -> MunicipalityFile:
    """Read the file at `path`; refuse it with all its problems at once.

    `upl` are the names of the Uniforme Productnamenlijst that may stand in it: those that ship with the product, unless
    it says otherwise. `value_names` are the local values that exist already.
    """
    reading = Reading(sentences=SENTENCES)
    reading.values = read_into(reading, path)
    if reading.problems and reading.values is None:
        raise FileHasProblems(reading.problems)
    _read_named_files(reading, path.parent)
    result = _validated(reading, upl=shipped_names() if upl is None else upl, value_names=value_names)
    refuse_problems(reading)
    if result is None:
        raise FileHasProblems(reading.problems)
    return result


def _read_named_files(reading: Reading, folder: Path) -> None:
    if not isinstance(reading.values, dict):
        return
    for name in LISTS_WITH_A_FILE:
        value = reading.values.get(name)
        if isinstance(value, str):
            reading.values[name] = read_into(reading, folder / value, (name,)) or []


def _validated(reading: Reading, *, upl: Mapping[str, str], value_names: Collection[str]) -> MunicipalityFile | None:
    result = validated(MunicipalityFile, reading)
    if isinstance(reading.values, dict):
        check_references(reading, upl=upl)
        check_starter(reading, value_names=value_names)
    return result
