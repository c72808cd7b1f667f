"""What somebody types finds what he means, says why, and never breaks."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.knowledge.finding.documents import Document, Facets
from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.finding.query import LONGEST
from aanspreekpunt.knowledge.finding.tests.make import document, first, some_index
from aanspreekpunt.knowledge.starter.reading import starter_answers


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("rijbewijsverlenging", "rijbewijs-verlengen"),
        ("verlengen rijbewijs", "rijbewijs-verlengen"),
        ("vuilnisbak stuk", "container-kapot"),
        ("papa overleden", "overlijden-aangeven"),
        ("papspoort kwijt", "paspoort-kwijt"),
        ("rij bewijs verlengen", "rijbewijs-verlengen"),
        ("schuttinghoogte", "schutting-hoogte"),
        ("I lost my passport", "paspoort-kwijt"),
        ("who can cut down a tree in my garden", "boom-kappen"),
        ("lantarenpaal doet het niet", "lantaarnpaal"),
        ("invalidenparkeerkaart", "gehandicaptenparkeerkaart"),
        ("gelluidsoverlast buurman", "lawaai-van-buren"),
    ],
)
def test_people_find_what_they_mean(typed: str, key: str) -> None:
    assert first(typed) == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("gaslek", "gevaar-op-straat"),
        ("smishing", "valse-mail"),
        ("hangjeugd", "overlast-groep-op-straat"),
        ("pampers", "luiers-en-medisch-afval"),
        ("verkamering", "kamer-onderverhuren"),
        ("stookkosten", "energierekening-te-hoog"),
        ("woningnet", "inschrijven-huurwoning"),
        ("puinbak", "container-of-verhuiswagen-op-straat"),
        ("oude tv", "apparaten-inleveren"),
    ],
)
def test_residents_need_not_know_the_word_of_the_municipality(typed: str, key: str) -> None:
    found = _starter().search(typed)
    assert key in [hit.document.id for hit in found.hits[:2]]
    assert found.certainty != "nothing"


@cache
def _starter() -> Index:
    return Index.build(
        Document(id=each.key, title=each.question, words=each.search_words, body=each.answer)
        for each in starter_answers()
    )


def test_the_last_word_may_be_half_typed() -> None:
    assert first("stemp", typing=True) == "stempas-kwijt"
    assert first("eikenpro", typing=True) == "eikenprocessierups"


def test_a_space_ends_the_last_word() -> None:
    half = some_index().search("rijb", typing=True).hits
    assert half
    assert half[0].why[0].how == "prefix"
    assert not any(match.how == "prefix" for hit in some_index().search("rijb ", typing=True).hits for match in hit.why)


def test_each_find_says_why() -> None:
    why = some_index().search("paspoort gejat", limit=1).hits[0].why
    assert [(match.typed, match.how) for match in why] == [("paspoort", "exact"), ("gejat", "everyday")]
    assert why[0].places[0] == "title"


def test_a_correction_is_told() -> None:
    readings = some_index().search("papspoort").readings
    assert [(reading.typed, reading.taken_as, reading.how) for reading in readings] == [
        ("papspoort", "paspoort", "spelling")
    ]


def test_a_good_word_is_not_called_wrong() -> None:
    assert some_index().search("vuilnisbak pannenkoeken").readings == ()


@pytest.mark.parametrize("text", ["Hoe vraag ik een paspoort aan?", "kapotte container", "kwijtschelding belasting"])
def test_a_question_of_ours_is_answered_for_sure(text: str) -> None:
    assert some_index().search(text).certainty == "good"


@pytest.mark.parametrize(
    "text", ["hoe bak ik pannenkoeken", "lasagne recept vegetarisch", "asdf qwerty", "netflix kijken op tv"]
)
def test_a_question_of_another_world_is_not_answered_for_sure(text: str) -> None:
    assert some_index().search(text).certainty != "good"


@pytest.mark.parametrize("text", ["", "   ", "de het een", "!?", "\x00\x01", "😀😀"])
def test_nothing_said_finds_nothing(text: str) -> None:
    found = some_index().search(text)
    assert found.certainty == "nothing"
    assert found.hits == ()


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "paspoort " * 120_000, "a-" * 500_000, "\u202e\u0645\u0631\u062d" * 100_000]
)
def test_a_huge_query_is_cut_and_answered_soon(text: str) -> None:
    some_index().search("paspoort")
    begin = os.times().user
    found = some_index().search(text)
    assert os.times().user - begin < 0.5
    assert found.was_cut
    assert len(text) > LONGEST


def test_a_reference_is_found_whole_only() -> None:
    index = Index.build([document("a", "Vraag 260 0001 2345 over de stoep"), document("b", "Vraag 260 0001 2346")])
    hits = index.search("26000012345").hits
    assert hits[0].document.id == "a"
    assert hits[0].why[0].how == "code"
    assert not any(hit.why for hit in hits[1:])


def test_facets_narrow_the_finds() -> None:
    index = Index.build(
        [
            document("a", "paspoort aanvragen", products=frozenset({"paspoort"}), audience=frozenset({"resident"})),
            document("b", "paspoort aanvragen", kind="form", teams=frozenset({"burgerzaken"}), area="centrum"),
            document("c", "paspoort aanvragen", language="en"),
        ]
    )

    def found(facets: Facets) -> set[str]:
        return {hit.document.id for hit in index.search("paspoort", facets=facets).hits}

    assert found(Facets()) == {"a", "b", "c"}
    assert found(Facets(kinds=frozenset({"form"}))) == {"b"}
    assert found(Facets(products=frozenset({"paspoort"}))) == {"a"}
    assert found(Facets(teams=frozenset({"burgerzaken"}))) == {"b"}
    assert found(Facets(audience=frozenset({"business"}))) == {"b", "c"}
    assert found(Facets(languages=frozenset({"nl"}))) == {"a", "b"}
    assert found(Facets(area="noord")) == {"a", "c"}


def test_learning_moves_equals_but_never_beats_the_words() -> None:
    index = Index.build(
        [
            document("plain", "de stoep is kapot"),
            document("used", "de stoep is kapot", settled=50),
            document("other", "een fiets is kapot", settled=100_000),
        ]
    )
    assert [hit.document.id for hit in index.search("stoep kapot").hits] == ["used", "plain", "other"]


def test_a_title_says_more_than_a_body() -> None:
    index = Index.build(
        [document("body", "hier staat paspoort"), document("title", "hier staat iets", title="Paspoort")]
    )
    assert index.search("paspoort").hits[0].document.id == "title"


def test_an_empty_index_finds_nothing() -> None:
    assert Index.build([]).search("paspoort").certainty == "nothing"


def test_documents_without_words_do_no_harm() -> None:
    index = Index.build([document("empty"), document("signs", "!!! 😀"), document("real", "paspoort")])
    assert [hit.document.id for hit in index.search("paspoort").hits] == ["real"]


def test_many_threads_may_search_at_once() -> None:
    texts = ["paspoort kwijt", "vuilnisbak", "rijbewijs verlengen", "papspoort"] * 25
    alone = [some_index().search(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(some_index().search, texts)) == alone


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.booleans())
def test_no_text_breaks_the_search(text: str, typing: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    found = some_index().search(text, typing=typing)
    assert found.certainty in {"good", "unsure", "nothing"}
    assert all(hit.score > 0 for hit in found.hits)
