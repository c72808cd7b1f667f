"""Learning every night from what was asked and chosen, and noting what people chose in the end."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.suggestions.operations import note_final_choices


@app.periodic(cron="37 2 * * *")
@app.task(queueing_lock="learn-suggestions", lock="learn-suggestions")
def learn(timestamp: int) -> None:
    """Learn the suggestion of product and team anew."""
    from aanspreekpunt.suggestions.nightly import learn_anew  # noqa: PLC0415 - loads scikit-learn: seconds and memory

    del timestamp
    learn_anew(at=timezone.now())


@app.periodic(cron="7 2 * * *")
@app.task(queueing_lock="note-final-choices", lock="note-final-choices")
def note_choices(timestamp: int) -> None:
    """Note which product and team questions ended with."""
    del timestamp
    note_final_choices(at=timezone.now())
