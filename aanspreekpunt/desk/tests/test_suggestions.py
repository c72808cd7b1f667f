"""What is suggested at the desk while somebody tells his story, and of questions that came in without a product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.desk.tests.make import make_desk_question
from aanspreekpunt.messaging.alarms import alarms_lately
from aanspreekpunt.questions.models import Question
from aanspreekpunt.suggestions.learning.examples import Example
from aanspreekpunt.suggestions.learning.tests.make import make_examples
from aanspreekpunt.suggestions.learning.training import train
from aanspreekpunt.suggestions.models import Outcome, Target
from aanspreekpunt.suggestions.nightly import keep_model
from aanspreekpunt.suggestions.operations import note_suggestion
from aanspreekpunt.suggestions.shelf import SHELF
from aanspreekpunt.suggestions.tests.make import make_learned, make_products

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
STORY = "Mijn kliko is niet geleegd, wanneer wordt de container opgehaald"


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    SHELF.forget()
    yield
    SHELF.forget()


def type_story(browser: Client, **fields: Any) -> str:
    url = browser.get(reverse("desk:new-contact"))["Location"]
    answer = browser.post(f"{url}/deel/answers", {"number": 1, "channel": "phone", "text": STORY, **fields})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_suggested_product_stands_first_with_its_certainty_and_reasons(cast: Cast, logged_in: LogIn) -> None:
    make_products(cast.waste)
    make_learned()
    page = type_story(logged_in(cast.anna))
    assert 'value="choose_product:afval"' in page
    assert "Waarschijnlijk over:" in page
    assert "vanwege: " in page
    assert "kliko" in page
    assert page.count('data-key="p"') == 1


def test_without_a_model_the_names_in_the_story_are_proposed_as_ever(cast: Cast, logged_in: LogIn) -> None:
    make_products(cast.waste)
    Product.objects.filter(key="afval").update(everyday_names=["kliko"])
    page = type_story(logged_in(cast.anna))
    assert 'value="choose_product:afval"' in page
    assert "Waarschijnlijk over:" not in page


def test_a_team_is_suggested_when_no_product_is_sure(cast: Cast, logged_in: LogIn) -> None:
    labels = {"afval": "waste", "bomen": "youth"}
    examples = [
        Example(each.text, labels[each.label], each.source) for each in make_examples(160) if each.label in labels
    ]
    keep_model(target=Target.TEAM, trained=train(examples), at=timezone.now())
    browser = logged_in(cast.anna)
    page = type_story(browser)
    assert 'value="choose_team:waste"' in page
    url = browser.get(reverse("desk:new-contact"))["Location"]
    answer = browser.post(
        f"{url}/deel/team", {"number": 1, "channel": "phone", "text": STORY, "do": "choose_team:waste"}
    )
    page = answer.content.decode()
    assert 'value="waste" selected' in page
    assert "choose_team" not in page


def test_registering_notes_what_was_suggested_and_chosen(cast: Cast, logged_in: LogIn) -> None:
    make_products(cast.waste)
    make_learned()
    browser = logged_in(cast.anna)
    url = browser.get(reverse("desk:new-contact"))["Location"]
    fields = {"number": 1, "channel": "phone", "text": STORY, "product": "bomen", "choice": "keep", "do": "register"}
    browser.post(url, fields)
    outcome = Outcome.objects.get()
    assert (outcome.suggested[0][0], outcome.chosen) == ("afval", "bomen")


def test_typing_costs_no_query_for_the_suggestion(
    cast: Cast, logged_in: LogIn, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    make_products(cast.waste)
    make_learned()
    browser = logged_in(cast.anna)
    type_story(browser)
    with django_assert_max_num_queries(9):
        type_story(browser)


def test_a_question_without_product_is_proposed_one_and_stays_where_it_is(cast: Cast, logged_in: LogIn) -> None:
    products = make_products(cast.waste)
    make_learned()
    question = make_desk_question(by=cast.anna, text=STORY, subject="Kliko", channel="web_form")
    browser = logged_in(cast.anna)
    page = browser.get(reverse("desk:question", args=[question.reference])).content.decode()
    assert "Waarschijnlijk over:" in page
    take = reverse("desk:act", args=[question.reference, "recategorise"])
    assert f"{take}?product=afval" in page
    form = browser.get(f"{take}?product=afval").content.decode()
    assert f'value="{products["afval"].pk}" selected' in form
    browser.post(take, {"product": products["afval"].pk})
    question = Question.objects.get(pk=question.pk)
    assert question.product == products["afval"]
    assert question.owner == cast.desk
    assert Outcome.objects.get().chosen == "afval"


def test_who_only_looks_is_proposed_nothing(cast: Cast, logged_in: LogIn) -> None:
    make_products(cast.waste)
    make_learned()
    question = make_desk_question(by=cast.anna, text=STORY, subject="Kliko")
    Question.objects.filter(pk=question.pk).update(state="in_hand", holder=cast.bram)
    page = logged_in(cast.anna).get(reverse("desk:question", args=[question.reference])).content.decode()
    assert "Waarschijnlijk over:" not in page


def test_figures_say_how_often_suggestions_came_true_to_who_may_know(
    cast: Cast, logged_in: LogIn, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    products = make_products(cast.waste)
    make_learned()
    for product in (products["afval"], products["afval"], products["bomen"]):
        question = make_desk_question(by=cast.anna, product=product)
        note_suggestion(question=question, story=STORY, at=timezone.now())
    sander = logged_in(cast.sander)
    alarms_lately(at=timezone.now())  # looked up every few seconds, for all screens together
    with django_assert_max_num_queries(12):
        page = sander.get(reverse("desk:figures")).content.decode()
    assert "Voorgestelde producten" in page
    assert (
        '<th scope="row">Product afval</th><td class="number">3</td><td class="number">3</td><td class="number">66%'
        in page
    )
    assert "Komt een zekerheid zo vaak uit" in page
    assert "Product afval" not in logged_in(cast.sofie).get(reverse("desk:figures")).content.decode()
    for outsider in (cast.anna, cast.wim, cast.olga):
        assert logged_in(outsider).get(reverse("desk:figures")).status_code == 404


def test_figures_leave_confidential_questions_out(cast: Cast, logged_in: LogIn) -> None:
    products = make_products(cast.waste)
    make_learned()
    question = make_desk_question(by=cast.anna, product=products["afval"])
    note_suggestion(question=question, story=STORY, at=timezone.now())
    Question.objects.update(is_confidential=True)
    page = logged_in(cast.sander).get(reverse("desk:figures")).content.decode()
    assert "De afgelopen dertig dagen is er niets voorgesteld." in page
