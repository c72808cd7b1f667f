"""The kinds of value that stand in more than one kind of file, each with the check that belongs to it."""

from __future__ import annotations

import re
from typing import Annotated, Any, LiteralString

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


class Part(BaseModel):
    """A group of fields in the file; a field nobody knows is an error and not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, str_strip_whitespace=True)


def refusal(kind: LiteralString, **facts: Any) -> PydanticCustomError:
    """Build the error that `wording` has a sentence for."""
    return PydanticCustomError(kind, kind, facts)


def _a_key(value: str) -> str:
    if not _KEY.match(value):
        raise refusal("not_a_key")
    return value


def _an_email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise refusal("not_an_email") from None
    return value.lower()


def _a_web_address(value: str) -> str:
    try:
        URLValidator(schemes=["https", "http"])(value)
    except ValidationError:
        raise refusal("not_a_web_address") from None
    return value


Line = Annotated[str, Field(min_length=1, max_length=200)]
"""A text of one line."""
Optional = Annotated[str, Field(max_length=200)]
"""A text of one line that may be left out."""
Key = Annotated[str, Field(min_length=1, max_length=50), AfterValidator(_a_key)]
Email = Annotated[str, AfterValidator(_an_email)]
WebAddress = Annotated[str, AfterValidator(_a_web_address)]
