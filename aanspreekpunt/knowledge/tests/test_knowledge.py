"""Answers: written, found while typing, and shown safely."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from aanspreekpunt.knowledge.queries.answers import article_shown, search_articles
from aanspreekpunt.knowledge.rendering import as_html, as_marked, as_text
from aanspreekpunt.knowledge.tests.make import make_answer

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

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


def keys(text: str, product_key: str = "") -> list[str]:
    return [found.key for found in search_articles(text, product_key=product_key)]


@pytest.mark.usefixtures("articles")
def test_answers_are_found_by_whatever_form_of_a_word() -> None:
    assert keys("paspoorten") == keys("paspoort")
    assert set(keys("paspoort")) == {"passport-cost", "passport-lost"}


@pytest.mark.usefixtures("articles")
def test_the_last_word_may_be_half_typed() -> None:
    assert keys("contai") == ["bin-missed"]


@pytest.mark.usefixtures("articles")
def test_all_words_come_before_some() -> None:
    assert keys("paspoort gestolen")[0] == "passport-lost"
    assert "passport-cost" in keys("paspoort gestolen")


@pytest.mark.usefixtures("articles")
def test_the_chosen_product_comes_first() -> None:
    assert keys("kliko", "bin")[0] == "bin-missed"
    assert keys("", "passport") == ["passport-lost", "passport-cost"]
    assert keys("") == []


@pytest.mark.usefixtures("articles")
def test_a_note_for_the_desk_is_searched_too() -> None:
    assert keys("kenteken") == ["permit"]


@pytest.mark.usefixtures("articles")
def test_english_screens_search_english_texts() -> None:
    with override("en"):
        (found,) = search_articles("applying permits")
        assert found.question == "How do I apply for a permit?"
        assert "<mark>apply</mark>" in found.question_marked
        shown = article_shown("permit")
        assert shown is not None
        assert shown.text == "Use the form."


@pytest.mark.usefixtures("articles")
def test_on_english_screens_dutch_words_are_understood_and_small_ones_left_out() -> None:
    with override("en"):
        assert keys("paspoorten")
        assert keys("ik heb een") == []


@pytest.mark.usefixtures("articles")
def test_signs_do_not_disturb_a_search() -> None:
    assert keys("paspoort & | ! ( ' :* \\") == keys("paspoort")
    assert keys("?!") == []


@pytest.mark.usefixtures("articles")
def test_matches_are_marked() -> None:
    (found,) = search_articles("container")
    assert "<mark>container</mark>" in found.question_marked
    assert "<mark>container</mark>" in found.snippet


@pytest.mark.usefixtures("articles")
def test_a_search_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        search_articles("waar is mijn paspoort")


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


def test_what_the_database_found_is_escaped() -> None:
    assert as_marked("<b>\x02x\x03") == "&lt;b&gt;<mark>x</mark>"
