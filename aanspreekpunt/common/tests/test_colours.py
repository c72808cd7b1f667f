"""Colours of a theme: read from its style sheet whatever stands in it, and always readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.common.colours import BLACK, ENOUGH, WHITE, Colour, colour_of, contrast, readable, tokens_of
from aanspreekpunt.common.paper import CHALK, INK, NIGHT, PLAIN, Link, Look, Paragraph, as_html

PARTS = st.integers(0, 255)
COLOURS = st.builds(Colour, PARTS, PARTS, PARTS)


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    assert contrast(Colour(118, 118, 118), WHITE) == pytest.approx(4.54, abs=0.01)


@given(COLOURS, COLOURS)
def test_any_colour_becomes_readable_on_any_other(colour: Colour, on: Colour) -> None:
    assert contrast(readable(colour, on=on), on) >= ENOUGH


@given(COLOURS)
def test_a_colour_that_is_readable_stays_as_it_is(colour: Colour) -> None:
    assert (readable(colour, on=WHITE) == colour) is (contrast(colour, WHITE) >= ENOUGH)


@given(st.none() | COLOURS, st.none() | COLOURS)
def test_a_letter_can_be_read_by_day_and_by_night_whatever_the_theme(
    accent: Colour | None, link: Colour | None
) -> None:
    look = Look.of(accent=accent, link=link)
    assert min(contrast(each, WHITE) for each in (look.accent, look.link, INK)) >= ENOUGH
    assert min(contrast(each, NIGHT) for each in (look.accent_by_night, look.link_by_night, CHALK)) >= ENOUGH


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        (".t { --a: #123456 }", "#123456"),
        (".t { --a: #ABC; }", "#aabbcc"),
        (".t{--a:rgb(1, 2, 3)}", "#010203"),
        (".t { --a: var(--b); --b: var(--c) } .other { --c: #000000 } .t { --c: #00ff00 }", "#00ff00"),
        (".t { --a: var(--nowhere, #010101) }", "#010101"),
        (".t { --a: #111111 } .t { --a: #222222 }", "#222222"),
        ("/* .t { --a: #999999 } */ .t, .u { --a: #333333 }", "#333333"),
        (
            "@media (prefers-color-scheme: dark) { .x { --a: #444444 } .t { --a: #555555 } } .t { --a: #666666 }",
            "#666666",
        ),
        (".t { --a: #666666 } @media print { .x { --b: #1 } .t { --a: #555555 } }", "#666666"),
        (".tt { --a: #777777 }", None),
        (".t { --a: var(--a) }", None),
        (".t { --a: var(--b); --b: var(--a) }", None),
        (".t { --a: url(https://elsewhere.example/) }", None),
        (".t { --a: #12345 }", None),
        (".t { --a: rgba(1, 2, 3, 0.5) }", None),
        ("} { .t { --a", None),
        ("", None),
    ],
)
def test_tokens_are_read_from_any_style_sheet(css: str, expected: str | None) -> None:
    found = colour_of(tokens_of(css, theme="t"), ["--none", "--a"])
    assert (str(found) if found else None) == expected


def test_a_letter_says_its_language_has_headings_and_fetches_nothing() -> None:
    html = as_html(
        [Paragraph("Dag."), Link("Kijk", "https://a.example/")], title="Brief", language="nl", signed=["Wij"]
    )
    assert '<html lang="nl">' in html
    assert html.count("<h1") == 1
    for fetched in ("<img", "<link", "url(", "@import", "src="):
        assert fetched not in html
    assert str(PLAIN.link) in html
    assert "prefers-color-scheme: dark" in html
