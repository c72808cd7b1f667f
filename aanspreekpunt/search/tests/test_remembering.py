"""What many people type is remembered for one edition, and nothing that only one of them would type."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from aanspreekpunt.knowledge.finding.documents import Document
from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.tests.make import make_answer
from aanspreekpunt.search import memory, remembering, shelf
from aanspreekpunt.search.queries import search_for_staff, search_public
from aanspreekpunt.search.remembering import LONGEST_REMEMBERED, Remembered
from aanspreekpunt.search.results import Results

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = frozenset({"paspoort", "container"})


class Searcher:
    """Counts how often it had to search."""

    def __init__(self) -> None:
        self.searched: list[str] = []

    def __call__(self, text: str) -> Results:
        self.searched.append(text)
        return Results((), "nothing")


def times_searched(*texts: str, is_public: Callable[[str], bool] = WORDS.__contains__) -> int:
    remembered, searcher = Remembered(is_public), Searcher()
    for text in texts:
        remembered.find(text, asked="nl", search=searcher)
    return len(searcher.searched)


def test_the_same_text_is_searched_once() -> None:
    assert times_searched("paspoort", "paspoort", "container", "paspoort") == 2


def test_a_name_and_a_story_are_never_kept() -> None:
    assert times_searched("jansen", "jansen") == 2
    story = "paspoort " * LONGEST_REMEMBERED
    assert times_searched(story, story, is_public=lambda _text: True) == 2


def test_what_else_is_asked_tells_searches_apart() -> None:
    remembered, searcher = Remembered(WORDS.__contains__), Searcher()
    for asked in ("nl", "en", "nl"):
        remembered.find("paspoort", asked=asked, search=searcher)
    assert len(searcher.searched) == 2


def test_what_was_asked_longest_ago_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST_REMEMBERED", 2)
    remembered, searcher = Remembered(lambda _text: True), Searcher()
    for text in ("a", "b", "a", "c", "a", "b"):
        remembered.find(text, asked="", search=searcher)
    assert searcher.searched == ["a", "b", "c", "b"]
    assert len(remembered) == 2


def test_only_words_of_the_documents_themselves_are_known() -> None:
    index = Index.build([Document(id="1", body="Een paspoort vraagt u aan bij de balie.")])
    for text in ("paspoort", "een pasp", "PASPOORT aan", ""):
        assert index.has_words_of(text)
    for text in ("jansen", "jansen paspoort", "pasp een", "123456782", "paspoort zz"):
        assert not index.has_words_of(text)


@pytest.mark.django_db
def test_a_new_edition_forgets_what_was_remembered_and_so_does_another_language() -> None:
    make_answer(
        "eerste", "Wat kost een paspoort?", "Een paspoort kost geld.", question_en="Passport?", answer_en="Yes."
    )
    assert [each.key for each in search_public("paspoort").results] == ["eerste"]
    assert len(shelf.current_shelf().remembered) == 1
    assert search_public("paspoort").results[0].title == "Wat kost een paspoort?"
    with override("en"):
        assert search_public("paspoort").results[0].title == "Passport?"
    make_answer("tweede", "Waar haal ik een paspoort?", "Een paspoort haalt u hier.")
    shelf.forget_shelf()
    assert {each.key for each in search_public("paspoort").results} == {"eerste", "tweede"}


@pytest.mark.django_db
def test_nothing_that_staff_searches_is_remembered() -> None:
    make_answer("eerste", "Wat kost een paspoort?", "Een paspoort kost geld.", desk_note="Zwijgplicht.")
    search_for_staff("paspoort")
    assert len(shelf.current_shelf().remembered) == 0


def test_memory_is_given_back_where_the_system_can(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace(malloc_trim=given.append))
    memory.give_back()
    assert given == [0]
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: SimpleNamespace())
    memory.give_back()
