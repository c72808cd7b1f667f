"""What goes out comes back the same, as far as the shape can hold it, and what it cannot hold is said."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aanspreekpunt.knowledge.exchange import kennisartikel, sdg, vac
from aanspreekpunt.knowledge.exchange.reading import made_key
from aanspreekpunt.knowledge.exchange.rows import FIELDS, ArticleRow, ReadRow, RemarkKind
from aanspreekpunt.knowledge.exchange.shapes import Shape, lost_in
from aanspreekpunt.knowledge.exchange.sheets import guarded, unguarded
from aanspreekpunt.knowledge.tests.exchanged import AT, GIVEN, MANY, NAMES, rows, rows_in, written

DATA = Path(__file__).parent / "data"
SCHEMAS = {
    shape: json.loads((DATA / f"{shape.value}.schema.json").read_text(encoding="utf-8"))
    for shape in (Shape.VAC, Shape.KENNISARTIKEL)
}
HELD = {Shape.VAC: vac.HELD, Shape.KENNISARTIKEL: kennisartikel.HELD, Shape.SDG: sdg.HELD}
DEFAULTS = {field.name: field.default for field in dataclasses.fields(ArticleRow)}
QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def as_held(row: ArticleRow, shape: Shape) -> ArticleRow:
    """Return a row without what a shape cannot hold."""
    without = {name: DEFAULTS[name] for name in FIELDS if name not in HELD[shape] or name == "external_id"}
    row = dataclasses.replace(row, **without)
    if shape is Shape.VAC:
        state = "draft" if row.state == "review" else row.state
        return dataclasses.replace(row, state=state, audience=row.audience or ("resident", "business"))
    return dataclasses.replace(row, upl_names=row.upl_names[:1], changed_at=row.changed_at or AT)


def as_kennisartikel(row: ArticleRow) -> ArticleRow:
    """Return a row as narrow as a knowledge article."""
    since = row.valid_from or (row.changed_at.date() if row.changed_at else None)
    is_out = row.state == "published" and since is not None
    held = as_held(row, Shape.KENNISARTIKEL)
    return dataclasses.replace(
        held,
        state="published" if is_out else "draft",
        valid_from=since if is_out else None,
        audience=("business",) if row.audience == ("business",) else ("resident",),
    )


@QUICK
@given(MANY)
@pytest.mark.parametrize("shape", [Shape.JSON_LINES, Shape.SHEET])
def test_our_own_shapes_lose_nothing(shape: Shape, many: list[ArticleRow]) -> None:
    assert rows_in(written(many, shape), shape) == many
    assert not any(lost_in(shape, row) for row in many)


@QUICK
@given(MANY)
def test_a_vac_comes_back_as_it_went(many: list[ArticleRow]) -> None:
    assert rows_in(written(many, Shape.VAC), Shape.VAC) == [as_held(row, Shape.VAC) for row in many]


@QUICK
@given(MANY)
def test_a_knowledge_article_comes_back_as_it_went(many: list[ArticleRow]) -> None:
    assert rows_in(written(many, Shape.KENNISARTIKEL), Shape.KENNISARTIKEL) == [as_kennisartikel(row) for row in many]


@QUICK
@given(MANY)
def test_a_product_text_comes_back_as_it_went(many: list[ArticleRow]) -> None:
    read = sdg.read_sdg(io.BytesIO(written(many, Shape.SDG)), names=NAMES, by_section=False)
    assert [item.row for item in read if isinstance(item, ReadRow)] == [as_held(row, Shape.SDG) for row in many]


@QUICK
@given(rows())
@pytest.mark.parametrize("shape", [Shape.VAC, Shape.KENNISARTIKEL])
def test_objects_are_what_their_type_says(shape: Shape, row: ArticleRow) -> None:
    record = json.loads(written([row], shape))
    jsonschema.validate(record["record"]["data"], SCHEMAS[shape], format_checker=jsonschema.FormatChecker())


@QUICK
@given(rows(), st.sampled_from([Shape.VAC, Shape.SDG, Shape.KENNISARTIKEL]))
def test_what_is_lost_is_said(row: ArticleRow, shape: Shape) -> None:
    said = {remark.field for remark in lost_in(shape, row)}
    held = as_kennisartikel(row) if shape is Shape.KENNISARTIKEL else as_held(row, shape)
    kept_by_us = {"external_id", "changed_at", "valid_from"}  # known here, and given a value there
    changed = {name for name in FIELDS if getattr(row, name) != getattr(held, name)} - kept_by_us
    assert changed <= said


def test_desk_questions_have_no_place_in_a_vac() -> None:
    row = ArticleRow(key="a", question="V?", answer="A.", ask=("Woont u hier?",), audience=("resident",))
    assert [(remark.kind, remark.field) for remark in lost_in(Shape.VAC, row)] == [(RemarkKind.NO_PLACE, "ask")]


def test_each_export_gives_an_answer_the_same_identity() -> None:
    row = ArticleRow(key="paspoort-kwijt", question="V?", answer="A.")
    one, two = (json.loads(written([row], Shape.VAC)) for _ in range(2))
    assert one["uuid"] == two["uuid"]
    assert made_key("Vraag?", "vac:1") == made_key("Heel andere vraag?", "vac:1")


@given(st.text(alphabet="'=+-@\ta", max_size=6))
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(cell)) == cell


def test_no_cell_of_an_export_is_a_formula() -> None:
    row = ArticleRow(key="a", question='=HYPERLINK("x")', answer="@x", search_words=("=1", "+2"))
    assert b";=" not in written([row], Shape.SHEET)
    assert b"'=HYPERLINK" in written([row], Shape.SHEET)
    assert GIVEN.organisation.label == "Lindervoort"
