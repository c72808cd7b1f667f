"""Writing to a resident: inserting what was written before, files, seeing what is sent, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.desk.tests.make import PNG, make_question
from aanspreekpunt.knowledge.tests.make import make_answer, make_value
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.questions.models import Attachment, Contact

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

    LogIn = Callable[[Employee], Client]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_directory")]


@pytest.fixture(autouse=True)
def _in_english(cast: Cast) -> None:
    type(cast.wim).objects.update(language="en")


@pytest.fixture
def question(cast: Cast) -> Question:
    return make_question(to=cast.waste, by=cast.anna)


@pytest.fixture
def browser(logged_in: LogIn, cast: Cast) -> Client:
    return logged_in(cast.wim)


def act(browser: Client, question: Question, verb: str = "answer", **fields: Any) -> Any:
    values = {"text": "Wij komen morgen.", "channel": "email", **fields}
    answer = browser.post(reverse("desk:act", args=[question.reference, verb]), values)
    question.refresh_from_db()
    return answer


def image(name: str = "kaart.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_an_answer_is_inserted_after_what_was_typed_already(browser: Client, question: Question) -> None:
    article = make_answer("grofvuil")
    answer = act(browser, question, text="Beste Karel,", insert=article.key)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.initial["text"].startswith("Beste Karel,\n\n")
    assert len(form.initial["text"]) > len("Beste Karel,\n\n")
    assert form.initial["article"] == "grofvuil"
    assert not question.is_settled


def test_an_answer_comes_in_the_language_of_the_resident(browser: Client, question: Question) -> None:
    make_value("kosten", "€ 5", text_en="5 euros")
    make_answer("grofvuil", answer="Het kost {{kosten}}.", answer_en="It costs {{kosten}}.", question_en="Bulky waste?")
    address = reverse("desk:answer-to-insert", args=[question.reference, "grofvuil"])
    assert browser.get(address).json() == {"text": "Het kost € 5."}
    question.language = "en"
    question.save(update_fields=["language"])
    assert browser.get(address).json() == {"text": "It costs 5 euros."}
    assert browser.get(reverse("desk:answer-to-insert", args=[question.reference, "niets"])).status_code == 404


def test_answers_are_searched_from_the_letter(browser: Client, question: Question) -> None:
    make_answer("grofvuil", question="Hoe raak ik mijn grofvuil kwijt?")
    found = browser.post(reverse("desk:answers-to-insert", args=[question.reference]), {"look_for": "grofvuil"})
    assert b'value="grofvuil"' in found.content
    answer = act(browser, question, find="yes", look_for="grofvuil", text="Half getypt")
    assert answer.context["form"].initial["text"] == "Half getypt"
    assert b'value="grofvuil"' in answer.content
    assert b"is required" not in answer.content


def test_a_file_goes_along_and_stays_while_one_looks_at_the_letter(browser: Client, question: Question) -> None:
    seen = act(browser, question, preview="yes", chosen=[image(), image("twee.png")])
    assert b"twee.png" in seen.content
    assert "kaart.png" in seen.context["preview"][1]
    enclosed = seen.context["form"].data["enclosed"]
    act(browser, question, enclosed=enclosed)
    assert question.is_settled
    letter = Delivery.objects.get(kind="answer")
    assert [each.file_name for each in letter.enclosures.order_by("id")] == ["kaart.png", "twee.png"]
    assert letter.body_text == seen.context["preview"][1]
    assert letter.subject == seen.context["preview"][0]


def test_a_file_may_be_left_out_again(browser: Client, question: Question) -> None:
    seen = act(browser, question, preview="yes", chosen=[image(), image("twee.png")])
    one, two = seen.context["form"].data["enclosed"].split()
    left = act(browser, question, enclosed=f"{one} {two}", drop=one)
    assert left.context["form"].initial["enclosed"] == two


def test_what_is_no_file_we_take_is_said_and_the_rest_stays(browser: Client, question: Question) -> None:
    answer = act(browser, question, chosen=[image(), image("virus.exe", b"MZ kwaad")])
    assert answer.status_code == 422
    assert b"virus.exe: We cannot take this kind of file" in answer.content
    assert b"kaart.png" in answer.content
    assert not question.is_settled


def test_too_much_together_is_said(browser: Client, question: Question, settings: Any) -> None:
    settings.MAIL_MEGABYTES = 1
    answer = act(browser, question, chosen=[image(f"{n}.png", PNG + b"\0" * 600_000) for n in range(2)])
    assert answer.status_code == 422
    assert b"They may be 1 MB at most." in answer.content


def test_files_with_a_spoken_answer_are_refused_with_the_reason(browser: Client, question: Question) -> None:
    answer = act(browser, question, channel="phone", chosen=[image()])
    assert b"Files can only go along with an e-mail" in answer.content
    assert not question.is_settled


def test_files_of_another_question_cannot_be_named(browser: Client, cast: Cast, question: Question) -> None:
    other = make_question(to=cast.waste, by=cast.anna)
    act(browser, other, chosen=[image()])
    theirs = Attachment.objects.get()
    answer = act(browser, question, enclosed=str(theirs.uuid))
    assert not question.is_settled
    assert b"Choose it again" in answer.content


def test_what_we_ask_is_previewed_as_it_is_sent(browser: Client, question: Question) -> None:
    seen = act(browser, question, "ask-resident", preview="yes", text="Welk huis?", chosen=[image()])
    subject, text = seen.context["preview"]
    act(browser, question, "ask-resident", text="Welk huis?", enclosed=seen.context["form"].data["enclosed"])
    letter = Delivery.objects.get(kind="asked_back")
    assert (letter.subject, letter.body_text) == (subject, text)


class TestTakingBack:
    """For ten seconds, by who wrote it."""

    def written(self) -> Contact:
        return Contact.objects.filter(direction="out").latest("id")

    def test_the_screen_offers_it_and_goes_on_with_the_words_and_files(
        self, browser: Client, question: Question
    ) -> None:
        act(browser, question, chosen=[image()])
        take_back = reverse("desk:take-back", args=[question.reference, self.written().uuid])
        page = browser.get(reverse("desk:question", args=[question.reference])).content.decode()
        assert take_back in page
        again = browser.post(take_back, follow=True)
        form = again.context["form"]
        assert form.initial["text"] == "Wij komen morgen."
        assert [each.file_name for each in form.enclosures] == ["kaart.png"]
        question.refresh_from_db()
        assert question.state == "in_hand"
        assert Delivery.objects.get(kind="answer").state == "withdrawn"
        page = browser.get(reverse("desk:question", args=[question.reference])).content.decode()
        assert "Not sent: taken back" in page
        assert take_back not in page

    def test_it_is_offered_to_nobody_else_and_not_for_ever(
        self, browser: Client, logged_in: LogIn, cast: Cast, question: Question
    ) -> None:
        act(browser, question)
        address = reverse("desk:question", args=[question.reference])
        assert b"Take it back" not in logged_in(cast.sander).get(address).content
        Contact.objects.filter(pk=self.written().pk).update(occurred_at=timezone.now() - timedelta(seconds=11))
        assert b"Take it back" not in browser.get(address).content

    def test_too_late_is_said(self, browser: Client, question: Question) -> None:
        act(browser, question)
        Delivery.objects.filter(kind="answer").update(state="sending", attempts=1)
        answer = browser.post(reverse("desk:take-back", args=[question.reference, self.written().uuid]), follow=True)
        assert b"already on its way" in answer.content
        question.refresh_from_db()
        assert question.is_settled

    def test_outsiders_cannot(self, browser: Client, logged_in: LogIn, cast: Cast, question: Question) -> None:
        act(browser, question)
        address = reverse("desk:take-back", args=[question.reference, self.written().uuid])
        assert logged_in(cast.joke).post(address).status_code == 404
        logged_in(cast.sander).post(address)
        question.refresh_from_db()
        assert question.is_settled
