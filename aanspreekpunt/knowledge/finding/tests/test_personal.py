"""Addresses and numbers in a search are what they are, and no words that nobody here has."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.finding.tests.make import document, some_index
from aanspreekpunt.knowledge.finding.words.personal import personal_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("paspoort jan.smit@example.org kwijt", [("email", "jan.smit@example.org")]),
        ("mail: <Jan@Example.org>, graag", [("email", "Jan@Example.org")]),
        ("jan@", [("email", "jan@")]),
        ("bel 06-12345678 of 06 1234 5678", [("number", "06-12345678"), ("number", "06 1234 5678")]),
        ("tel (020) 123 45 67.", [("number", "(020) 123 45 67")]),
        ("vanaf +31 6 1234 5678", [("number", "+31 6 1234 5678")]),
        ("vraag 260 0001 2345", [("number", "260 0001 2345")]),
        ("rekening NL91 ABNA 0417 1643 00", [("number", "NL91 ABNA 0417 1643 00")]),
        ("ik woon op 1234 AB 12", [("address", "1234 AB 12")]),
        ("1234ab, nr 12-a", [("address", "1234ab, nr 12-a")]),
        ("zie https://www.rdw.nl/foo?x=1 daar", [("web", "https://www.rdw.nl/foo?x=1")]),
        ("op mijn.overheid.nl", [("web", "mijn.overheid.nl")]),
        ("mijn auto 12-abc-3", [("plate", "12-abc-3")]),
        ("op 12-05-2026", [("number", "12-05-2026")]),
        ("in 2026 is een tuin van 1000 m2, tussen 9.00 en 17.00 uur, WOZ-waarde, A4", []),
        ("paspoort verlengen", []),
    ],
)
def test_addresses_and_numbers_are_recognised(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.kind, text[each.start : each.end]) for each in personal_in(text)] == found


@pytest.mark.parametrize(
    "more",
    [
        "jan.smit@example.org",
        "06 12345678",
        "(020) 123 45 67",
        "1234 AB 12",
        "260 0001 2345",
        "https://www.example.org/brief?a=1",
        "NL91 ABNA 0417 1643 00",
        "12-abc-3",
        "Z2024-01234",
        "12-05-2027",
    ],
)
def test_they_change_nothing_about_what_is_found_and_how_sure_it_is(more: str) -> None:
    plain, found = some_index().search("paspoort kwijt"), some_index().search(f"paspoort kwijt {more}")
    assert found.certainty == plain.certainty == "good"
    assert [(hit.document.id, hit.score) for hit in found.hits] == [(hit.document.id, hit.score) for hit in plain.hits]


def test_alone_they_find_nothing() -> None:
    for text in ("jan.smit@example.org", "06 12345678", "1234 AB 12"):
        found = some_index().search(text, typing=True)
        assert (found.hits, found.certainty) == ((), "nothing")


def test_what_a_document_has_is_found_by_it() -> None:
    index = Index.build(
        [
            document("balie", "Dorpsstraat 5, 1234 AB Lindervoort. Mail naar balie@example.org."),
            document("politie", "Bel 0900 8844. Is er gevaar? Bel 112."),
            document("kenteken", "De RDW houdt bij van wie een auto is."),
            document("afval", "In 2026 elke week."),
        ]
    )
    for text, first in (
        ("balie@example.org", "balie"),
        ("1234ab 17", "balie"),
        ("09008844", "politie"),
        ("www.rdw.nl/kentekens", "kenteken"),
        ("2026", "afval"),
    ):
        assert [hit.document.id for hit in index.search(text, limit=1).hits] == [first], text


def test_a_year_before_a_small_word_is_no_postcode() -> None:
    index = Index.build([document("afval", "Vanaf 2026 in heel de stad."), document("bad", "Open.")])
    assert index.search("2026").hits[0].document.id == "afval"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aA1. -/@w:+(&\n", max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    places = [(each.start, each.end) for each in personal_in(text)]
    assert places == sorted(places)
    assert all(end <= start for (_begin, end), (start, _end) in pairwise(places))
