"""Fields that hold other fields, and checking all of them at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Fault, Invalid
from aanspreekpunt.api.klantinteracties.contract.fields.plain import (
    MISSING,
    Field,
    Identity,
    Text,
    wrong,
)
from aanspreekpunt.api.klantinteracties.contract.fields.spelling import camel, underscored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

Schema = dict[str, Any]
Fields = dict[str, Field]


@dataclass(frozen=True, kw_only=True)
class Group(Field):
    """Fields that belong together, as an object within the object.

    One that `is_whole` is said in whole or not at all, also by a PATCH.
    """

    part: str
    fields: Fields
    is_whole: bool = False

    def check(self, value: Any) -> dict[str, Any]:
        return checked(self.fields, value, partial=False)

    def check_change(self, value: Any) -> dict[str, Any]:
        return checked(self.fields, value, partial=not self.is_whole)

    def schema(self) -> Schema:
        return {"$ref": f"#/components/schemas/{self.part}"}

    def parts(self) -> Mapping[str, Schema]:
        return {**parts_of(self.fields), self.part: object_schema(self.fields)}


@dataclass(frozen=True, kw_only=True)
class Ref(Field):
    """A thing of this register, named by its uuid: `{"uuid": …}`. `extra` is what reading adds besides its address."""

    part: str
    extra: Fields = field(default_factory=dict)

    def check(self, value: Any) -> UUID:
        """Return the uuid; whether it exists is for the resource to say."""
        given: UUID = checked({"uuid": Identity(required=True)}, value, partial=False)["uuid"]
        return given

    def schema(self) -> Schema:
        return {"$ref": f"#/components/schemas/{self.part}"}

    def parts(self) -> Mapping[str, Schema]:
        link: Fields = {"uuid": Identity(required=True), "url": URL_FIELD, **self.extra}
        return {**parts_of(self.extra), self.part: object_schema(link)}


@dataclass(frozen=True, kw_only=True)
class Many(Field):
    """A list of such fields."""

    of: Field

    def check(self, value: Any) -> list[Any]:
        return self._each(value, self.of.check)

    def check_change(self, value: Any) -> list[Any]:
        return self._each(value, self.of.check_change)

    @staticmethod
    def _each(value: Any, check: Callable[[Any], Any]) -> list[Any]:
        if not isinstance(value, list):
            message = _("Expected a list of items but got type “%(type)s”.") % {"type": type(value).__name__}
            raise wrong("not_a_list", message, NON_FIELD)
        found, faults = [], []
        for place, each in enumerate(value):
            if each is None:  # the list holds nothing there, so that it is the list that is wrong
                faults.append(Fault("", "null", _("This field may not be null.")))
                continue
            try:
                found.append(check(each))
            except Invalid as refused:
                faults += [one.below(str(place)) for one in refused.faults]
        if faults:
            raise Invalid(faults)
        return found

    def schema(self) -> Schema:
        return {"type": "array", "items": self.of.schema()}

    def parts(self) -> Mapping[str, Schema]:
        return self.of.parts()


@dataclass(frozen=True, kw_only=True)
class Words(Field):
    """Any words by any name: `{"name": "value"}`, each value a text of at most `max_length` characters."""

    max_length: int

    def check(self, value: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            message = _("Expected an object with texts but got type “%(type)s”.") % {"type": type(value).__name__}
            raise wrong("not_a_dict", message)
        text, found, faults = Text(max_length=self.max_length), {}, []
        for name, each in value.items():
            try:
                found[camel(underscored(str(name)))] = text.check("" if each is None else each)
            except Invalid as refused:
                faults += [Fault(underscored(str(name)), one.code, one.reason) for one in refused.faults]
        if faults:
            raise Invalid(faults)
        return found

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": {"type": "string", "maxLength": self.max_length}}


@dataclass(frozen=True, kw_only=True)
class Shown(Field):
    """What is only read: described by a schema, and accepted and dropped when a client sends it back."""

    described_as: Schema
    named: Mapping[str, Schema] = field(default_factory=dict)
    read_only: bool = True

    def check(self, value: Any) -> Any:
        return value

    def schema(self) -> Schema:
        return dict(self.described_as)

    def parts(self) -> Mapping[str, Schema]:
        return self.named


URL_FIELD = Shown(described_as={"type": "string", "format": "uri", "minLength": 1, "maxLength": 1000})
UUID_FIELD = Shown(described_as={"type": "string", "format": "uuid"})


def checked(fields: Fields, data: Any, *, partial: bool, defaults: bool = True) -> dict[str, Any]:
    """Return the known, writable fields of `data` as we use them; raises `Invalid` with every fault at once.

    Unknown and read-only keys are dropped, as the clients of the standard send them. With `partial` nothing is
    required; with `defaults` what is not sent gets its default.
    """
    if not isinstance(data, dict):
        message = _("Invalid data. Expected a dictionary, but got %(type)s.") % {"type": type(data).__name__}
        raise wrong("null" if data is None else "invalid", message, NON_FIELD)
    given = {key if key in fields else camel(str(key)): value for key, value in data.items()}
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, each in fields.items():
        if each.read_only:
            continue
        try:
            value = _checked_one(each, given.get(name, MISSING), partial=partial, defaults=defaults)
        except Invalid as refused:
            faults += [one.below(name) for one in refused.faults]
            continue
        if value is not MISSING:
            found[name] = value
    if faults:
        raise Invalid(faults)
    return found


def _checked_one(each: Field, value: Any, *, partial: bool, defaults: bool) -> Any:
    if value is MISSING:
        if each.required and not partial:
            raise wrong("required", _("This field is required."))
        default: Callable[[], Any] | Any = each.default if defaults and not partial else MISSING
        return default() if callable(default) else default
    if value is None:
        if not each.nullable:
            raise wrong("null", _("This field may not be null."))
        return None
    return each.check_change(value) if partial else each.check(value)


def object_schema(fields: Fields) -> Schema:
    """Return the schema of an object with these fields; what is only read is always there."""
    required = [name for name, each in fields.items() if each.required or (each.read_only and name != "_expand")]
    said: Schema = {"type": "object", "properties": {name: each.described() for name, each in fields.items()}}
    return said | ({"required": sorted(required)} if required else {})


def parts_of(fields: Fields) -> dict[str, Schema]:
    """Return the named schemas that these fields refer to."""
    found: dict[str, Schema] = {}
    for each in fields.values():
        found |= each.parts()
    return found
