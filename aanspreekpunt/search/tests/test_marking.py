"""What was found is drawn as one plain line, with the right words marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.knowledge.finding.marking import Marked
from aanspreekpunt.search.marking import as_html, on_one_line


def marked(text: str, *words: str) -> Marked:
    return Marked(text, tuple((text.index(word), text.index(word) + len(word)) for word in words))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Neem mee:\n\n- uw paspoort\n- een foto\n\nKom dan.", "Neem mee: uw paspoort; een foto. Kom dan."),
        ("- uw paspoort\n  - een foto.\n- geld", "uw paspoort; een foto. geld"),
        ("Stappen\n\n1. Bel ons\n2. Kom langs", "Stappen. 1. Bel ons 2. Kom langs"),
        ("Neem mee\n\n- uw pas", "Neem mee: uw pas"),
        ("Een zin op\ntwee regels", "Een zin op twee regels"),
        ("Van 9 - 17 uur, 12-jarigen - ook", "Van 9 - 17 uur, 12-jarigen - ook"),
        ("", ""),
        ("\n- \n", ""),
    ],
)
def test_signs_of_lists_are_left_out(before: str, after: str) -> None:
    assert on_one_line(Marked(before)).text == after


def test_marks_stay_at_their_words() -> None:
    html = as_html(marked("Neem mee:\n- uw <pas>\n- een foto\n- geld", "Neem", "uw", "foto", "geld"))
    assert html == ("<mark>Neem</mark> mee: <mark>uw</mark> &lt;pas&gt;; een <mark>foto</mark>; <mark>geld</mark>")


@given(st.text(st.sampled_from("ab -\n.:"), max_size=40), st.data())
def test_a_marked_word_stays_the_same_word(text: str, data: st.DataObject) -> None:
    letters = [place for place, sign in enumerate(text) if sign in "ab"]
    place = data.draw(st.sampled_from(letters)) if letters else None
    spans = ((place, place + 1),) if place is not None else ()
    line = on_one_line(Marked(text, spans))
    assert "\n" not in line.text
    assert not line.text.startswith("- ")
    assert [line.text[start:end] for start, end in line.spans] == [text[start:end] for start, end in spans]
