"""From a search in the bar to the answer that was given; and what an editor does with words that were learned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.desk.tests.make import make_desk_question
from aanspreekpunt.knowledge.models import Article, LearnedWord, Use, Version
from aanspreekpunt.knowledge.operations.learning import remember_words
from aanspreekpunt.knowledge.rules.learning import Taught
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db


def register(browser: Client, **fields: str) -> None:
    address = browser.get(reverse("desk:new-contact") + "?channel=phone")["Location"].partition("?")[0]
    story = "Geheimzinnige kabouter in de kliko"
    begun = {"number": 1, "channel": "phone", "text": story, "choice": "answer", "answer": "Zo.", "given": "bin"}
    answer = browser.post(address, {**begun, **fields, "do": "register"})
    assert answer.status_code == 302


def search_and_open(browser: Client, text: str, *, where: str = "desk:search") -> str:
    """Search in the bar and open the first answer; return the address of that answer."""
    page = browser.post(reverse(where), {"text": text}, follow=True).content.decode()
    link = re.search(r'href="([^"]*antwoorden/bin[^"]*)"', page)
    assert link is not None, page
    assert browser.get(link[1]).status_code == 200
    return link[1]


@pytest.fixture
def anna(logged_in: LogIn, cast: Cast) -> Client:
    make_answer("bin", "Wat als mijn kliko niet is geleegd?", "Laat hem staan.")
    for number, other in enumerate(("Mag ik een boom kappen?", "Hoe kom ik aan een paspoort?", "Waar ga ik trouwen?")):
        make_answer(f"other-{number}", other, "Bel ons.")
    return logged_in(cast.anna)


def test_the_words_of_the_bar_are_kept_with_the_answer_that_was_given(anna: Client) -> None:
    address = search_and_open(anna, "kliko geleegd omgewaaid")
    assert "kliko" not in address
    register(anna)
    assert Use.objects.get().searched == "kliko geleegd omgewaaid"


def test_while_typing_the_last_word_may_be_half_and_is_not_kept(anna: Client) -> None:
    search_and_open(anna, "kliko omgewaaid geleegd", where="desk:suggest")
    register(anna)
    assert Use.objects.get().searched == "kliko omgewaaid"


def test_words_are_kept_once_and_never_from_the_story(anna: Client) -> None:
    search_and_open(anna, "kliko geleegd omgewaaid")
    register(anna)
    register(anna)
    assert list(Use.objects.order_by("pk").values_list("searched", flat=True)) == ["kliko geleegd omgewaaid", ""]
    assert not Use.objects.filter(searched__contains="kabouter").exists()


def test_the_words_are_kept_too_when_a_waiting_question_is_answered(anna: Client, cast: Cast) -> None:
    question = make_desk_question(by=cast.anna)
    search_and_open(anna, "kliko geleegd omgewaaid")
    texts = {"text": "Laat hem staan.", "channel": "phone", "article": "bin"}
    assert anna.post(reverse("desk:act", args=[question.reference, "answer"]), texts).status_code == 302
    assert Use.objects.get(question_id=question.pk).searched == "kliko geleegd omgewaaid"


def test_nothing_is_kept_of_a_confidential_question(anna: Client) -> None:
    search_and_open(anna, "kliko geleegd omgewaaid")
    register(anna, confidential="on")
    assert not Use.objects.exists()


@pytest.fixture
def learned(cast: Cast) -> Article:  # noqa: ARG001 - the municipality it belongs to
    article = make_answer("bin", "Wat als mijn kliko niet is geleegd?", "Laat hem staan.")
    remember_words(taught={article.pk: [Taught("omgewaaid", "omgewaaid", 4)]}, at=timezone.now())
    return article


def act(browser: Client, verb: str) -> int:
    version = Version.objects.order_by("-number")[0]
    base = {"number": version.number, "revision": version.revision, "stem": "omgewaaid"}
    return browser.post(reverse("desk:act-on-answer", args=["bin", verb]), base).status_code


def test_an_editor_sees_learned_words_with_their_count_and_takes_one_over(logged_in: LogIn, learned: Article) -> None:
    browser = logged_in(make_editor())
    page = browser.get(reverse("desk:answer", args=["bin"])).content.decode()
    assert "Gevonden met andere woorden" in page
    assert "geteld bij 4 mensen" in page
    assert "Vergeet “omgewaaid”" in page
    assert act(browser, "take-word-over") == 302
    assert learned.versions.order_by("-number")[0].search_words == ["omgewaaid"]
    assert "geteld bij" not in browser.get(reverse("desk:answer", args=["bin"])).content.decode()


def test_an_editor_forgets_a_word(logged_in: LogIn, learned: Article) -> None:
    browser = logged_in(make_editor())
    assert act(browser, "forget-word") == 302
    assert LearnedWord.objects.get(article=learned).forgotten_at is not None
    assert "omgewaaid" not in browser.get(reverse("desk:answer", args=["bin"])).content.decode()


def test_who_does_not_write_answers_sees_and_forgets_nothing(anna: Client) -> None:
    article = Article.objects.get(key="bin")
    remember_words(taught={article.pk: [Taught("omgewaaid", "omgewaaid", 4)]}, at=timezone.now())
    assert "geteld bij" not in anna.get(reverse("desk:answer", args=["bin"])).content.decode()
    assert act(anna, "forget-word") == 404
    assert act(anna, "take-word-over") == 404
