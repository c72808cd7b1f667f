"""What is suggested, from which questions it is learned, and what is noted of it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.promises.operations import keep_at_desk, register_and_hand_over
from aanspreekpunt.promises.tests.make import make_asked
from aanspreekpunt.questions.intake import Customer
from aanspreekpunt.questions.operations import make_confidential, recategorise
from aanspreekpunt.questions.refusals import NotYours
from aanspreekpunt.suggestions import shelf
from aanspreekpunt.suggestions.collecting import examples_for
from aanspreekpunt.suggestions.learning.quality import Quality
from aanspreekpunt.suggestions.learning.tests.make import make_examples
from aanspreekpunt.suggestions.learning.training import train
from aanspreekpunt.suggestions.models import LearnedModel, Outcome, Target
from aanspreekpunt.suggestions.nightly import keep_model, learn_anew
from aanspreekpunt.suggestions.operations import note_final_choices, note_suggestion, say_what_it_is_about
from aanspreekpunt.suggestions.queries import (
    models_put_aside,
    suggestion_for,
    suggestion_for_question,
)
from aanspreekpunt.suggestions.shelf import SHELF
from aanspreekpunt.suggestions.tests.make import make_learned, make_products

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries

    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db
STORY = "Mijn kliko is niet geleegd, wanneer wordt de container opgehaald"


def test_nothing_is_suggested_before_anything_was_learned(cast: Cast) -> None:
    make_products(cast.waste)
    assert suggestion_for(STORY) is None


def test_a_story_gets_its_product_with_certainty_and_the_words_that_say_so(cast: Cast) -> None:
    make_products(cast.waste)
    make_learned()
    suggestion = suggestion_for(STORY)
    assert suggestion is not None
    assert suggestion.product is not None
    assert suggestion.product.key == "afval"
    assert 50 <= suggestion.percentage <= 99
    assert {"kliko", "geleegd", "container"} & set(suggestion.reasons)


def test_it_is_silent_when_it_is_not_sure_and_about_a_product_that_is_gone(cast: Cast) -> None:
    products = make_products(cast.waste)
    make_learned()
    assert suggestion_for("Ik wil graag weten wanneer dat is") is None
    assert suggestion_for("kliko") is None
    type(products["afval"]).objects.filter(key="afval").update(is_active=False)
    from aanspreekpunt.catalogue.queries import forget_products  # noqa: PLC0415 - only here

    forget_products()
    assert suggestion_for(STORY) is None


def test_the_model_is_looked_for_once_a_minute(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_products(cast.waste)
    make_learned()
    suggestion_for(STORY)
    with django_assert_num_queries(0):
        suggestion_for(STORY)
    assert SHELF.looked_at is not None
    SHELF.looked_at -= shelf.SECONDS_BETWEEN_LOOKS + 1
    with django_assert_num_queries(1):  # nothing newer: only that was asked
        suggestion_for(STORY)


def test_a_model_that_was_tampered_with_is_not_used(cast: Cast) -> None:
    make_products(cast.waste)
    learned = make_learned()
    LearnedModel.objects.filter(pk=learned.pk).update(content=bytes(learned.content) + b"!")
    assert suggestion_for(STORY) is None


def test_a_web_process_does_not_load_what_only_learning_needs() -> None:
    code = (
        "import sys, django; django.setup(); import aanspreekpunt.config.urls, aanspreekpunt.desk.urls,"
        "aanspreekpunt.suggestions.jobs; sys.exit('sklearn' in sys.modules)"
    )
    assert subprocess.run((sys.executable, "-c", code), check=False).returncode == 0  # noqa: S603 - our own line


# Learning.


def test_it_learns_from_names_and_questions_but_never_from_confidential_ones(cast: Cast) -> None:
    now = timezone.now()
    waste = make_product("afval", team=cast.waste, everyday_names=["kliko"])
    secret = make_product("jeugdhulp", team=cast.youth, is_confidential=True)
    for product, text in ((waste, "De bak staat er nog"), (secret, "Mijn dochter eet niet meer")):
        register_and_hand_over(
            asked=make_asked(text=text, subject=text, product=product, is_confidential=product is secret),
            to=product.team, asks="", by=cast.anna, at=now,
        )  # fmt: skip
    hidden = keep_at_desk(asked=make_asked(text="Een geheim over afval", product=waste), by=cast.anna, at=now).question
    make_confidential(question=hidden, by=cast.anna, at=now)
    for target in Target.values:
        texts = " ".join(example.text for example in examples_for(target))
        assert "De bak staat er nog" in texts
        assert "kliko" in texts
        assert "dochter" not in texts
        assert "geheim" not in texts


def test_words_of_one_person_count_once(cast: Cast) -> None:
    from aanspreekpunt.parties.tests.make import make_party  # noqa: PLC0415 - only here

    party = make_party()
    product = make_product("afval", team=cast.waste)
    for _each in range(2):
        asked = make_asked(product=product, customer=Customer(party=party))
        register_and_hand_over(asked=asked, to=cast.waste, asks="", by=cast.anna, at=timezone.now())
    sources = {example.source for example in examples_for(Target.PRODUCT) if not example.is_public}
    assert sources == {f"party {party.pk}"}


def test_reading_what_to_learn_from_takes_a_few_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    products = make_products(cast.waste)
    for example in make_examples(12):
        asked = make_asked(text=example.text, product=products[example.label])
        register_and_hand_over(asked=asked, to=cast.waste, asks="", by=cast.anna, at=timezone.now())
    with django_assert_max_num_queries(4):
        assert len(examples_for(Target.PRODUCT)) > 12


def test_a_night_learns_product_and_team_from_names_alone(cast: Cast) -> None:
    make_product("afval", team=cast.waste, everyday_names=["kliko", "vuilnisbak"])
    make_product("jeugd", team=cast.youth, everyday_names=["opvoeden", "kinderen"])
    learned = learn_anew(at=timezone.now())
    assert {each.target for each in learned} == {"product", "team"}
    assert all(each.learned_from == 0 and each.state == "in_use" for each in learned)
    assert Entry.objects.filter(event="suggestions.learned").count() == 2


def test_a_night_without_products_learns_nothing(cast: Cast) -> None:  # noqa: ARG001 - sets up
    assert learn_anew(at=timezone.now()) == []


def test_a_worse_model_is_kept_aside_and_reported_until_the_one_in_use_is_old() -> None:
    now = timezone.now()
    good = make_learned(at=now - timedelta(days=1))
    worse = train(make_examples(120))
    worse = type(worse)(worse.model, Quality(**{**good.quality, "log_loss": 9.0}), worse.learned_from)
    aside = keep_model(target="product", trained=worse, at=now)
    assert aside.state == LearnedModel.State.ASIDE
    assert models_put_aside() == [aside]
    assert Entry.objects.filter(event="suggestions.kept_aside").exists()
    good.refresh_from_db()
    assert good.state == LearnedModel.State.IN_USE
    later = keep_model(target="product", trained=worse, at=now + timedelta(days=20))
    assert later.state == LearnedModel.State.IN_USE
    assert models_put_aside() == []


# What is noted.


def test_what_was_suggested_is_noted_next_to_what_was_chosen_without_a_word(cast: Cast) -> None:
    products = make_products(cast.waste)
    make_learned()
    question = register_and_hand_over(
        asked=make_asked(text=STORY, product=products["afval"]), to=cast.waste, asks="", by=cast.anna, at=timezone.now()
    ).question
    outcome = note_suggestion(question=question, story=STORY, at=timezone.now())
    assert outcome is not None
    assert outcome.suggested[0][0] == outcome.chosen == "afval"
    assert outcome.was_shown
    assert outcome.team_chosen == "waste"
    assert "kliko" not in str(vars(outcome))


def test_nothing_is_noted_of_a_confidential_question(cast: Cast) -> None:
    make_products(cast.waste)
    make_learned()
    question = keep_at_desk(asked=make_asked(is_confidential=True), by=cast.anna, at=timezone.now()).question
    assert note_suggestion(question=question, story=STORY, at=timezone.now()) is None


def test_what_people_correct_later_counts(cast: Cast) -> None:
    now, products = timezone.now(), make_products(cast.waste)
    make_learned()
    question = keep_at_desk(asked=make_asked(product=products["bomen"]), by=cast.anna, at=now).question
    note_suggestion(question=question, story=STORY, at=now)
    recategorise(question=question, product=products["afval"], by=cast.anna, at=now)
    assert note_final_choices(at=now) == 1
    assert Outcome.objects.get().chosen == "afval"
    make_confidential(question=question, by=cast.anna, at=now)
    note_final_choices(at=now)
    assert not Outcome.objects.exists()


def test_a_question_without_product_is_proposed_one_and_what_people_say_is_noted(cast: Cast) -> None:
    products = make_products(cast.waste)
    make_learned()
    question = keep_at_desk(asked=make_asked(subject="Kliko", text=STORY), by=cast.anna, at=timezone.now()).question
    suggestion = suggestion_for_question(question)
    assert suggestion is not None
    assert suggestion.product is not None
    assert suggestion.product.key == "afval"
    say_what_it_is_about(question=question, product=products["afval"], by=cast.anna, at=timezone.now())
    assert Outcome.objects.get().chosen == "afval"
    question.refresh_from_db()
    assert suggestion_for_question(question) is None


def test_who_may_not_work_on_it_says_nothing_of_it(cast: Cast) -> None:
    products = make_products(cast.waste)
    question = keep_at_desk(asked=make_asked(), by=cast.anna, at=timezone.now()).question
    with pytest.raises(NotYours):
        say_what_it_is_about(question=question, product=products["afval"], by=cast.wim, at=timezone.now())
    assert not Outcome.objects.exists()
