"""The rounds that watch over promises go on until nothing is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.promises import jobs
from aanspreekpunt.promises.operations import ask_resident, watching
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over


@pytest.mark.django_db
def test_the_rounds_go_on_until_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "BATCH", 1)
    cast = make_cast()
    asked = make_handed_over(to=cast.waste, by=cast.anna).question
    ask_resident(question=asked, text="Welke?", channel="email", by=cast.wim, at=MONDAY)
    promises = [make_handed_over(to=cast.waste, by=cast.anna).promise for _ in range(3)]
    promise = promises[0]
    assert promise is not None
    monkeypatch.setattr(timezone, "now", lambda: promise.remind_at)
    jobs.remind(timestamp=0)
    assert Entry.objects.filter(event="promise.reminded").count() == 3
    monkeypatch.setattr(timezone, "now", lambda: MONDAY + timedelta(days=60))
    jobs.escalate(timestamp=0)
    jobs.go_on(timestamp=0)
    assert Entry.objects.filter(event="promise.broken").count() == 3
    assert Entry.objects.filter(event="reply.not_received").count() == 1
