"""Variables in texts are found, filled in, and refused when they cannot be read."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.knowledge.rendering import as_html
from aanspreekpunt.knowledge.rules.values import (
    MistakeKind,
    VariablesAreMalformed,
    fill_in,
    fill_in_plain,
    mistakes_in,
    names_in,
    on_one_line,
    refuse_malformed,
    variables_in,
)

TEXT = "Een paspoort kost {{ paspoort_kosten }}.\nBel {{gemeente_telefoon}} of kom. Het kost {{ paspoort_kosten }}."


def test_names_are_found_once_and_in_order() -> None:
    assert names_in(TEXT) == ("paspoort_kosten", "gemeente_telefoon")


def test_a_variable_knows_its_place() -> None:
    first = variables_in(TEXT)[0]
    assert TEXT[first.start : first.end] == "{{ paspoort_kosten }}"


def test_values_are_filled_in() -> None:
    filled = fill_in(TEXT, {"paspoort_kosten": "€ 86", "gemeente_telefoon": "14 0591"})
    assert filled.text == "Een paspoort kost € 86.\nBel 14 0591 of kom. Het kost € 86."
    assert filled.is_complete


def test_what_is_missing_stays_visible_and_is_reported() -> None:
    filled = fill_in(TEXT, {"paspoort_kosten": "  "})
    assert filled.text == TEXT
    assert filled.missing == ("paspoort_kosten", "gemeente_telefoon")


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("Het kost {{ prijs.", MistakeKind.NOT_CLOSED, 1, 10),
        ("Het kost {{ prijs\n}} euro", MistakeKind.NOT_CLOSED, 1, 10),
        ("Ja\nHet kost }} euro", MistakeKind.NOT_OPENED, 2, 10),
        ("Het kost {{ }}", MistakeKind.NO_NAME, 1, 10),
        ("Het kost {{ Prijs }}", MistakeKind.BAD_NAME, 1, 10),
        ("{{ a|safe }}", MistakeKind.BAD_NAME, 1, 1),
        ("{{ " + "a" * 81 + " }}", MistakeKind.BAD_NAME, 1, 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, kind: MistakeKind, line: int, column: int) -> None:
    mistake = mistakes_in(text)[0]
    assert (mistake.kind, mistake.line, mistake.column) == (kind, line, column)
    with pytest.raises(VariablesAreMalformed, match=f"line {line}, column {column}: .*"):
        refuse_malformed(text)


def test_one_brace_is_just_a_brace() -> None:
    assert mistakes_in("{ a } en {b}") == ()
    refuse_malformed("{ a }")


@pytest.mark.parametrize(
    "value",
    [
        "# kop",
        "- streep",
        "1. een",
        "*vet*",
        "[x](javascript:alert)",
        "<b>x</b>",
        "a & b",
        "---",
        "| a | b |",
        "~~~",
        "`x`",
    ],
)
def test_a_value_is_shown_as_it_was_typed(value: str) -> None:
    shown = str(as_html(fill_in("{{ x }}", {"x": value}).text))
    assert html.unescape(shown.strip()) == f"<p>{value}</p>"


@given(st.text(max_size=40))
def test_any_value_stays_plain_text(value: str) -> None:
    shown = str(as_html(fill_in("Het is {{ x }}.", {"x": value}).text))
    plain = html.unescape(shown.removeprefix("<p>").strip().removesuffix("</p>"))
    assert plain == f"Het is {on_one_line(value) or '{{ x }}'}."


@given(st.text(max_size=40))
def test_a_value_never_leaves_the_address_of_a_link(value: str) -> None:
    shown = str(as_html(fill_in("[hier]({{ x }}) verder", {"x": value}).text))
    assert re.search(r"<(?!/?(?:a|p)[ >])", shown) is None


def test_a_value_outside_markdown_is_not_escaped() -> None:
    assert fill_in_plain("Mail {{ x }}", {"x": "jan_de_vries@lindervoort.example\n"}).text == (
        "Mail jan_de_vries@lindervoort.example"
    )


@given(st.text(alphabet="{} ab_\n", max_size=60))
def test_every_pair_of_braces_is_a_variable_or_a_mistake(text: str) -> None:
    covered = [(one.start, one.end) for one in (*variables_in(text), *mistakes_in(text))]
    rest = "".join(char for place, char in enumerate(text) if not any(a <= place < b for a, b in covered))
    assert len(covered) == len(set(covered))
    assert "{{" not in text or covered
    assert rest.count("{{") <= len(covered)


def test_many_braces_take_little_time() -> None:
    assert len(mistakes_in("{{ " * 100_000)) == 100_000
