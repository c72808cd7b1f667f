"""Asking on the website: fill in, check, send, receipt; once, however often it is sent."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.portal.limits import STEPS
from aanspreekpunt.portal.models import Tries
from aanspreekpunt.portal.tests.make import (
    FILLED_IN,
    PNG,
    code_on,
    follow,
    make_container,
    send_question,
    token_on,
)
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.questions.models import Attachment, Participant, Question

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

ABOUT = "/vraag/over/container/"


def test_a_question_reaches_the_team_with_a_promise(client: Client, cast: Cast) -> None:
    make_container(cast)
    send_question(client, ABOUT, **FILLED_IN, email="Karel@Example.org", phone="06 12345678")
    question = Question.objects.get()
    assert (question.owner, question.channel, question.state) == (cast.waste, "web_form", "waiting")
    assert question.form_data == {"what": "broken", "damage": "Het deksel"}
    assert Promise.objects.get().team == cast.waste
    participant = Participant.objects.get()
    assert (participant.first_name, participant.infix, participant.last_name) == ("Karel", "van", "Deurne")
    assert (participant.email, participant.phone) == ("karel@example.org", "+31612345678")


def test_the_receipt_shows_everything_and_opens_the_question(client: Client, cast: Cast) -> None:
    make_container(cast)
    location = send_question(client, ABOUT, **FILLED_IN)
    page = client.get(location).content
    html = page.decode()
    question = Question.objects.get()
    for words in (question.shown_reference, "Waste antwoordt uiterlijk", "Het deksel", "Hij is stuk", "Graag snel."):
        assert words in html, words
    code = code_on(page)
    assert code not in location
    assert follow(client, question, code).url == "/volgen/vraag/"


def test_the_receipt_is_mailed_with_the_same_copy(client: Client, cast: Cast) -> None:
    make_container(cast)
    send_question(client, ABOUT, **FILLED_IN, email="karel@example.org")
    receipt = Delivery.objects.get(kind="receipt")
    assert receipt.to_address == "karel@example.org"
    for words in ("Wat is er stuk?", "Het deksel", "Graag snel.", "Karel van Deurne"):
        assert words in receipt.body_text


def test_without_contact_data_nothing_is_mailed_and_the_code_is_enough(client: Client, cast: Cast) -> None:
    send_question(client)
    assert not Delivery.objects.exists()
    assert Question.objects.get().owner == cast.desk
    assert Question.objects.get().subject == "Waar is de markt?"


def test_sending_twice_or_reloading_gives_one_question_and_the_same_receipt(client: Client, cast: Cast) -> None:
    assert cast.desk
    token = token_on(client.get("/vraag/").content)
    values = {"text": "Waar is de markt?", "token": token, "step": "send"}
    first, second = client.post("/vraag/", values), client.post("/vraag/", values)
    assert first.url == second.url
    assert code_on(client.get(first.url).content) == code_on(client.get(second.url).content)
    assert Question.objects.count() == 1


def test_every_step_is_a_page_one_can_reload_and_go_back_to(client: Client, cast: Cast) -> None:
    make_container(cast)
    values = {**FILLED_IN, "token": token_on(client.get(ABOUT).content)}
    refused = client.post(ABOUT, {**values, "form-damage": "", "step": "check"})
    assert refused.status_code == 302
    assert "<title>Fout: " in client.get(refused.url).content.decode().replace("\n", "")
    checked = client.post(ABOUT, {**values, "step": "check"})
    for _ in range(2):
        assert "Klopt dit?" in client.get(checked.url).content.decode()
    changing = client.post(ABOUT, {**values, "step": "change"})
    assert 'action="/vraag/over/container/"' in client.get(changing.url).content.decode()
    sent = client.post(ABOUT, {**values, "step": "send"})
    for _ in range(2):
        assert "Het deksel" in client.get(sent.url).content.decode()
    back = client.get(checked.url)
    assert back.status_code == 302
    assert back.url == sent.url, "who goes back after sending sees what became of it"
    assert Question.objects.count() == 1


def test_what_was_filled_in_stands_in_no_address_and_not_readable_in_the_session(client: Client, cast: Cast) -> None:
    make_container(cast)
    values = {**FILLED_IN, "email": "karel@example.org", "token": "t" * 24}
    location = client.post(ABOUT, {**values, "step": "check"}).url
    kept = str(dict(client.session.items()))
    for words in ("deksel", "Karel", "karel@"):
        assert words not in location
        assert words not in kept
    client.post(ABOUT, {**values, "step": "send"})
    assert client.session["typed"] == {}, "what was sent is not kept twice"


def test_what_was_filled_in_shows_to_nobody_else_and_for_half_an_hour(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_container(cast)
    location = client.post(ABOUT, {**FILLED_IN, "step": "check", "token": "t" * 24}).url
    gone = "Wat u invulde tonen wij niet meer"
    assert gone in Client().get(location).content.decode()
    assert "Het deksel" in client.get(location).content.decode()
    monkeypatch.setattr("aanspreekpunt.portal.views.asking.timezone.now", lambda: now() + timedelta(minutes=31))
    page = client.get(location).content.decode()
    assert gone in page
    assert "Het deksel" not in page


def test_somebody_without_room_or_patience_is_never_stopped_between_steps(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_container(cast)
    monkeypatch.setattr("aanspreekpunt.portal.visit.LONGEST_TYPED", 10)
    answer = client.post(ABOUT, {**FILLED_IN, "step": "check", "token": "t" * 24})
    assert "Klopt dit?" in answer.content.decode()
    for _ in range(STEPS.each):
        client.post(ABOUT, {"step": "change"})
    assert "Klopt dit?" in client.post(ABOUT, {**FILLED_IN, "step": "check"}).content.decode()
    assert client.post(ABOUT, {**FILLED_IN, "step": "send", "token": "t" * 24}).status_code == 302


def test_a_receipt_is_shown_to_nobody_else(client: Client, cast: Cast) -> None:
    assert cast.desk
    location = send_question(client)
    page = Client().get(location).content.decode()
    assert Question.objects.get().shown_reference not in page
    assert "Deze ontvangstbevestiging tonen wij niet meer" in page


def test_the_follow_code_does_not_lie_readable_in_the_session(client: Client, cast: Cast) -> None:
    assert cast.desk
    code = code_on(client.get(send_question(client)).content)
    kept = str(dict(client.session.items()))
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_errors_are_told_at_once_with_a_link_to_each_field(client: Client, cast: Cast) -> None:
    make_container(cast)
    html = client.post(ABOUT, {"step": "check", "email": "karel", "form-what": "broken"}, follow=True).content.decode()
    assert "<title>Fout: " in html.replace("\n", "")
    assert 'href="#id_form-damage"' in html
    assert 'href="#id_email"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert not Question.objects.exists()


def test_a_condition_that_is_not_met_asks_and_keeps_nothing(client: Client, cast: Cast) -> None:
    make_container(cast)
    send_question(client, ABOUT, **{**FILLED_IN, "form-what": "gone"})
    assert Question.objects.get().form_data == {"what": "gone"}


def test_changing_something_keeps_what_was_typed(client: Client, cast: Cast) -> None:
    make_container(cast)
    html = client.post(ABOUT, {**FILLED_IN, "step": "change", "token": "x" * 24}, follow=True).content.decode()
    assert "Het deksel" in html
    assert "Graag snel." in html
    assert "x" * 24 in html


def test_a_file_stays_from_step_to_step_and_belongs_to_the_question(client: Client, cast: Cast) -> None:
    make_container(cast)
    values = {**FILLED_IN, "token": "t" * 24}
    photo = SimpleUploadedFile("deksel.png", PNG)
    checked = client.post(ABOUT, {**values, "step": "check", "form-photo": photo}, follow=True).content.decode()
    assert "deksel.png" in checked
    (sign,) = re.findall(r'name="kept" value="([^"]+)"', checked)
    changed = client.post(ABOUT, {**values, "step": "change", "kept": sign}, follow=True).content.decode()
    assert "Haal deksel.png weg" in changed
    client.post(ABOUT, {**values, "step": "send", "kept": sign})
    attachment = Attachment.objects.get()
    assert attachment.contact is not None
    assert attachment.contact.question == Question.objects.get()
    assert Question.objects.get().form_data["photo"] == "deksel.png"


def test_a_file_can_be_taken_out_again_and_nobody_takes_one_that_is_not_his(client: Client, cast: Cast) -> None:
    make_container(cast)
    photo = SimpleUploadedFile("deksel.png", PNG)
    page = client.post(ABOUT, {**FILLED_IN, "step": "check", "form-photo": photo}, follow=True).content.decode()
    (sign,) = re.findall(r'name="kept" value="([^"]+)"', page)
    for kept in ({"kept": sign, "remove": sign}, {"kept": "made-up"}):
        html = client.post(ABOUT, {**FILLED_IN, **kept, "step": "check"}, follow=True).content.decode()
        assert "deksel.png" not in html


def test_a_file_is_not_lost_when_something_else_is_wrong(client: Client, cast: Cast) -> None:
    make_container(cast)
    photo = SimpleUploadedFile("deksel.png", PNG)
    page = client.post(
        ABOUT, {**FILLED_IN, "form-damage": "", "step": "check", "form-photo": photo}, follow=True
    ).content.decode()
    assert "Haal deksel.png weg" in page


def test_a_program_that_fills_in_the_hidden_box_is_stopped_with_a_way_out(client: Client, cast: Cast) -> None:
    assert cast.desk
    html = client.post("/vraag/", {"text": "Koop nu", "homepage": "spam", "step": "send"}, follow=True).content.decode()
    assert "Maak dit vak leeg" in html
    assert not Question.objects.exists()


def test_a_flood_from_one_address_is_stopped_and_another_address_goes_on(client: Client, cast: Cast) -> None:
    assert cast.desk
    for _ in range(20):
        send_question(client)
    values = {"text": "Nog een", "step": "send", "token": "u" * 24}
    assert client.post("/vraag/", values).status_code == 429
    assert client.post("/vraag/", values, REMOTE_ADDR="192.0.2.7").status_code == 302
    assert not any(b"127.0.0.1" in bytes(who) for who in Tries.objects.values_list("who", flat=True))


def test_a_product_of_another_body_or_off_the_web_is_not_asked_here(client: Client, cast: Cast) -> None:
    make_container(cast, channels=["phone"])
    html = client.post(ABOUT, {**FILLED_IN, "step": "send"}).content.decode()
    assert "Dit kunt u niet via de website vragen" in html
    assert "14 0999" in html
    assert not Question.objects.exists()
    assert client.get("/vraag/over/onbekend/").status_code == 404


def test_it_speaks_english(english_client: Client, cast: Cast) -> None:
    make_container(cast)
    html = english_client.get(ABOUT).content.decode()
    assert '<html lang="en"' in html
    assert "What about the container?" in html
    location = send_question(english_client, ABOUT, **FILLED_IN, email="karel@example.org")
    assert "Waste answers by" in english_client.get(location).content.decode()
    assert Delivery.objects.get(kind="receipt").language == "en"


def test_what_somebody_typed_is_escaped(client: Client, cast: Cast) -> None:
    assert cast.desk
    page = client.post("/vraag/", {"text": '<script>"x"</script>', "step": "check"}, follow=True).content.decode()
    assert "<script>" not in page.replace('<script src="', "")
    assert "&lt;script&gt;" in page


def test_asking_costs_few_queries(client: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
    make_container(cast)
    client.get(ABOUT)
    with django_assert_max_num_queries(1):
        client.get(ABOUT)
    with django_assert_max_num_queries(22):
        client.post(ABOUT, {**FILLED_IN, "step": "send", "token": "v" * 24})


def test_a_page_of_a_visitor_without_cookies_is_refused_in_plain_words(cast: Cast) -> None:
    assert cast.desk
    response = Client(enforce_csrf_checks=True).post("/vraag/", {"text": "Hallo", "step": "send"})
    assert response.status_code == 403
    assert "uw browser bewaart geen cookies" in response.content.decode()


@pytest.mark.parametrize("path", ["/vraag/", ABOUT])
def test_pages_with_personal_data_are_not_kept_by_browsers(client: Client, cast: Cast, path: str) -> None:
    make_container(cast)
    assert "no-store" in client.get(path)["Cache-Control"]
