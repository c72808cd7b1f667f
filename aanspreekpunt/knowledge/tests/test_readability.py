"""The meter points at what reads badly, gives plain texts a plain level, and stays fast on any text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.knowledge.advice import ADVICE, FINDING_NAMES, LEVEL_NAMES, MEASURE_NAMES, advice_on
from aanspreekpunt.knowledge.readability.findings import Finding, Kind, Level, Measure
from aanspreekpunt.knowledge.readability.meter import LONGEST_TEXT, MOST_FINDINGS, measure
from aanspreekpunt.knowledge.readability.words import official_phrases

DATA = Path(__file__).parent / "data"
B1 = (DATA / "sentences_b1.txt").read_text(encoding="utf-8").splitlines()
C1 = (DATA / "sentences_c1.txt").read_text(encoding="utf-8").splitlines()
FRESH_B1 = (DATA / "fresh_b1.txt").read_text(encoding="utf-8").splitlines()
FRESH_C1 = (DATA / "fresh_c1.txt").read_text(encoding="utf-8").splitlines()
PLAIN = {Level.A2, Level.B1}


def found(text: str, kind: Kind) -> list[str]:
    """Return the pieces of text that a kind of finding points at."""
    return [text[one.start : one.end] for one in measure(text).findings if one.kind is kind]


def test_sentences_the_borders_were_chosen_by_keep_their_side() -> None:
    assert min(len(B1), len(C1)) >= 60
    assert all(measure(sentence).level in PLAIN for sentence in B1)
    assert all(measure(sentence).level not in PLAIN for sentence in C1)
    assert sum(measure(sentence).level is Level.C1 for sentence in C1) >= 0.8 * len(C1)


def test_fresh_sentences_are_told_apart() -> None:
    """Written after the borders were chosen. Change the meter for one of these, and they are no longer fresh."""
    plain = [measure(sentence).level in PLAIN for sentence in FRESH_B1]
    official = [measure(sentence).level not in PLAIN for sentence in FRESH_C1]
    assert len(plain) == len(official) == 30
    assert sum(plain) >= 29
    assert sum(official) >= 29


def test_whole_texts_get_the_level_of_their_sentences() -> None:
    assert measure(" ".join(B1)).is_plain
    assert measure(" ".join(C1)).level is Level.C1


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("De pas wordt door ons gegeven.", "wordt door ons gegeven"),
        ("U hoort of de pas gegeven wordt.", "gegeven wordt"),
        ("Morgen worden de containers opgehaald.", "worden de containers opgehaald"),
        ("De aanvraag moet worden ingediend.", "worden ingediend"),
        ("De vergunning is gisteren verleend.", "is gisteren verleend"),
        ("Het bedrag werd door de bank teruggestort.", "werd door de bank teruggestort"),
        ("De besluiten zijn vastgesteld.", "zijn vastgesteld"),
        ("Er wordt een boete opgelegd.", "wordt een boete opgelegd"),
        ("Wordt uw aanvraag afgewezen?", "Wordt uw aanvraag afgewezen"),
        ("De stukken werden onderzocht.", "werden onderzocht"),
        ("Uit zijn brief is het nummer gehaald.", "is het nummer gehaald"),
        ("Er wordt overgegaan tot betaling.", "wordt overgegaan"),
    ],
)
def test_the_passive_voice_is_found(text: str, passive: str) -> None:
    assert found(text, Kind.PASSIVE) == [passive]


@pytest.mark.parametrize(
    "text",
    [
        "U wordt 18 jaar.",
        "Uw rijbewijs is verlopen.",
        "Wij zijn verhuisd naar een ander gebouw.",
        "Het stadhuis is gesloten.",
        "Wij hebben zijn aanvraag ontvangen.",
        "De kosten zijn hoog.",
        "Het weer wordt beter.",
        "U bent geboren in Lindervoort.",
        "Als u ziek wordt, betaalt de verzekering.",
        "Wat zijn de gevolgen?",
        "Dit is een beveiligd netwerk.",
        "Dat is per gemeente verschillend.",
        "Is uw partner overleden?",
        "De regels zijn ingegaan.",
        "U bent verplicht dit te melden.",
    ],
)
def test_what_only_looks_passive_is_left_alone(text: str) -> None:
    assert found(text, Kind.PASSIVE) == []


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("Bel ons teneinde een afspraak te maken.", Kind.OFFICIAL_WORD, "teneinde"),
        ("Bel ons met betrekking tot uw pas.", Kind.OFFICIAL_WORD, "met betrekking tot"),
        ("De door u op 3 mei ingediende aanvraag ligt hier.", Kind.PACKED_PHRASE, "De door u op 3 mei ingediende"),
        ("Wij letten op het verlenen van hulp.", Kind.NOUN_FOR_VERB, "het verlenen"),
        ("Wij doen dit ter vaststelling.", Kind.NOUN_FOR_VERB, "ter vaststelling"),
        ("Neem o.a. uw pas mee.", Kind.SHORT_FORM, "o.a."),
        ("Vraag dit bij de RMC.", Kind.UNKNOWN_LETTERS, "RMC"),
        ("U mag niet bouwen zonder vergunning.", Kind.STACKED_NEGATION, "niet bouwen zonder"),
        ("U betaalt niet, tenzij u later komt.", Kind.STACKED_NEGATION, "niet, tenzij"),
        ("U belt ons en wij bellen u. Neem je pas mee.", Kind.MIXED_ADDRESS, "je"),
        ("De huishoudelijkeafvalstoffenverordening geldt.", Kind.LONG_WORD, "huishoudelijkeafvalstoffenverordening"),
        (
            "Wij hebben na een lang gesprek met uw buren over de bomen besloten.",
            Kind.VERB_FAR_AWAY,
            "hebben na een lang gesprek met uw buren over de bomen besloten",
        ),
    ],
)
def test_each_kind_points_at_its_words(text: str, kind: Kind, piece: str) -> None:
    assert found(text, kind) == [piece]


def test_a_long_sentence_says_how_long_it_is() -> None:
    finding = next(one for one in measure("een " * 24 + "eind.").findings if one.kind is Kind.LONG_SENTENCE)
    assert finding.parameters == {"words": 25, "most": 20}
    assert not measure("een " * 24 + "eind.").is_plain


@pytest.mark.parametrize(
    "text", ["De Regionale Meld- en Coördinatiefunctie (RMC) helpt.", "De RMC (voor school) helpt.", "# RMC\nHallo"]
)
def test_letters_that_are_explained_are_fine(text: str) -> None:
    assert found(text, Kind.UNKNOWN_LETTERS) == []


def test_there_are_enough_official_words_and_each_has_an_alternative() -> None:
    phrases = [phrase for group in official_phrases("nl").values() for phrase in group]
    assert len(phrases) >= 250
    assert all(phrase.instead for phrase in phrases)


def test_reasons_add_up_to_the_difficulty() -> None:
    reading = measure(" ".join(C1))
    assert {reason.measure for reason in reading.reasons} == set(Measure)
    assert abs(sum(reason.points for reason in reading.reasons) - reading.difficulty) < 1
    assert all(0 <= reason.points <= reason.most for reason in reading.reasons)


def test_english_has_a_meter_of_its_own() -> None:
    plain = "You need a passport to travel. Make an appointment first. Bring a photo. We call you back within two days."
    official = (
        "Applications for reimbursement shall be submitted in accordance with the aforementioned procedure prior to "
        "the expiration of the designated period, notwithstanding any additional documents subsequently furnished."
    )
    assert measure(plain, "en").level in PLAIN
    assert measure(official, "en").level is Level.C1
    assert {one.kind for one in measure(official, "en").findings} >= {
        Kind.LONG_SENTENCE,
        Kind.OFFICIAL_WORD,
        Kind.PASSIVE,
    }


def test_an_empty_text_is_easy() -> None:
    assert measure("").level is Level.A2
    assert measure("  \n# \n").findings == ()


@given(st.text(max_size=300))
def test_no_text_is_too_strange_to_measure(text: str) -> None:
    reading = measure(text)
    assert all(0 <= one.start < one.end <= len(text) and advice_on(one) for one in reading.findings)
    assert 0 <= reading.difficulty <= 100
    assert measure(text, "en").level


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a.",
        "1.",
        "<",
        "`",
        "{{",
        "a@",
        "](",
        "\n",
        "\x00",
        "wordt ",
        "de in ",
        "a-",
        "www.",
        "AB ",
        "- a\n",
        "niet ",
    ],
)
def test_a_text_of_a_megabyte_takes_bounded_time(piece: str) -> None:
    started = time.process_time()
    reading = measure(piece * (1_000_000 // len(piece)))
    assert time.process_time() - started < 60
    assert reading.is_cut
    assert len(reading.findings) <= MOST_FINDINGS
    assert LONGEST_TEXT < 1_000_000


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_name_and_advice(kind: Kind) -> None:
    assert FINDING_NAMES[kind]
    assert "%(" in str(ADVICE[kind])


def test_advice_names_what_it_is_about() -> None:
    finding = Finding(Kind.SHORT_FORM, 0, 4, {"written": "o.a.", "instead": "onder andere"})
    assert "o.a." in advice_on(finding)
    assert set(LEVEL_NAMES) == set(Level)
    assert set(MEASURE_NAMES) == set(Measure)
