"""The inserts of one registration, taken down while it happens, to be done again as raw SQL: the floor."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Jsonb

from aanspreekpunt.common.references import make_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_INSERT = re.compile(r'(?P<into>INSERT INTO "\w+" \((?P<columns>[^)]*)\)) VALUES (?P<rows>\([^)]*\)(, \([^)]*\))*)')
_PLACE = re.compile(r"\$\d+|%s")
_OF_ANOTHER = re.compile(r"\(SELECT id FROM written_\d+\)")


@dataclass(frozen=True, slots=True)
class Insert:
    """One insert of one or more rows: its statement, and the column of each value."""

    statement: str
    columns: list[str]
    values: list[Any]


@dataclass(frozen=True, slots=True)
class Replay:
    """The inserts, and where to do them again."""

    inserts: list[Insert]
    where: dict[str, Any]

    def work(self, _number: int, until: float) -> list[float]:
        """Do them again and again in a transaction each, all sent at once, every statement prepared."""
        latencies = []
        with psycopg.connect(**self.where) as connection:
            connection.commit()
            while time.monotonic() < until:
                began = time.perf_counter()
                self._once(connection)
                latencies.append(time.perf_counter() - began)
        return latencies

    def _once(self, connection: psycopg.Connection) -> None:
        numbers = connection.execute(
            "SELECT nextval('question_id_seq'), nextval('contact_id_seq'), nextval('question_reference_seq')",
            prepare=True,
        ).fetchone()
        with connection.pipeline():
            for insert in self.inserts:
                connection.execute(insert.statement, _renewed(insert, numbers), prepare=True)
            connection.commit()


def of_one_registration() -> Replay:
    """Register a call and take down what was inserted."""
    from django.utils import timezone  # noqa: PLC0415 - after `installation.begin`

    from aanspreekpunt.catalogue.models import Product  # noqa: PLC0415
    from aanspreekpunt.organisation.models import Employee, Role  # noqa: PLC0415
    from aanspreekpunt.promises.operations import register_and_hand_over  # noqa: PLC0415
    from aanspreekpunt.questions.intake import Asked, Customer  # noqa: PLC0415

    product = Product.objects.select_related("team").get(key="afval-ophalen")
    agent = Employee.objects.filter(memberships__role=Role.AGENT).order_by("id")[0]
    asked = Asked(
        subject="Onze straat is vandaag overgeslagen",
        text="Onze straat is vandaag overgeslagen met de gft, en dat is al de derde keer.",
        channel="phone",
        product=product,
        customer=Customer(
            first_name="Karel", infix="van", last_name="Deurne", phone="+31610000000", email="k@inwoner.example"
        ),
        intake_account="desk",
        intake_id=str(uuid4()),
    )
    return replay_of(
        lambda: register_and_hand_over(asked=asked, to=product.team, asks="Graag vandaag.", by=agent, at=timezone.now())
    )


def replay_of(work: Callable[[], Any]) -> Replay:
    """Do something once and take down what was inserted."""
    return Replay([insert for each in taken_down(work) for insert in inserts_in(*each)], where_the_database_is())


def where_the_database_is() -> dict[str, Any]:
    """Return how psycopg itself connects to it."""
    from django.db import connection  # noqa: PLC0415 - after `installation.begin`

    settings = connection.settings_dict
    return {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "dbname": settings["NAME"]}


def taken_down(ask: Callable[[], Any]) -> list[tuple[str, Any]]:
    """Do something and return the statements it sent, with their values."""
    from django.db import connection  # noqa: PLC0415 - after `installation.begin`

    statements: list[tuple[str, Any]] = []

    def take_down(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - as Django calls it
        statements.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(take_down):
        ask()
    return statements


def inserts_in(sql: str, values: Any) -> Iterator[Insert]:
    """Yield the insert in each table that a statement is made of, as a statement of its own."""
    known = iter(values or ())
    # The id of a row that is written by the same statement; which one it is, is known when it is written once more.
    sql = _OF_ANOTHER.sub("$0", sql)
    for found in _INSERT.finditer(sql):
        rest = iter([0 if place == "$0" else next(known) for place in _PLACE.findall(found["rows"])])
        rows, places = _PLACE.subn("%s", found["rows"])
        columns = [column.strip(' "') for column in found["columns"].split(",")]
        yield Insert(f"{found['into']} VALUES {rows}", columns * (places // len(columns)), list(islice(rest, places)))


def _renewed(insert: Insert, numbers: Any) -> list[Any]:
    question_id, contact_id, sequence = numbers
    is_question, is_contact = '"question"' in insert.statement, '"contact"' in insert.statement
    fresh: dict[str, Any] = {
        "question_id": question_id,
        "subject_id": question_id,
        "about_id": question_id,
        "contact_id": contact_id,
        "reference": make_reference(year=2026, sequence=sequence),
    }
    if is_question or is_contact:
        fresh["id"] = question_id if is_question else contact_id
    return [
        fresh_value(column, value, fresh, question_id)
        for column, value in zip(insert.columns, insert.values, strict=True)
    ]


def fresh_value(column: str, value: Any, fresh: dict[str, Any], question_id: int) -> Any:
    """Return what a column holds when its row is written once more."""
    if column in fresh:
        return fresh[column]
    if column in {"uuid", "conversation", "intake_id"}:
        return uuid4() if isinstance(value, UUID) else str(uuid4())
    if column == "key":
        return f"{value.partition(':')[0]}:{question_id}:"
    return Jsonb(value.obj) if isinstance(value, Jsonb) else value
