"""Bulk loads: fast, and within every rule all the same."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Count, F
from django.utils import timezone
from stdnum.nl import bsn

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.common.references import is_reference
from aanspreekpunt.common.sealing import keyed_hash, unseal
from aanspreekpunt.demo.bulk import load
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.organisation.queries import NotSetUp
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.parties.models import Party, PartyIdentifier
from aanspreekpunt.promises.models import Handover
from aanspreekpunt.promises.operations import keep_at_desk
from aanspreekpunt.promises.tests.make import make_asked
from aanspreekpunt.questions.models import Contact, Participant, Question

pytestmark = pytest.mark.django_db(transaction=True)

CONTACTS = 2000


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make_product("container", team=cast.waste)
    make_product("algemene-vraag", team=cast.desk)
    make_product("huurtoeslag", team=cast.desk, refer_to={"name": "Belastingdienst", "text": "Bel de Belastingdienst."})
    return cast


def _check_each_question() -> None:
    """Call the guards of open promises and answers on record for every question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT question_check_promise(id), question_check_answer(id) FROM question")


@pytest.mark.usefixtures("cast")
def test_what_is_loaded_keeps_every_rule() -> None:
    loaded = load(contacts=CONTACTS, at=timezone.now())
    assert Contact.objects.count() == loaded.contacts
    assert abs(loaded.contacts - CONTACTS) < CONTACTS * 0.1
    _check_each_question()


def test_everything_belongs_to_something(cast: Cast) -> None:
    load(contacts=CONTACTS, at=timezone.now())
    questions = Question.objects.count()
    assert Participant.objects.count() == Contact.objects.count()
    assert Entry.objects.filter(event="question.registered").count() == questions
    assert Handover.objects.filter(question__owner=cast.waste).count() == Question.objects.filter(hops=1).count()
    assert not Delivery.objects.exclude(state="sent").exists()
    assert 0 < Question.objects.exclude(state="settled").count() < questions * 0.04
    assert Party.objects.annotate(asked=Count("questions")).filter(asked__gt=5).exists()


@pytest.mark.usefixtures("cast")
def test_people_have_numbers_that_are_nobodys_and_say_where_they_live() -> None:
    load(contacts=CONTACTS, at=timezone.now())
    for known in PartyIdentifier.objects.all()[:50]:
        number = unseal(bytes(known.sealed), purpose="bsn")
        assert not bsn.is_valid(number)
        assert bytes(known.fingerprint) == keyed_hash(number, purpose="bsn")
    persons, numbered = Party.objects.filter(kind="person").count(), PartyIdentifier.objects.count()
    assert persons * 0.8 < numbered <= persons
    party = Party.objects.exclude(street="").filter(questions__isnull=False).order_by("id")[0]
    assert Contact.objects.filter(text__contains=f"({party.street} {party.house_number}, {party.postcode})").exists()


def test_references_are_valid_and_the_register_goes_on_after_them(cast: Cast) -> None:
    load(contacts=200, at=timezone.now())
    assert all(is_reference(reference) for reference in Question.objects.values_list("reference", flat=True))
    last = Question.objects.latest("id")
    question = keep_at_desk(asked=make_asked(), by=cast.anna, at=timezone.now()).question
    assert question.pk > last.pk


@pytest.mark.usefixtures("cast")
def test_a_second_load_adds_to_the_first() -> None:
    first = load(contacts=200, at=timezone.now()).contacts
    second = load(contacts=200, at=timezone.now()).contacts
    assert Contact.objects.count() == first + second


@pytest.mark.usefixtures("cast")
def test_nothing_is_promised_before_it_was_asked() -> None:
    load(contacts=500, at=timezone.now())
    assert not Question.objects.filter(promises__made_at__lt=F("registered_at")).exists()
    assert not Question.objects.filter(settled_at__lt=F("registered_at")).exists()


@pytest.mark.usefixtures("cast")
def test_progress_is_told_until_the_end() -> None:
    told: list[tuple[int, int]] = []
    load(contacts=300, progress=lambda done, wanted: told.append((done, wanted)), at=timezone.now())
    assert told[-1][1] == 300


def test_without_a_municipality_there_is_nothing_to_load_into() -> None:
    with pytest.raises(NotSetUp):
        load(contacts=10, at=timezone.now())


@pytest.mark.usefixtures("cast")
def test_an_interrupted_load_leaves_whole_questions() -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(contacts=4000, progress=interrupted, at=timezone.now())
    assert Contact.objects.exists()
    _check_each_question()
