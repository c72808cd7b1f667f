"""What is known of each kind of thing for taking it over: what it refers to, and how many are written at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model, QuerySet

from aanspreekpunt.api.klantinteracties import resources
from aanspreekpunt.api.klantinteracties.contract.errors import NON_FIELD, Fault, Invalid, Refused
from aanspreekpunt.api.klantinteracties.contract.fields import checked
from aanspreekpunt.api.klantinteracties.contract.resource import Reading
from aanspreekpunt.common.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from aanspreekpunt.api.klantinteracties.contract.resource import Resource, Writing

NUMBERS: Final = frozenset({"nummer", "referentienummer"})
"""By which people name a thing: kept when we can, but no part of what it says."""
_ALIKE: Final = 16
"""The bytes of a hash by which we see whether a thing says the same as before."""

_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass
class Thing:
    """One thing to take over: its uuid, what it says, checked, and the rows here that it refers to, by field."""

    uuid: UUID
    data: dict[str, Any]
    refs: dict[str, Any] = field(default_factory=dict)
    notes: list[Fault] = field(default_factory=list)
    """What had to be left out or changed to take it over."""

    def note(self, name: str, code: str) -> None:
        """Note that it comes in without what a field said."""
        self.notes.append(Fault(name, code, ""))


@dataclass(frozen=True)
class Later:
    """A reference that is filled in when all is here: the column, the kind it leads to, and what must hold of both."""

    column: str
    path: str
    condition: str = "TRUE"
    """On the row itself, `t`, and the one referred to, `r`."""


class Kind:
    """A kind of thing that is taken over one by one, as if another system sent it. Others are written many at once."""

    path: ClassVar[str]
    model: ClassVar[type[Model]]
    refs: ClassVar[Mapping[str, str]] = {}
    """Each field that refers to another thing, and the path of what it refers to."""
    later: ClassVar[Mapping[str, Later]] = {}
    """Such fields that are filled in afterwards; with a dot, those of a group."""
    ignored: ClassVar[frozenset[str]] = frozenset()
    """What is said of a thing that is told of another one too."""
    fitted: ClassVar[frozenset[str]] = frozenset()
    """Fields that `fit` may leave out."""

    @property
    def resource(self) -> Resource:
        """How the standard has things of this kind."""
        return resources.kind_at(self.path)()

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def read(self, body: Any) -> dict[str, Any]:
        """Return what a thing says, as we use it; raises `Invalid` with every fault.

        What is null and may be left out counts as left out: registers show more laxly than they take.
        """
        fields = self.resource.fields
        if isinstance(body, dict):
            lax = {name for name, each in fields.items() if not each.required and not each.nullable}
            body = {name: value for name, value in body.items() if value is not None or name not in lax}
        said = checked(fields, body, partial=False)
        return {name: value for name, value in self.prepared(said).items() if name not in self.ignored}

    def prepared(self, data: dict[str, Any]) -> dict[str, Any]:
        """Check what the fields by themselves do not."""
        return data

    def make(self, things: Sequence[Thing], writing: Writing) -> dict[UUID, list[Fault]]:
        """Write things that are not here yet; returns what is wrong with those that could not be."""
        return {each.uuid: faults for each in things if (faults := self._make_one(each, writing))}

    def _make_one(self, thing: Thing, writing: Writing) -> list[Fault]:
        try:
            with transaction.atomic():
                pk = self.resource.create(dict(thing.data), writing)
                QuerySet(self.model).filter(pk=pk).update(uuid=thing.uuid)
        except Refused as refused:
            return faults_of(refused)
        except (Refusal, IntegrityError, DataError) as problem:
            return [Fault(NON_FIELD, code_of(problem), "")]
        return []

    def fit(self, pk: int, thing: Thing, beside: Mapping[UUID, Thing]) -> None:
        """Leave out of a thing that came in before what it cannot be now, and note that; `beside` is on its page."""

    def change(self, pk: int, thing: Thing, writing: Writing) -> list[Fault]:
        """Bring a thing up to date that came in before; returns what is wrong if it could not be."""
        data = {name: value for name, value in thing.data.items() if name not in NUMBERS}
        try:
            with transaction.atomic():
                self.resource.change(pk, data, writing)
        except Refused as refused:
            return faults_of(refused)
        except (Refusal, IntegrityError, DataError) as problem:
            return [Fault(NON_FIELD, code_of(problem), "")]
        return []

    def ours(self, pks: Iterable[int], writing: Writing) -> dict[int, bytes]:
        """Return the hash of what these things say here now."""
        loaded = self.resource.load(Reading("http://localhost", writing.caller), list(pks))
        return {pk: self._hash_of_body(record.body) for pk, record in loaded.items()}

    def _hash_of_body(self, body: Any) -> bytes:
        try:
            return hash_of(self.read(msgspec.json.decode(_encode(body))))
        except Invalid:  # what the desk writes may be longer than the standard allows; then it is no longer the same
            return b"?"


def hash_of(data: Mapping[str, Any]) -> bytes:
    """Return the hash of what a thing says; what is empty in any way counts as not said."""
    said = {name: value for name, value in data.items() if name not in NUMBERS}
    return blake2b(_encode(_plain(said)), digest_size=_ALIKE).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        said = {name: _plain(each) for name, each in value.items()}
        return {name: each for name, each in said.items() if each is not None and each not in ("", [], {})}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def faults_of(refused: Refused) -> list[Fault]:
    """Return what a refusal names; one without fields is about the whole."""
    return refused.faults if isinstance(refused, Invalid) else [Fault(NON_FIELD, refused.code, "")]


def code_of(problem: Exception) -> str:
    """Return in a word why something could not be written."""
    constraint = constraint_of(problem)
    if constraint:
        return constraint
    return "refused" if isinstance(problem, Refusal) else "invalid"


def constraint_of(problem: BaseException) -> str:
    """Return the name of the constraint that something broke, if it was one."""
    diagnosis = getattr(problem.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""


class BulkKind(Kind):
    """A kind of thing that is written a page at a time; if that is refused, in ever smaller parts, to find out why."""

    numbers: ClassVar[Mapping[str, str]] = {}
    """Fields that hold a number which only one thing can have, with their columns; one in use is left out."""
    faults: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """How the standard names what a constraint of ours says: field and code."""

    def row(self, thing: Thing, writing: Writing) -> Model:
        """Return the row of a thing, not written yet."""
        raise NotImplementedError  # each kind says so, or writes in a way of its own

    def mended(self, thing: Thing, constraint: str) -> bool:
        """Change what keeps a thing from being written, if it may come in without that; returns whether it did."""
        del thing, constraint
        return False

    def written(self, rows: Sequence[Model]) -> None:
        """Do what has to be done for rows that were just written."""

    def write(self, things: Sequence[Thing], writing: Writing) -> None:
        """Write these things, all or none of them."""
        rows = [self.row(each, writing) for each in things]
        QuerySet[Model](self.model).bulk_create(rows)
        self.written(rows)

    def make(self, things: Sequence[Thing], writing: Writing) -> dict[UUID, list[Fault]]:
        self._free_numbers(things)
        return self._made(list(things), writing)

    def _made(self, things: list[Thing], writing: Writing) -> dict[UUID, list[Fault]]:
        if not things:
            return {}
        try:
            with transaction.atomic():
                self.write(things, writing)
        except (IntegrityError, DataError, Refusal, Refused) as problem:
            if len(things) > 1:
                half = len(things) // 2
                return self._made(things[:half], writing) | self._made(things[half:], writing)
            if self.mended(things[0], constraint_of(problem)):
                return self._made(things, writing)
            return {things[0].uuid: self._faults(problem)}
        return {}

    def _faults(self, problem: Exception) -> list[Fault]:
        if isinstance(problem, Refused):
            return faults_of(problem)
        name, code = self.faults.get(constraint_of(problem), (NON_FIELD, code_of(problem)))
        return [Fault(name, code, "")]

    def _free_numbers(self, things: Sequence[Thing]) -> None:
        """Leave out the numbers that something else has, here or earlier on the page, and note that."""
        for name, column in self.numbers.items():
            wanted = [each.data[name] for each in things if each.data.get(name)]
            found = QuerySet[Model](self.model).filter(**{f"{column}__in": wanted})
            used = set(found.values_list(column, flat=True))
            for each in things:
                number = each.data.get(name)
                if number and number in used:
                    each.data[name] = None
                    each.note(name, "unique")
                elif number:
                    used.add(number)
