"""A file of others is read as far as possible: each bad row is refused with its reason, and nothing stops the rest."""

from __future__ import annotations

import csv
import io
import json
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.knowledge.exchange import sdg
from aanspreekpunt.knowledge.exchange.rows import ReadRow, Reason, RefusedRow, Remark, RemarkKind
from aanspreekpunt.knowledge.exchange.shapes import Shape, read_answers
from aanspreekpunt.knowledge.import_reports import REASONS, REMARKS, reason_why, sentence_of
from aanspreekpunt.knowledge.tests.exchanged import NAMES, read, refusals_in, rows_in

TITLED = {"taal": "nl", "titel": "T"}
GOOD = b'{"key": "a", "question": "Vraag?", "answer": "Ja."}\n'
VAC = {"vraag": "Waar?", "antwoord": "Hier.", "status": "actief", "doelgroep": "eu-burger"}


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (b'{"question": "V?"}', "answer", Reason.MISSING),
        (b'{"question": " ", "answer": "A"}', "question", Reason.MISSING),
        (b'{"question": 5, "answer": "A"}', "question", Reason.NOT_TEXT),
        (b'{"question": "V", "answer": "A", "ask": "x"}', "ask", Reason.NOT_A_LIST),
        (b'{"question": "V", "answer": "A", "ask": [["x"]]}', "ask", Reason.NOT_TEXT),
        (b'{"question": "V", "answer": "A", "valid_from": "morgen"}', "valid_from", Reason.NOT_A_DATE),
        (b'{"question": "V", "answer": "A", "key": "A B"}', "key", Reason.NOT_A_KEY),
        (b'{"question": "V", "answer": "A", "state": "klaar"}', "state", Reason.NOT_A_CHOICE),
        (b'{"question": "V", "answer": "A", "audience": ["iedereen"]}', "audience", Reason.NOT_A_CHOICE),
        (b'{"question": "' + b"V" * 1_001 + b'", "answer": "A"}', "question", Reason.TOO_LONG),
        (b'{"question": "V\\u0000", "answer": "A"}', "question", Reason.UNREADABLE_CHARACTER),
        (b'{"question": "V\\ud800", "answer": "A"}', "question", Reason.UNREADABLE_CHARACTER),
        (
            b'{"question": "V", "answer": "A", "valid_from": "2026-02-01", "valid_until": "2026-01-01"}',
            "valid_until",
            Reason.ENDS_BEFORE_IT_BEGINS,
        ),
        (b"[1]", "", Reason.NOT_AN_OBJECT),
        (b'{"question": ', "", Reason.NOT_JSON),
        (b'{"question": NaN}', "", Reason.NOT_JSON),
        (b"[" * 100_000, "", Reason.TOO_DEEP),
        (b'{"a":' * 100_000, "", Reason.TOO_DEEP),
        (b'{"question": "V", "question": "W"}', "", Reason.DOUBLE_KEY),
        (b'{"question": "caf\xe9"}', "", Reason.UNREADABLE_ENCODING),
        (b'"' + b"x" * 2_100_000 + b'"', "", Reason.TOO_LONG),
    ],
)
def test_a_bad_line_is_refused_and_the_next_is_read(line: bytes, field: str, reason: Reason) -> None:
    first, second = read(line + b"\n" + GOOD, Shape.JSON_LINES)
    assert isinstance(first, RefusedRow)
    assert (first.number, first.field, first.reason) == (1, field, reason)
    assert len(first.original) <= 2_000
    assert isinstance(second, ReadRow)
    assert second.number == 2


def test_a_second_row_with_the_same_key_is_refused() -> None:
    assert refusals_in(GOOD + GOOD, Shape.JSON_LINES) == [(2, "key", Reason.DOUBLE_ROW)]


def test_a_row_without_key_gets_the_same_one_each_time() -> None:
    raw = b'{"question": "Waar is het?", "answer": "Hier."}'
    assert rows_in(raw, Shape.JSON_LINES)[0].key == rows_in(raw, Shape.JSON_LINES)[0].key
    assert rows_in(raw, Shape.JSON_LINES)[0].key.startswith("waar-is-het-")


