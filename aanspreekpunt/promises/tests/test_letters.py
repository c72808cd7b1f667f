"""The letters: complete, plain, in the reader's language, and without anything personal where it does not belong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.letter_texts import TEXTS
from aanspreekpunt.promises.letters import SUBJECTS
from aanspreekpunt.promises.rules.deadlines import callback_windows
from aanspreekpunt.promises.tests.make import MONDAY, make_asked, make_handed_over
from aanspreekpunt.questions.intake import LeftOut

pytestmark = pytest.mark.django_db

FIELDS = [{"key": "colour", "type": "text", "label": "Welke kleur?", "label_en": "Which colour?"}]
PERSONAL = ("Karel", "Deurne", "karel@example.org", "06 12345678", "Container", "container")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def letter(kind: str) -> Delivery:
    return Delivery.objects.filter(kind=kind).latest("id")


def test_there_is_a_text_and_a_subject_for_every_kind() -> None:
    assert TEXTS.keys() == SUBJECTS.keys()


def test_the_receipt_gives_back_everything_with_owner_date_and_code(cast: Cast) -> None:
    product = make_product("container", team=cast.waste, form={"fields": FIELDS})
    make_handed_over(to=cast.waste, by=cast.anna, product=product, form_data={"colour": "Groen"})
    receipt = letter("receipt")
    for words in (
        "Beste Karel van Deurne,",
        "Container niet geleegd",
        "Mijn container is gisteren niet geleegd.",
        "Waste antwoordt uiterlijk woensdag 4 maart, 17.00 uur.",
        "Welke kleur?",
        "Groen",
        "06 12345678",
        "karel@example.org",
        "[[follow_code]]",
        "/volgen/",
    ):
        assert words in receipt.body_text, words
        assert words in receipt.body_html, words
    assert '<html lang="nl">' in receipt.body_html
    assert receipt.secrets["follow_code"]


def test_the_receipt_speaks_the_language_of_the_question(cast: Cast) -> None:
    make_handed_over(to=cast.waste, by=cast.anna, language="en")
    receipt = letter("receipt")
    assert "Waste answers by Wednesday 4 March, 17:00 at the latest." in receipt.body_text
    assert receipt.subject.startswith("We received your question")
    assert '<html lang="en">' in receipt.body_html


def test_a_question_named_after_its_product_is_named_in_the_language_of_the_letter(cast: Cast) -> None:
    product = make_product("container", team=cast.waste, name="Container niet geleegd", name_en="Bin not emptied")
    make_handed_over(to=cast.waste, by=cast.anna, product=product, language="en")
    assert "Bin not emptied" in letter("receipt").body_text
    assert "Container niet geleegd" not in letter("receipt").body_text


def test_what_a_resident_wrote_is_escaped(cast: Cast) -> None:
    make_handed_over(to=cast.waste, by=cast.anna, text="<script>alert(1)</script>")
    assert "<script>" not in letter("receipt").body_html


def test_a_callback_tells_the_window_and_the_number(cast: Cast) -> None:
    (window,) = callback_windows(start=MONDAY, calendar=calendar_of(cast.waste), count=1)
    operations.register_and_promise_callback(
        asked=make_asked(), to=cast.waste, window=window, phone="+31612345678", asks="Bel", by=cast.anna, at=MONDAY
    )
    text = " ".join(letter("receipt").body_text.split())
    assert "Waste belt u op maandag 2 maart tussen 10.30 en 12.30 uur." in text
    assert "06 12345678" in text


def test_an_answer_carries_the_name_of_its_team(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.answer(question=question, text="Wij komen morgen.", channel="email", by=cast.wim, at=MONDAY)
    answer = letter("answer")
    assert "Wij komen morgen." in answer.body_text
    assert "Waste" in answer.body_text


def test_asking_back_says_by_when_and_what_happens_otherwise(cast: Cast) -> None:
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.ask_resident(question=question, text="Welke kleur?", channel="email", by=cast.wim, at=MONDAY)
    text = letter("asked_back").body_text
    assert "Welke kleur?" in text
    assert "maandag 16 maart, 17.00 uur" in text


def test_everything_that_can_happen_is_written_in_both_languages(cast: Cast) -> None:
    for language in ("nl", "en"):
        operations.answer_at_once(asked=make_asked(language=language), answer="Ja.", by=cast.anna, at=MONDAY)
        first = make_handed_over(to=cast.waste, by=cast.anna, language=language).question
        second = make_handed_over(to=cast.waste, by=cast.anna, language=language).question
        operations.merge(question=second, into=first, by=cast.wim, at=MONDAY)
        operations.renew_promise(question=first, reason="Druk", by=cast.wim, at=MONDAY + timedelta(hours=1))
        operations.hand_over(
            question=first, to=cast.youth, asks="", reason="Toch jeugd", by=cast.sander, at=MONDAY + timedelta(hours=2)
        )
        too_large = make_asked(language=language, left_out=LeftOut(is_too_large=True, most_megabytes=20))
        registered = operations.receive_question(asked=too_large, by=RESIDENT, at=MONDAY)
        operations.tell_what_was_left_out(
            contact=registered.contact, to="karel@example.org", left_out=LeftOut(files=("a.exe",)), at=MONDAY
        )
    operations.remind_of_promises(at=MONDAY + timedelta(days=9))
    operations.escalate_broken_promises(at=MONDAY + timedelta(days=9))
    written = set(Delivery.objects.values_list("kind", flat=True))
    assert written >= TEXTS.keys() - {"answer", "asked_back", "team_reminder", "supervisor_alarm", "second_hop"}
    with override("en"):
        english = {str(subject).split(" (")[0] for subject in SUBJECTS.values()}
    for each in Delivery.objects.all():
        is_english = each.subject.split(" (")[0] in english
        assert is_english == (each.language == "en"), each.subject


def test_subjects_and_letters_to_teams_hold_nothing_personal(cast: Cast) -> None:
    promise = make_handed_over(to=cast.waste, by=cast.anna).promise
    assert promise is not None
    operations.remind_of_promises(at=promise.remind_at)
    operations.escalate_broken_promises(at=MONDAY + timedelta(days=9))
    for each in Delivery.objects.all():
        assert not any(word in each.subject for word in PERSONAL)
        if each.kind in {"team_notice", "team_reminder", "supervisor_alarm"}:
            assert not any(word in each.body_text + each.body_html for word in PERSONAL)
    assert Delivery.objects.filter(kind="team_reminder").exists()


def test_the_number_of_a_question_is_no_figure(cast: Cast) -> None:
    make_handed_over(to=cast.waste, by=cast.anna)
    written = letter("receipt").body_text
    assert "Nummer:" in written
    assert "Getal" not in written
