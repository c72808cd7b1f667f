"""The rounds that watch over promises go on until nothing is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.promises import jobs
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.operations import ask_resident, watching
from aanspreekpunt.promises.tests.make import make_handed_over


@pytest.mark.django_db
def test_the_rounds_go_on_until_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "BATCH", 1)
    cast = make_cast()
    long_ago = timezone.now() - timedelta(days=60)
    for _ in range(3):
        make_handed_over(to=cast.waste, by=cast.anna, at=timezone.now())
    Promise.objects.update(remind_at=long_ago)
    for _ in range(3):
        make_handed_over(to=cast.waste, by=cast.anna, at=long_ago)
    asked = make_handed_over(to=cast.waste, by=cast.anna, at=long_ago).question
    ask_resident(question=asked, text="Welke?", channel="email", by=cast.wim, at=long_ago)
    jobs.remind(timestamp=0)
    jobs.escalate(timestamp=0)
    jobs.go_on(timestamp=0)
    assert Entry.objects.filter(event="promise.reminded").count() == 3
    assert Entry.objects.filter(event="promise.broken").count() == 3
    assert Entry.objects.filter(event="reply.not_received").count() == 1
