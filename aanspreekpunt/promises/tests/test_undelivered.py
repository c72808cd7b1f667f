"""A letter that did not arrive is known to the team that has the question."""

from __future__ import annotations

import pytest
from django.utils import timezone

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.mail_server import NotAccepted, PerhapsAccepted, RecordingMailServer
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.messaging.sending import send_waiting
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.promises.tests.make import make_handed_over


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "event"),
    [(NotAccepted("550", is_permanent=True), "letter.failed"), (PerhapsAccepted("timeout"), "letter.uncertain")],
)
def test_a_letter_that_does_not_arrive_stands_in_the_journal(answer: Exception, event: str) -> None:
    cast = make_cast()
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    Delivery.objects.exclude(kind="receipt").delete()
    RecordingMailServer.answers.append(answer)
    send_waiting(clock=timezone.now)
    entry = Entry.objects.get(event=event)
    assert (entry.subject_id, entry.team_id) == (question.pk, cast.waste.pk)
    assert entry.data["letter"] == "receipt"
    assert not entry.shown_to_resident
    RecordingMailServer.forget()
