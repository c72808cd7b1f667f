"""Following a question: what the resident sees and may do, and what somebody without the code does not."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanspreekpunt.common.references import make_reference
from aanspreekpunt.portal import limits
from aanspreekpunt.portal.limits import forget_old_tries
from aanspreekpunt.portal.models import Tries
from aanspreekpunt.portal.tests.make import PNG, follow, make_container, make_question
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.letter_texts import FOLLOW_PATH
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.tests.make import make_handed_over
from aanspreekpunt.questions.attachments import store_attachment
from aanspreekpunt.questions.models import Feedback

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

NOT_TOGETHER = "Dit nummer en deze code horen niet bij elkaar"
WRONG_CODE = "0000-0000-0000"


def page_of(client: Client) -> str:
    return client.get("/volgen/vraag/").content.decode()


def test_the_letters_point_at_this_page(client: Client, cast: Cast) -> None:
    assert cast.desk
    assert client.get(FOLLOW_PATH).status_code == 200


def test_with_number_and_code_one_sees_the_promise_and_what_happened(client: Client, cast: Cast) -> None:
    question, code = make_question(cast, at=timezone.now())
    assert follow(client, question, code).url == "/volgen/vraag/"
    html = page_of(client)
    assert "Waste antwoordt uiterlijk" in html
    assert "Mijn container is gisteren niet geleegd." in html
    assert "no-store" in client.get("/volgen/vraag/")["Cache-Control"]


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{1}", "{2}"])
def test_the_code_may_be_typed_as_people_type(client: Client, cast: Cast, typed: str) -> None:
    question, code = make_question(cast)
    grouped = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    written = typed.format(code, grouped, grouped.lower().replace("-", " "))
    assert follow(client, question, written).status_code == 302


def test_a_wrong_number_a_wrong_code_and_a_confidential_question_look_and_cost_the_same(cast: Cast) -> None:
    question, _ = make_question(cast)
    hidden = make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True).question
    unknown = make_reference(year=2031, sequence=77)
    seen = []
    for reference, code in (
        (question.reference, WRONG_CODE),
        (unknown, WRONG_CODE),
        (hidden.reference, WRONG_CODE),
        (question.reference, "geen code"),
    ):
        client = Client(REMOTE_ADDR=f"192.0.2.{len(seen)}")
        client.get("/volgen/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.post("/volgen/", {"reference": reference, "code": code})
        html = response.content.decode().replace(reference, "").replace(code, "")
        shapes = [query["sql"].split(" ")[0] for query in queries]
        seen.append((response.status_code, NOT_TOGETHER in html, shapes))
    assert seen[0][1]
    assert all(each == seen[0] for each in seen)


def test_a_mistyped_number_is_told_by_its_check_digit_alone(client: Client, cast: Cast) -> None:
    question, code = make_question(cast)
    wrong = question.reference[:-1] + str((int(question.reference[-1]) + 1) % 10)
    html = client.post("/volgen/", {"reference": wrong, "code": code}).content.decode()
    assert "Dit is geen geldig nummer" in html
    assert not Tries.objects.exists()


def test_guessing_ends_after_ten_tries_even_with_the_right_code(client: Client, cast: Cast) -> None:
    question, code = make_question(cast)
    for _ in range(10):
        assert NOT_TOGETHER in follow(client, question, WRONG_CODE).content.decode()
    assert follow(client, question, code).status_code == 429
    assert follow(Client(REMOTE_ADDR="192.0.2.9"), question, code).status_code == 302
    assert b"127.0.0.1" not in bytes(Tries.objects.exclude(who=b"").get().who)


def test_a_home_with_many_ipv6_addresses_counts_as_one(cast: Cast) -> None:
    question, _ = make_question(cast)
    for count in range(10):
        follow(Client(REMOTE_ADDR=f"2001:db8:1:2::{count}"), question, WRONG_CODE)
    assert follow(Client(REMOTE_ADDR="2001:db8:1:2::ffff"), question, WRONG_CODE).status_code == 429
    assert follow(Client(REMOTE_ADDR="2001:db8:1:3::1"), question, WRONG_CODE).status_code == 200


def test_a_storm_of_guesses_leaves_each_address_one_try_and_shuts_nobody_out(cast: Cast) -> None:
    question, code = make_question(cast)
    now = timezone.now()
    Tries.objects.create(kind="follow", who=b"", began_at=limits._began(now), count=1000)
    attacker = Client(REMOTE_ADDR="192.0.2.1")
    assert follow(attacker, question, WRONG_CODE).status_code == 200
    assert follow(attacker, question, WRONG_CODE).status_code == 429
    assert follow(Client(REMOTE_ADDR="192.0.2.2"), question, code).status_code == 302


def test_tries_are_forgotten_after_a_day(client: Client, cast: Cast) -> None:
    question, _ = make_question(cast)
    follow(client, question, WRONG_CODE)
    now = timezone.now()
    assert forget_old_tries(at=now) == 0
    assert forget_old_tries(at=now + timedelta(days=2)) == 2


def test_one_question_followed_opens_no_other(client: Client, cast: Cast) -> None:
    mine, code = make_question(cast)
    other, _ = make_question(cast, subject="Van de buren", text="Geheim van de buren")
    operations.answer(question=other, text="Aan de buren", channel="email", by=cast.wim, at=timezone.now())
    stored = store_attachment(file=SimpleUploadedFile("buren.png", PNG), contact=other.contacts.first())
    follow(client, mine, code)
    assert "buren" not in page_of(client)
    assert client.get(f"/volgen/vraag/bestand/{stored.uuid}/").status_code == 404
    client.post("/volgen/vraag/aanvullen/", {"add-text": "Bij de mijne", "question": other.pk, "id": other.pk})
    assert other.contacts.filter(text="Bij de mijne").count() == 0
    client.post("/volgen/vraag/geen-antwoord/", {"no_answer-text": "Nee", "question": other.pk})
    other.refresh_from_db()
    assert other.state == "settled"


@pytest.mark.parametrize(
    "path", ["", "aanvullen/", "geen-antwoord/", "beter/", "bestand/0190a8a0-0000-7000-8000-000000000000/"]
)
def test_without_the_code_there_is_nothing(client: Client, cast: Cast, path: str) -> None:
    make_question(cast)
    ask = client.get if path == "" or path.startswith("bestand") else client.post
    response = ask(f"/volgen/vraag/{path}")
    assert response.status_code in {302, 404}
    if response.status_code == 302:
        assert response["Location"] == "/volgen/"


def test_the_right_ends_after_half_an_hour_or_when_closed(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, code = make_question(cast)
    follow(client, question, code)
    client.post("/volgen/vraag/sluiten/")
    assert client.get("/volgen/vraag/").status_code == 302
    follow(client, question, code)
    assert client.get("/volgen/vraag/").status_code == 200
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.get("/volgen/vraag/").status_code == 302


def test_entering_a_code_changes_the_session_id(client: Client, cast: Cast) -> None:
    question, code = make_question(cast)
    session = client.session
    session["x"] = 1
    session.save()
    before = client.cookies["sessionid"].value
    follow(client, question, code)
    assert client.cookies["sessionid"].value != before


def test_a_resident_adds_something_once(client: Client, cast: Cast) -> None:
    question, code = make_question(cast)
    follow(client, question, code)
    values = {"add-text": "De container is groen.", "add-token": "a" * 24}
    for _ in range(2):
        assert client.post("/volgen/vraag/aanvullen/", values).status_code == 302
    assert question.contacts.filter(text="De container is groen.").count() == 1
    question.refresh_from_db()
    assert question.has_news
    assert "Wij hebben dit bij uw vraag gezet." in page_of(client)


def test_a_resident_replies_to_what_was_asked(client: Client, cast: Cast) -> None:
    question, code = make_question(cast, at=timezone.now())
    operations.ask_resident(question=question, text="Welke kleur?", channel="email", by=cast.wim, at=timezone.now())
    follow(client, question, code)
    html = page_of(client)
    assert "Wij hebben iets van u nodig" in html
    assert "Welke kleur?" in html
    client.post("/volgen/vraag/aanvullen/", {"add-text": "Groen", "add-token": "b" * 24})
    question.refresh_from_db()
    assert question.state == "in_hand"
    assert Promise.objects.get(state="open").kind == "answer"


def test_a_resident_reads_the_answer_in_full_and_says_that_it_was_none(client: Client, cast: Cast) -> None:
    question, code = make_question(cast, at=timezone.now())
    operations.answer(
        question=question, text="Regel een.\nRegel twee.", channel="email", by=cast.wim, at=timezone.now()
    )
    follow(client, question, code)
    assert "Regel een.<br>Regel twee." in page_of(client)
    client.post("/volgen/vraag/geen-antwoord/", {"no_answer-text": "Er kwam niemand."})
    question.refresh_from_db()
    assert (question.state, question.times_reopened) == ("waiting", 1)
    assert "Uw vraag is weer open." in page_of(client)


def test_the_one_open_question_afterwards(client: Client, cast: Cast) -> None:
    question, code = make_question(cast, at=timezone.now())
    operations.answer(question=question, text="Ja.", channel="email", by=cast.wim, at=timezone.now())
    follow(client, question, code)
    client.post("/volgen/vraag/beter/", {"better-text": "Sneller bellen."})
    assert Feedback.objects.get().text == "Sneller bellen."
    assert "Sneller bellen." in page_of(client)


def test_an_empty_box_is_an_error_with_a_link(client: Client, cast: Cast) -> None:
    question, code = make_question(cast)
    follow(client, question, code)
    html = client.post("/volgen/vraag/aanvullen/", {"add-text": " "}).content.decode()
    assert 'href="#id_add-text"' in html
    assert "<title>Fout: " in html.replace("\n", "")


def test_what_is_not_possible_any_more_is_told(client: Client, cast: Cast) -> None:
    question, code = make_question(cast, at=timezone.now())
    follow(client, question, code)
    response = client.post("/volgen/vraag/geen-antwoord/", {"no_answer-text": "Nee"})
    assert "Deze vraag staat nog open." in response.content.decode()


def test_a_broken_promise_is_told_honestly(client: Client, cast: Cast) -> None:
    question, code = make_question(cast, at=timezone.now() - timedelta(days=30))
    follow(client, question, code)
    assert "Dat is ons niet gelukt." in page_of(client)


def test_a_confidential_question_is_followed_with_its_code(client: Client, cast: Cast) -> None:
    registered = make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True)
    follow(client, registered.question, registered.follow_code)
    assert "Youth antwoordt" in page_of(client)


def test_what_was_filled_in_is_shown(client: Client, cast: Cast) -> None:
    product = make_container(cast)
    question, code = make_question(cast, product=product, form_data={"what": "gone"})
    follow(client, question, code)
    html = page_of(client)
    assert "Wat is er met de container?" in html
    assert "Hij is weg" in html


def test_a_file_of_ones_own_question_is_downloaded(client: Client, cast: Cast) -> None:
    question, code = make_question(cast)
    stored = store_attachment(file=SimpleUploadedFile("deksel.png", PNG), contact=question.contacts.first())
    follow(client, question, code)
    assert "deksel.png" in page_of(client)
    response = client.get(f"/volgen/vraag/bestand/{stored.uuid}/")
    assert response["Content-Disposition"].startswith("attachment")
    response.close()


def test_following_costs_the_same_however_long_the_story(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    question, code = make_question(cast)
    follow(client, question, code)
    page_of(client)
    with CaptureQueriesContext(connection) as short:
        page_of(client)
    for _ in range(5):
        operations.note_addition(question=question, text="Nog iets", channel="phone", by=cast.anna, at=timezone.now())
    with django_assert_num_queries(len(short)):
        page_of(client)
    assert len(short) <= 12


def test_no_code_reference_or_name_stands_in_an_address(client: Client, cast: Cast) -> None:
    question, code = make_question(cast)
    follow(client, question, code)
    html = page_of(client)
    addresses = [part.split('"')[0] for part in html.split('href="')[1:] + html.split('action="')[1:]]
    assert not any(question.reference in each or code in each or "karel" in each.lower() for each in addresses)


def test_a_wrong_guess_takes_as_long_whether_the_question_exists_or_not(cast: Cast) -> None:
    question, _ = make_question(cast)
    unknown = make_reference(year=2031, sequence=77)
    taken: dict[str, list[float]] = {question.reference: [], unknown: []}
    for count in range(20):
        for reference, seconds in taken.items():
            client = Client(REMOTE_ADDR=f"198.51.100.{count}")
            began = time.perf_counter()
            client.post("/volgen/", {"reference": reference, "code": WRONG_CODE})
            seconds.append(time.perf_counter() - began)
    first, second = (sorted(seconds)[len(seconds) // 2] for seconds in taken.values())
    assert 0.5 < first / second < 2
