"""Answers: written, found while typing, and shown safely."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from aanspreekpunt.knowledge.queries.answers import article_shown
from aanspreekpunt.knowledge.rendering import as_html, as_text
from aanspreekpunt.knowledge.tests.make import make_answer

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def articles(db: None) -> None:  # noqa: ARG001 - opens the database
    for key, question, answer, product in (
        ("passport-cost", "Wat kost een paspoort?", "Een paspoort kost **€ 83**.", "passport"),
        ("passport-lost", "Mijn paspoort is gestolen", "Doe eerst aangifte.", "passport"),
        ("bin-missed", "Mijn container is niet geleegd", "Laat de container staan; wij komen over één dag.", "bin"),
    ):
        make_answer(key, question, answer, product_keys=(product,), search_words=("kliko",), at=MONDAY)
    make_answer(
        "permit",
        question="Hoe vraag ik een vergunning aan?",
        question_en="How do I apply for a permit?",
        answer="Via het formulier.",
        answer_en="Use the form.",
        desk_note="Let op het kenteken.",
        at=MONDAY,
    )


@pytest.mark.usefixtures("articles")
def test_an_answer_is_shown_in_the_language_of_the_screen() -> None:
    shown = article_shown("permit")
    assert shown is not None
    assert shown.text == "Via het formulier."
    assert "kenteken" in shown.desk_note
    with override("en"):
        shown = article_shown("permit")
        assert shown is not None
        assert (shown.question, shown.text) == ("How do I apply for a permit?", "Use the form.")


def test_html_is_clean() -> None:
    html = as_html(
        '# Kop\n\n**Dik** <script>alert(1)</script> [hier](javascript:alert(1)) [daar](https://example.org "t")'
    )
    assert "<h3>Kop</h3>" in html
    assert "<strong>Dik</strong>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert 'href="https://example.org"' in html


def test_plain_words_keep_the_addresses() -> None:
    text = as_text("## Zo\n\n- **Bel** [ons](tel:14020)\n\n\n\n> Of mail [a@b.nl](a@b.nl)")
    assert text == "Zo\n\n- Bel ons (tel:14020)\n\nOf mail a@b.nl"


def test_plain_words_keep_signs_that_are_meant() -> None:
    text = as_text(
        "1. Mail naar jan\\_pieter@gemeente\\-x.example\n2. Bel\n   - nu\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n2 \\* 3"
    )
    assert text == "1. Mail naar jan_pieter@gemeente-x.example\n2. Bel\n  - nu\n\na | b\n1 | 2\n\n2 * 3"
