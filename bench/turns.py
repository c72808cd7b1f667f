"""What several requests write one after the other, each in a transaction of its own, done again as raw SQL."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg

from aanspreekpunt.common.references import make_reference
from bench.statements import Insert, fresh_value, inserts_in, where_the_database_is

_TABLE = re.compile(r'INSERT INTO "(\w+)"')
_KEYS: Final = {"contact": "contact_id", "participant": "participant_id", "question": "question_id", "task": "task_id"}
"""The tables whose rows others refer to, and how they call them."""

_NUMBERS: Final = (
    "SELECT nextval('contact_id_seq'), nextval('participant_id_seq'), nextval('question_id_seq'),"
    " nextval('task_id_seq'), nextval('question_reference_seq')"
)
HOUSEKEEPING: Final = frozenset({"journal_access"})
"""Tables of who asks; that is not the work itself, so it is not in the floor."""
_ATTACH: Final = Insert("UPDATE contact SET question_id = %s WHERE id = %s", ["question_id", "contact_id"], [0, 0])


@dataclass(frozen=True)
class Turns:
    """The inserts of each request, and where to do them again."""

    turns: list[list[Insert]]
    where: dict[str, Any] = field(default_factory=where_the_database_is)

    def work(self, _number: int, until: float) -> list[float]:
        """Do them again and again, those of one request sent at once, every statement prepared."""
        latencies = []
        with psycopg.connect(**self.where) as connection:
            connection.commit()
            while time.monotonic() < until:
                began = time.perf_counter()
                self._once(connection)
                latencies.append(time.perf_counter() - began)
        return latencies

    def _once(self, connection: psycopg.Connection) -> None:
        *ids, sequence = connection.execute(_NUMBERS, prepare=True).fetchone() or ()
        fresh: dict[str, Any] = dict(zip(_KEYS.values(), ids, strict=True))
        fresh |= {"subject_id": fresh["question_id"], "about_id": fresh["question_id"]}
        fresh["reference"] = make_reference(year=2026, sequence=sequence)
        for turn in self.turns:
            with connection.pipeline():
                for insert in turn:
                    connection.execute(insert.statement, _renewed(insert, fresh), prepare=True)
                connection.commit()


def turns_of(taken: list[list[tuple[str, Any]]]) -> Turns:
    """Return what the requests behind these statements wrote."""
    return Turns([[_keyed(insert) for each in asked for insert in _writes_in(*each)] for asked in taken])


def _writes_in(statement: str, values: Any) -> list[Insert]:
    attached = [_ATTACH] if 'UPDATE "contact" SET "question_id"' in statement else []
    inserts = [each for each in inserts_in(statement, values) if _table_of(each) not in HOUSEKEEPING]
    return [*inserts, *attached]


def _table_of(insert: Insert) -> str:
    found = _TABLE.search(insert.statement)
    return found[1] if found else ""


def _keyed(insert: Insert) -> Insert:
    """Return an insert that says itself which id its row gets, where others refer to it."""
    if _table_of(insert) not in _KEYS or "id" in insert.columns:
        return insert
    statement = insert.statement.replace(" (", ' ("id", ', 1).replace("VALUES (", "VALUES (%s, ", 1)
    return Insert(statement, ["id", *insert.columns], [0, *insert.values])


def _renewed(insert: Insert, fresh: dict[str, Any]) -> list[Any]:
    table = _table_of(insert)
    own = {"id": fresh[_KEYS[table]]} if table in _KEYS else {}
    known = fresh | own
    return [
        None if value is None else fresh_value(column, value, known, fresh["question_id"])
        for column, value in zip(insert.columns, insert.values, strict=True)
    ]
