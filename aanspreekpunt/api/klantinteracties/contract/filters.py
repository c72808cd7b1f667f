"""What lists can be narrowed by: each parameter with the condition in SQL it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import Fault, Invalid
from aanspreekpunt.api.klantinteracties.contract.fields import Day, Moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOTHING = "FALSE"
_is_url = URLValidator()
_LAST_PART = re.compile(r"[^/]+(?=/?$)")


class Kind(Enum):
    """What a parameter holds, as the document calls it."""

    TEXT = "text"
    PART = "part of a text, whatever its case"
    UUID = "uuid"
    URL = "url"
    YES_NO = "yes or no"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"


@dataclass(frozen=True)
class Where:
    """A condition with the values that fill its places; the table of the list is `t`."""

    sql: str
    values: tuple[Any, ...] = ()
    is_search: bool = field(default=False, compare=False)
    """Whether it leaves little, or what takes long to find: the list is then counted and read at once."""
    kept: tuple[str, tuple[str, ...]] | None = field(default=None, compare=False)
    """What the kept counts of the list call the column it is about, and the values there that it leaves."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One parameter: its kind, and its condition with one `%s`, or a function that makes it from the value.

    Parameters with the same `within` are about one and the same row: their conditions stand together in its `{}`.
    """

    kind: Kind = Kind.TEXT
    sql: str = ""
    where: Callable[[Any], Where] | None = None
    within: str = ""
    options: tuple[str, ...] = ()
    about: str = ""
    deprecated: bool = False
    is_ours: bool = False
    """Whether it is an addition of ours, which the standard does not know."""
    kept: str = ""
    """What the kept counts of the list call the column it is about, where they know it."""
    schema: dict[str, Any] = field(default_factory=dict)

    def condition(self, value: Any) -> Where:
        """Return the condition for a value that was read already."""
        if self.where is not None:
            return self.where(value)
        if self.kind is Kind.URL and value is None:
            return Where(NOTHING)
        is_search = self.kind in {Kind.UUID, Kind.URL}
        kept = (self.kept, (value,)) if self.kept else None
        return Where(self.sql, (value,) * self.sql.count("%s"), is_search=is_search, kept=kept)


def text(sql: str, **more: Any) -> Filter:
    """Return a filter on a text that is exactly alike."""
    return Filter(sql=sql, **more)


def part(sql: str, **more: Any) -> Filter:
    """Return a filter on a part of a text; the value comes as a pattern for LIKE, in lower case."""
    return Filter(kind=Kind.PART, sql=sql, **more)


def uuid(sql: str, **more: Any) -> Filter:
    """Return a filter on a uuid."""
    return Filter(kind=Kind.UUID, sql=sql, **more)


def url(sql: str, **more: Any) -> Filter:
    """Return a filter on the address of a thing of ours; the value comes as its uuid."""
    return Filter(kind=Kind.URL, sql=sql, **more)


def yes_no(*, yes: str, no: str, kept: str = "", **more: Any) -> Filter:
    """Return a filter with a condition for yes and one for no."""

    def where(value: Any) -> Where:
        return Where(yes if value else no, kept=(kept, ("true" if value else "false",)) if kept else None)

    return Filter(kind=Kind.YES_NO, where=where, kept=kept, **more)


def choice(sql: str, ours: Mapping[str, str], *, kept: str = "", **more: Any) -> Filter:
    """Return a filter on one of some values, each of which stands for one of `ours`."""

    def where(value: Any) -> Where:
        return Where(sql, (ours[value],), kept=(kept, (ours[value],)) if kept else None)

    return Filter(kind=Kind.CHOICE, options=tuple(ours), where=where, kept=kept, **more)


def conditions(filters: Mapping[str, Filter], given: Mapping[str, str]) -> list[Where]:
    """Return the conditions that these parameters ask for; raises `Invalid` with every fault at once."""
    found: list[tuple[Filter, Where]] = []
    faults: list[Fault] = []
    for name, raw in given.items():
        if not raw.strip():
            continue
        try:
            value = _READERS[filters[name].kind](filters[name], raw)
        except _NotReadable as refused:
            faults.append(Fault(name, refused.code, refused.reason))
            continue
        if value is not IGNORED:
            found.append((filters[name], filters[name].condition(value)))
    if faults:
        raise Invalid(faults)
    return _joined(found)


def _joined(found: list[tuple[Filter, Where]]) -> list[Where]:
    alone = [where for each, where in found if not each.within]
    together: dict[str, list[Where]] = {}
    for each, where in found:
        if each.within:
            together.setdefault(each.within, []).append(where)
    for around, wheres in together.items():
        inside = " AND ".join(where.sql for where in wheres)
        values = tuple(value for where in wheres for value in where.values)
        alone.append(Where(around.format(inside), values, is_search=any(where.is_search for where in wheres)))
    return alone


class _NotReadable(Exception):
    def __init__(self, reason: str, code: str = "invalid") -> None:
        super().__init__(code)
        self.reason, self.code = reason, code


IGNORED = object()
"""What a value is that means nothing: the list stays as it is."""


def _read_text(_filter: Filter, raw: str) -> Any:
    if "\x00" in raw:
        raise _NotReadable(_("Control characters are not allowed."), "null_characters_not_allowed")
    return raw.strip()


def _read_part(one: Filter, raw: str) -> Any:
    plain = _read_text(one, raw).lower()
    for sign in ("\\", "%", "_"):
        plain = plain.replace(sign, "\\" + sign)
    return f"%{plain}%"


def _read_uuid(_filter: Filter, raw: str) -> Any:
    try:
        return UUID(raw.strip())
    except ValueError as error:
        raise _NotReadable(_("Enter a valid UUID.")) from error


def _read_url(_filter: Filter, raw: str) -> Any:
    address = raw.strip()
    try:
        _is_url(address if "://" in address else f"http://{address}")
    except ValidationError as error:
        raise _NotReadable(_("Enter a valid URL.")) from error
    last = _LAST_PART.search(address)
    try:
        return UUID(last[0]) if last else None
    except ValueError:
        return None


def _read_yes_no(_filter: Filter, raw: str) -> Any:
    return {"true": True, "1": True, "false": False, "0": False}.get(raw.strip().lower(), IGNORED)


def _read_day(_filter: Filter, raw: str) -> Any:
    try:
        return Day().check(raw.strip())
    except Invalid as refused:
        raise _NotReadable(_("Enter a valid date.")) from refused


def _read_moment(_filter: Filter, raw: str) -> Any:
    try:
        return Moment().check(raw.strip().replace(" ", "+"))
    except Invalid as refused:
        raise _NotReadable(_("Enter a valid date and time.")) from refused


def _read_choice(one: Filter, raw: str) -> Any:
    if raw.strip() not in one.options:
        message = _("Select a valid choice. %(value)s is not one of the available choices.") % {"value": raw.strip()}
        raise _NotReadable(message, "invalid_choice")
    return raw.strip()


_READERS: dict[Kind, Callable[[Filter, str], Any]] = {
    Kind.TEXT: _read_text,
    Kind.PART: _read_part,
    Kind.UUID: _read_uuid,
    Kind.URL: _read_url,
    Kind.YES_NO: _read_yes_no,
    Kind.DAY: _read_day,
    Kind.MOMENT: _read_moment,
    Kind.CHOICE: _read_choice,
}
