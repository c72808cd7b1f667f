"""Differences read as a person would mark them, lose nothing, and stay fast."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.knowledge.rules.differences import Span, SpanKind, differences, is_changed

SAME, REMOVED, ADDED = SpanKind.SAME, SpanKind.REMOVED, SpanKind.ADDED
WORDS = st.lists(
    st.sampled_from(["de", "fiets", "is", "weg.", "Bel", "ons!", "\n", "- ", "€ 86,50", "\n\n"]), max_size=90
)


def sides(spans: tuple[Span, ...]) -> tuple[str, str]:
    """Return the old and the new text that the spans tell of."""
    return tuple(  # type: ignore[return-value]  # exactly two
        "".join(span.text for span in spans if span.kind in {SAME, kind}) for kind in (REMOVED, ADDED)
    )


def test_one_changed_word_is_shown_within_its_sentence() -> None:
    spans = differences("Kom langs. Een paspoort kost € 83. Bel ons.", "Kom langs. Een paspoort kost € 86. Bel ons.")
    assert [(span.kind, span.text) for span in spans] == [
        (SAME, "Kom langs. Een paspoort kost € "),
        (REMOVED, "83"),
        (ADDED, "86"),
        (SAME, ". Bel ons."),
    ]


def test_a_new_line_in_a_list_is_added_as_a_whole() -> None:
    spans = differences("Neem mee:\n- uw pas\n- een foto\n", "Neem mee:\n- uw pas\n- geld\n- een foto\n")
    assert [span for span in spans if span.kind is not SAME] == [Span(ADDED, "- geld\n")]


def test_a_sentence_that_says_something_else_is_replaced_as_a_whole() -> None:
    spans = differences("U krijgt de pas thuis.", "Haal hem op bij het stadhuis in de week daarna.")
    assert [span.kind for span in spans] == [REMOVED, ADDED]


def test_equal_texts_have_no_differences() -> None:
    assert not is_changed(differences("Ja.", "Ja."))
    assert differences("", "") == ()
    assert differences("", "Ja.") == (Span(ADDED, "Ja."),)


@given(WORDS, WORDS)
def test_nothing_is_lost_and_both_ways_agree(old_words: list[str], new_words: list[str]) -> None:
    old, new = " ".join(old_words), " ".join(new_words)
    spans = differences(old, new)
    assert sides(spans) == (old, new)
    other = {SAME: SAME, REMOVED: ADDED, ADDED: REMOVED}
    back = {(other[span.kind], span.text) for span in differences(new, old)}
    assert back == {(span.kind, span.text) for span in spans}


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(old: str, new: str) -> None:
    assert sides(differences(old, new)) == (old, new)


def prose(seed: int) -> str:
    """Return 100 kB of sentences."""
    chance = random.Random(seed)
    return " ".join(f"{'de fiets ' * chance.randint(1, 4)}{chance.randint(1, 999)}." for _ in range(4_500))[:100_000]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (prose(1), prose(2)),
        (prose(1), prose(1).replace("7", "8")),
        ("\n" * 100_000, "a\n" * 50_000),
        ("a b " * 25_000, "b a " * 25_001),
        ("a\n" * 50_000, "a\nb\n" * 25_000),
        ("x" * 100_000, "y" * 100_000),
        ("." * 100_000, ". " * 50_000),
        ("a.b" * 33_000, "a.b" * 33_001),
        (" " * 99_999 + "a", " " * 100_000),
    ],
)
def test_texts_of_100_kb_are_compared_in_time(old: str, new: str) -> None:
    started = time.process_time()
    assert sides(differences(old, new)) == (old, new)
    assert time.process_time() - started < 60
