"""What a mail becomes: a question, part of one, or set aside; each once, and nothing by what anybody can forge."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.intake import understanding
from aanspreekpunt.intake.channels.email import caps
from aanspreekpunt.intake.tests.make import KAREL, MONDAY, STORY, deliver, make_mail
from aanspreekpunt.intake.understanding import understand_waiting
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.arriving import store_arrival, try_again
from aanspreekpunt.messaging.models import Arrival, Delivery
from aanspreekpunt.messaging.post import want_question
from aanspreekpunt.messaging.rules import TIME_TO_INTERPRET
from aanspreekpunt.messaging.threads import message_id_of
from aanspreekpunt.messaging.writing import mail_of
from aanspreekpunt.organisation.models import Team
from aanspreekpunt.organisation.tests.make import Cast, make_cast
from aanspreekpunt.parties.operations import remember_party
from aanspreekpunt.promises.operations import answer
from aanspreekpunt.promises.rules.writing_back import REOPENS_WITHIN
from aanspreekpunt.questions.intake import Customer
from aanspreekpunt.questions.mail_marks import mail_mark
from aanspreekpunt.questions.mails import with_own_pictures
from aanspreekpunt.questions.models import Contact, MailBody, Question, QuestionLink

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "own_directory")]

ANSWER = "We komen morgen langs."


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ask(**fields: str) -> Question:
    deliver(make_mail(**fields))
    return Question.objects.latest("id")


def reply_to(question: Question, text: str, *, kind: str = "receipt", at: datetime = MONDAY, **fields: str) -> Arrival:
    letter = Delivery.objects.filter(about_id=question.pk, kind=kind).latest("id")
    headers = {"In-Reply-To": message_id_of(letter)}
    return deliver(make_mail(text, subject=f"Re: {letter.subject}", headers=headers, **fields), at=at)


def settle(question: Question, cast: Cast, *, at: datetime = MONDAY) -> None:
    answer(question=question, text=ANSWER, channel="email", by=cast.anna, at=at)
    question.refresh_from_db()
    assert question.is_settled


def test_a_mail_becomes_a_question_with_an_owner_a_promise_and_one_receipt(cast: Cast) -> None:
    arrival = deliver(make_mail())
    question = Question.objects.get()
    assert (arrival.state, arrival.became, arrival.about_id) == ("understood", "question", question.pk)
    assert (question.subject, question.channel, question.owner) == ("Container niet geleegd", "email", cast.desk)
    assert question.due_at is not None
    contact = question.contacts.get()
    assert contact.text == STORY
    participant = contact.participants.get()
    assert (participant.first_name, participant.infix, participant.last_name) == ("Karel", "van", "Deurne")
    receipt = Delivery.objects.get()
    assert (receipt.kind, receipt.to_address) == ("receipt", "karel@example.org")
    assert "Container" not in receipt.subject
    assert mail_mark(question.reference) in receipt.subject


def test_the_same_mail_delivered_again_changes_nothing() -> None:
    raw = make_mail()
    deliver(raw)
    deliver(raw)
    assert (Question.objects.count(), Contact.objects.count(), Delivery.objects.count()) == (1, 1, 1)


def test_a_department_that_is_written_to_owns_the_question_at_once(cast: Cast) -> None:
    Team.objects.filter(pk=cast.waste.pk).update(mailbox="afval@voorbeeldstad.example")
    question = ask(to="Afval <Afval@voorbeeldstad.example>")
    assert question.owner == cast.waste


def test_a_reply_to_our_letter_goes_to_its_question() -> None:
    question = ask()
    arrival = reply_to(question, "Het gaat om nummer 12.\n\nOp ma 2 mrt. 2026 schreef Voorbeeldstad:\n> Uw vraag\n")
    assert (arrival.became, arrival.about_id) == ("adds", question.pk)
    added = question.contacts.latest("id")
    assert added.text == "Het gaat om nummer 12."
    assert "> Uw vraag" in added.mail.quoted
    assert Delivery.objects.filter(kind="receipt").count() == 1


def test_the_mark_in_the_subject_is_enough_where_a_mail_program_leaves_out_what_it_replies_to() -> None:
    question = ask()
    subject = f"RE: Wij hebben uw vraag ontvangen ({mail_mark(question.reference)})"
    assert deliver(make_mail("Nog iets.", subject=subject)).became == "adds"


@pytest.mark.parametrize("forgery", ["reference", "check", "message_id", "uuid"])
def test_what_anybody_can_write_never_attaches_to_a_question(forgery: str) -> None:
    question = ask()
    mark, letter = mail_mark(question.reference), Delivery.objects.get()
    genuine = message_id_of(letter)
    fields = {
        "reference": {"subject": f"Uw vraag {question.shown_reference}"},
        "check": {"subject": f"Uw vraag {mark[:-1]}{'0' if mark[-1] != '0' else '1'}"},
        "message_id": {"headers": {"In-Reply-To": genuine.replace(genuine[40:44], "0000")}},
        "uuid": {"headers": {"References": f"<{letter.uuid.hex}@localhost>"}},
    }[forgery]
    arrival = deliver(make_mail("Maak mijn adres anders.", sender="Boef <boef@example.net>", **fields))
    assert arrival.became == "question"
    assert arrival.about_id != question.pk
    assert question.contacts.count() == 1
    # It is told apart, not thrown away: who handles it sees which question it may be about.
    assert QuestionLink.objects.exists() == (forgery in {"reference", "check"})


def test_somebody_else_who_replies_does_not_become_the_one_we_answer(cast: Cast) -> None:
    question = ask()
    reply_to(question, "Stuur het antwoord maar naar mij.", sender="Boef <boef@example.net>")
    assert question.contacts.latest("id").mail.from_address == "boef@example.net"
    settle(question, cast)
    assert Delivery.objects.get(kind="answer").to_address == "karel@example.org"


def test_a_mail_from_a_colleagues_address_is_never_an_answer_of_ours(cast: Cast) -> None:
    question = ask()
    reply_to(question, "Dit is ons antwoord.", sender=f"Anna <{cast.anna.email}>")
    contact = question.contacts.latest("id")
    assert (contact.direction, contact.by_employee) == ("in", None)
    question.refresh_from_db()
    assert not question.is_settled


def test_a_reply_within_a_month_opens_a_settled_question_again(cast: Cast) -> None:
    question = ask()
    settle(question, cast)
    arrival = reply_to(question, "Er is niemand geweest.", kind="answer", at=MONDAY + timedelta(days=3))
    question.refresh_from_db()
    assert (arrival.became, question.is_settled, question.times_reopened) == ("reopens", False, 1)
    assert question.contacts.latest("id").text == "Er is niemand geweest."


def test_a_later_reply_is_a_new_question_linked_to_the_old_one(cast: Cast) -> None:
    question = ask()
    settle(question, cast)
    arrival = reply_to(question, "Nu weer.", kind="answer", at=MONDAY + REOPENS_WITHIN + timedelta(days=1))
    question.refresh_from_db()
    assert (arrival.became, question.is_settled) == ("question", True)
    link = QuestionLink.objects.get()
    assert {link.question_id, link.other_id} == {question.pk, arrival.about_id}
    assert link.made_by is None


def test_a_mail_that_only_carries_another_is_read_at_once() -> None:
    raw = make_mail("", files={"brief.eml": make_mail("Gat in de weg.", sender="Piet <piet@post.example>")})
    deliver(raw.replace(b"Content-Type: application/octet-stream", b"Content-Type: message/rfc822"))
    contact = Contact.objects.latest("id")
    assert contact.text.startswith("From: Piet <piet@post.example>\n")
    assert contact.text.endswith("Gat in de weg.")
    assert contact.attachments.get().file_name == "brief.eml"


def test_a_mail_that_is_encrypted_says_so() -> None:
    deliver(make_mail("-----BEGIN PGP MESSAGE-----\n\nhQEM"))
    assert Contact.objects.latest("id").text.startswith("(Deze e-mail is versleuteld en kan hier niet gelezen worden.)")


def test_thanks_open_nothing_again(cast: Cast) -> None:
    question = ask()
    settle(question, cast)
    arrival = reply_to(
        question, "Hartelijk dank voor het snelle antwoord!\n\nMet vriendelijke groet,\nKarel", kind="answer"
    )
    question.refresh_from_db()
    assert (arrival.became, question.is_settled) == ("thanks", True)
    assert question.contacts.latest("id").text.startswith("Hartelijk dank")
    assert Entry.objects.filter(event="resident.thanked", shown_to_resident=True).exists()


def test_an_answering_machine_is_noted_and_never_answered() -> None:
    question = ask()
    headers = {"Auto-Submitted": "auto-replied", "In-Reply-To": message_id_of(Delivery.objects.get())}
    arrival = deliver(make_mail("Ik ben er niet.", subject="Afwezig", headers=headers))
    assert (arrival.became, arrival.about_id) == ("automatic", question.pk)
    assert Delivery.objects.count() == 1
    assert Entry.objects.filter(event="automatic.received", shown_to_resident=False).exists()


def test_automatic_mail_about_nothing_of_ours_is_set_aside() -> None:
    arrival = deliver(make_mail("Ik ben er niet.", headers={"Auto-Submitted": "auto-replied"}))
    assert (arrival.state, arrival.became, bool(arrival.raw)) == ("understood", "set_aside", True)
    assert not Question.objects.exists()
    assert not Delivery.objects.exists()


def test_what_was_set_aside_becomes_a_question_when_somebody_asks_for_it() -> None:
    arrival = deliver(make_mail("Ik ben er niet.", headers={"Auto-Submitted": "auto-replied"}))
    want_question(arrival=arrival, at=MONDAY)
    understanding.understand_waiting(clock=lambda: MONDAY)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.became, arrival.is_wanted) == ("understood", "question", True)
    assert Question.objects.get().contacts.get().text == "Ik ben er niet."
    assert not Delivery.objects.exists()  # a machine is still not answered


def test_one_address_is_answered_a_few_times_and_then_only_heard() -> None:
    for number in range(caps.MOST_PER_ADDRESS_AND_HOUR + 3):
        deliver(make_mail(subject=f"Vraag {number}"))
    assert Question.objects.count() == caps.MOST_PER_ADDRESS_AND_HOUR + 3
    assert Delivery.objects.count() == caps.MOST_PER_ADDRESS_AND_HOUR


def test_the_same_subject_is_answered_less() -> None:
    for prefix in ("", "Re: ", "Re: Re: ", "Antw: ", "RE: "):
        deliver(make_mail(subject=f"{prefix}Container"))
    assert Delivery.objects.count() == caps.MOST_PER_SUBJECT_AND_DAY


def test_a_flood_from_one_address_is_set_aside_and_kept() -> None:
    for number in range(caps.MOST_QUESTIONS_PER_ADDRESS_AND_HOUR + 2):
        last = deliver(make_mail(subject=f"Vraag {number}"))
    assert Question.objects.count() == caps.MOST_QUESTIONS_PER_ADDRESS_AND_HOUR
    assert (last.became, last.reason, bool(last.raw)) == ("set_aside", "flood", True)
    assert deliver(make_mail(sender="Els <els@example.org>")).became == "question"


def test_what_cannot_be_read_is_kept_gets_an_owner_and_blocks_nothing(cast: Cast) -> None:
    store_arrival(account="email/post", external_id="1", raw=b" \r\n", at=MONDAY)
    store_arrival(account="email/post", external_id="2", raw=make_mail(), at=MONDAY)
    understanding.understand_waiting(clock=lambda: MONDAY)
    bad, good = Arrival.objects.order_by("id")
    assert (bad.state, bad.reason, good.became) == ("quarantined", "empty", "question")
    question = Question.objects.get(pk=bad.about_id)
    assert question.owner == cast.desk
    assert question.due_at is not None


def test_a_mail_that_breaks_us_is_quarantined_once_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(**_facts: object) -> None:
        raise ZeroDivisionError

    raw = make_mail()
    with monkeypatch.context() as patch:
        patch.setattr(understanding, "CHANNELS", {"email": fall})
        arrival = deliver(raw)
    assert (arrival.state, arrival.reason) == ("quarantined", "failed")
    opened = Question.objects.get(pk=arrival.about_id)
    try_again(arrival=arrival, at=MONDAY)
    understanding.understand_waiting(clock=lambda: MONDAY)
    arrival.refresh_from_db()
    assert (arrival.became, arrival.about_id) == ("adds", opened.pk)
    assert Question.objects.count() == 1
    assert opened.contacts.latest("id").text == STORY
    assert MailBody.objects.get().from_address == "karel@example.org"


def test_a_busy_database_is_no_fault_of_a_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(**_facts: object) -> None:
        raise OperationalError("deadlock detected")

    with monkeypatch.context() as patch:
        patch.setattr(understanding, "CHANNELS", {"email": busy})
        arrival = deliver(make_mail())
    assert (arrival.state, arrival.attempts) == ("waiting", 1)
    later = MONDAY + TIME_TO_INTERPRET + timedelta(seconds=1)
    understanding.understand_waiting(clock=lambda: later)
    arrival.refresh_from_db()
    assert arrival.became == "question"


def test_files_come_along_and_dangerous_ones_are_held() -> None:
    picture = b"\xff\xd8\xff\xe0" + bytes(40)
    question = ask(files={"foto.jpg": picture, "factuur.pdf.exe": b"MZ" + bytes(40), "lijst.xlsx": b"PK-not-a-zip"})  # type: ignore[arg-type]
    held = {each.file_name: each.held_for for each in question.contacts.get().attachments.all()}
    assert held == {"foto.jpg": "", "factuur.pdf.exe": "dangerous", "lijst.xlsx": ""}


def test_a_mail_in_english_gets_its_receipt_in_english() -> None:
    question = ask(text="Dear sir, when will you come to empty my bin? It was not done on Monday.", subject="Bin")
    assert question.language == "en"
    assert Delivery.objects.get().language == "en"


def test_a_mail_without_sender_is_a_question_that_cannot_be_answered_by_mail() -> None:
    store_arrival(
        account="email/post", external_id="1", raw=b"Subject: Lamp kapot\r\n\r\nIn de Dorpsstraat.\r\n", at=MONDAY
    )
    understanding.understand_waiting(clock=lambda: MONDAY)
    assert Question.objects.get().subject == "Lamp kapot"
    assert not Delivery.objects.exists()


def test_who_cannot_be_mailed_gets_no_receipt_and_stops_nobody_elses() -> None:
    raw = "From: jdöe@mächine.example\r\nSubject: Lamp\r\n\r\nKapot.\r\n".encode()
    store_arrival(account="email/post", external_id="1", raw=raw, at=MONDAY)
    understanding.understand_waiting(clock=lambda: MONDAY)
    assert Question.objects.get().contacts.get().mail.from_address == "jdöe@mächine.example"
    assert not Delivery.objects.exists()


def test_our_own_letters_say_that_they_are_automatic() -> None:
    ask()
    mail = message_from_bytes(mail_of(Delivery.objects.get(), at=MONDAY).as_bytes(), policy=policy.default)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert KAREL.endswith(f"<{mail['To']}>")


def bounce_of(letter: Delivery, *, status: str, said: str = "550 5.1.1 User unknown") -> bytes:
    """Return what a mail server writes when it could not deliver a letter of ours."""
    report = [
        "From: MAILER-DAEMON@mx.example.org",
        "To: aanspreekpunt@localhost",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "Your message could not be delivered.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "",
        f"Final-Recipient: rfc822; {letter.to_address}",
        "Action: failed",
        f"Status: {status}",
        f"Diagnostic-Code: smtp; {said}",
        "",
        "--b",
        "Content-Type: message/rfc822",
        "",
        mail_of(letter, at=MONDAY).as_string(),
        "--b--",
        "",
    ]
    return "\r\n".join(report).encode()


def sent(letter: Delivery) -> Delivery:
    letter.state, letter.ended_at, letter.secrets = "sent", MONDAY, {}
    letter.save()
    return letter


def test_an_answer_that_comes_back_opens_its_question_again_and_marks_the_address(cast: Cast) -> None:
    question = ask()
    party = remember_party(customer=Customer(last_name="Deurne", email="karel@example.org"), by=cast.anna, at=MONDAY)
    Question.objects.update(party=party)
    settle(question, cast)
    letter = sent(Delivery.objects.get(kind="answer"))
    arrival = deliver(bounce_of(letter, status="5.1.1"))
    assert (arrival.became, arrival.about_id) == ("bounce", question.pk)
    letter.refresh_from_db()
    question.refresh_from_db()
    assert (letter.state, list(letter.tries.values_list("outcome", "code"))) == ("failed", [("bounced", "5.1.1")])
    assert not question.is_settled
    assert party.addresses.get().bounced_at == MONDAY
    assert Entry.objects.filter(event="letter.failed").exists()


def test_what_comes_back_for_now_is_sent_once_more(cast: Cast) -> None:
    question = ask()
    settle(question, cast)
    letter = sent(Delivery.objects.get(kind="answer"))
    full = "452 4.2.2 Mailbox full"
    deliver(bounce_of(letter, status="4.2.2", said=full))
    letter.refresh_from_db()
    assert (letter.state, letter.next_attempt_at > MONDAY) == ("waiting", True)
    deliver(bounce_of(sent(letter), status="4.2.2", said=full) + b"\r\n")
    letter.refresh_from_db()
    assert letter.state == "failed"


def test_a_made_up_bounce_changes_nothing() -> None:
    ask()
    letter = sent(Delivery.objects.get())
    forged = bounce_of(letter, status="5.1.1").replace(message_id_of(letter).encode(), b"<made@up.example>")
    arrival = deliver(forged)
    letter.refresh_from_db()
    assert (arrival.became, arrival.reason, letter.state) == ("set_aside", "bounce_of_unknown", "sent")


def test_a_picture_in_a_mail_is_shown_where_it_stood() -> None:
    mail = message_from_bytes(make_mail(), policy=policy.default)
    mail.add_alternative("<p>Zie <img src='cid:foto@hier' alt='foto'></p><a href='cid:foto@hier'>x</a>", subtype="html")
    mail.add_attachment(b"\xff\xd8\xff\xe0", maintype="image", subtype="jpeg", filename="foto.jpg", cid="<foto@hier>")
    deliver(mail.as_bytes())
    body = MailBody.objects.get()
    assert '<img src="cid:foto@hier" alt="foto">' in body.html
    assert body.html.count("cid:") == 1
    shown = with_own_pictures(body.html, body.contact.attachments.all())
    assert '<img src="data:image/jpeg;base64,' in shown


def test_hostile_html_is_kept_harmless_beside_the_words() -> None:
    raw = (
        make_mail()
        .replace(b"text/plain", b"text/html")
        .replace(b"De container", b"<script>alert(1)</script><b>De</b> container")
    )
    deliver(raw)
    body = MailBody.objects.get()
    assert "<b>De</b>" in body.html
    assert "script" not in body.html


def test_a_mail_takes_ten_queries_however_many_teams_have_a_mailbox(cast: Cast) -> None:
    deliver(make_mail(sender="first@example.org"))  # what is remembered for some seconds is read by the first
    Team.objects.exclude(pk=cast.desk.pk).update(mailbox="waste@voorbeeldstad.example")
    store_arrival(account="email/post", external_id="INBOX 1 last", raw=make_mail(), at=MONDAY)
    with CaptureQueriesContext(connection) as asked:
        understand_waiting(clock=lambda: MONDAY)
    assert Contact.objects.count() == 2
    sent = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    # Two claims, of which one finds nothing; turns, caps, sender, numbers, the question with all that belongs to it,
    # the mail as it was written, the arrival, and whether anything in quarantine has no owner.
    assert len(sent) == 10, sent
