"""The form of a product: asked, checked and kept by its description."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from aanspreekpunt.catalogue.forms import ProductForm, readable_answers
from aanspreekpunt.catalogue.models import Product

FIELDS: list[dict[str, Any]] = [
    {"key": "what", "type": "text", "label": "Wat is het?", "label_en": "What is it?", "required": True},
    {"key": "alone", "type": "yes_no", "label": "Bent u alleen?", "required": True},
    {
        "key": "who",
        "type": "textarea",
        "label": "Wie nog meer?",
        "required": True,
        "only_if": {"field": "alone", "is": "no"},
    },
    {"key": "hint", "type": "explanation", "label": "Neem ze mee.", "only_if": {"field": "alone", "is": False}},
    {"key": "number", "type": "number", "label": "Hoeveel?"},
    {"key": "day", "type": "date", "label": "Welke dag?"},
    {"key": "email", "type": "email", "label": "E-mail"},
    {"key": "phone", "type": "phone", "label": "Telefoon"},
    {"key": "postcode", "type": "postcode", "label": "Postcode"},
    {
        "key": "colours",
        "type": "choices",
        "label": "Kleuren",
        "options": [{"value": "r", "label": "Rood", "label_en": "Red"}, {"value": "g", "label": "Groen"}],
    },
    {"key": "where", "type": "address", "label": "Waar?"},
    {"key": "photo", "type": "file", "label": "Foto"},
]
PRODUCT = Product(key="x", name="X", form={"intro": "Vul in.", "intro_en": "Fill in.", "fields": FIELDS})
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
COMPLETE = {
    "form-what": "Bank",
    "form-alone": "no",
    "form-who": "Mijn zus",
    "form-number": "1,5",
    "form-day": "2026-03-04",
    "form-email": "Karel@Example.ORG",
    "form-phone": "06 12345678",
    "form-postcode": "1234 ab",
    "form-colours": ["r", "g"],
    "form-where_street": "Kerkstraat",
    "form-where_house_number": "12",
    "form-where_postcode": "1234ab",
    "form-where_city": "Lindervoort",
}


def make_form(data: dict[str, Any] | None = None, files: dict[str, Any] | None = None, **options: Any) -> ProductForm:
    return ProductForm(PRODUCT, {**COMPLETE, **(data or {})}, files, **options)


def test_answers_are_normalised_and_fit_in_json() -> None:
    form = make_form(files={"form-photo": SimpleUploadedFile("bank.png", PNG)})
    assert form.is_valid(), form.errors
    assert form.answers() == {
        "what": "Bank",
        "alone": "no",
        "who": "Mijn zus",
        "number": 1.5,
        "day": "2026-03-04",
        "email": "karel@example.org",
        "phone": "+31612345678",
        "postcode": "1234AB",
        "colours": ["r", "g"],
        "where": {"street": "Kerkstraat", "house_number": 12, "postcode": "1234AB", "city": "Lindervoort"},
        "photo": "bank.png",
    }
    assert form.files_given()["photo"].name == "bank.png"


def test_answers_read_back_in_both_languages() -> None:
    answers = make_form().data
    form = make_form(answers)
    assert form.is_valid()
    dutch = dict(readable_answers(PRODUCT, form.answers(), "nl"))
    assert dutch["Welke dag?"] == "woensdag 4 maart 2026"
    assert dutch["Waar?"] == "Kerkstraat 12, 1234 AB Lindervoort"
    assert dutch["Telefoon"] == "06 12345678"
    assert dutch["Hoeveel?"] == "1,5"
    english = dict(readable_answers(PRODUCT, form.answers(), "en"))
    assert english["What is it?"] == "Bank"
    assert english["Kleuren"] == "Red, Groen"


def test_answers_to_fields_that_are_gone_are_not_lost() -> None:
    assert readable_answers(PRODUCT, {"old": "kept"}, "nl") == [("old", "kept")]
    assert readable_answers(None, {"old": ["a", "b"]}, "nl") == [("old", "a, b")]


def test_a_field_whose_condition_is_not_met_is_neither_required_nor_kept() -> None:
    form = make_form({"form-alone": "yes", "form-who": ""})
    assert form.is_valid(), form.errors
    form = make_form({"form-alone": "yes", "form-who": "smuggled"})
    assert form.is_valid()
    assert "who" not in form.answers()
    assert form.keys_not_asked == {"who", "hint"}


def test_a_field_whose_condition_is_met_is_required() -> None:
    form = make_form({"form-who": ""})
    assert list(form.errors) == ["who"]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("number", "veel"),
        ("day", "morgen"),
        ("email", "karel"),
        ("phone", "12"),
        ("postcode", "12 AB"),
        ("colours", ["blue"]),
        ("where_postcode", "0000"),
        ("where_house_number", "12a"),
        ("what", "x" * 201),
    ],
)
def test_a_wrong_answer_is_refused_in_plain_words(name: str, wrong: Any) -> None:
    form = make_form({f"form-{name}": wrong})
    assert list(form.errors) == [name.split("_", maxsplit=1)[0]]


def test_an_address_needs_a_street_or_a_postcode_with_a_number() -> None:
    assert not make_form({"form-where_street": "", "form-where_house_number": ""}).is_valid()
    assert make_form({"form-where_street": ""}).is_valid()


def test_a_file_is_judged_by_its_content_not_its_name() -> None:
    form = make_form(files={"form-photo": SimpleUploadedFile("bank.png", b"MZ a program", "image/png")})
    assert list(form.errors) == ["photo"]


def test_a_file_may_not_be_too_large(settings: Any) -> None:
    settings.UPLOAD_MEGABYTES = 0
    form = make_form(files={"form-photo": SimpleUploadedFile("bank.png", PNG)})
    assert "photo" in form.errors


def test_a_file_of_an_earlier_step_is_kept() -> None:
    form = make_form(kept_files={"photo": "bank.png"})
    assert form.is_valid()
    assert form.answers()["photo"] == "bank.png"


def test_labels_help_and_errors_are_tied_to_their_input() -> None:
    with override("en"):
        form = make_form({"form-what": ""})
        html = form.render()
    assert "Fill in." in html
    assert '<label class="utrecht-form-label" for="id_form-what">What is it?</label>' in html
    assert 'aria-describedby="id_form-what_error"' in html
    assert 'id="id_form-what_error"' in html
    assert 'data-only-if="form-alone" data-is="no"' in html
    assert "(optional)" in html
    assert "style=" not in html
