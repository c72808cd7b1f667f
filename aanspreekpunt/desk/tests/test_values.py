"""Local values on the screen: what they say now and later, confirming examples, adding, changing and removing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.knowledge.models import LocalValue, ValueText
from aanspreekpunt.knowledge.operations.adopting import adopt_starter
from aanspreekpunt.knowledge.operations.values import put_value, say_value, take_back_text
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.refusals import TextHasBegun
from aanspreekpunt.knowledge.starter.reading import starter_values
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.knowledge.themes import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
LIST = "desk:values"


@pytest.fixture
def carla(cast: Cast) -> Employee:  # noqa: ARG001 - the municipality she works for
    return make_editor()


def one(key: str) -> str:
    return reverse("desk:value", args=[key])


def shown(answer: object) -> list[str]:
    return [row.value.key for row in answer.context["rows"]]


def test_what_somebody_has_to_confirm_stands_first(logged_in: LogIn, carla: Employee) -> None:
    make_value("afval_kosten", "€ 5")
    make_value("paspoort_kosten", "€ 86", text_en="86 euros", is_confirmed=False)
    make_answer("paspoort", answer="Dat kost {{ afval_kosten }}.")
    next_year = date(timezone.localdate().year + 1, 1, 1)
    say_value(key="afval_kosten", text="€ 6", from_on=next_year, by=SYSTEM, at=timezone.now())
    browser = logged_in(carla)
    answer = browser.get(reverse(LIST))
    page = answer.content.decode()
    assert shown(answer) == ["paspoort_kosten", "afval_kosten"]
    for words in ("€ 5", f"vanaf 1 januari {next_year.year}: € 6", "in 1 antwoord", "Voorbeeld"):
        assert words in page, words
    for query, expected in (
        ("only=unconfirmed", ["paspoort_kosten"]),
        ("only=next-year", ["afval_kosten"]),
        ("only=not-next-year", ["paspoort_kosten"]),
        ("kind=money", []),
        ("scope=national", []),
        ("text=86", ["paspoort_kosten"]),
        ("kind=onzin&scope=%00&only=onzin", ["paspoort_kosten", "afval_kosten"]),
    ):
        assert shown(browser.get(f"{reverse(LIST)}?{query}")) == expected, query


def test_pages_of_values_follow_each_other_in_a_fixed_number_of_queries(
    logged_in: LogIn,
    carla: Employee,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr("aanspreekpunt.desk.views.values.PAGE", 2)
    for number in range(5):
        make_value(f"waarde_{number}", "x", is_confirmed=number > 1)
    browser, address, seen = logged_in(carla), reverse(LIST), []
    browser.get(address)
    while address:
        with django_assert_num_queries(6):  # session, employee, values, their texts, answers with them, themes
            answer = browser.get(address)
        seen += shown(answer)
        address = reverse(LIST) + answer.context["next_page"] if answer.context["next_page"] else ""
    assert seen == [f"waarde_{number}" for number in range(5)]
    LocalValue.objects.filter(key__in=["waarde_0", "waarde_3"]).update(theme="Zwembad 2.0")
    LocalValue.objects.filter(key="waarde_4").update(theme="afval")
    address, seen = reverse(LIST), []
    while address:
        answer = browser.get(address)
        seen += shown(answer)
        address = reverse(LIST) + answer.context["next_page"] if answer.context["next_page"] else ""
    assert seen == [f"waarde_{number}" for number in (4, 0, 3, 1, 2)]  # by theme, those without one last
    for nonsense in ("x", "2.a", "0.", "1"):
        assert browser.get(reverse(LIST), {"after": nonsense}).status_code == 200


def test_values_stand_together_by_theme(logged_in: LogIn, carla: Employee) -> None:
    adopt_starter(only_themes=["afval"], products={}, by=SYSTEM, at=timezone.now())
    make_value("los", "1")
    browser = logged_in(carla)
    page = browser.get(reverse(LIST)).content.decode()
    assert [row.theme for row in browser.get(reverse(LIST)).context["themes"]][-1] == ""
    for words in ("Afval (", "De gemeente als geheel (", "Nog zonder thema (1)", "te bevestigen"):
        assert words in page, words
    of_waste = browser.get(reverse(LIST), {"theme": "afval"})
    assert {row.value.theme for row in of_waste.context["rows"]} == {"afval"}
    assert "<h2>Afval</h2>" in of_waste.content.decode()
    assert shown(browser.get(reverse(LIST), {"theme": "-"})) == ["los"]
    for nonsense in ("\x00", "bestaat niet", "x" * 1_000):
        assert browser.get(reverse(LIST), {"theme": nonsense}).status_code == 200


def test_a_value_gets_a_theme_of_the_starter_base_by_its_name_or_one_of_our_own(
    logged_in: LogIn, carla: Employee
) -> None:
    make_value("kosten", "€ 86")
    browser = logged_in(carla)
    named = {"do": "name", "name-label": "Kosten", "name-kind": "money", "name-scope": "local"}
    for typed, kept, name in (
        ("verkeer en parkeren", "verkeer-en-parkeren", "Verkeer en parkeren"),
        ("  Zwembad  ", "Zwembad", "Zwembad"),
        ("-", "", ""),
    ):
        browser.post(one("kosten"), {**named, "name-theme": typed})
        assert LocalValue.objects.get().theme == kept
        page = browser.get(one("kosten")).content.decode()
        assert f'name="name-theme" value="{name}"' in page if name else 'name="name-theme" value' not in page
    assert browser.post(one("kosten"), {**named, "name-theme": "x" * 61}).status_code == 422
    put_value(key="kosten", label="Kosten", theme="Zwembad", by=SYSTEM, at=timezone.now())
    put_value(key="kosten", label="Anders", by=SYSTEM, at=timezone.now())
    assert LocalValue.objects.get().theme == "Zwembad"


def test_who_writes_finds_values_by_theme(logged_in: LogIn, carla: Employee) -> None:
    themes = {"kliko": "afval", "los": "", "tram": "verkeer-en-parkeren", "zee": "Zwembad", "zak": "afval"}
    for key, theme in themes.items():
        put_value(key=key, label=key.title(), theme=theme, by=SYSTEM, at=timezone.now())
    say_value(key="kliko", text="€ 25", from_on=timezone.localdate(), by=SYSTEM, at=timezone.now())
    answer = logged_in(carla).get(reverse("desk:new-answer"))
    page = answer.content.decode()
    headings = re.findall(r'<h3 id="theme-\d">(.+)</h3>', page)
    assert headings == ["Afval", "Verkeer en parkeren", "Zwembad", "Nog zonder thema"]
    assert [value.key for value in answer.context["values"]] == ["kliko", "zak", "tram", "zee", "los"]
    assert re.search(r"<code>kliko</code> <span[^>]*>Kliko: € 25</span>", page)


def test_values_that_were_there_get_the_theme_of_the_starter_base() -> None:
    migration = import_module("aanspreekpunt.knowledge.migrations.0009_themes_of_values")
    given = {key: theme for theme, keys in migration.THEMES.items() for key in keys.split()}
    known = {value.key: value.theme for value in starter_values()}
    assert given.items() <= known.items()
    assert set(known.values()) <= set(NAMES)
    make_value("los", "1")
    make_value("paspoort_kosten", "€ 86")
    migration.give_themes(apps, None)
    assert dict(LocalValue.objects.values_list("key", "theme")) == {"los": "", "paspoort_kosten": "burgerzaken"}


def test_a_fee_for_next_year_is_one_edit(logged_in: LogIn, carla: Employee) -> None:
    make_value("kosten", "€ 86")
    browser, today = logged_in(carla), timezone.localdate()
    new_year = date(today.year + 1, 1, 1)
    browser.post(one("kosten"), {"do": "say", "text": "€ 90", "from_on": new_year.isoformat()})
    assert values_on(today).dutch == {"kosten": "€ 86"}
    assert values_on(new_year).dutch == {"kosten": "€ 90"}
    page = browser.get(one("kosten")).content.decode()
    assert "€ 90" in page
    assert "Wat er komt" in page


def test_what_was_set_for_later_can_be_taken_back_until_it_begins(logged_in: LogIn, carla: Employee) -> None:
    make_value("kosten", "€ 86")
    browser, tomorrow = logged_in(carla), timezone.localdate() + timedelta(days=1)
    say_value(key="kosten", text="€ 99", from_on=tomorrow, by=SYSTEM, at=timezone.now())
    now, later = ValueText.objects.order_by("from_on")
    for text, left in ((now.pk, 2), (0, 2), (later.pk, 1)):
        browser.post(one("kosten"), {"do": "take-back", "text": text})
        assert ValueText.objects.count() == left
    with pytest.raises(TextHasBegun):
        take_back_text(key="kosten", from_on=now.from_on, by=carla, at=timezone.now())


def test_an_example_is_confirmed_as_it_stands(logged_in: LogIn, carla: Employee) -> None:
    make_value("kosten", "€ 86", text_en="86 euros", is_confirmed=False)
    browser, example = logged_in(carla), ValueText.objects.get()
    assert values_on(timezone.localdate()).dutch == {}
    browser.post(one("kosten"), {"do": "confirm", "text": example.pk + 1})
    assert values_on(timezone.localdate()).dutch == {}
    browser.post(one("kosten"), {"do": "confirm", "text": example.pk, "back": "list"})
    assert values_on(timezone.localdate()).english == {"kosten": "86 euros"}
    assert "Alle lokale waarden zijn bevestigd" in browser.get(reverse("desk:home")).content.decode()


def test_a_value_is_added_named_and_removed(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    new = {"key": "spoed_kosten", "label": "Kosten van spoed", "kind": "money", "scope": "local", "text": "€ 57"}
    browser.post(reverse("desk:new-value"), new)
    assert values_on(timezone.localdate()).dutch == {"spoed_kosten": "€ 57"}
    named = {"name-label": "Spoedtoeslag", "name-kind": "money", "name-scope": "national"}
    browser.post(one("spoed_kosten"), {"do": "name", **named})
    assert LocalValue.objects.get().label == "Spoedtoeslag"
    make_answer("spoed", answer="Dat kost {{ spoed_kosten }}.")
    page = browser.post(one("spoed_kosten"), {"do": "remove"}, follow=True).content.decode()
    assert "staat in gepubliceerde antwoorden" in page
    assert LocalValue.objects.exists()
    make_value("los", "x")
    browser.post(one("los"), {"do": "remove"})
    assert not LocalValue.objects.filter(key="los").exists()
    assert browser.get(one("los")).status_code == 404
    assert browser.post(one("spoed_kosten"), {"do": "onzin"}).status_code == 404


def test_bad_values_get_a_clear_answer_and_lose_nothing(logged_in: LogIn, carla: Employee) -> None:
    make_value("kosten", "€ 86")
    browser, today = logged_in(carla), timezone.localdate()
    good = {"key": "nieuw", "label": "Nieuw", "kind": "text", "scope": "local", "text": "€ 5"}
    for wrong, said in (
        ({"key": "Nieuw!"}, "Nieuw!"),
        ({"key": "kosten"}, "kosten"),
        ({"key": "x" * 100}, "80"),
        ({"text": "\x00\x07"}, "verplicht"),
        ({"kind": "onzin"}, "onzin"),
    ):
        answer = browser.post(reverse("desk:new-value"), {**good, **wrong})
        assert answer.status_code == 422, wrong
        assert said in answer.content.decode(), wrong
        assert 'value="Nieuw"' in answer.content.decode()
    assert LocalValue.objects.count() == 1
    for wrong in ({"text": ""}, {"from_on": "32-13-2026"}, {"text": "x" * 1_000_000}):
        data = {"do": "say", "text": "€ 99", "from_on": (today + timedelta(days=1)).isoformat(), **wrong}
        assert browser.post(one("kosten"), data).status_code == 422, list(wrong)
    assert ValueText.objects.count() == 1
