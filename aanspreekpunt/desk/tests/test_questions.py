"""One question on the screen: what is shown, what is written in the access log, who else looks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.desk.access import visible_question
from aanspreekpunt.desk.tests.make import make_desk_question, make_question
from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.models import Look
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.operations import TaskGiven
from aanspreekpunt.questions.models import Attachment, Contact, Mention
from aanspreekpunt.questions.operations import end_confidential, write_note

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertMaxNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from aanspreekpunt.desk.access import StaffRequest
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db

FORM = {
    "fields": [
        {"key": "size", "type": "choice", "label": "Hoe groot?", "options": [{"value": "xl", "label": "Extra groot"}]},
        {"key": "loud", "type": "yes_no", "label": "Is het luid?"},
    ]
}


def page_of(question: Question) -> str:
    return reverse("desk:question", args=[question.reference])


def test_the_page_tells_what_was_said_who_asks_what_is_promised_and_what_happened(logged_in: LogIn, cast: Cast) -> None:
    product = make_product("container", team=cast.waste, form=FORM)
    question = make_question(
        to=cast.waste, by=cast.anna, product=product, form_data={"size": "xl", "loud": True}, subject="Container stuk"
    )
    page = logged_in(cast.wim).get(page_of(question)).content.decode()
    for words in (
        "Container stuk",
        question.shown_reference,
        "Mijn container is gisteren niet geleegd.",
        "Karel van Deurne",
        "06 12345678",
        "Waste antwoordt vóór",
        "Doorgezet van Desk naar Waste.",
        "Vraag binnengekomen via telefoon.",
        "Hoe groot?",
        "Extra groot",
        "Zoek dit uit",
        "Ziet de inwoner",
    ):
        assert words in page, words


def test_the_page_costs_a_bounded_number_of_queries(
    logged_in: LogIn, cast: Cast, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    for number in range(6):
        other = make_question(to=cast.waste, by=cast.anna)
        write_note(question=question, text=f"Notitie {number}", by=cast.wim, at=other.registered_at)
    wim = logged_in(cast.wim)
    wim.get(page_of(question))
    with django_assert_max_num_queries(27):
        wim.get(page_of(question))


def test_looking_is_written_down_once_per_while_and_never_by_a_screen_that_asks_by_itself(
    logged_in: LogIn, cast: Cast
) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    wim = logged_in(cast.wim)
    wim.get(page_of(question), headers={"X-Poll": "1"})
    assert not Look.objects.exists()
    wim.get(page_of(question))
    wim.get(page_of(question))
    look = Look.objects.get()
    assert (look.employee_id, look.subject_id, look.purpose) == (cast.wim.pk, question.pk, "vraag behandelen")


def test_a_second_reader_is_shown(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    logged_in(cast.wilma).get(page_of(question))
    wim = logged_in(cast.wim)
    assert "Wilma bekijkt deze vraag ook" in wim.get(page_of(question)).content.decode()
    news = reverse("desk:question-news", args=[question.reference])
    logged_in(cast.wilma).post(news, {"v": "", "typing": "yes"}, headers={"X-Poll": "1"})
    assert "Wilma typt hier nu" in wim.post(news, {"v": ""}, headers={"X-Poll": "1"}).content.decode()


def test_news_is_told_by_a_new_version(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    wim = logged_in(cast.wim)
    version = wim.get(page_of(question)).context["version"]
    news = reverse("desk:question-news", args=[question.reference])
    assert wim.post(news, {"v": version})["X-Same"] == "yes"
    write_note(question=question, text="Let op", by=cast.wilma, at=timezone.now())
    assert wim.post(news, {"v": version})["X-Same"] == "no"


def test_one_more_task_of_another_system_is_news(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    wim = logged_in(cast.wim)
    version = wim.get(page_of(question)).context["version"]
    news = reverse("desk:question-news", args=[question.reference])
    given = TaskGiven(contact=Contact.objects.get(question=question), asked="Bel ook de buren")
    operations.add_task(given=given, by=PlainActor("token", 1, "KISS"), at=timezone.now())
    assert wim.post(news, {"v": version})["X-Same"] == "no"
    page = wim.get(page_of(question))
    assert "Bel ook de buren" in page.content.decode()
    assert wim.post(news, {"v": page.context["version"]})["X-Same"] == "yes"


def test_what_happens_while_the_page_is_read_makes_it_ask_again(
    logged_in: LogIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    wim = logged_in(cast.wim)

    def read_and_then_changed(request: StaffRequest, reference: str) -> Question:
        read = visible_question(request, reference)
        write_note(question=question, text="Let op", by=cast.wilma, at=timezone.now())
        return read

    with monkeypatch.context() as patch:
        patch.setattr("aanspreekpunt.desk.views.questions.visible_question", read_and_then_changed)
        version = wim.get(page_of(question)).context["version"]
    assert wim.post(reverse("desk:question-news", args=[question.reference]), {"v": version})["X-Same"] == "no"


def test_reading_ones_news_shows_it_once_and_makes_no_news(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    operations.take_up(question=question, by=cast.wim, at=timezone.now())
    operations.note_addition(question=question, text="Hij is groen", channel="phone", by=cast.anna, at=timezone.now())
    wim = logged_in(cast.wim)
    page = wim.get(page_of(question))
    assert "Nieuws van de inwoner" in page.content.decode()
    news = wim.post(reverse("desk:question-news", args=[question.reference]), {"v": page.context["version"]})
    assert news["X-Same"] == "yes"
    assert "Nieuws van de inwoner" not in wim.get(page_of(question)).content.decode()


def test_opening_a_question_reads_ones_mentions_and_the_news_of_what_one_holds(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    now = timezone.now()
    operations.take_up(question=question, by=cast.wim, at=now)
    operations.note_addition(question=question, text="Hij is groen", channel="phone", by=cast.anna, at=now)
    write_note(question=question, text="@Wim kijk even", mentions=[cast.wim], by=cast.wilma, at=now)
    logged_in(cast.wilma).get(page_of(question))
    question.refresh_from_db()
    assert question.has_news
    logged_in(cast.wim).get(page_of(question))
    question.refresh_from_db()
    assert not question.has_news
    assert not Mention.objects.filter(seen_at__isnull=True).exists()


def test_contacts_of_a_confidential_duplicate_stay_with_its_team(logged_in: LogIn, cast: Cast) -> None:
    kept = make_desk_question(by=cast.anna, is_confidential=True)
    secret = make_desk_question(by=cast.anna, is_confidential=True, text="Dit is geheim")
    operations.merge(question=secret, into=kept, by=cast.anna, at=timezone.now())
    end_confidential(question=kept, by=cast.anna, at=timezone.now())
    operations.hand_over(question=kept, to=cast.waste, asks="", by=cast.anna, at=timezone.now())
    assert "Dit is geheim" not in logged_in(cast.wim).get(page_of(kept)).content.decode()
    assert "Dit is geheim" in logged_in(cast.anna).get(page_of(secret)).content.decode()


@pytest.fixture
def attachment(cast: Cast, settings: SettingsWrapper, tmp_path: Path) -> Attachment:
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = storages
    question = make_question(to=cast.waste, by=cast.anna)
    stored_as = default_storage.save("foto", ContentFile(b"<script>alert(1)</script>"))
    return Attachment.objects.create(
        contact=question.contacts.get(), file_name="foto.html", content_type="text/html", size=5, stored_as=stored_as
    )


def test_a_file_is_saved_and_never_opened_in_our_page(logged_in: LogIn, cast: Cast, attachment: Attachment) -> None:
    assert attachment.contact is not None
    assert attachment.contact.question is not None
    address = reverse("desk:attachment", args=[attachment.contact.question.reference, attachment.uuid])
    answer = logged_in(cast.wim).get(address)
    assert b"".join(answer) == b"<script>alert(1)</script>"  # type: ignore[call-overload]  # a streamed response
    assert answer["Content-Disposition"] == 'attachment; filename="foto.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert logged_in(cast.joke).get(address).status_code == 404


def test_a_file_of_another_question_is_not_given(logged_in: LogIn, cast: Cast, attachment: Attachment) -> None:
    other = make_question(to=cast.waste, by=cast.anna)
    address = reverse("desk:attachment", args=[other.reference, attachment.uuid])
    assert logged_in(cast.wim).get(address).status_code == 404


def test_the_screen_speaks_english_to_who_chose_it(logged_in: LogIn, cast: Cast) -> None:
    cast.wim.language = "en"
    cast.wim.save()
    question = make_question(to=cast.waste, by=cast.anna, days_ago=30)
    page = logged_in(cast.wim).get(page_of(question)).content.decode()
    assert "Take in hand" in page
    assert "days too late" in page
    assert "Handed over from Desk to Waste." in page


def test_an_earlier_question_of_the_same_person_is_shown(logged_in: LogIn, cast: Cast) -> None:
    make_question(to=cast.waste, by=cast.anna, subject="Vorige keer")
    later = make_question(to=cast.waste, by=cast.anna)
    assert "Vorige keer" in logged_in(cast.wim).get(page_of(later)).content.decode()
    make_question(to=cast.youth, by=cast.anna, is_confidential=True, subject="Niet voor Wim")
    assert "Niet voor Wim" not in logged_in(cast.wim).get(page_of(later)).content.decode()


def test_a_broken_promise_is_called_so(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna, days_ago=30)
    operations.answer(
        question=question, text="Sorry", channel="phone", by=cast.wim, at=timezone.now() - timedelta(minutes=1)
    )
    assert "De belofte is gebroken." in logged_in(cast.wim).get(page_of(question)).content.decode()
