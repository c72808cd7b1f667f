"""Answers to exchange in tests: any that can exist, and the ways in and out."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from aanspreekpunt.knowledge.exchange.kennisartikel import Organisation
from aanspreekpunt.knowledge.exchange.names import UplNames
from aanspreekpunt.knowledge.exchange.rows import AUDIENCES, STATES, ArticleRow, ReadRow, Reason, RefusedRow
from aanspreekpunt.knowledge.exchange.shapes import Shape, Surroundings, read_answers, write_answers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aanspreekpunt.knowledge.exchange.rows import Item

NAMES = UplNames({"paspoort": "http://standaarden.overheid.nl/owms/terms/Paspoort"})
LINDERVOORT = Organisation(
    "https://www.lindervoort.example", "http://standaarden.overheid.nl/owms/terms/Lindervoort_(gemeente)", "Lindervoort"
)
AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
GIVEN = Surroundings(NAMES, LINDERVOORT, AT)

CHARACTERS = st.characters(exclude_characters="\x00", exclude_categories=("Cs",))
TEXTS = st.text(CHARACTERS, max_size=60) | st.sampled_from(
    ["=1+1", "'=x", "''", "-", 'a;b\r\n"c"', "|", "\\|", "## Kop\n\nx"]
)
FULL_TEXTS = TEXTS.filter(lambda text: bool(text.strip()))
PIECES = st.lists(FULL_TEXTS.map(str.strip), max_size=4).map(tuple)
KEYS = st.from_regex(r"\A[a-z0-9]{1,8}(?:-[a-z0-9]{1,8}){0,3}\Z")
DAYS = st.dates(min_value=dt.date(1900, 1, 1))
MOMENTS = st.datetimes(min_value=dt.datetime(1900, 1, 2), max_value=dt.datetime(2900, 1, 1)).map(  # noqa: DTZ001 - next line
    lambda moment: moment.replace(tzinfo=dt.UTC)
)


@st.composite
def rows(draw: st.DrawFn) -> ArticleRow:
    """Return any answer that can exist."""
    days = sorted((draw(DAYS), draw(DAYS)))
    english = draw(st.just(("", "")) | st.tuples(FULL_TEXTS, FULL_TEXTS))
    return ArticleRow(
        key=draw(KEYS),
        question=draw(FULL_TEXTS),
        answer=draw(FULL_TEXTS),
        external_id=draw(TEXTS),
        question_en=english[0],
        answer_en=english[1],
        desk_note=draw(TEXTS),
        ask=draw(PIECES),
        search_words=draw(PIECES),
        product_keys=draw(PIECES),
        upl_names=draw(PIECES),
        team_keys=draw(PIECES),
        audience=draw(st.sampled_from([(), ("resident",), ("business",), AUDIENCES])),
        area=draw(TEXTS),
        target_group=draw(TEXTS),
        owner=draw(TEXTS),
        state=draw(st.sampled_from(STATES)),
        valid_from=draw(st.none() | st.just(days[0])),
        valid_until=draw(st.none() | st.just(days[1])),
        changed_at=draw(st.none() | MOMENTS),
    )


MANY = st.lists(rows(), max_size=4, unique_by=lambda row: row.key)


def written(rows: Iterable[ArticleRow], shape: Shape) -> bytes:
    """Return the file with these answers."""
    return b"".join(write_answers(rows, shape=shape, given=GIVEN))


def read(raw: bytes, shape: Shape) -> list[Item]:
    """Return what is read from a file."""
    return list(read_answers(io.BytesIO(raw), shape=shape, names=NAMES))


def rows_in(raw: bytes, shape: Shape) -> list[ArticleRow]:
    """Return the rows in a file in which none may be refused."""
    items = read(raw, shape)
    assert not [item for item in items if isinstance(item, RefusedRow)], items
    return [item.row for item in items if isinstance(item, ReadRow)]


def refusals_in(raw: bytes, shape: Shape) -> list[tuple[int, str, Reason]]:
    """Return number, field and reason of what is refused in a file."""
    return [(item.number, item.field, item.reason) for item in read(raw, shape) if isinstance(item, RefusedRow)]