def test_dangerous_texts_are_kept_and_reported() -> None:
    answer = "<script>x()</script> [klik](javascript:x) {{ prijs"
    (item,) = read(json.dumps({"question": "V", "answer": answer, "kleur": 1}).encode(), Shape.JSON_LINES)
    assert isinstance(item, ReadRow)
    assert item.row.answer == answer
    kinds = [remark.kind for remark in item.remarks]
    assert kinds == [
        RemarkKind.UNKNOWN_FIELD,
        RemarkKind.DANGEROUS_LINK,
        RemarkKind.HTML,
        RemarkKind.MALFORMED_VARIABLE,
    ]


def test_half_a_translation_is_left_out_and_said() -> None:
    (item,) = read(b'{"question": "V", "answer": "A", "answer_en": "Yes."}', Shape.JSON_LINES)
    assert isinstance(item, ReadRow)
    assert item.row.answer_en == ""
    assert item.remarks == (Remark(RemarkKind.HALF_ENGLISH, "answer_en", "Yes."),)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_a_sheet_as_people_save_it_is_read(separator: str, encoding: str) -> None:
    lines = (["Vraag", "Antwoord", "Trefwoorden", "Geldig vanaf"], ["Café?", "€ 5", "één|twee", "1-2-2026"])
    raw = "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines).encode(encoding)
    (row,) = rows_in(raw, Shape.SHEET)
    assert (row.question, row.answer, row.search_words) == ("Café?", "€ 5", ("één", "twee"))
    assert str(row.valid_from) == "2026-02-01"


@pytest.mark.parametrize(
    ("raw", "number", "field", "reason"),
    [
        (b"", 1, "question", Reason.MISSING_COLUMN),
        (b"vraag;titel\n", 1, "answer", Reason.MISSING_COLUMN),
        (b"\xff\xfev\x00", 1, "", Reason.UNREADABLE_ENCODING),
        (b"vraag;antwoord\nA;B;C\n", 2, "", Reason.TOO_MANY_CELLS),
        (b"vraag;antwoord\nA;\n", 2, "answer", Reason.MISSING),
        (b'vraag;antwoord\nA;"' + b"x" * 140_000 + b'"\n', 2, "", Reason.NOT_A_SHEET),
    ],
)
def test_a_bad_sheet_says_where(raw: bytes, number: int, field: str, reason: Reason) -> None:
    assert refusals_in(raw, Shape.SHEET)[0] == (number, field, reason)


def test_a_cell_that_never_ends_is_refused_whatever_others_set_for_the_process() -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        raw = b'vraag;antwoord\nA;"' + b"x" * 140_000 + b'"\n'
        assert refusals_in(raw, Shape.SHEET)[0] == (2, "", Reason.NOT_A_SHEET)
    finally:
        csv.field_size_limit(before)


def test_a_row_after_a_bad_one_in_a_sheet_is_read() -> None:
    items = read(b"vraag;antwoord;kleur\nA;\x00\n;;\nC;D;rood\n", Shape.SHEET)
    assert [type(item) for item in items] == [RefusedRow, ReadRow]
    assert isinstance(items[1], ReadRow)
    assert items[1].number == 4


VAC_FILES = {
    "one": json.dumps(VAC),
    "a list": json.dumps([VAC]),
    "lines": json.dumps(VAC) + "\n" + json.dumps({**VAC, "vraag": "Wie?"}),
    "a page": json.dumps({"count": 1, "results": [{"uuid": "1-2", "record": {"index": 1, "data": VAC}}]}),
}


