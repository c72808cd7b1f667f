"""A mail at the desk: its new words first, nothing lost, nothing running, and who wrote it never taken for proved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.desk.tests.make import PNG, make_desk_question, make_file, make_mail, make_question
from aanspreekpunt.journal.models import Entry, Look
from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.parties.models import DigitalAddress
from aanspreekpunt.parties.tests.make import make_party
from aanspreekpunt.questions.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Contact, Question

    LogIn = Callable[[Employee], Client]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_directory")]
STRANGE = "An address is no proof of who wrote"


@pytest.fixture(autouse=True)
def _in_english(cast: Cast) -> None:
    type(cast.wim).objects.update(language="en")


@pytest.fixture
def question(cast: Cast) -> Question:
    return make_question(to=cast.waste, by=cast.anna)


def page(browser: Client, question: Question) -> str:
    return browser.get(reverse("desk:question", args=[question.reference])).content.decode()


def address(name: str, question: Question, uuid: Any) -> str:
    return reverse(f"desk:{name}", args=[question.reference, uuid])


def opened(browser: Client, name: str, question: Question, uuid: Any) -> Any:
    """Open this and read it to its end, as a browser does, so that no file stays open."""
    answer = browser.get(address(name, question, uuid))
    if answer.streaming:
        answer.getvalue()
    return answer


def test_the_new_words_come_first_and_the_rest_is_folded_away(logged_in: LogIn, cast: Cast, question: Question) -> None:
    make_mail(
        question, text="De nieuwe woorden", quoted="Wat wij schreven", signature="Met groet", cc=["buur@example.org"]
    )
    html = page(logged_in(cast.wim), question)
    new, signature, quoted = (html.index(words) for words in ("De nieuwe woorden", "Met groet", "Wat wij schreven"))
    assert new < signature < quoted
    assert html.count('<details class="folded">') == 2
    assert "Text of earlier mails" in html
    assert "Karel van Deurne" in html
    assert "&lt;karel@example.org&gt;" in html
    assert "buur@example.org" in html


def test_an_address_the_resident_never_gave_is_warned_of(logged_in: LogIn, cast: Cast, question: Question) -> None:
    browser = logged_in(cast.wim)
    make_mail(question)
    assert STRANGE not in page(browser, question)
    make_mail(question, from_address="karel@elders.example")
    assert page(browser, question).count(STRANGE) == 1


def test_an_address_kept_of_the_person_is_known(logged_in: LogIn, cast: Cast, question: Question) -> None:
    question.party = make_party()
    question.save(update_fields=["party"])
    DigitalAddress.objects.create(party=question.party, kind="email", address="karel@elders.example")
    make_mail(question, from_address="karel@elders.example")
    assert STRANGE not in page(logged_in(cast.wim), question)


def test_many_mails_with_files_cost_no_more_queries_than_one(
    logged_in: LogIn, cast: Cast, question: Question, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = logged_in(cast.wim)
    make_file(make_mail(question, from_address="iemand@elders.example"))
    page(browser, question)
    with django_assert_max_num_queries(100) as once:
        page(browser, question)
    for number in range(6):
        make_file(make_mail(question, quoted="eerder", from_address=f"{number}@elders.example", html="<p>x</p>"))
    with django_assert_max_num_queries(len(once)) as often:
        html = page(browser, question)
    assert html.count(STRANGE) == 7
    assert not any("mail_body.html" in each["sql"].replace('"', "") for each in often.captured_queries)


def test_how_it_looked_stands_in_a_frame_in_which_nothing_runs_or_loads(
    logged_in: LogIn, cast: Cast, question: Question
) -> None:
    browser = logged_in(cast.wim)
    mail = make_mail(question, html='<p>Zie <img alt="" src="cid:foto@x"></p>')
    make_file(mail, content_id="foto@x")
    outside = browser.get(address("mail", question, mail.uuid))
    assert b'sandbox=""' in outside.content
    assert b"Zie" not in outside.content
    assert "frame-src 'self'" in outside["Content-Security-Policy"]
    inside = browser.get(address("mail-as-sent", question, mail.uuid))
    assert b'src="data:image/png;base64,' in inside.content
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    assert inside["X-Content-Type-Options"] == "nosniff"
    policy = inside["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "img-src data:", "frame-ancestors 'self'", "sandbox"} <= set(policy)
    assert "script-src" not in inside["Content-Security-Policy"]


@pytest.mark.parametrize("held", ["dangerous", "virus", "unscanned"])
def test_a_picture_that_is_held_back_is_not_shown_in_the_mail(
    logged_in: LogIn, cast: Cast, question: Question, held: str
) -> None:
    mail = make_mail(question, html='<img src="cid:foto@x">')
    make_file(mail, content_id="foto@x", held_for=held)
    inside = logged_in(cast.wim).get(address("mail-as-sent", question, mail.uuid)).content
    assert b"data:" not in inside
    assert b"cid:" not in inside


def test_pictures_beyond_the_limit_stay_in_the_list(
    logged_in: LogIn, cast: Cast, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aanspreekpunt.questions.mails.MOST_PICTURES", len(PNG))
    mail = make_mail(question, html='<img src="cid:een"><img src="cid:twee"><img src="cid:drie">')
    make_file(mail, content_id="een")
    make_file(mail, content_id="twee")
    inside = logged_in(cast.wim).get(address("mail-as-sent", question, mail.uuid)).content
    assert inside.count(b"data:image/png") == 1


def test_the_message_as_delivered_is_saved_never_shown(logged_in: LogIn, cast: Cast, question: Question) -> None:
    browser = logged_in(cast.wim)
    raw = b"From: x@example.org\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>\r\n"
    mail = make_mail(question, raw=raw)
    saved = browser.get(address("mail-message", question, mail.uuid))
    assert saved.content == raw
    assert saved["Content-Type"] == "application/octet-stream"
    assert saved["Content-Disposition"].startswith("attachment;")
    assert saved["X-Content-Type-Options"] == "nosniff"
    Arrival.objects.update(raw=None, erased_at=timezone.now())
    assert browser.get(address("mail-message", question, mail.uuid)).status_code == 404
    assert b".eml" not in browser.get(address("mail", question, mail.uuid)).content


def test_each_look_at_a_mail_or_file_is_in_the_access_log(logged_in: LogIn, cast: Cast, question: Question) -> None:
    browser = logged_in(cast.wim)
    mail = make_mail(question)
    file = make_file(mail)
    for name, uuid in (
        ("mail", mail.uuid),
        ("mail-message", mail.uuid),
        ("attachment", file.uuid),
        ("preview-attachment", file.uuid),
    ):
        before = Look.objects.count()
        assert opened(browser, name, question, uuid).status_code == 200
        look = Look.objects.order_by("id").last()
        assert Look.objects.count() == before + 1
        assert look is not None
        assert (look.employee_id, look.subject_kind, look.subject_id) == (cast.wim.pk, "question", question.pk)


def test_who_may_not_see_the_question_finds_nothing_of_its_mail(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.youth, by=cast.anna, is_confidential=True)
    mail = make_mail(question)
    file = make_file(mail)
    for employee in (cast.anna, cast.wim, cast.olga):
        browser = logged_in(employee)
        for name in ("mail", "mail-as-sent", "mail-message"):
            assert browser.get(address(name, question, mail.uuid)).status_code == 404
        for name in ("attachment", "preview-attachment"):
            assert opened(browser, name, question, file.uuid).status_code == 404
        assert browser.post(address("release-attachment", question, file.uuid)).status_code == 404
    assert logged_in(cast.joke).get(address("mail", question, mail.uuid)).status_code == 200


def test_a_mail_is_not_found_by_way_of_another_question(logged_in: LogIn, cast: Cast, question: Question) -> None:
    mail = make_mail(make_desk_question(by=cast.anna))
    assert logged_in(cast.anna).get(address("mail", question, mail.uuid)).status_code == 404


class TestFilesHeldBack:
    """What may be dangerous is named with the reason, and handed out only after somebody released it."""

    @pytest.fixture
    def held(self, question: Question) -> Attachment:
        return make_file(make_mail(question), name="rekening.exe", content=b"MZ" + b"\0" * 40)

    @pytest.mark.parametrize("name", ["attachment", "preview-attachment"])
    def test_they_are_not_handed_out(
        self, logged_in: LogIn, cast: Cast, question: Question, held: Attachment, name: str
    ) -> None:
        assert held.held_for == "dangerous"
        assert logged_in(cast.wim).get(address(name, question, held.uuid)).status_code == 404
        html = page(logged_in(cast.wim), question)
        assert "rekening.exe" in html
        assert "this kind of file may be dangerous" in html
        assert reverse("desk:release-attachment", args=[question.reference, held.uuid]) not in html

    def test_a_supervisor_of_the_team_releases_one(
        self, logged_in: LogIn, cast: Cast, question: Question, held: Attachment
    ) -> None:
        browser = logged_in(cast.sander)
        release = address("release-attachment", question, held.uuid)
        assert release in page(browser, question)
        browser.post(release)
        saved = opened(browser, "attachment", question, held.uuid)
        assert saved["Content-Type"] == "application/octet-stream"
        assert saved["Content-Disposition"].startswith("attachment")
        entry = Entry.objects.get(event="file.released")
        assert entry.data == {"attachment": held.pk, "contact": held.contact_id, "held_for": "dangerous"}
        assert entry.by_id == cast.sander.pk

    def test_so_does_an_administrator_who_sees_the_question(
        self, logged_in: LogIn, cast: Cast, question: Question, held: Attachment
    ) -> None:
        both = make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None), (Role.AGENT, cast.desk))
        logged_in(both).post(address("release-attachment", question, held.uuid))
        held.refresh_from_db()
        assert held.may_be_opened

    @pytest.mark.parametrize("who", ["wim", "anna", "sofie"])
    def test_others_do_not(self, logged_in: LogIn, cast: Cast, question: Question, held: Attachment, who: str) -> None:
        logged_in(getattr(cast, who)).post(address("release-attachment", question, held.uuid))
        held.refresh_from_db()
        assert held.held_for == "dangerous"
        assert not Entry.objects.filter(event="file.released").exists()

    @pytest.mark.parametrize("reason", ["virus", "unscanned"])
    def test_nobody_releases_a_virus_or_what_nobody_scanned(
        self, logged_in: LogIn, cast: Cast, question: Question, held: Attachment, reason: str
    ) -> None:
        Attachment.objects.filter(pk=held.pk).update(held_for=reason)
        browser = logged_in(cast.sander)
        assert address("release-attachment", question, held.uuid) not in page(browser, question)
        browser.post(address("release-attachment", question, held.uuid))
        held.refresh_from_db()
        assert held.held_for == reason


def test_only_pictures_and_pdfs_are_shown_by_the_browser(logged_in: LogIn, cast: Cast, question: Question) -> None:
    browser = logged_in(cast.wim)
    mail: Contact = make_mail(question)
    files = {
        name: make_file(mail, name=name, content=content)
        for name, content in (
            ("a.png", PNG),
            ("b.pdf", b"%PDF-1.7 x"),
            ("c.txt", b"<p>tekst"),
            ("d.svg", b"<svg onload=x>"),
        )
    }
    shown = {name: opened(browser, "preview-attachment", question, each.uuid) for name, each in files.items()}
    assert {name: answer.status_code for name, answer in shown.items()} == {
        "a.png": 200, "b.pdf": 200, "c.txt": 404, "d.svg": 404,
    }  # fmt: skip
    for name, kind in (("a.png", "image/png"), ("b.pdf", "application/pdf")):
        assert shown[name]["Content-Type"] == kind
        assert shown[name]["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in shown[name]["Content-Security-Policy"]
