"""Which words an answer learns, who may forget them, and what is kept of searches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.knowledge.models import LearnedWord, Use, Version
from aanspreekpunt.knowledge.operations.learning import forget_word, remember_words, take_word_over
from aanspreekpunt.knowledge.operations.uses import forget_searches, note_given, note_helped
from aanspreekpunt.knowledge.operations.writing import Base
from aanspreekpunt.knowledge.queries.histories import learned_words_of
from aanspreekpunt.knowledge.queries.uses import settled_by_answers, uses_after_a_search
from aanspreekpunt.knowledge.refusals import NotYourAnswer
from aanspreekpunt.knowledge.rules.learning import MOST_WORDS, Said, Taught, taught_by
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor
from aanspreekpunt.organisation.tests.make import make_cast

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def said(person: str, *words: str, has_helped: bool = True) -> Said:
    return Said(1, person.encode(), words, has_helped)


def taught(*uses: Said) -> list[tuple[str, str, int]]:
    found = taught_by(uses, stem_of=lambda word: "" if word == "de" else word.removesuffix("en"))
    return [(each.stem, each.word, each.people) for each in found.get(1, [])]


def test_a_word_is_learned_from_three_people_in_the_form_most_of_them_typed() -> None:
    assert taught(said("a", "geit", "de"), said("b", "geiten", "de")) == []
    assert taught(said("a", "geit"), said("b", "geiten"), said("c", "geiten")) == [("geit", "geiten", 3)]


def test_who_searches_a_thousand_times_counts_once() -> None:
    assert taught(*[said("a", "geit")] * 1000, *[said("b", "geit")] * 1000) == []


def test_who_was_not_helped_takes_one_away() -> None:
    three = [said(person, "geit") for person in "abc"]
    assert taught(*three, said("d", "geit", has_helped=False)) == []
    assert taught(*three, said("c", "geit", has_helped=False), said("d", "geit"))[0][2] == 3


def test_what_most_people_used_comes_first() -> None:
    uses = [*(said(person, "bok") for person in "abc"), *(said(person, "geit") for person in "abcd")]
    assert [word for _stem, word, _people in taught(*uses)] == ["geit", "bok"]


def words(count: int, *, people: int = 3) -> list[Taught]:
    return [Taught(f"s{number:02}", f"woord{number:02}", people) for number in range(count)]


@pytest.mark.django_db
def test_an_answer_learns_ten_words_and_forgets_what_is_no_longer_taught() -> None:
    article = make_answer("x", at=MONDAY)
    assert remember_words(taught={article.pk: words(14)}, at=MONDAY) == MOST_WORDS
    assert remember_words(taught={article.pk: words(2, people=5)}, at=MONDAY) == 2
    assert [(each.word, each.people) for each in learned_words_of(article)] == [("woord00", 5), ("woord01", 5)]


@pytest.mark.django_db
def test_what_an_editor_forgets_stays_forgotten_and_makes_room() -> None:
    article, editor = make_answer("x", at=MONDAY), make_editor()
    remember_words(taught={article.pk: words(14)}, at=MONDAY)
    forget_word(article=article, stem="s00", by=editor, at=MONDAY)
    assert remember_words(taught={article.pk: words(14)}, at=MONDAY) == MOST_WORDS
    shown = [each.stem for each in learned_words_of(article)]
    assert "s00" not in shown
    assert "s10" in shown
    remember_words(taught={}, at=MONDAY)
    assert list(LearnedWord.objects.values_list("stem", flat=True)) == ["s00"]
    assert Entry.objects.filter(event="article.word_forgotten").count() == 1


@pytest.mark.django_db
def test_a_learned_word_becomes_a_search_word_by_way_of_a_draft() -> None:
    article, editor = make_answer("x", search_words=("oud",), at=MONDAY), make_editor()
    remember_words(taught={article.pk: words(1)}, at=MONDAY)
    published = Version.objects.get(article=article)
    draft = take_word_over(article=article, stem="s00", base=Base.of(published), by=editor, at=MONDAY)
    assert draft is not None
    assert draft.search_words == ["oud", "woord00"]
    published.refresh_from_db()
    assert published.search_words == ["oud"]
    assert take_word_over(article=article, stem="other", base=Base.of(draft), by=editor, at=MONDAY) is None


@pytest.mark.django_db
def test_only_who_may_write_an_answer_forgets_its_words() -> None:
    article, cast = make_answer("x", at=MONDAY), make_cast()
    remember_words(taught={article.pk: words(1)}, at=MONDAY)
    with pytest.raises(NotYourAnswer):
        forget_word(article=article, stem="s00", by=cast.anna, at=MONDAY)
    with pytest.raises(NotYourAnswer):
        take_word_over(
            article=article, stem="s00", base=Base.of(Version.objects.get(article=article)), by=cast.anna, at=MONDAY
        )


@pytest.mark.django_db
def test_people_are_told_apart_for_one_answer_only_and_never_known() -> None:
    first, second = make_answer("x", at=MONDAY), make_answer("y", at=MONDAY)
    for article, person in ((first, "192.0.2.7"), (first, "192.0.2.7"), (first, "192.0.2.8"), (second, "192.0.2.7")):
        note_helped(article=article, has_helped=True, searched="geit", person=person, at=MONDAY)
    hashes = [bytes(each) for each in Use.objects.order_by("pk").values_list("person", flat=True)]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3
    assert not any(b"192" in each for each in hashes)
    assert settled_by_answers(MONDAY.date()) == {"x": 2, "y": 1}


@pytest.mark.django_db
def test_a_confidential_question_teaches_nothing() -> None:
    make_answer("x", at=MONDAY)
    for number in range(5):
        note_given(
            article_keys=["x"],
            question_id=number,
            is_confidential=True,
            searched={"x": "geit"},
            person=f"party:{number}",
            at=MONDAY,
        )
    assert list(uses_after_a_search(since=MONDAY - timedelta(days=1))) == []


@pytest.mark.django_db
def test_no_half_words_are_kept() -> None:
    article = make_answer("x", at=MONDAY)
    long = " ".join(["afvalcontainers"] * 9)
    note_helped(article=article, has_helped=True, searched=long, person="a", at=MONDAY)
    assert set(Use.objects.get().searched.split()) == {"afvalcontainers"}


@pytest.mark.django_db
def test_after_a_year_only_the_count_of_a_use_is_left() -> None:
    article = make_answer("x", at=MONDAY)
    note_helped(article=article, has_helped=True, searched="geit", person="a", at=MONDAY)
    note_helped(article=article, has_helped=True, searched="geit", person="b", at=MONDAY + timedelta(days=9))
    assert forget_searches(before=MONDAY + timedelta(days=1)) == 1
    assert sorted(Use.objects.values_list("searched", flat=True)) == ["", "geit"]
    assert Use.objects.count() == 2
