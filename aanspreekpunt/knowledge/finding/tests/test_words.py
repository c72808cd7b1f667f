"""Forms of one word come together, compounds fall apart, mistakes are recognised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aanspreekpunt.knowledge.finding.words.analysis import sense, verbs_apart
from aanspreekpunt.knowledge.finding.words.compounds import split_compound
from aanspreekpunt.knowledge.finding.words.lexicon import corrections, dutch_words, stop_words, synonyms
from aanspreekpunt.knowledge.finding.words.meanings import cues_in, english, english_stop_words, meanings_of
from aanspreekpunt.knowledge.finding.words.spelling import dutch_spellings, mistakes
from aanspreekpunt.knowledge.finding.words.stems import lemma, stem
from aanspreekpunt.knowledge.finding.words.tokens import tokens
from aanspreekpunt.knowledge.finding.words.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "forms",
    [
        "aanvragen aanvraag aangevraagd aanvraagt aangevraagde",
        "verlengen verlenging verlengd verlengde verleng",
        "verhuizen verhuis verhuizing verhuisd verhuist",
        "betalen betaal betaalt betaalde betaald betaling",
        "stelen gestolen steelt",
        "paspoort paspoorten paspoortje",
        "boom bomen boompje",
        "huis huizen huisje",
        "brief brieven",
        "kind kinderen kindje",
        "geldig geldige geldigheid",
        "kapot kapotte",
        "inschrijven ingeschreven inschrijving",
        "foto fotos",
    ],
)
def test_forms_of_one_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_different_words_keep_different_stems() -> None:
    words = ["paspoort", "rijbewijs", "vergunning", "uitkering", "container", "gast", "gas", "kaart", "huur"]
    assert len({stem(word) for word in words}) == len(words)


def test_a_strange_word_has_no_lemma_but_a_stem() -> None:
    assert lemma("qwertyx") == ""
    assert stem("qwertyx")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("rijbewijsverlenging", ("rijbewijs", "verlenging")),
        ("bijstandsuitkering", ("bijstand", "uitkering")),
        ("hondenbelasting", ("hond", "belasting")),
        ("parkeervergunning", ("parkeren", "vergunning")),
        ("afvalcontainer", ("afval", "container")),
        ("vergunning", ()),
        ("verzekering", ()),
        ("kort", ()),
    ],
)
def test_compounds_fall_apart_at_their_links(word: str, parts: tuple[str, ...]) -> None:
    assert split_compound(word) == parts


def test_a_verb_that_stands_apart_is_joined() -> None:
    assert verbs_apart(["hoe", "vraag", "ik", "een", "paspoort", "aan"]) == [(1, "aanvragen")]
    assert verbs_apart(["u", "geeft", "uw", "nieuwe", "adres", "door", "bij", "de", "gemeente"]) == [(1, "doorgeven")]


def test_a_preposition_is_no_part_of_a_verb() -> None:
    assert verbs_apart(["hoe", "schrijf", "ik", "een", "brief", "voor", "de", "gemeente"]) == []


def test_hyphens_join_and_part_a_word() -> None:
    meaning = sense("WOZ-waarde")
    assert meaning is not None
    assert meaning.key == stem("wozwaarde")
    assert stem("waarde") in dict(meaning.parts)


def test_stop_words_and_signs_stand_for_nothing() -> None:
    assert sense("de") is None
    assert sense("a") is None
    assert "hoeveel" in stop_words()


def test_codes_stay_whole() -> None:
    words = [token.word for token in tokens("Vraag 260 0001 2345, postcode 1234 ab, kosten € 86,50 of 14 0199")]
    assert words == ["vraag", "26000012345", "postcode", "1234ab", "kosten", "euro", "86", "50", "of", "14", "0199"]


def test_places_of_words_are_those_of_the_text() -> None:
    text = "Café 260 0001 2345 — crème brûlée"
    assert [text[token.start : token.end] for token in tokens(text)] == ["Café", "260 0001 2345", "crème", "brûlée"]


def test_mistakes_are_counted_as_people_make_them() -> None:
    assert mistakes("papsoort", "paspoort", most=2) == 1
    assert mistakes("paspoot", "paspoort", most=2) == 1
    assert mistakes("paspoortt", "paspoort", most=2) == 0.5
    assert mistakes("rijbewijs", "paspoort", most=1) > 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("vilnisbak", "vuilnisbak"), ("hwelijk", "huwelijk"), ("bijstandsuitkernig", "bijstandsuitkering")],
)
def test_words_that_the_collection_lacks_are_corrected_from_the_language(typed: str, meant: str) -> None:
    assert Vocabulary([("container", 3)]).like(typed, most=3)[0].word == meant


def test_a_word_of_the_collection_wins_from_one_of_the_language() -> None:
    assert Vocabulary([("kliko", 9)]).like("klko", most=1)[0].word == "kliko"


def test_the_vocabulary_completes_with_the_most_used_first() -> None:
    words = Vocabulary([("rijbewijs", 9), ("rijden", 2), ("paspoort", 5)])
    assert words.beginning_with("rij", most=5) == ["rijbewijs", "rijden"]
    assert "rijbewijs" in words


def test_strange_letters_have_no_corrections() -> None:
    assert Vocabulary([("rijbewijs", 9)]).like("مرحبا", most=3) == []


def test_the_lists_can_be_read() -> None:
    assert "paspoort" in dutch_words()
    assert "xqzwt" not in dutch_words()
    assert corrections()["incassoburo"] == "incassobureau"
    assert synonyms()
    assert dutch_spellings().like("paspooort", most=1)[0].word == "paspoort"


def test_everyday_words_lead_to_official_ones() -> None:
    assert ("afvalcontainer",) in [meaning.words for meaning in meanings_of((stem("kliko"),))]
    assert ("overlijden",) in [meaning.words for meaning in meanings_of((stem("papa"), stem("overleden")))]


def test_an_english_word_that_says_something_is_no_stop_word() -> None:
    assert "the" in english_stop_words()
    assert not english_stop_words().intersection(english())


def test_the_kind_of_question_is_recognised() -> None:
    answers = [answered for _place, answered in cues_in(("wat", "kost", "een", "paspoort"))]
    assert any("euro" in words for words in answers)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_analysis(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        sense(token.word)
