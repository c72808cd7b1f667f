"""What was searched in vain, which answers settled it and which came back; and where an editor starts."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.desk.tests.make import make_question
from aanspreekpunt.knowledge.operations.chores import look_for_chores
from aanspreekpunt.knowledge.operations.proposals import propose_answer
from aanspreekpunt.knowledge.operations.uses import note_given, note_helped, tally_search
from aanspreekpunt.knowledge.operations.writing import give_owner
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.parties.models import Party
from aanspreekpunt.promises import operations
from aanspreekpunt.questions.coming_back import came_back
from aanspreekpunt.questions.intake import Customer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
DEMAND, HOME = "desk:demand", "desk:home"


@pytest.fixture
def carla(cast: Cast) -> Employee:  # noqa: ARG001 - the municipality she works for
    return make_editor()


def settled(cast: Cast, **fields: object) -> Question:
    question = make_question(to=cast.waste, by=cast.anna, days_ago=10, **fields)
    at = question.registered_at + timedelta(hours=1)
    operations.answer(question=question, text="Zo zit het.", channel="phone", by=cast.wim, at=at)
    return question


def test_a_question_came_back_when_it_was_opened_or_asked_again_within_a_week(cast: Cast) -> None:
    product, party = (
        make_product("container", team=cast.waste),
        Party.objects.create(kind="person", last_name="Deurne", made_at=timezone.now()),
    )
    customer = Customer(party=party, last_name="Deurne")
    fine, opened, late, again, other = (settled(cast, product=product) for _ in range(5))
    for question, days in ((opened, 2), (late, 8)):
        operations.reopen(
            question=question, reason="Nog steeds", by=cast.wim, at=question.registered_at + timedelta(days=days)
        )
    again, secret = settled(cast, product=product, customer=customer), settled(cast, is_confidential=True)
    make_question(to=cast.waste, by=cast.anna, days_ago=6, product=product, customer=customer)
    answered = {each.pk: each.registered_at for each in (fine, opened, late, again, other, secret)}
    assert came_back(answered) == {opened.pk, again.pk}
    assert came_back({}) == frozenset()


def test_answers_that_settle_and_answers_that_come_back(
    logged_in: LogIn, cast: Cast, carla: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_answer("goed", question="Helpt dit?")
    slecht = make_answer("slecht", question="Helpt dat?")
    for key, is_opened in (("goed", False), ("goed", False), ("slecht", True)):
        question = settled(cast)
        given = question.registered_at + timedelta(hours=1)
        note_given(article_keys=[key], question_id=question.pk, is_confidential=False, at=given)
        if is_opened:
            operations.reopen(question=question, reason="Nee", by=cast.wim, at=given + timedelta(days=1))
    note_helped(article=slecht, has_helped=False, at=timezone.now())
    browser = logged_in(carla)
    browser.get(reverse(DEMAND))
    with django_assert_num_queries(6):  # session, employee, searches, uses, what came back, answers
        usage = browser.get(reverse(DEMAND)).context["usage"]
    assert [(each.key, each.count.settled) for each in usage.settled] == [("goed", 2)]
    assert [(each.key, each.count.came_back, each.count.did_not_help) for each in usage.disappointing] == [
        ("slecht", 1, 1)
    ]
    els = logged_in(make_employee("Els", (Role.CONTENT_EDITOR, cast.waste)))
    assert els.get(reverse(DEMAND)).context["usage"].settled == ()


def test_what_disappoints_few_of_many_comes_after_what_disappoints_most_of_few(
    logged_in: LogIn, carla: Employee
) -> None:
    for key, helped, not_helped in (("druk", 9, 3), ("stil", 0, 2), ("goed", 5, 0)):
        article = make_answer(key, question=f"Is dit {key}?")
        for number in range(helped + not_helped):
            note_helped(article=article, has_helped=number < helped, at=timezone.now())
    usage = logged_in(carla).get(reverse(DEMAND)).context["usage"]
    assert [each.key for each in usage.disappointing] == ["stil", "druk"]


def test_what_was_searched_in_vain_has_a_way_to_write_it(logged_in: LogIn, carla: Employee) -> None:
    today = timezone.localdate()
    for text, certainty, face, on in (
        *(("grofvuil ophalen", "nothing", "portal", today - timedelta(days=day)) for day in range(3)),
        ("vuilnis", "unsure", "desk", today),
        ("paspoort", "good", "desk", today),
        ("lang geleden", "nothing", "desk", today - timedelta(days=60)),
    ):
        tally_search(text=text, certainty=certainty, face=face, on=on)
    answer = logged_in(carla).get(reverse(DEMAND))
    assert [(each.text, each.times, each.faces) for each in answer.context["searches"]] == [
        ("grofvuil ophalen", 3, ("portal",)),
        ("vuilnis", 1, ("desk",)),
    ]
    assert f"{reverse('desk:new-answer')}?vraag=grofvuil%20ophalen" in answer.content.decode()


def test_an_editor_starts_with_the_work_of_answers(
    logged_in: LogIn, cast: Cast, carla: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    today = timezone.localdate()
    make_answer("verloopt", question="Verloopt dit?", valid_until=today + timedelta(days=9))
    make_answer("kapot", question="Kapot?", product_keys=("weg",))
    make_value("kosten", "€ 5", is_confirmed=False)
    look_for_chores(product_keys=(), at=timezone.now())
    propose_answer(question="Kan het korter?", text="Ja", by=cast.anna, at=timezone.now())
    tally_search(text="grofvuil", certainty="nothing", face="portal", on=today)
    browser = logged_in(carla)
    browser.get(reverse(HOME))
    with django_assert_num_queries(13):
        page = browser.get(reverse(HOME)).content.decode()
    for words in ("Verloopt dit?", "Kapot?", "Kan het korter?", "grofvuil", "kosten", "Lokale waarden"):
        assert words in page, words
    els = logged_in(make_employee("Els", (Role.CONTENT_EDITOR, cast.youth)))
    assert "Verloopt dit?" not in els.get(reverse(HOME)).content.decode()


def test_who_owns_an_answer_finds_its_work_on_his_start_screen(logged_in: LogIn, cast: Cast, carla: Employee) -> None:
    article = make_answer("kapot", question="Kapot?", product_keys=("weg",))
    give_owner(article=article, owner=cast.wim, by=carla, at=timezone.now())
    look_for_chores(product_keys=(), at=timezone.now())
    assert "Kapot?" in logged_in(cast.wim).get(reverse(HOME)).content.decode()
    assert "Kapot?" not in logged_in(cast.wilma).get(reverse(HOME)).content.decode()


def test_screens_about_answers_are_named_only_to_who_may_see_them(
    logged_in: LogIn, cast: Cast, carla: Employee
) -> None:
    for employee, names in (
        (carla, {"antwoorden", "voorstellen", "waarden", "antwoord/zoeken"}),
        (cast.anna, {"antwoorden", "voorstellen"}),
    ):
        page = logged_in(employee).get(reverse("desk:answers")).content.decode()
        found = {
            name for name in ("antwoorden", "voorstellen", "waarden", "antwoord/zoeken") if f'"/desk/{name}"' in page
        }
        assert found == names


def test_all_screens_about_answers_speak_english(logged_in: LogIn, carla: Employee, cast: Cast) -> None:
    carla.language = "en"
    carla.save(update_fields=["language"])
    article = make_answer("bin", question="Bin?", question_en="Bin?", answer="So.", answer_en="So.", desk_note="Look.")
    propose_answer(question="Bin?", text="Say so", article=article, by=cast.anna, at=timezone.now())
    proposal = article.proposals.get()
    make_value("fee", "5")
    browser = logged_in(carla)
    for address in (
        *(reverse(f"desk:{name}") for name in ("home", "answers", "proposals", "values", "demand")),
        *(reverse(f"desk:{name}") for name in ("new-answer", "new-value", "propose")),
        *(reverse(f"desk:{name}", args=["bin"]) for name in ("answer", "edit-answer")),
        *(reverse("desk:act-on-answer", args=["bin", verb]) for verb in ("withdraw", "give-owner")),
        *(reverse("desk:value", args=["fee"]), reverse("desk:proposal", args=[proposal.pk])),
    ):
        page = browser.get(address).content.decode()
        words = re.sub(r"<[^>]*>|Nederlands|Gemeente Voorbeeldstad", " ", page)
        dutch = re.findall(
            r"\b(?:de|het|een|van|voor|met|niet|geen|wordt|wij|naar|aan|vraag|deze|dit|nog|ook)\b", words
        )
        assert dutch == [], address
