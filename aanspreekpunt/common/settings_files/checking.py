"""Checks what was read against the fields that there are, and words what pydantic finds for who wrote the file."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ValidationError

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.common.settings_files.wording import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from aanspreekpunt.common.settings_files.lines import Reading
    from aanspreekpunt.common.settings_files.problems import Problem, Steps

Model = TypeVar("Model", bound=BaseModel)

KIND_OF: Final = {
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


def validated(model: type[Model], reading: Reading, *, context: object = None) -> Model | None:
    """Return what was read as `model`; None when it does not fit, and then `reading` knows everything that is wrong."""
    try:
        return model.model_validate(reading.values, context=context)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            _add(reading, detail, model)
        return None


def refuse_problems(reading: Reading) -> None:
    """Refuse the file when anything is wrong with it, in the order in which it stands there."""
    if reading.problems:
        raise FileHasProblems(sorted(reading.problems, key=lambda problem: (problem.place.file, problem.place.line)))


def _add(reading: Reading, detail: ErrorDetails, model: type[BaseModel]) -> None:
    kind, steps, context = detail["type"], detail["loc"], detail.get("ctx", {})
    if kind == "missing":
        reading.add("missing", steps, name=steps[-1])
    elif kind == "extra_forbidden":
        _add_unknown_field(reading, steps, model)
    elif kind == "literal_error":
        reading.add("not_one_of", steps, expected=str(context["expected"]).replace("'", "").replace(" or ", ", "))
    elif kind in reading.sentences:
        reading.add(kind, steps, **context)
    else:
        limit = next((context[name] for name in _LIMITS if name in context), None)
        reading.add(KIND_OF[kind], steps, limit=limit)


def _add_unknown_field(reading: Reading, steps: Steps, model: type[BaseModel]) -> None:
    name, known = str(steps[-1]), names_of(_model_at(steps[:-1], model))
    nearest = get_close_matches(name, known, n=1)
    if nearest:
        reading.add("unknown_field_looks_like", steps, name=name, nearest=nearest[0])
    else:
        reading.add("unknown_field", steps, name=name, expected=listed(known))


def names_of(model: type[BaseModel]) -> list[str]:
    """Name the fields of a part as they stand in the file."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(steps: Steps, model: type[BaseModel]) -> type[BaseModel]:
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
