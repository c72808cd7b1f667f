"""A word by which others found an answer brings it into view, and never above one that says it in its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.knowledge.finding.documents import Facets
from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.finding.tests.make import document, some_documents

if TYPE_CHECKING:
    from aanspreekpunt.knowledge.finding.documents import Document

TREE = "Wilt u een boom kappen? Vraag eerst een vergunning aan."


def index_of(*documents: Document) -> Index:
    return Index.build([*some_documents(titles=True), *documents])


def test_a_learned_word_brings_an_answer_into_view_and_says_so() -> None:
    assert not any(hit.document.id == "stekken" for hit in index_of(document("stekken", TREE)).search("geit").hits[:1])
    found = index_of(document("stekken", TREE, learned=("geit",))).search("geiten")
    assert found.hits[0].document.id == "stekken"
    assert [(match.typed, match.matched, match.how) for match in found.hits[0].why] == [("geiten", "geit", "learned")]
    assert found.certainty != "nothing"


@pytest.mark.parametrize("text", ["geit", "mijn geit", "geit boom", "geit vergunning", "boom geit houden"])
def test_a_learned_word_never_lifts_an_answer_above_one_with_the_word_in_its_title(text: str) -> None:
    about = "Dit gaat over dieren in de wei en op het erf. " * 30
    said = document("geit", about, title="Mag ik een geit houden?")
    learned = document("boom", TREE, learned=("geit",), settled=10_000)
    found = [hit.document.id for hit in index_of(said, learned).search(text, limit=100).hits]
    assert "boom" in found
    assert found.index("geit") < found.index("boom")


def test_a_word_that_an_answer_says_after_all_counts_once() -> None:
    said = document("a", "Een geit mag u houden op eigen grond.")
    both = document("a", "Een geit mag u houden op eigen grond.", learned=("geit",))
    scores = [index_of(each).search("geit").hits[0].score for each in (said, both)]
    assert scores[0] == pytest.approx(scores[1])


def test_what_is_not_asked_for_is_not_found_by_a_learned_word_either() -> None:
    index = index_of(document("boom", TREE, learned=("geit",), audience=frozenset({"business"})))
    hits = index.search("geit", facets=Facets(audience=frozenset({"resident"}))).hits
    assert "boom" not in {hit.document.id for hit in hits}


def test_learned_words_change_nothing_for_searches_without_them() -> None:
    plain, learned = document("boom", TREE), document("boom", TREE, learned=("geit",))
    for text in ("paspoort kwijt", "boom kappen", "kapotte container"):
        before, after = (index_of(each).search(text) for each in (plain, learned))
        assert [(hit.document.id, hit.score) for hit in before.hits] == [
            (hit.document.id, hit.score) for hit in after.hits
        ]


def test_a_word_that_found_very_many_answers_says_nothing() -> None:
    few, many = ([document(f"d{number}", TREE, learned=("geit",)) for number in range(count)] for count in (50, 51))
    assert index_of(*few).search("geit").hits[0].why
    assert not any(hit.why for hit in index_of(*many).search("geit").hits)


def test_an_index_knows_its_words() -> None:
    assert index_of().knows("paspoort")
    assert not index_of().knows("geitenkaas")
