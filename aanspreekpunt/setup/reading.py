"""Reads `municipality.yaml` and the files it names, and finds everything that is wrong in one go."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ValidationError

from aanspreekpunt.catalogue.upl import shipped_names
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.setup.lines import Reading, read_into
from aanspreekpunt.setup.references import check_references
from aanspreekpunt.setup.schema import MunicipalityFile
from aanspreekpunt.setup.starter_references import check_starter
from aanspreekpunt.setup.wording import SENTENCES, listed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

    from aanspreekpunt.setup.problems import Problem, Steps

LISTS_WITH_A_FILE = ("teams", "employees", "values", "products", "articles")
"""Each of these may stand in a file of its own."""
_KIND_OF = {
    "string_type": "not_text",
    "string_too_short": "too_short",
    "too_short": "too_short",
    "string_too_long": "too_long",
    "int_type": "not_a_whole_number",
    "int_parsing": "not_a_whole_number",
    "int_parsing_size": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "greater_than_equal": "number_too_small",
    "less_than_equal": "number_too_large",
    "bool_type": "not_true_or_false",
    "bool_parsing": "not_true_or_false",
    "date_type": "not_a_date",
    "date_parsing": "not_a_date",
    "date_from_datetime_parsing": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "literal_error": "not_one_of",
    "tuple_type": "not_a_list",
    "model_type": "not_a_group",
}
_LIMITS = ("max_length", "ge", "le")


class FileHasProblems(Refusal):
    """The file cannot be used yet; `problems` says everything that must be changed."""

    message = _("The file cannot be used yet. Nothing was changed.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(problem) for problem in self.problems)])


def read(path: Path, *, upl: Mapping[str, str] | None = None, value_names: Collection[str] = ()) -> MunicipalityFile:
    """Read the file at `path`; refuse it with all its problems at once.

    `upl` are the names of the Uniforme Productnamenlijst that may stand in it: those that ship with the product, unless
    it says otherwise. `value_names` are the local values that exist already.
    """
    reading = Reading()
    reading.values = read_into(reading, path)
    if reading.problems and reading.values is None:
        raise FileHasProblems(reading.problems)
    _read_named_files(reading, path.parent)
    result = _validated(reading, upl=shipped_names() if upl is None else upl, value_names=value_names)
    if result is None or reading.problems:
        raise FileHasProblems(sorted(reading.problems, key=lambda problem: (problem.place.file, problem.place.line)))
    return result


def _read_named_files(reading: Reading, folder: Path) -> None:
    if not isinstance(reading.values, dict):
        return
    for name in LISTS_WITH_A_FILE:
        value = reading.values.get(name)
        if isinstance(value, str):
            reading.values[name] = read_into(reading, folder / value, (name,)) or []


def _validated(reading: Reading, *, upl: Mapping[str, str], value_names: Collection[str]) -> MunicipalityFile | None:
    result = None
    try:
        result = MunicipalityFile.model_validate(reading.values)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            _add(reading, detail)
    if isinstance(reading.values, dict):
        check_references(reading, upl=upl)
        check_starter(reading, value_names=value_names)
    return result


def _add(reading: Reading, detail: ErrorDetails) -> None:
    kind, steps, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == "missing":
        reading.add("missing", steps, name=steps[-1])
    elif kind == "extra_forbidden":
        _add_unknown_field(reading, steps)
    elif kind == "literal_error":
        reading.add("not_one_of", steps, expected=str(context["expected"]).replace("'", "").replace(" or ", ", "))
    elif kind in SENTENCES:
        reading.add(kind, steps, **context)
    else:
        limit = next((context[name] for name in _LIMITS if name in context), None)
        reading.add(_KIND_OF[kind], steps, limit=limit)


def _add_unknown_field(reading: Reading, steps: Steps) -> None:
    name, known = str(steps[-1]), names_of(_model_at(steps[:-1]))
    nearest = get_close_matches(name, known, n=1)
    if nearest:
        reading.add("unknown_field_looks_like", steps, name=name, nearest=nearest[0])
    else:
        reading.add("unknown_field", steps, name=name, expected=listed(known))


def names_of(model: type[BaseModel]) -> list[str]:
    """Name the fields of a part as they stand in the file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(steps: Steps) -> type[BaseModel]:
    model: type[BaseModel] = MunicipalityFile
    for step in steps:
        if isinstance(step, str):
            by_name = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
            model = part_in(by_name[step]) or model
    return model


def part_in(annotation: Any) -> type[BaseModel] | None:
    """Find the part that a field holds, be it alone, in a list or left out."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := part_in(inner))), None)
