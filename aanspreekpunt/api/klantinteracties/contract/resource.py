"""What every kind of thing of the standard tells about itself: fields, filters, how it is read and changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from aanspreekpunt.api.klantinteracties.contract import openapi
from aanspreekpunt.api.klantinteracties.contract.errors import not_found
from aanspreekpunt.api.klantinteracties.contract.filters import Where, conditions
from aanspreekpunt.api.klantinteracties.contract.noting import note
from aanspreekpunt.common.counting import counted
from aanspreekpunt.common.reading import found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.http import QueryDict

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller
    from aanspreekpunt.api.klantinteracties.contract.errors import Fault
    from aanspreekpunt.api.klantinteracties.contract.fields import Fields
    from aanspreekpunt.api.klantinteracties.contract.filters import Filter
    from aanspreekpunt.journal.actors import Actor

KLANTINTERACTIES = "/klantinteracties/api/v1/"
CONTACTGEGEVENS = "/contactgegevens/api/v1/"
NOTIFICATIES = "/notificaties/api/v1/"

AMONG = "= ANY(ARRAY(SELECT unnest(%s::bigint[])))"
"""The condition that an id is one of a list.

`= ANY(%s)` alone says how long the list is, so that PostgreSQL plans a statement anew each time one thing is read,
instead of once for ten: that takes longer than reading it.
"""


@dataclass(frozen=True)
class Reading:
    """One request that reads: where this installation is found (no final slash), and who looks.

    `shown_along` gathers by path what was shown inside other things, for the access log.
    """

    base: str
    caller: Caller
    shown_along: dict[str, list[str]] = field(default_factory=dict, compare=False)

    def link(self, path: str, uuid: UUID | str, root: str = KLANTINTERACTIES) -> dict[str, str]:
        """Return how the standard names another thing: its uuid and its address."""
        return {"uuid": str(uuid), "url": f"{self.base}{root}{path}/{uuid}"}


@dataclass(frozen=True)
class Writing:
    """One request that changes something: who does it, as whom it stands in the journal, and when.

    It `is_whole` when it says everything there is to say of a thing, as PUT does and PATCH does not.
    """

    caller: Caller
    at: datetime
    is_whole: bool = False

    @property
    def by(self) -> Actor:
        """Who does it, for the journal."""
        return self.caller.actor


@dataclass
class Record:
    """One thing as the standard shows it, with the ids of its kin for expanding.

    `kin` holds for each name that can be expanded the id or ids of what it names: a tuple for a list, an id or None for
    a single thing.
    """

    body: dict[str, Any]
    kin: dict[str, tuple[int, ...] | int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Stretch:
    """The ids of a page of a list, not read yet: a select, and the order of the list.

    It `is_turned` when the select reads from the end.
    """

    sql: str
    values: list[Any]
    order: str
    is_turned: bool = False

    def ids(self) -> list[int]:
        """Read them, in the order of the list."""
        read = [pk for (pk,) in rows(self.sql, self.values)]
        return read[::-1] if self.is_turned else read

    def of(self, select: str) -> list[tuple[Any, ...]]:
        """Return what a select of more than ids, of the same table as `t`, finds of them, in the order of the list."""
        return rows(f"{select} WHERE t.id = ANY(ARRAY({self.sql})) ORDER BY {self.order}", self.values)


@dataclass(frozen=True)
class Expansion:
    """Something that can be shown in whole inside another thing, under its name there."""

    resource: type[Resource]
    is_list: bool


class Resource:
    """A kind of thing of the standard. A subclass declares what is here and fills in how it is read and changed."""

    root: ClassVar[str] = KLANTINTERACTIES
    path: ClassVar[str]
    name: ClassVar[str]
    """As error texts and the document call one, e.g. `Klantcontact`."""
    tag: ClassVar[str]
    fields: ClassVar[Fields]
    filters: ClassVar[dict[str, Filter]] = {}
    table: ClassVar[str]
    order: ClassVar[str] = "t.id DESC"
    counted_by: ClassVar[tuple[str, ...] | None] = None
    """By what the database keeps how many there are, in the order of its migration; None when it does not."""
    is_paged: ClassVar[bool] = True
    """Whether its list comes in pages; otherwise all of it is one plain list, for kinds of which there are few."""
    verbs_of_one: ClassVar[frozenset[str]] = frozenset({"GET", "HEAD", "PUT", "PATCH", "DELETE"})
    """What can be done with one; kinds that only we make and change can be read."""
    expands: ClassVar[tuple[str, ...]] = ()
    """What `expand` may ask, as paths (`hadBetrokkenen.wasPartij`); with any, things in its lists carry `_expand`."""
    expands_are_ours: ClassVar[bool] = False
    """Whether the standard knows no `expand` here: then `_expand` is only there when it was asked."""
    is_made_at_once: ClassVar[bool] = False
    """Whether `make` writes all there is to write in one statement, so that it needs no transaction around it."""
    orders: ClassVar[dict[str, str]] = {}
    """Orders of ours that may be asked with `ordering`: its name, and the SQL without direction."""

    @classmethod
    def paths(cls) -> dict[str, Any]:
        """Return its addresses for the document."""
        return openapi.paths_of(cls)

    @classmethod
    def schemas(cls) -> dict[str, Any]:
        """Return its named schemas for the document."""
        return openapi.schemas_of(cls)

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Return the schema of one for the document."""
        return openapi.plain_schema(cls)

    @classmethod
    def parts(cls) -> dict[str, Any]:
        """Return the named schemas that one refers to, for the document."""
        return openapi.plain_parts(cls)

    @classmethod
    def expansions(cls) -> dict[str, Expansion]:
        """Return the kin that can be shown in whole, by name; a method, because things refer to each other."""
        return {}

    def visible(self, caller: Caller) -> list[Where]:
        """Return the conditions under which rows of `t` exist for this caller; none when all do."""
        raise NotImplementedError  # each resource says so, so that none is forgotten

    def read(self, uuid: UUID, reading: Reading) -> Record:
        """Return the thing with this uuid; not found when it is absent or not there for this caller."""
        return only(self.load(reading, [self.find(uuid, reading.caller)]))

    def load(self, reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        """Return these things by id, as the standard shows them; a fixed number of queries however many there are."""
        raise NotImplementedError

    def in_order(self, reading: Reading, ids: Sequence[int]) -> list[Record]:
        """Return these things, in this order; without those that went meanwhile."""
        loaded = self.load(reading, ids) if ids else {}
        return [loaded[pk] for pk in ids if pk in loaded]

    def page(self, reading: Reading, stretch: Stretch) -> list[Record]:
        """Return the things on a page of the list, in its order."""
        return self.in_order(reading, stretch.ids())

    def also_wrong(self, _said: Mapping[str, Any], _pk: int | None) -> Iterable[Fault]:
        """Return what is wrong with single fields that shows by another field, or by what is kept, only.

        It is asked when a request is refused, so that everything is told at once: what is said may be of any form.
        """
        return ()

    def create(self, data: dict[str, Any], writing: Writing) -> int:
        """Make one from checked fields and return its id; `Refused` when it cannot be."""
        raise NotImplementedError

    def make(self, data: dict[str, Any], writing: Writing, reading: Reading) -> Record:
        """Make one as `create` does, note it in the access log, and return it as the standard shows it.

        A kind of which many are made knows what it wrote, and does not read it again.
        """
        pk = self.create(data, writing)
        record = self.load(reading, [pk])[pk]
        note("create", self, [record], reading)
        return record

    def change(self, pk: int, data: dict[str, Any], writing: Writing) -> None:
        """Change the given fields of one."""
        raise NotImplementedError

    def remove(self, pk: int, writing: Writing) -> None:
        """Take one away."""
        raise NotImplementedError

    def remove_as_asked(self, pk: int, _query: QueryDict, writing: Writing, _reading: Reading) -> dict[str, Any] | None:
        """Take one away as the parameters ask; what is returned, if anything, is the answer."""
        self.remove(pk, writing)
        return None

    def narrowing(self, asked: Mapping[str, str], _caller: Caller) -> list[Where]:
        """Return the conditions that these parameters of a list ask for; raises `Invalid` with every fault at once."""
        return conditions(self.filters, asked)

    def count(self, wheres: list[Where]) -> int:
        """Return how many rows these conditions (those of `visible` included) leave; as kept, where that is known."""
        kept = kept_count(self.table, self.counted_by, wheres)
        if kept is not None:
            return kept
        sql, values = narrowed(f"SELECT count(*) FROM {self.table} t", wheres)  # noqa: S608 - names of our own
        return int(rows(sql, values)[0][0])

    def looked_through(self, wheres: list[Where], _order: str) -> tuple[str, list[Where]]:
        """Return the table in which the ids of a page are looked for, and these conditions as they are said there."""
        return self.table, wheres

    def find(self, uuid: UUID, caller: Caller) -> int:
        """Return the id of the thing with this uuid; not found when it is absent or not there for this caller."""
        select = f"SELECT t.id FROM {self.table} t"  # noqa: S608 - names of our own
        sql, values = narrowed(select, [Where("t.uuid = %s", (uuid,)), *self.visible(caller)])
        there = rows(sql, values)
        if not there:
            raise not_found()
        return int(there[0][0])


def kept_count(table: str, counted_by: Sequence[str] | None, wheres: list[Where]) -> int | None:
    """Return how many rows of a table these conditions leave, as the database keeps it; None when it does not."""
    kept = [where.kept for where in wheres if where.kept is not None]
    if counted_by is None or len(kept) < len(wheres) or any(name not in counted_by for name, _values in kept):
        return None
    return counted(table, [(counted_by.index(name), values) for name, values in kept])


def only(loaded: dict[int, Record]) -> Record:
    """Return the one thing that was loaded; not found when it was not there, or went in the meantime."""
    if not loaded:
        raise not_found()
    (record,) = loaded.values()
    return record


def narrowed(sql: str, wheres: Iterable[Where]) -> tuple[str, list[Any]]:
    """Return `sql` with these conditions, and the values for their places."""
    wheres = list(wheres)
    if not wheres:
        return sql, []
    values = [value for where in wheres for value in where.values]
    return f"{sql} WHERE {' AND '.join(f'({where.sql})' for where in wheres)}", values


def rows(sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Return what a query finds."""
    return found(sql, values if isinstance(values, dict) else [_sent(value) for value in values])


def _sent(value: Any) -> Any:
    """Return a list of ids as PostgreSQL writes one, which takes a sixth of the time the driver takes for it."""
    is_ids = isinstance(value, list) and value and type(value[0]) is int
    return f"{{{','.join(map(str, value))}}}" if is_ids else value
