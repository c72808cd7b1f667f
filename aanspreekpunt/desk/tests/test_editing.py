"""Writing an answer: nothing typed is lost, two editors notice each other, and bad input gets a clear answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.knowledge.models import Article, Version
from aanspreekpunt.knowledge.models.scratches import Scratch
from aanspreekpunt.knowledge.operations.writing import newest_version
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
NEW = "desk:new-answer"
TEXTS = {"question": "Wat kost een paspoort?", "answer": "Een paspoort kost {{ kosten }}."}


@pytest.fixture
def carla(cast: Cast) -> Employee:  # noqa: ARG001 - the municipality she works for
    return make_editor()


def edit(key: str) -> str:
    return reverse("desk:edit-answer", args=[key])


def save(browser: Client, key: str, do: str = "save", **changed: object) -> HttpResponse:
    newest = newest_version(Article.objects.get(key=key))
    base = {"number": newest.number, "revision": newest.revision}
    return browser.post(edit(key), {**base, **TEXTS, "do": do, **changed})


def test_a_new_answer_is_written_published_and_read(logged_in: LogIn, carla: Employee) -> None:
    make_value("kosten", "€ 86")
    browser = logged_in(carla)
    more = {
        "ask": "Hoe oud bent u?\n\n Is het met spoed? ",
        "search_words": "pas\r\nreisdocument",
        "audience": ["resident"],
        "valid_from": "2026-01-01",
        "valid_until": "2099-12-31",
        "target_group": "Nederlanders",
    }
    answer = browser.post(reverse(NEW), {**TEXTS, **more, "do": "publish"}, follow=True)
    assert answer.redirect_chain == [(reverse("desk:answer", args=["wat-kost-een-paspoort"]), 302)]
    assert "Een paspoort kost € 86." in answer.content.decode()
    version = Version.objects.get()
    assert (version.state, version.ask) == ("published", ["Hoe oud bent u?", "Is het met spoed?"])
    assert (version.search_words, version.audience) == (["pas", "reisdocument"], ["resident"])
    assert (version.valid_from, version.target_group) == (date(2026, 1, 1), "Nederlanders")
    assert version.article.owner == carla


def test_impatient_fingers_begin_one_answer(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    for _ in range(2):
        browser.post(reverse(NEW), {**TEXTS, "do": "save"})
    browser.post(reverse(NEW), {**TEXTS, "answer": "Een ander antwoord.", "do": "save"})
    assert Article.objects.count() == 2


def test_saving_what_is_published_begins_a_draft(logged_in: LogIn, carla: Employee) -> None:
    article = make_answer("vraag", answer="Zo was het.", search_words=("ooit",))
    browser = logged_in(carla)
    page = browser.get(edit("vraag")).content.decode()
    assert "Zo was het." in page
    assert ">\nooit</textarea>" in page
    save(browser, "vraag", answer="Zo is het.", remark="Nieuwe regels")
    newest = newest_version(article)
    assert (newest.number, newest.state, newest.answer, newest.remark) == (2, "draft", "Zo is het.", "Nieuwe regels")
    save(browser, "vraag", do="submit", answer="Zo is het.")
    assert newest_version(article).state == "review"


def test_what_cannot_be_published_is_saved_all_the_same(logged_in: LogIn, carla: Employee) -> None:
    article = make_answer("vraag")
    answer = save(logged_in(carla), "vraag", do="publish")
    page = logged_in(carla).get(answer["Location"]).content.decode()
    assert newest_version(article).state == "draft"
    assert "kosten" in page


def test_two_editors_at_once_see_both_texts_and_lose_none(logged_in: LogIn, carla: Employee) -> None:
    article = make_answer("vraag", answer="Het kost vijf euro.")
    base = {"number": 1, "revision": 1, "question": "Hoe gaat het?"}
    dirk = make_editor("Dirk")
    logged_in(dirk).post(edit("vraag"), {**base, "answer": "Het kost zes euro."})
    browser = logged_in(carla)
    answer = browser.post(edit("vraag"), {**base, "answer": "Het kost zeven euro.", "product_keys": []})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "zes</del>" in page
    assert "zeven</ins>" in page
    assert "Het kost zeven euro.</textarea>" in page
    assert "Dirk" in page
    assert newest_version(article).answer == "Het kost zes euro."
    again = answer.context["form"]
    assert (again["number"].value(), again["revision"].value()) == ("2", "1")
    browser.post(edit("vraag"), {**base, "number": 2, "revision": 1, "answer": "Het kost zeven euro."})
    assert newest_version(article).answer == "Het kost zeven euro."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"question": ""}, "verplicht"),
        ({"answer": "  "}, "verplicht"),
        ({"answer": "x" * 1_000_000}, "20000 tekens"),
        ({"answer": "Eerste regel\nDat kost {{ kosten"}, "Regel 2"),
        ({"answer": "Dat kost }} euro"}, "Regel 1"),
        ({"answer": "Dat kost {{ De Kosten! }}"}, "De Kosten!"),
        ({"answer": "Dat kost {{ }}"}, "geen naam"),
        ({"question_en": "What does it cost?"}, "geen van beide"),
        ({"valid_from": "2027-01-01", "valid_until": "2026-01-01"}, "ligt voor de eerste"),
        ({"valid_from": "morgen"}, "geldige datum"),
        ({"product_keys": ["bestaatniet"]}, "bestaatniet"),
        ({"ask": "\n".join(f"Vraag {number}?" for number in range(60))}, "Niet meer dan 50 regels"),
        ({"search_words": "y" * 300}, "meer dan 200 letters"),
        ({"number": "geen getal"}, "Nog niet bewaard"),
    ],
)
def test_bad_input_gets_a_clear_answer_and_loses_nothing(
    logged_in: LogIn, carla: Employee, wrong: dict[str, object], said: str
) -> None:
    make_answer("vraag")
    answer = save(logged_in(carla), "vraag", desk_note="Blijft staan", **wrong)
    page = answer.content.decode()
    if wrong != {"product_keys": ["bestaatniet"]}:  # a product that is gone stays, and says so in the list
        assert answer.status_code in {409, 422}
    assert said in page or answer.status_code == 302
    if answer.status_code == 422:
        assert "Blijft staan" in page
        for typed in wrong.values():
            assert str(typed if isinstance(typed, str) else typed[0]).strip()[:50] in page  # type: ignore[index]
        assert Version.objects.count() == 1


def test_control_characters_are_left_out_and_script_never_runs(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    evil = "Zo\x00 gaat\x07 het. <img src=x onerror=alert(1)>\n\n[klik](javascript:alert(1))"
    page = browser.post(reverse(NEW), {"question": "Hoe\x00?", "answer": evil, "do": "publish"}, follow=True)
    assert Version.objects.get().question == "Hoe?"
    assert Version.objects.get().answer.startswith("Zo gaat het.")
    assert "<img" not in page.content.decode()
    assert 'href="javascript' not in page.content.decode()


def test_the_preview_shows_what_readers_see_and_points_at_the_words(logged_in: LogIn, carla: Employee) -> None:
    make_value("kosten", "€ 86 <b>")
    browser = logged_in(carla)
    answer = "**Let op.** U dient tijdig {{ kosten }} te betalen. {{ weg }} <script>x</script>"
    page = browser.post(reverse("desk:answer-preview"), {"question": "Wat?", "answer": answer}).content.decode()
    assert "<strong>Let op.</strong>" in page
    assert "€ 86 &lt;b&gt;" in page
    assert "<script>" not in page
    assert f'nog niet ingevuld: <a href="{reverse("desk:new-value")}?naam=weg">weg</a>' in page
    assert 'class="finding" id="place-nl-1" href="#advice-nl-1">dient</a>' in page
    assert "Ambtelijk woord" in page or "officieel woord" in page
    assert "<html" not in page
    full = browser.post(reverse(NEW), {"question": "Wat?", "answer": answer, "do": "preview"})
    assert full.status_code == 200
    assert "<strong>Let op.</strong>" in full.content.decode()
    assert not Article.objects.exists()


def test_a_preview_of_anything_is_a_preview(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    for text in ("", "x" * 1_000_000, "\x00\x01", "{{ a", "[" * 5_000, "woord " * 3_000, "| a |\n" * 2_000):
        answer = browser.post(reverse("desk:answer-preview"), {"answer": text, "answer_en": text[:900_000]})
        assert answer.status_code == 200, text[:20]
    assert (
        "te lang voor een antwoord"
        in browser.post(reverse("desk:answer-preview"), {"answer": "x" * 30_000}).content.decode()
    )


def test_what_was_typed_survives_a_crash_and_a_wrong_form(logged_in: LogIn, carla: Employee) -> None:
    make_answer("vraag", answer="Oud.")
    make_answer("nog-een")
    browser = logged_in(carla)
    typed = {"number": 1, "revision": 1, "question": "Half\x00", "answer": "", "audience": ["resident", "business"]}
    assert browser.post(reverse("desk:keep-typed", args=["vraag"]), typed).status_code == 204
    again = logged_in(carla).get(edit("vraag"))
    assert "niet bewaard" in again.content.decode()
    assert again.context["form"]["question"].value() == "Half"
    assert again.context["form"]["audience"].value() == ["resident", "business"]
    assert "niet bewaard" not in browser.get(edit("nog-een")).content.decode()
    assert "niet bewaard" not in logged_in(make_editor("Dirk")).get(edit("vraag")).content.decode()
    save(browser, "vraag")
    assert not Scratch.objects.exists()
    assert browser.post(reverse("desk:keep-typed-new"), {"question": "Nieuw"}).status_code == 204
    assert browser.post(reverse("desk:keep-typed-new"), {"question": "Nieuwer"}).status_code == 204
    assert "Nieuwer" in browser.get(reverse(NEW)).content.decode()
    browser.post(reverse(NEW), {"do": "throw-away"})
    assert not Scratch.objects.exists()
    save(browser, "vraag", answer="")
    assert Scratch.objects.get().fields["answer"] == [""]
    assert browser.post(reverse("desk:keep-typed-new"), {"question": "x" * 400_000}).status_code == 413


def test_an_editor_of_a_team_writes_for_that_team(logged_in: LogIn, cast: Cast) -> None:
    els = logged_in(make_employee("Els", (Role.CONTENT_EDITOR, cast.waste)))
    form = els.get(reverse(NEW)).context["form"]
    assert form["team_keys"].value() == ["waste"]
    refused = els.post(reverse(NEW), {"question": "Wat?", "answer": "Zo.", "team_keys": ["youth"]})
    assert refused.status_code == 422
    assert "niet veranderen" in refused.content.decode()
    els.post(reverse(NEW), {"question": "Wat?", "answer": "Zo.", "team_keys": ["waste"], "do": "publish"})
    assert Version.objects.get().state == "published"


def test_words_people_searched_for_begin_an_answer(logged_in: LogIn, carla: Employee) -> None:
    form = logged_in(carla).get(reverse(NEW), {"vraag": "grofvuil ophalen"}).context["form"]
    assert form["question"].value() == "grofvuil ophalen"


def test_a_product_that_is_gone_stays_with_the_answer(logged_in: LogIn, carla: Employee) -> None:
    article = make_answer("vraag", product_keys=("verdwenen",))
    browser = logged_in(carla)
    assert "verdwenen (bestaat niet)" in browser.get(edit("vraag")).content.decode()
    save(browser, "vraag", answer="Anders.", product_keys=["verdwenen"])
    assert newest_version(article).product_keys == ["verdwenen"]
    assert newest_version(article).written_at <= timezone.now()
