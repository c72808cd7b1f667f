"""The files that ship with the product are in order and as rich as the demonstration needs."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import translation

from aanspreekpunt.catalogue.forms import ProductForm
from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.knowledge.starter.reading import starter_answers, starter_referrals, starter_values
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.setup.reading import read
from aanspreekpunt.setup.values import of_product

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="module")
def demo() -> Any:
    return read(DATA / "demo" / "municipality.yaml")


@pytest.fixture(scope="module")
def voices() -> Any:
    return yaml.safe_load((DATA / "demo" / "voices.yaml").read_text(encoding="utf-8"))


def test_the_sample_is_in_order() -> None:
    sample = read(DATA / "sample" / "municipality.yaml")
    assert len(sample.teams) == 3


def test_the_demo_is_as_large_as_promised(demo: Any) -> None:
    assert 18 <= len(demo.teams) <= 25
    assert len(demo.employees) == 40
    assert len(demo.products) + len(starter_referrals()) >= 85
    assert sum(product.form is not None for product in demo.products) >= 15
    assert sum(product.refer_to is not None for product in demo.products) >= 3


def test_every_role_and_every_team_has_someone(demo: Any) -> None:
    held = {(role.role, role.team) for employee in demo.employees for role in employee.roles}
    assert {role for role, _team in held} == set(Role.values)
    departments = {team.key for team in demo.teams if not team.is_contact_centre}
    assert departments <= {team for role, team in held if role == "department_employee"}
    assert sum(role == "agent" for role, _team in held) >= 1


def test_every_team_owns_something_and_the_closed_rooms_are_closed(demo: Any) -> None:
    assert {team.key for team in demo.teams} == {product.team for product in demo.products}
    confidential = {product.team for product in demo.products if product.is_confidential}
    assert {"jeugd", "schuldhulp"} <= confidential


def test_hours_differ(demo: Any) -> None:
    hours = {team.key: team.hours for team in demo.teams}
    assert any(span.endswith("20:00") for span in hours["kcc"].thu)
    archive = [span for spans in hours["archief"].model_dump().values() for span in spans]
    assert all(span.endswith("12:30") for span in archive)


def test_most_products_have_their_name_in_the_upl(demo: Any) -> None:
    assert sum(bool(product.upl_name) for product in demo.products) >= 35


def test_every_form_can_be_shown_in_both_languages(demo: Any) -> None:
    for part in demo.products:
        form = of_product(part, file=demo, team_id=1, upl={})["form"]
        for language in ("nl", "en"):
            with translation.override(language):
                shown = str(ProductForm(Product(key=part.key, name=part.name, form=form)))
        for field in part.form.fields if part.form else ():
            assert field.label_en in unescape(shown), (part.key, field.key)


def test_everything_is_there_in_english(demo: Any) -> None:
    for product in demo.products:
        assert product.name_en, product.key
        assert product.description_en, product.key
        assert product.costs_en or not product.costs, product.key
        assert len(product.bring_en) == len(product.bring) > 0, product.key
        assert len(product.steps_en) == len(product.steps) > 1, product.key
        assert not product.refer_to or (product.refer_to.offer and product.refer_to.offer_en), product.key
        for field in product.form.fields if product.form else ():
            assert field.label_en, (product.key, field.key)
            assert bool(field.help) == bool(field.help_en), (product.key, field.key)
            assert all(option.label_en for option in field.options), (product.key, field.key)


def test_every_value_of_the_starter_base_is_given_and_no_other(demo: Any) -> None:
    assert {value.key for value in demo.values} == {value.key for value in starter_values()}


def test_every_product_has_an_answer(demo: Any) -> None:
    answered = {key for answer in starter_answers() for key in answer.products}
    assert {product.key for product in demo.products} <= answered


def test_every_product_has_voices(demo: Any, voices: Any) -> None:
    own, others = {product.key for product in demo.products}, {referral.key for referral in starter_referrals()}
    assert set(voices["products"]) == own | others
    for key in own:
        said = voices["products"][key]
        assert len(said["questions"]) >= 6, key
        assert len(said["notes"]) >= 3, key
        assert len(said["answers"]) >= 3, key


def test_people_come_to_the_demo_for_every_other_body_with_words_of_their_own(voices: Any) -> None:
    said = [voices["products"][referral.key] for referral in starter_referrals()]
    assert all(each["questions"] and each["notes"] and each["answers"] for each in said)
    assert sum(len(each["questions"]) >= 3 for each in said) >= 20
    texts = [text for voice in voices["products"].values() for text in voice["questions"]]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("better", 40),
        ("first_names", 80),
        ("surnames", 80),
        ("organisations", 30),
        ("streets", 20),
        ("neighbourhoods", 8),
        ("return_reasons", 8),
        ("callback_notes", 8),
        ("complaints", 8),
        ("compliments", 8),
        ("ideas", 8),
    ],
)
def test_there_is_enough_to_choose_from(voices: Any, name: str, least: int) -> None:
    shown = [str(item) for item in voices[name]]
    assert len(shown) >= least
    assert len(set(shown)) == len(shown)


def test_all_voices_are_text_and_every_street_lies_in_a_neighbourhood(voices: Any) -> None:
    lists = [texts for said in voices["products"].values() for texts in said.values()]
    lists += [voices[name] for name in ("better", "first_names", "surnames", "complaints", "compliments", "ideas")]
    assert all(isinstance(text, str) for texts in lists for text in texts)
    places = {place["name"] for place in voices["neighbourhoods"]}
    assert {street["neighbourhood"] for street in voices["streets"]} == places
