"""What puts one answer before another: search phrases, first sentences, kinds of question, corrections."""

from __future__ import annotations

import numpy as np
import pytest

from aanspreekpunt.knowledge.finding.certainty import certainty_of
from aanspreekpunt.knowledge.finding.documents import Document
from aanspreekpunt.knowledge.finding.grams import grams_of
from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.finding.passages import Finds
from aanspreekpunt.knowledge.finding.phrases import phrases_of
from aanspreekpunt.knowledge.finding.postings import Weights
from aanspreekpunt.knowledge.finding.query import Alternative, Query, QueryWord
from aanspreekpunt.knowledge.finding.ranking import Ranked, Shares
from aanspreekpunt.knowledge.finding.reading import BODY, TITLE, read_documents
from aanspreekpunt.knowledge.finding.tests.make import document
from aanspreekpunt.knowledge.finding.words.spelling import mistakes
from aanspreekpunt.knowledge.starter.reading import starter_answers, starter_referrals


@pytest.fixture(scope="module")
def everything() -> Index:
    """Return an index of all answers and referrals of the starter base, as the product has them."""
    answers = (
        Document(id=each.key, title=each.question, words=each.search_words, body=each.answer)
        for each in starter_answers()
    )
    referrals = (
        Document(id=each.key, kind="product", title=each.name, words=each.everyday_names, body=each.description)
        for each in starter_referrals()
    )
    return Index.build((*answers, *referrals))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ik wil niet meer leven", "zelfmoordpreventie"),
        ("ik wil niet meer lven", "zelfmoordpreventie"),
        ("ik wil dood", "zelfmoordpreventie"),
        ("ik zie het leven niet meer zitten", "zelfmoordpreventie"),
        ("zelfmoord", "zelfmoordpreventie"),
        ("ik word geslagen", "veilig-thuis"),
        ("mijn man slaat mij", "veilig-thuis"),
        ("mijn partner bedreigt mij", "veilig-thuis"),
        ("mijn kind wordt mishandeld", "veilig-thuis"),
        ("gaslucht", "netbeheerder"),
        ("ik ruik gas", "netbeheerder"),
        ("brand", "alarmnummer"),
        ("er is brand", "alarmnummer"),
        ("ambulance", "alarmnummer"),
        ("iemand is gewond", "alarmnummer"),
        ("ik ruik brandlucht", "alarmnummer"),
        ("gaslek", "netbeheerder"),
        ("gas lek in de keuken", "netbeheerder"),
        ("mijn paspoort is gestolen op vakantie", "paspoort-kwijt-buitenland"),
        ("egel gewond", "gewond-dier"),
        ("ik voel me zo eenzaam", "eenzaam"),
    ],
)
def test_who_is_in_danger_is_sent_to_the_right_place_first(everything: Index, typed: str, first: str) -> None:
    found = everything.search(typed)
    assert found.hits[0].document.id == first
    assert found.certainty == "good"


def test_a_whole_search_phrase_counts_in_any_order_and_form() -> None:
    phrases = phrases_of(
        [document("a", words=("niet meer willen leven",)), document("b", words=("leven", "meer geld"))]
    )
    shares = phrases.shares(["ik", "wil", "niet", "meer", "leven"], count=2)
    assert shares is not None
    assert shares.tolist() == pytest.approx([0.8, 0.0])


def test_a_part_of_a_search_phrase_is_no_phrase() -> None:
    phrases = phrases_of([document("a", words=("niet meer willen leven",))])
    assert phrases.shares(["bewijs", "van", "leven"], count=1) is None
    assert phrases.shares(["leven"], count=1) is None
    assert phrases_of([]).shares(["meer", "leven"], count=0) is None


def test_first_sentences_count_for_more_in_letters_as_well() -> None:
    other = "Wij helpen u graag. Bel ons of kom langs aan de balie. Dat kan elke werkdag."
    text = read_documents([document("last", f"{other} Zandbakken."), document("first", f"Zandbakken. {other}")])
    scores, _most = grams_of(text, count=2, weights=Weights()).scores(["zandbakkkn"])
    assert scores[1] > scores[0] > 0


def test_an_answer_to_this_kind_of_question_gets_a_little_more() -> None:
    documents = [document("who", "De eigenaar vraagt het aan."), document("long", "Het duurt acht weken.")]
    without, given = (
        {hit.document.id: hit.score for hit in index.search("Hoe lang duurt het voor een eigenaar?").hits}
        for index in (Index.build(documents, shares=Shares(kind=0.0)), Index.build(documents))
    )
    assert given["long"] - without["long"] == pytest.approx(Shares().kind, abs=1e-5)
    assert given["who"] == pytest.approx(without["who"])


def test_a_stop_word_with_a_mistake_still_says_what_is_asked() -> None:
    documents = [document("a", "U vraagt de kaart aan bij ons."), document("b", "De kaart is van u. Bewaar de kaart.")]
    index = Index.build(documents)
    clean, wrong = index.search("Hoe vraag ik de kaart aan?"), index.search("Hoe vraga ik de kaart aan?")
    assert [hit.document.id for hit in wrong.hits] == [hit.document.id for hit in clean.hits]
    assert wrong.hits[0].score == pytest.approx(clean.hits[0].score)


def test_a_word_of_the_collection_goes_before_a_stop_word_that_is_as_like() -> None:
    index = Index.build([document("a", "Een bewijs van leven."), document("b", "Een paspoort.")])
    assert index.search("lven").hits[0].document.id == "a"


def test_the_key_beside_the_right_one_is_the_likelier_mistake() -> None:
    assert mistakes("voom", "boom", most=2) < mistakes("voom", "room", most=2) == 1


def test_a_word_that_is_wrong_is_compared_by_the_letters_of_what_is_meant() -> None:
    index = Index.build([document("a", "Een rijbewijs."), document("b", "Een paspoort.")])
    right, wrong = (index.search(text).hits[0].score for text in ("rijbewijs", "rijbewjis"))
    assert wrong > 0.62 * right


def test_a_find_by_its_title_must_fit_better_to_be_called_good() -> None:
    assert _certainty(found_in=BODY) == "good"
    assert _certainty(found_in=TITLE) == "unsure"


def _certainty(*, found_in: int) -> str:
    word = QueryWord("balie", 0, (Alternative(((0, 1.0),), "exact", "balie"),), 2.0)
    query = Query((word,), ("balie",), ("balie",), (), was_cut=False, most_rare=2.0)
    none = np.zeros(1, dtype=np.int64)
    finds = Finds(none, none, none, np.asarray([2.0], np.float32), none, none, np.asarray([found_in], np.uint8))
    return certainty_of(query, Ranked(none, np.asarray([1.7], np.float32), finds, 1))
