"""Any part of a text finds what has it and nothing else, as if every text were read."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from django.db import connection

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.questions.by_part import having_part, having_words
from aanspreekpunt.questions.models import Contact, ContactWord
from aanspreekpunt.questions.operations import change_contact, erase_contact, register_contact
from aanspreekpunt.questions.operations.words import forget_unused_words

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
KISS = PlainActor("token", 1, "Contact desktop")
TEXTS = [
    "De container aan de Dorpsstraat 12-a is niet geleegd.",
    "Mijn PASPOORT/rijbewijs verloopt; bel 06-12345678 of mail a.b@voorbeeld.example",
    "Café 't Hoekje: geluidsoverlast, élke nacht!",
    "50% korting_op het tarief \\ of niet?",
    "x" * 70 + "staart en meer",
    "",
]


def told(text: str) -> Contact:
    """Register a contact with this text."""
    return register_contact(told={"told_channel": "x", "subject": "Vraag", "text": text}, by=KISS, at=AT)


def found(condition: str, values: list[str]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM contact WHERE {condition}", values)  # noqa: S608 - a condition of our own
        return {pk for (pk,) in cursor.fetchall()}


def test_every_part_of_every_text_is_found_as_by_reading_them_all() -> None:
    kept = {told(text).pk: text.lower() for text in TEXTS}
    chance = random.Random(3)
    parts = [
        "ontainer",
        "CONTAINER AAN",
        "t 12-a",
        "bewijs verl",
        "06-1",
        "é",
        "élke",
        "%",
        "_op",
        "\\ of",
        "zzz",
        "xxx",
    ]
    for text in filter(None, TEXTS):
        for _ in range(60):
            begin = chance.randrange(len(text))
            parts.append(text[begin : begin + chance.randrange(1, 14)])
    for part in parts:
        wanted = {pk for pk, text in kept.items() if part.lower() in text}
        assert found(*having_part(part, field="text")) == wanted, part


def test_a_part_is_looked_for_in_the_field_that_is_asked() -> None:
    contact = told("Wanneer?")
    assert found(*having_part("vra", field="subject")) == {contact.pk}
    assert found(*having_part("vra", field="text")) == set()
    with pytest.raises(ValueError, match="metadata"):
        having_part("vra", field="metadata")


def test_what_a_contact_says_now_is_found_and_what_it_said_before_is_not() -> None:
    contact = told("Wanneer?")
    change_contact(contact=contact, told={"reply": "Vrijdagmiddag"}, by=KISS, at=AT)
    assert found(*having_part("dagmid", field="reply")) == {contact.pk}
    assert found(*having_words("vrijdagmiddag")) == {contact.pk}


def test_words_are_found_in_every_form_and_all_of_them() -> None:
    one, other = told("Mijn containers zijn vol"), told("Een volle kast")
    assert found(*having_words("container")) == {one.pk}
    assert found(*having_words("vol -kast")) == {one.pk}
    assert found(*having_words('"volle kast"')) == {other.pk}
    assert found(*having_words("' & ) --")) == set()


def test_a_word_that_no_contact_has_any_more_is_forgotten() -> None:
    told("gedeeld blijft")
    gone = told("gedeeld geheimwoord")
    assert ContactWord.objects.filter(word="geheimwoord").exists()
    erase_contact(contact=gone, by=KISS, at=AT)
    assert forget_unused_words() == 1
    words = set(ContactWord.objects.values_list("word", flat=True))
    assert words >= {"gedeeld", "blijft", "vraag"}
    assert "geheimwoord" not in words