@pytest.mark.parametrize("raw", VAC_FILES.values(), ids=VAC_FILES)
def test_objects_are_read_in_every_packing(raw: str) -> None:
    row = rows_in(raw.encode(), Shape.VAC)[0]
    assert (row.question, row.state, row.audience) == ("Waar?", "published", ("resident",))
    assert row.external_id == ("vac:1-2" if "1-2" in raw else "vac:waar?")


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"status": "weg"}, "status", Reason.NOT_A_CHOICE),
        ({"doelgroep": None}, "doelgroep", Reason.NOT_A_CHOICE),
        ({"antwoord": None}, "answer", Reason.MISSING),
        ({"trefwoorden": "x"}, "search_words", Reason.NOT_A_LIST),
        ({"trefwoorden": [{}]}, "search_words", Reason.NOT_TEXT),
        ({"gerelateerdeProducten": [{"product": 5}]}, "upl_names", Reason.NOT_TEXT),
    ],
)
def test_a_bad_vac_is_refused(change: dict[str, object], field: str, reason: Reason) -> None:
    assert refusals_in(json.dumps({**VAC, **change}).encode(), Shape.VAC) == [(1, field, reason)]


def test_sections_of_a_knowledge_article_become_one_answer() -> None:
    text = {"taal": "nl", "titel": "Paspoort", "tekst": "Begin.", "kostenEnBetaalmethoden": "€ 86", "bewijs": "Foto."}
    raw = {
        "upnUri": "http://standaarden.overheid.nl/owms/terms/Paspoort",
        "doelgroep": "eu-burger",
        "vertalingen": [text],
    }
    (row,) = rows_in(json.dumps(raw).encode(), Shape.KENNISARTIKEL)
    assert row.answer == "Begin.\n\n## Wat u nodig heeft\n\nFoto.\n\n## Kosten\n\n€ 86"
    assert row.upl_names == ("paspoort",)


@pytest.mark.parametrize(
    ("raw", "field", "reason"),
    [
        ({"vertalingen": 5}, "vertalingen", Reason.NOT_A_LIST),
        ({"vertalingen": [{"taal": "en"}]}, "vertalingen", Reason.NO_DUTCH),
        ({"vertalingen": [{"taal": "nl"}]}, "doelgroep", Reason.NOT_A_CHOICE),
        (
            {"vertalingen": [{"taal": "nl", "titel": "T", "tekst": 5}], "doelgroep": "eu-burger"},
            "answer",
            Reason.NOT_TEXT,
        ),
        (
            {"vertalingen": [{"taal": "nl", "titel": "T", "contact": 5}], "doelgroep": "eu-burger"},
            "answer",
            Reason.NOT_TEXT,
        ),
    ],
)
def test_a_bad_knowledge_article_is_refused(raw: object, field: str, reason: Reason) -> None:
    assert refusals_in(json.dumps(raw).encode(), Shape.KENNISARTIKEL) == [(1, field, reason)]


def product(language: str, text: str, **more: object) -> dict[str, object]:
    """Return a product text of the Single Digital Gateway."""
    term = "http://standaarden.overheid.nl/owms/terms/terras"
    return {"id": f"id-{language}", "titel": "Terras", "tekst": text, "taal": language, "upnUri": term, **more}


def test_sections_of_a_product_text_become_answers() -> None:
    links = [{"label": "Wet", "url": "https://wet.example"}]
    page = {
        "results": [
            product("nl", "Begin.\r\n\r\n## Kosten\r\n\r\n€ 5", links=links),
            product("en", "Start.\n## Costs\n€ 5"),
        ]
    }
    first, second = rows_in(json.dumps(page).encode(), Shape.SDG)
    assert (first.question, second.question) == ("Terras", "Terras: Kosten")
    assert (second.answer, second.question_en, second.answer_en) == ("€ 5", "Terras: Costs", "€ 5")
    assert first.answer.endswith("- [Wet](https://wet.example)")
    assert (first.external_id, second.external_id) == ("sdg:id-nl", "sdg:id-nl#kosten")
    assert first.upl_names == ("terras",)


