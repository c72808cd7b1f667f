"""The pages that everybody may read: complete, in two languages, and without anything from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.knowledge.tests.make import make_answer, make_value
from aanspreekpunt.portal.reaching import coming_days, hours_now
from aanspreekpunt.portal.tests.make import follow, make_container, make_question
from aanspreekpunt.promises.tests.make import MONDAY
from aanspreekpunt.search.shelf import forget_shelf

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from aanspreekpunt.organisation.tests.make import Cast

PATHS = [
    "/",
    "/zoeken/?q=container",
    "/zoeken/?q=xyzzy",
    "/zoeken/",
    "/onderwerpen/",
    "/contact/",
    "/antwoord/container-kapot/",
    "/onderwerp/container/",
    "/vraag/",
    "/vraag/over/container/",
    "/volgen/",
    "/volgen/vraag/",
    "/privacy/",
    "/toegankelijkheid/",
    "/bestaat-niet/",
]


@pytest.fixture
def visited(client: Client, cast: Cast) -> Client:
    """Return a browser that follows a question, in a municipality with a product and an answer."""
    make_container(cast, everyday_names=["kliko"])
    make_answer(
        "container-kapot",
        question="Wat doe ik met een kapotte container?",
        question_en="What do I do with a broken container?",
        answer="Meld het **hier**.",
        answer_en="Tell us **here**.",
        product_keys=("container",),
        desk_note="Alleen voor de balie",
    )
    question, code = make_question(cast)
    follow(client, question, code)
    return client


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_whole(visited: Client, path: str, language: str) -> None:
    visited.cookies["language"] = language
    response = visited.get(path)
    assert response.status_code == (404 if path == "/bestaat-niet/" else 200)
    html = response.content.decode()
    assert f'<html lang="{language}"' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert re.search(r"<title>\s*\S+", html)
    assert 'href="#content"' in html
    assert 'id="content"' in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert not re.search(r"<script(?! src=\"/static/)", html)
    assert not re.search(r"(src|action)=\"https?://", html)
    assert "Alleen voor de balie" not in html
    assert len(re.findall(r' id="([^"]+)"', html)) == len(set(re.findall(r' id="([^"]+)"', html)))


def test_everyday_words_find_the_subject(visited: Client) -> None:
    html = visited.get("/zoeken/?q=kliko").content.decode()
    assert "/onderwerp/container/" in html


def test_an_answer_is_read_in_both_languages(visited: Client) -> None:
    assert "Meld het <strong>hier</strong>" in visited.get("/antwoord/container-kapot/").content.decode()
    visited.cookies["language"] = "en"
    assert "Tell us <strong>here</strong>" in visited.get("/antwoord/container-kapot/").content.decode()
    assert visited.get("/antwoord/onbekend/").status_code == 404


def test_a_subject_of_another_body_says_where_to_go(client: Client, cast: Cast) -> None:
    make_container(cast, refer_to={"name": "Waterschap Oever", "phone": "0800 1351", "text": "Bel het waterschap."})
    html = client.get("/onderwerp/container/").content.decode()
    assert "Hiervoor gaat u naar Waterschap Oever" in html
    assert 'href="tel:08001351"' in html
    assert "Bel het waterschap." in html
    assert "/vraag/over/container/" not in html


@pytest.mark.parametrize("role", ["serves", "manages", "enforces", "governs"])
def test_a_subject_says_the_role_of_the_municipality_and_who_answers(client: Client, cast: Cast, role: str) -> None:
    make_container(cast, role=role)
    assert "Uw vraag gaat rechtstreeks naar Waste." in client.get("/onderwerp/container/").content.decode()


def test_we_say_whether_somebody_is_there_now(cast: Cast) -> None:
    assert cast.desk
    assert hours_now(at=MONDAY) == "Nu open, tot 17.00 uur."
    assert hours_now(at=MONDAY.replace(hour=7)) == "Nu gesloten. Vandaag open vanaf 08.30 uur."
    assert hours_now(at=MONDAY.replace(hour=20)) == "Nu gesloten. Weer open op dinsdag 3 maart, 08.30 uur."
    assert [day.hours for day in coming_days(at=MONDAY)][4:6] == ["08.30 tot 17.00 uur", "gesloten"]


@pytest.mark.django_db
def test_before_it_is_set_up_the_front_page_still_answers(client: Client) -> None:
    assert client.get("/bestaat-niet/").status_code == 404


def test_when_something_breaks_the_page_is_plain_and_says_nothing_personal(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cast.desk

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("karel@example.org")

    monkeypatch.setattr("aanspreekpunt.portal.views.home.search_public", broken)
    client.raise_request_exception = False
    response = client.get("/zoeken/?q=karel")
    assert response.status_code == 500
    html = response.content.decode()
    assert "Er ging iets mis bij ons" in html
    assert "karel" not in html


def test_without_collected_style_sheets_the_page_still_says_what_is_the_matter(
    client: Client, cast: Cast, settings: SettingsWrapper, tmp_path: Path
) -> None:
    assert cast.desk
    collected = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": collected}}
    settings.STATIC_ROOT = tmp_path
    client.raise_request_exception = False
    for address in ("/", "/bestaat-niet/", "/desk/inloggen"):
        response = client.get(address)
        assert response.status_code == 500
        html = response.content.decode()
        assert "Er ging iets mis bij ons" in html
        assert "stylesheet" not in html


def test_the_page_of_a_product_names_its_answers(visited: Client) -> None:
    html = visited.get("/onderwerp/container/").content.decode()
    assert ">Wat doe ik met een kapotte container?</a>" in html


def test_the_language_changes_with_one_button(client: Client, cast: Cast) -> None:
    assert cast.desk
    client.post("/language", {"language": "en", "next": "/contact/"})
    assert '<html lang="en"' in client.get("/contact/").content.decode()


def test_searching_costs_few_queries(visited: Client, django_assert_max_num_queries: Any) -> None:
    visited.get("/zoeken/?q=container")
    with django_assert_max_num_queries(2):
        visited.get("/zoeken/?q=container")


def test_what_is_suggested_while_typing_leads_there_safely_and_asks_the_database_nothing(
    visited: Client, django_assert_num_queries: Any
) -> None:
    make_answer("gevaar", "Mag een <script> in de container?", "Nee.")
    forget_shelf()
    visited.post("/zoeken/terwijl-u-typt/", {"q": "contai"})
    visited.cookies.clear()
    with django_assert_num_queries(0):
        html = visited.post("/zoeken/terwijl-u-typt/", {"q": "contain"}).content.decode()
        none = visited.post("/zoeken/terwijl-u-typt/", {"q": "xyzzyq"}).content.decode()
    assert '<a href="/antwoord/container-kapot/">' in html
    assert '<a href="/onderwerp/container/">' in html
    assert '<span class="portal-tag">met formulier</span>' in html
    assert "<mark>container</mark>" in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "portal-suggestions__none" in none
    visited.cookies["language"] = "en"
    assert "with form" in visited.post("/zoeken/terwijl-u-typt/", {"q": "contain"}).content.decode()


def test_a_subject_says_what_it_costs_what_to_bring_and_how_it_goes(client: Client, cast: Cast) -> None:
    make_value("bak_kosten", "€ 15")
    make_container(cast, costs="Ruilen kost {{ bak_kosten }}.", bring=["Uw adres"], steps=["U belt.", "Wij {{ x }}."])
    html = client.get("/onderwerp/container/").content.decode()
    assert "Ruilen kost € 15." in html
    assert "Uw adres" in html
    assert "U belt." in html
    assert "{{" not in html
