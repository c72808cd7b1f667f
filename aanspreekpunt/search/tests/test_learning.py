"""From what people searched and used, to what others find: bounded, private, and undone by an editor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from aanspreekpunt.knowledge.models import Article, LearnedWord
from aanspreekpunt.knowledge.operations.learning import forget_word
from aanspreekpunt.knowledge.operations.uses import note_given, note_helped
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor
from aanspreekpunt.search import shelf
from aanspreekpunt.search.learning import learn_words
from aanspreekpunt.search.queries import search_for_staff, search_public
from aanspreekpunt.search.tally import searched_words
from aanspreekpunt.search.trails import trail_of, words_on_trail

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def answers() -> None:
    make_answer("container-stuk", "Mijn container is kapot", "Wij brengen een nieuwe. U hoeft niets te betalen.")
    make_answer("boom", "Mag ik een boom kappen?", "Vraag eerst een vergunning aan. Dat kan online.")
    make_answer("paspoort", "Hoe vraag ik een paspoort aan?", "Maak een afspraak bij de balie van ons stadhuis.")
    shelf.forget_shelf()


def people_find(key: str, words: str, *, people: int = 3, has_helped: bool = True) -> None:
    article = Article.objects.get(key=key)
    for number in range(people):
        note_helped(article=article, has_helped=has_helped, searched=words, person=f"192.0.2.{number}", at=NOW)


def learned(key: str) -> list[str]:
    return list(LearnedWord.objects.filter(article__key=key).order_by("word").values_list("word", flat=True))


def found(text: str) -> list[str]:
    return [each.key for each in search_public(text).results]


def test_a_word_of_three_people_brings_the_answer_into_view_and_says_so() -> None:
    assert found("omgewaaid") == []
    people_find("container-stuk", "omgewaaid container")
    assert learn_words(at=NOW) == 1
    assert learned("container-stuk") == ["omgewaaid"]
    shelf.forget_shelf()
    first = search_public("omgewaaid").results[0]
    assert first.key == "container-stuk"
    assert first.why == "anderen vonden dit met “omgewaaid”"
    assert search_for_staff("omgewaaid").results[0].key == "container-stuk"


def test_desk_and_portal_count_alike_and_one_person_once() -> None:
    for number in range(1000):
        note_helped(
            article=Article.objects.get(key="boom"), has_helped=True, searched="geit", person="192.0.2.1", at=NOW
        )
        if number < 2:
            note_given(
                article_keys=["boom"],
                question_id=number,
                is_confidential=False,
                searched={"boom": "geit"},
                person="conversation:1",
                at=NOW,
            )
    assert learn_words(at=NOW) == 0
    note_given(
        article_keys=["boom"],
        question_id=5,
        is_confidential=False,
        searched={"boom": "geiten"},
        person="party:5",
        at=NOW,
    )
    assert learn_words(at=NOW) == 1
    assert learned("boom") == ["geit"]


def test_a_word_that_the_answer_says_itself_is_not_learned() -> None:
    people_find("boom", "bomen kapvergunning kappen online vergunningen geit")
    learn_words(at=NOW)
    assert learned("boom") == ["geit", "kapvergunning"]


def test_after_a_year_it_is_no_longer_known() -> None:
    people_find("boom", "geit")
    assert learn_words(at=NOW) == 1
    assert learn_words(at=NOW + timedelta(days=366)) == 0
    assert learned("boom") == []


@pytest.mark.django_db(transaction=True)
def test_learning_makes_one_edition_and_none_when_nothing_changed() -> None:
    people_find("boom", "geit bok")
    people_find("container-stuk", "omgewaaid")
    before = shelf.newest_edition()
    learn_words(at=NOW)
    once = shelf.newest_edition()
    assert once[0] == before[0] + 1
    people_find("boom", "geit bok", people=9)
    learn_words(at=NOW)
    assert shelf.newest_edition() == once
    assert set(LearnedWord.objects.filter(article__key="boom").values_list("people", flat=True)) == {9}
    forget_word(article=Article.objects.get(key="boom"), stem="geit", by=make_editor(), at=NOW)
    assert shelf.newest_edition() != once


def test_nothing_is_kept_of_a_search_that_may_be_somebodys_own() -> None:
    assert searched_words("paspoort kwijt") == "paspoort kwijt"
    assert searched_words("paspoort voor Xanthippe Vlotkraker") == "paspoort"
    assert searched_words("jan.bakker@example.nl paspoort 0612345678 1234 AB") == "paspoort"
    assert (
        searched_words("mijn buurman bakt elke dag pannenkoeken en zijn hond blaft dan de hele straat bij elkaar") == ""
    )
    assert searched_words("de het een") == ""


def test_a_trail_shows_no_words_and_is_ours_and_of_today() -> None:
    trail = trail_of("paspoort kwijt", at=NOW)
    assert "paspoort" not in trail
    assert words_on_trail(trail, at=NOW) == "paspoort kwijt"
    assert words_on_trail(trail, at=NOW + timedelta(days=2)) == ""
    assert trail_of("Xanthippe", at=NOW) == ""
    assert words_on_trail(trail_of("kapotte vuil", at=NOW, typing=True), at=NOW) == "kapotte"
    assert trail_of("vuil", at=NOW, typing=True) == ""
    for forged in ("", "x", "é" * 10, "x" * 5000, Fernet(Fernet.generate_key()).encrypt(b"2026-01-01 geit").decode()):
        assert words_on_trail(forged, at=NOW) == ""