def test_an_english_text_without_its_dutch_one_is_refused() -> None:
    page = [product("nl", "A\n## B\nC"), product("en", "A"), product("fr", "A")]
    assert refusals_in(json.dumps(page).encode(), Shape.SDG) == [
        (3, "taal", Reason.NO_DUTCH),
        (2, "taal", Reason.NO_DUTCH),
    ]
    assert refusals_in(json.dumps([{"titel": "x"}, product("nl", "")]).encode(), Shape.SDG) == [
        (1, "tekst", Reason.NOT_TEXT),
        (2, "tekst", Reason.MISSING),
    ]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(Shape))
def test_no_bytes_stop_an_import(raw: bytes, shape: Shape) -> None:
    for start in (b"", b"vraag;antwoord\n", b'{"results": ['):
        assert isinstance(read(start + raw, shape), list)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["record", "data", "url", "a"]), inner),
    max_leaves=6,
)
FIELDS_OF_OTHERS = (
    *("vraag", "antwoord", "status", "doelgroep", "trefwoorden", "vertalingen", "upnUri", "titel", "tekst", "taal"),
    *("links", "question", "answer", "ask", "key", "url", "uuid", "record", "publicatieDatum", "upnLabel", "results"),
)
SENSIBLE = st.sampled_from(["nl", "en", "actief", "eu-burger", "V", [{"taal": "nl", "titel": "T", "tekst": "X"}]])


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS_OF_OTHERS), JSON | SENSIBLE), st.sampled_from(Shape))
def test_no_values_stop_an_import(values: dict[str, object], shape: Shape) -> None:
    assert read(json.dumps([values]).encode(), shape)
    assert read(json.dumps(values).encode(), shape) or "results" in values


class Endless(io.RawIOBase):
    """A file of 100 MB that is never in memory as a whole: a beginning, and then one line over and over."""

    def __init__(self, beginning: bytes, line: bytes) -> None:
        super().__init__()
        self.waiting = beginning
        self.line = line
        self.left = 100_000_000

    def readline(self, size: int | None = -1, /) -> bytes:
        limit = size or 0
        if b"\n" not in self.waiting[:limit]:
            self._fill(limit)
        end = self.waiting.find(b"\n", 0, limit) + 1
        return self.read(end or limit)

    def read(self, size: int = -1, /) -> bytes:
        self._fill(size)
        taken, self.waiting = self.waiting[:size], self.waiting[size:]
        self.left -= len(taken)
        return taken

    def _fill(self, size: int) -> None:
        """Have so much ready, at once: line by line everything would be copied for each of them."""
        lacking = size - len(self.waiting)
        if lacking > 0 and self.left > 0:
            self.waiting += self.line * -(-lacking // len(self.line))


LONG_FILES = {
    "rows": b'{"question": "V", "answer": "' + b"x" * 50_000 + b'"}\n',
    "one line": b"x" * 1_000_000,
    "open quotes": b'"' + b"x;" * 9_999 + b"\n",
    "cells": b'"vraag";"' + b"x" * 5_000 + b'"\r\n',
}


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("line", LONG_FILES.values(), ids=LONG_FILES)
def test_a_file_of_100_mb_takes_bounded_memory(shape: Shape, line: bytes) -> None:
    file = Endless(b"vraag;antwoord\n" if shape is Shape.SHEET else b"", line)
    tracemalloc.start()
    started = time.process_time()
    count = sum(1 for _ in read_answers(file, shape=shape, names=NAMES))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count
    assert peak < 150_000_000
    assert time.process_time() - started < 60


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_can_be_said(reason: Reason) -> None:
    assert reason in REASONS
    assert "%(" not in reason_why(RefusedRow(1, "vraag", reason))


@pytest.mark.parametrize("kind", list(RemarkKind))
def test_every_remark_can_be_said(kind: RemarkKind) -> None:
    assert kind in REMARKS
    assert "%(" not in sentence_of(Remark(kind, "vraag", "x"))


def test_parts_without_words_are_left_out() -> None:
    assert [part.heading for part in sdg.parts_of("## A\n\n## B ##\nx\n### C\ny")] == ["B"]
