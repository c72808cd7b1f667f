"""The screens on which mail is read, seen to, written and proved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from aanspreekpunt.common.remembering import forget
from aanspreekpunt.desk.tests.make import make_file, make_mail
from aanspreekpunt.messaging.arriving import note_understood, quarantine, store_arrival
from aanspreekpunt.messaging.models import Arrival, Delivery, Mailbox
from aanspreekpunt.promises import operations

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.questions.models import Contact
    from tests.browser.person import Person
    from tests.browser.stage import Stage


def _mail(stage: Stage) -> Contact:
    mail = make_mail(
        stage.handed.question,
        text="De container is nog steeds niet geleegd. Zie de foto.",
        quoted="> Wij komen morgen.",
        signature="Met vriendelijke groet,\nKarel van Deurne",
        html="<h1>Dag!</h1><p>De container is <b>nog steeds</b> niet geleegd. <img alt='foto' src=\"cid:foto\"></p>",
        from_address="karel.thuis@elders.example",
        to=["info@voorbeeldstad.example"],
        cc=["buurman@elders.example"],
    )
    make_file(mail, content_id="foto")
    make_file(mail, name="rekening.exe", content=b"MZ" + b"\0" * 60)
    return mail


def _read(stage: Stage) -> Person:
    _mail(stage)
    return stage.staff(stage.town.cast.sander, stage.question())


def _as_sent(stage: Stage) -> Person:
    mail = _mail(stage)
    return stage.wim(f"{stage.question()}/mail/{mail.uuid}")


def _post(stage: Stage) -> Person:
    at = timezone.now()
    for number, (reason, became) in enumerate((("too_large", ""), ("failed", ""), ("out_of_office", "set_aside"))):
        raw = f"From: Piet Jansen <piet{number}@elders.example>\r\nSubject: Een vraag over mijn paspoort\r\n\r\nx"
        store_arrival(account="email/info", external_id=str(number), raw=raw.encode(), at=at)
        arrival = Arrival.objects.latest("id")
        if became:
            note_understood(arrival=arrival, became=became, reason=reason, at=at)
        else:
            quarantine(arrival=arrival, reason=reason, at=at)
    store_arrival(account="email/info", external_id="waits", raw=b"x", at=at - timedelta(minutes=5))
    for account, error in (("email/info", ""), ("email/balie", "login_refused")):
        good = None if error else at
        Mailbox.objects.create(
            account=account, folder="INBOX", looked_at=at, succeeded_at=good, error=error, watched_since=at
        )
    return stage.anna("/desk/post")


def _alarms(stage: Stage) -> Person:
    """Let a mailbox be silent and receipts be in doubt, as who manages the installation sees it."""
    at = timezone.now()
    hour_ago = at - timedelta(hours=1)
    Mailbox.objects.create(account="email/info", folder="INBOX", error="no_answer", watched_since=hour_ago)
    receipt = Delivery.objects.filter(kind="receipt", about_id=stage.handed.question.pk)
    receipt.update(state="uncertain", claimed_at=hour_ago, attempts=1)
    forget()
    return stage.staff(stage.town.frits, "/desk/post")


def _going_out(stage: Stage) -> Person:
    person = stage.wim()
    at, by = timezone.now(), stage.town.cast.wim
    operations.answer(question=stage.handed.question, text="Wij komen morgen.", channel="email", by=by, at=at)
    return person.opens(stage.question())


def _inserting(stage: Stage) -> Person:
    person = stage.act("answer").types("Control+i")
    person.page.locator("#look-for").fill("container")
    return person


MAIL_SCREENS: dict[str, Callable[[Stage], Person]] = {
    "question, with a mail": _read,
    "mail as it was sent": _as_sent,
    "post, empty": lambda stage: stage.anna("/desk/post"),
    "post": _post,
    "post, with alarms": _alarms,
    "question, letter going out": _going_out,
    "question, inserting an answer": _inserting,
    "proof": lambda stage: stage.wim(f"{stage.question()}/bewijs"),
}

MAIL_WITHOUT_SCREEN = {
    "desk:preview-attachment": "gives a file",
    "desk:release-attachment": "leads back",
    "desk:mail-as-sent": "the frame of a mail as it was sent",
    "desk:mail-message": "gives a file",
    "desk:post-message": "gives a file",
    "desk:post-again": "leads back",
    "desk:post-all-again": "leads back",
    "desk:post-question": "leads back",
    "desk:post-receipts-again": "leads back",
    "desk:alarms": "asked by every screen",
    "desk:answers-to-insert": "asked while typing a letter",
    "desk:answer-to-insert": "asked while typing a letter",
    "desk:take-back": "leads back",
    "desk:proof-sheet": "gives a file",
}
