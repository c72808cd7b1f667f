"""Fields that hold one value: what each accepts, how it refuses, and how the document describes it.

A field is declared once and used three times: to check what comes in, to know what a PATCH may leave out, and to write
the OpenAPI document. Codes and texts are those the clients of the standard know. Serializers of Django REST framework
and django-ninja were considered, see docs/decisions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import Fault, Invalid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    Schema = dict[str, Any]

_DAY = timedelta(days=1)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Missing:
    """What stands for a field that was not sent."""


MISSING = Missing()


def wrong(code: str, reason: str, name: str = "") -> Invalid:
    """Return the refusal of one value; the field that holds it adds its name."""
    return Invalid([Fault(name, code, reason)])


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. `default` is what stands there when a POST leaves it out (`MISSING`: the resource decides)."""

    required: bool = False
    nullable: bool = False
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    default: Any = MISSING
    about: str = ""

    def check(self, value: Any) -> Any:
        """Return the value as we use it; `Invalid` when it is not acceptable."""
        raise NotImplementedError  # each kind of field says what it accepts

    def check_change(self, value: Any) -> Any:
        """Return the value of a PATCH, in which a group may leave out parts that are required otherwise."""
        return self.check(value)

    def schema(self) -> Schema:
        """Return what the document says of the value itself."""
        raise NotImplementedError  # each kind of field says what it is

    def described(self) -> Schema:
        """Return the whole of what the document says of this field."""
        said = self.schema()
        if "$ref" in said and (self.nullable or self.read_only or self.about or self.deprecated):
            said = {"allOf": [said]}
        said |= {"nullable": True} if self.nullable else {}
        said |= {"readOnly": True} if self.read_only else {}
        said |= {"writeOnly": True} if self.write_only else {}
        said |= {"deprecated": True} if self.deprecated else {}
        return said | ({"description": self.about} if self.about else {})

    def parts(self) -> Mapping[str, Schema]:
        """Return the named schemas this field refers to."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A text of at most `max_length` characters; numbers are taken as text, as clients send them."""

    form: ClassVar[str] = ""
    """What the document calls its format."""
    max_length: int | None = None
    min_length: int | None = None
    pattern: str = ""
    pattern_reason: str = ""
    blank: bool = True

    def check(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise wrong("invalid", _("Not a valid string."))
        text = str(value).strip()
        if _HIDDEN.search(text):
            raise wrong("null_characters_not_allowed", _("Control characters are not allowed."))
        if not text and not self.blank:
            raise wrong("blank", _("This field may not be blank."))
        faults = list(self.faults_of(text)) if text else []
        if faults:
            raise Invalid(faults)
        return text

    def faults_of(self, text: str) -> Iterator[Fault]:
        """Yield everything that is wrong with a text that is not empty."""
        if self.pattern and not re.search(self.pattern, text):
            yield Fault("", "invalid", self.pattern_reason or _("Enter a valid value."))
        if self.max_length is not None and len(text) > self.max_length:
            message = _("Ensure this field has no more than %(limit)d characters.") % {"limit": self.max_length}
            yield Fault("", "max_length", message)
        if self.min_length is not None and len(text) < self.min_length:
            message = _("Ensure this field has at least %(limit)d characters.") % {"limit": self.min_length}
            yield Fault("", "min_length", message)

    def schema(self) -> Schema:
        said: Schema = {"type": "string"}
        said |= {"maxLength": self.max_length} if self.max_length is not None else {}
        pattern = f"^$|{self.pattern}" if self.blank else self.pattern  # what is empty in our answers has to conform
        said |= {"pattern": pattern} if self.pattern else {}
        said |= {} if self.blank else {"x-not-blank": True}
        shape: Schema = {"format": self.form} if self.form else {}
        shape |= {"minLength": self.min_length} if self.min_length is not None else {}
        return said | ({"anyOf": [shape, {"maxLength": 0}]} if shape and self.blank else shape)


@dataclass(frozen=True, kw_only=True)
class Email(Text):
    """An e-mail address."""

    form: ClassVar[str] = "email"

    def faults_of(self, text: str) -> Iterator[Fault]:
        yield from super().faults_of(text)
        try:
            validate_email(text)
        except ValidationError:
            yield Fault("", "invalid", _("Enter a valid e-mail address."))


@dataclass(frozen=True, kw_only=True)
class WebAddress(Text):
    """An address on the web."""

    form: ClassVar[str] = "uri"
    _checked: ClassVar[URLValidator] = URLValidator()

    def faults_of(self, text: str) -> Iterator[Fault]:
        yield from super().faults_of(text)
        try:
            self._checked(text)
        except ValidationError:
            yield Fault("", "invalid", _("Enter a valid URL."))


@dataclass(frozen=True, kw_only=True)
class Digits(Text):
    """A whole number that is kept as it is written, such as one by which people call a contact."""

    _WHOLE: ClassVar[re.Pattern[str]] = re.compile(r"-?[0-9]+")

    def faults_of(self, text: str) -> Iterator[Fault]:
        if not self._WHOLE.fullmatch(text):
            yield Fault("", "invalid", _("Enter a valid integer."))
        yield from super().faults_of(text)


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of a few words."""

    options: tuple[str, ...]
    part: str = ""
    """The name under which the document lists the words; empty to list them in place."""
    blank: bool = False

    def check(self, value: Any) -> str:
        if value == "" and self.blank:
            return ""
        if not isinstance(value, str) or value not in self.options:
            message = _("“%(value)s” is not a valid choice.") % {"value": value}
            raise wrong("invalid_choice", message)
        return value

    def schema(self) -> Schema:
        return {"$ref": f"#/components/schemas/{self.part}"} if self.part else self._listed()

    def parts(self) -> Mapping[str, Schema]:
        return {self.part: self._listed()} if self.part else {}

    def _listed(self) -> Schema:
        return {"type": "string", "enum": list(self.options)}


@dataclass(frozen=True, kw_only=True)
class YesNo(Field):
    """True or false, in any of the spellings clients use."""

    _TRUE: ClassVar[frozenset[Any]] = frozenset({"true", "1", "yes", "on", "t", "y"})
    _FALSE: ClassVar[frozenset[Any]] = frozenset({"false", "0", "no", "off", "f", "n"})

    def check(self, value: Any) -> bool | None:
        said = str(value).lower() if isinstance(value, bool | int | str) else ""
        if said in self._TRUE:
            return True
        if said in self._FALSE:
            return False
        if self.nullable and said in {"", "null"} and isinstance(value, str):
            return None
        raise wrong("invalid", _("Must be a valid boolean."))

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, kw_only=True)
class Whole(Field):
    """A whole number from `minimum` to `maximum`; one with nothing but zeros behind its point is whole too."""

    minimum: int
    maximum: int
    _ZEROS: ClassVar[re.Pattern[str]] = re.compile(r"\.0*$")

    def check(self, value: Any) -> int:
        try:
            number = int(self._ZEROS.sub("", str(value)))
        except ValueError as error:
            raise wrong("invalid", _("A valid integer is required.")) from error
        if number > self.maximum:
            raise wrong("max_value", _("Ensure this value is at most %(limit)d.") % {"limit": self.maximum})
        if number < self.minimum:
            raise wrong("min_value", _("Ensure this value is at least %(limit)d.") % {"limit": self.minimum})
        return number

    def schema(self) -> Schema:
        return {"type": "integer", "maximum": self.maximum, "minimum": self.minimum}


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A day, as YYYY-MM-DD."""

    def check(self, value: Any) -> date:
        try:
            day = parse_date(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if day is None:
            raise wrong("invalid", _("Enter a date as YYYY-MM-DD."))
        return day

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, kw_only=True)
class Moment(Field):
    """A moment, as ISO 8601; without a zone it is UTC, as in the standard's own register."""

    def check(self, value: Any) -> datetime:
        try:
            moment = parse_datetime(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None:
            raise wrong("invalid", _("Enter a date and time as YYYY-MM-DDThh:mm:ssZ."))
        try:
            aware = make_aware(moment, UTC) if is_naive(moment) else moment
            for margin in (-_DAY, _DAY):  # a moment has to exist in every zone it is shown in
                aware.astimezone(UTC) + margin
        except (ValueError, OverflowError) as error:
            raise wrong("invalid", _("Enter a date and time as YYYY-MM-DDThh:mm:ssZ.")) from error
        return aware

    def schema(self) -> Schema:
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True, kw_only=True)
class Identity(Field):
    """A uuid."""

    def check(self, value: Any) -> UUID:
        try:
            return UUID(value) if isinstance(value, str) else UUID("")
        except ValueError as error:
            raise wrong("invalid", _("Must be a valid UUID.")) from error

    def schema(self) -> Schema:
        return {"type": "string", "format": "uuid"}
