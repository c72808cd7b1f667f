"""Taking back what one wrote: the letter never goes out, the question is open again, and the record tells all of it."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.knowledge.models import Use
from aanspreekpunt.knowledge.operations.uses import note_given
from aanspreekpunt.knowledge.tests.make import make_answer
from aanspreekpunt.messaging.mail_server import NotAccepted, RecordingMailServer
from aanspreekpunt.messaging.models import Delivery, Enclosure
from aanspreekpunt.messaging.refusals import AlreadyOnItsWay
from aanspreekpunt.messaging.sending import claim_next, send_waiting
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Handover, Promise
from aanspreekpunt.promises.refusals import FilesGoByMail
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.promises.timeline.resident import lines_for_resident
from aanspreekpunt.questions.attachments import FilesAreGone, TooMuchForAMail, store_attachment
from aanspreekpunt.questions.models import Attachment, Contact, Question
from aanspreekpunt.questions.refusals import NotPossibleNow, NotYours

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_directory")]
LATER = MONDAY + timedelta(hours=1)
SOON = LATER + timedelta(seconds=5)
GONE = LATER + timedelta(seconds=11)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture(autouse=True)
def _nothing_sent() -> None:
    RecordingMailServer.forget()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def question(cast: Cast) -> Question:
    return make_handed_over(to=cast.waste, by=cast.anna).question


def answer(question: Question, cast: Cast, **fields: Any) -> Contact:
    values = {"text": "Wij komen morgen.", "channel": "email", "by": cast.wim, "at": LATER, **fields}
    operations.answer(question=question, **values)
    question.refresh_from_db()
    return Contact.objects.filter(question=question, direction="out").latest("id")


def take_back(question: Question, contact: Contact, cast: Cast, **fields: Any) -> None:
    operations.take_back(**{"question": question, "contact": contact, "by": cast.wim, "at": SOON, **fields})
    question.refresh_from_db()


def sent(kind: str = "answer", *, at: Any = GONE) -> int:
    RecordingMailServer.forget()
    send_waiting(clock=lambda: at)
    return Delivery.objects.filter(kind=kind, state="sent").count()


def only_the_answer() -> None:
    """Take all other letters out of the outbox."""
    Delivery.objects.exclude(kind="answer").update(state="sent", ended_at=MONDAY, secrets={})


def make_file(content: bytes = PNG) -> Attachment:
    return store_attachment(file=SimpleUploadedFile("plattegrond.png", content))


def test_an_answer_waits_ten_seconds_and_then_goes_out(question: Question, cast: Cast) -> None:
    answer(question, cast)
    assert sent(at=SOON) == 0
    assert sent(at=GONE) == 1


def test_what_is_taken_back_is_never_sent_and_the_question_is_open_again(question: Question, cast: Cast) -> None:
    due_at = question.due_at
    contact = answer(question, cast)
    assert question.is_settled
    take_back(question, contact, cast)
    assert sent(at=GONE + timedelta(days=30)) == 0
    assert Delivery.objects.get(kind="answer").state == "withdrawn"
    assert (question.state, question.holder, question.outcome, question.due_at) == ("in_hand", cast.wim, "", due_at)
    contact.refresh_from_db()
    assert contact.has_succeeded is False
    assert contact.text == "Wij komen morgen."


def test_the_promise_it_kept_counts_as_withdrawn_and_its_date_stands(question: Question, cast: Cast) -> None:
    contact = answer(question, cast)
    take_back(question, contact, cast)
    states = Promise.objects.filter(question=question).order_by("id").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "open"]
    answer(question, cast, at=SOON + timedelta(minutes=1))
    assert Promise.objects.filter(question=question, state="kept").count() == 1


def test_the_handover_it_ended_is_under_way_again(question: Question, cast: Cast) -> None:
    contact = answer(question, cast)
    handover = Handover.objects.get(question=question)
    assert handover.state == "done"
    take_back(question, contact, cast)
    handover.refresh_from_db()
    assert (handover.state, handover.ended_at, handover.taken_up_by) == ("taken_up", None, cast.wim)
    operations.return_to_sender(question=question, reason="Toch voor het KCC", by=cast.wim, at=SOON)
    handover.refresh_from_db()
    assert handover.state == "returned"


def test_a_handover_that_was_done_before_stays_done(question: Question, cast: Cast) -> None:
    answer(question, cast)
    operations.reopen(question=question, reason="Niet opgelost", by=RESIDENT, at=MONDAY + timedelta(days=1))
    contact = answer(question, cast, at=MONDAY + timedelta(days=1, hours=1))
    take_back(question, contact, cast, at=MONDAY + timedelta(days=1, hours=1, seconds=3))
    assert Handover.objects.get(question=question).state == "done"


def test_a_standard_answer_in_it_was_not_given(question: Question, cast: Cast) -> None:
    first, second = make_answer("container"), make_answer("grofvuil")
    note_given(article_keys=["grofvuil"], question_id=question.pk, is_confidential=False, at=MONDAY - timedelta(days=1))
    contact = answer(question, cast)
    for article in (first, second):
        note_given(article_keys=[article.key], question_id=question.pk, is_confidential=False, at=contact.occurred_at)
    take_back(question, contact, cast)
    assert list(Use.objects.values_list("article__key", flat=True)) == ["grofvuil"]
    again = answer(question, cast, at=SOON + timedelta(minutes=1))
    note_given(article_keys=["container"], question_id=question.pk, is_confidential=False, at=again.occurred_at)
    assert Use.objects.filter(article=first).count() == 1


def test_a_broken_promise_stays_broken(question: Question, cast: Cast) -> None:
    late = MONDAY + timedelta(days=60)
    contact = answer(question, cast, at=late)
    take_back(question, contact, cast, at=late + timedelta(seconds=5))
    states = Promise.objects.filter(question=question).order_by("id").values_list("state", flat=True)
    assert list(states) == ["broken", "open"]
    assert question.due_at > late


def test_the_journal_tells_all_of_it_and_the_resident_is_told_nothing(question: Question, cast: Cast) -> None:
    before = [line.title for line in lines_for_resident(question)]
    contact = answer(question, cast)
    lines = Entry.objects.filter(subject_id=question.pk).count()
    take_back(question, contact, cast)
    events = Entry.objects.filter(subject_id=question.pk).order_by("id").values_list("event", flat=True)
    assert list(events)[lines:] == ["letter.taken_back", "promise.made"]
    assert {"question.answered", "question.settled"} <= set(events)
    assert [line.title for line in lines_for_resident(question)] == before
    answer(question, cast, at=SOON + timedelta(minutes=1), text="Wij komen overmorgen.")
    told = " ".join(line.words for line in lines_for_resident(question))
    assert "overmorgen" in told
    assert "morgen." not in told.replace("overmorgen.", "")


def test_what_we_asked_is_taken_back_as_well(question: Question, cast: Cast) -> None:
    due_at = question.due_at
    operations.ask_resident(question=question, text="Welk huis?", channel="email", by=cast.wim, at=LATER)
    contact = Contact.objects.filter(direction="out").latest("id")
    take_back(question, contact, cast)
    assert (question.state, question.holder, question.due_at) == ("in_hand", cast.wim, due_at)
    assert sent("asked_back") == 0
    assert not any(line.words == "Welk huis?" for line in lines_for_resident(question))


def test_everyone_who_was_to_get_the_same_answer_gets_none(question: Question, cast: Cast) -> None:
    other = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.merge(question=other, into=question, by=cast.wim, at=LATER)
    contact = answer(question, cast, files=[make_file().uuid])
    assert Delivery.objects.filter(kind="answer").count() == 2
    assert Enclosure.objects.values("stored_as").distinct().count() == 2
    take_back(question, contact, cast)
    assert sent() == 0
    other.refresh_from_db()
    assert other.outcome == "duplicate"
    assert Entry.objects.filter(event="letter.taken_back").count() == 2


def test_nothing_is_taken_back_once_a_letter_is_on_its_way(question: Question, cast: Cast) -> None:
    other = make_handed_over(to=cast.waste, by=cast.anna).question
    operations.merge(question=other, into=question, by=cast.wim, at=LATER)
    contact = answer(question, cast)
    only_the_answer()
    assert claim_next(at=GONE) is not None
    with pytest.raises(AlreadyOnItsWay):
        take_back(question, contact, cast, at=GONE)
    question.refresh_from_db()
    assert question.is_settled
    assert Delivery.objects.filter(kind="answer", state="withdrawn").count() == 0


def test_a_letter_that_is_tried_again_later_is_not_taken_back(question: Question, cast: Cast) -> None:
    contact = answer(question, cast)
    only_the_answer()
    RecordingMailServer.answers.append(NotAccepted("451"))
    send_waiting(clock=lambda: GONE)
    assert Delivery.objects.get(kind="answer").state == "waiting"
    with pytest.raises(AlreadyOnItsWay):
        take_back(question, contact, cast, at=GONE)


def test_only_who_wrote_it_takes_it_back_and_only_once(question: Question, cast: Cast) -> None:
    contact = answer(question, cast)
    with pytest.raises(NotYours):
        take_back(question, contact, cast, by=cast.sander)
    take_back(question, contact, cast)
    with pytest.raises(AlreadyOnItsWay):
        take_back(question, contact, cast)


def test_what_went_on_since_is_not_undone(question: Question, cast: Cast) -> None:
    contact = answer(question, cast)
    operations.reopen(question=question, reason="Toch niet", by=cast.wim, at=SOON)
    with pytest.raises(NotPossibleNow):
        take_back(question, contact, cast)
    assert Delivery.objects.get(kind="answer").state == "waiting"


def test_an_answer_by_phone_cannot_be_taken_back(question: Question, cast: Cast) -> None:
    contact = answer(question, cast, channel="phone")
    with pytest.raises(AlreadyOnItsWay):
        take_back(question, contact, cast)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sender_is_first", [True, False])
def test_in_a_race_either_the_sender_wins_or_the_letter_never_goes_out(*, sender_is_first: bool) -> None:
    """Whoever takes the row first decides; the other waits or passes it by, and nothing is half done."""
    cast = make_cast()
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    contact = answer(question, cast)
    only_the_answer()
    began, outcome = threading.Event(), {}

    def other() -> None:
        try:
            began.set()
            if sender_is_first:
                take_back(question, contact, cast, at=GONE)
            else:
                outcome["claimed"] = claim_next(at=GONE)
        except AlreadyOnItsWay:
            outcome["refused"] = True
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        if sender_is_first:
            assert claim_next(at=GONE) is not None
        else:
            take_back(question, contact, cast, at=GONE)
        thread.start()
        began.wait()
        if not sender_is_first:
            thread.join()  # a sender passes a locked letter by instead of waiting for it
    thread.join()
    state = Delivery.objects.get(kind="answer").state
    assert (outcome, state) == (({"refused": True}, "sending") if sender_is_first else ({"claimed": None}, "withdrawn"))


class TestFilesThatGoAlong:
    """Files go with the letter exactly as they were chosen, within a limit, and never half."""

    def test_the_mail_carries_them_and_says_so(self, question: Question, cast: Cast) -> None:
        answer(question, cast, files=[make_file().uuid])
        sent()
        mail = next(mail for _to, mail in RecordingMailServer.sent if "plattegrond" in str(mail))
        (part,) = list(mail.iter_attachments())
        assert part.get_filename() == "plattegrond.png"
        assert part.get_content_type() == "image/png"
        assert part.get_content() == PNG
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        assert "plattegrond.png" in text
        assert "plattegrond.png" in html
        assert "plattegrond" not in mail["Subject"]

    def test_a_resident_finds_them_with_the_answer(self, question: Question, cast: Cast) -> None:
        answer(question, cast, files=[make_file().uuid])
        line = next(line for line in lines_for_resident(question) if line.words == "Wij komen morgen.")
        assert [each.file_name for each in line.attachments] == ["plattegrond.png"]

    def test_too_much_is_refused_whole(self, question: Question, cast: Cast, settings: Any) -> None:
        settings.MAIL_MEGABYTES = 1
        big = [make_file(PNG + b"\0" * 600_000).uuid for _ in range(2)]
        with pytest.raises(TooMuchForAMail):
            operations.answer(question=question, text="Zie", channel="email", files=big, by=cast.wim, at=LATER)
        question.refresh_from_db()
        assert not question.is_settled
        assert not Delivery.objects.filter(kind="answer").exists()

    def test_files_of_somebody_else_do_not_go_along(self, question: Question, cast: Cast) -> None:
        file = make_file()
        answer(make_handed_over(to=cast.waste, by=cast.anna).question, cast, files=[file.uuid])
        with pytest.raises(FilesAreGone):
            operations.answer(question=question, text="Zie", channel="email", files=[file.uuid], by=cast.wim, at=LATER)

    def test_files_do_not_go_with_a_spoken_answer(self, question: Question, cast: Cast) -> None:
        with pytest.raises(FilesGoByMail):
            answer(question, cast, channel="phone", files=[make_file().uuid])

    def test_they_are_free_again_when_the_letter_is_taken_back(self, question: Question, cast: Cast) -> None:
        file = make_file()
        contact = answer(question, cast, files=[file.uuid])
        given = operations.take_back(question=question, contact=contact, by=cast.wim, at=SOON)
        assert given == [file.uuid]
        question.refresh_from_db()
        answer(question, cast, files=given, at=SOON + timedelta(minutes=1))
        assert sent(at=SOON + timedelta(minutes=2)) == 1

    @pytest.mark.parametrize("harm", ["gone", "changed"])
    def test_a_letter_without_its_file_does_not_go_out_and_the_team_is_told(
        self, question: Question, cast: Cast, tmp_path: Path, harm: str
    ) -> None:
        file = make_file()
        answer(question, cast, files=[file.uuid])
        path = tmp_path / file.stored_as
        if harm == "gone":
            path.unlink()
        else:
            path.write_bytes(b"iets anders")
        assert sent() == 0
        assert Delivery.objects.get(kind="answer").state == "failed"
        assert Entry.objects.filter(event="letter.failed", subject_id=question.pk).exists()
        assert Delivery.objects.filter(kind="receipt", state="sent").exists()
        question.refresh_from_db()
        assert not question.is_settled


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("UPDATE promise SET state = 'kept' WHERE state = 'withdrawn'", "promise_never_moves"),
        (
            "UPDATE promise SET state = 'broken', ended_at = due_at + interval '1 day' WHERE state = 'kept'",
            "promise_never_moves",
        ),
        (
            "UPDATE messaging_delivery SET state = 'waiting', ended_at = NULL WHERE state = 'withdrawn'",
            "delivery_stays",
        ),
        ("UPDATE messaging_delivery SET made_at = now()", "delivery_stays"),
        ("DELETE FROM messaging_attempt", "attempt_only_grows"),
        ("UPDATE messaging_attempt SET code = ''", "attempt_only_grows"),
    ],
)
def test_the_record_cannot_be_bent(question: Question, cast: Cast, change: str, constraint: str) -> None:
    contact = answer(question, cast)
    take_back(question, contact, cast)
    answer(question, cast, at=SOON + timedelta(minutes=1))
    sent(at=SOON + timedelta(minutes=2))
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert isinstance(refused.value.__cause__, psycopg.Error)
    assert (refused.value.__cause__.diag.constraint_name or "").startswith(constraint)
