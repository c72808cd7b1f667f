"""A mistake in one part of a compound that nobody has as a whole."""

from __future__ import annotations

import pytest

from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.knowledge.finding.tests.make import document
from aanspreekpunt.knowledge.finding.words.mending import mended
from aanspreekpunt.knowledge.finding.words.vocabulary import Vocabulary

_USED = (
    "paspoort",
    "aanvraag",
    "wajong",
    "uitkering",
    "bewoner",
    "parkeren",
    "vergunning",
    "alert",
    "gezin",
    "controle",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("paspoortaanvrag", "paspoortaanvraag"),
        ("papsoortaanvraag", "paspoortaanvraag"),
        ("gzinscontrole", "gezinscontrole"),
        ("wahong-uitkering", "wajong-uitkering"),
        ("wajong-uitkerign", "wajong-uitkering"),
        ("nl-aalert", "nl-alert"),
        ("paspoortvergunning", ""),
        ("bewonersparkeren", ""),
        ("wajong-uitkering", ""),
        ("qqqqvergunning", ""),
        ("pas", ""),
        ("", ""),
    ],
)
def test_the_part_that_is_wrong_is_put_right(typed: str, meant: str) -> None:
    assert mended(typed, Vocabulary((word, 1) for word in _USED)) == meant


@pytest.mark.parametrize(
    ("typed", "taken_as", "first"),
    [
        ("wahong-uitkering", "wajong-uitkering", "wajong"),
        ("nl-aalert", "nlalert", "alarm"),
        ("paspoortkostn", "paspoortkosten", "paspoort"),
    ],
)
def test_it_is_found_and_told(typed: str, taken_as: str, first: str) -> None:
    index = Index.build(
        [
            document("wajong", "De Wajong is een uitkering voor wie jong ziek werd."),
            document("alarm", "Met NL-Alert waarschuwt de overheid u."),
            document("paspoort", "De kosten van een paspoort zijn hoog."),
            *(document(f"{number}", f"Hier staat niets over {number}.") for number in range(20)),
        ]
    )
    found = index.search(typed)
    assert found.hits[0].document.id == first
    assert [(reading.typed, reading.taken_as) for reading in found.readings] == [(typed, taken_as)]
