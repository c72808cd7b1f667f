"""Watching over answers and learning how people find them, every night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.knowledge.operations.links import PublicSites, follow_links
from aanspreekpunt.search.learning import learn_words
from aanspreekpunt.search.watching import watch_over_answers

if TYPE_CHECKING:
    from datetime import datetime


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="watch-over-answers", lock="watch-over-answers")
def watch(timestamp: int) -> None:
    """Find what is, or will soon be, wrong about answers; follow links to other sites where that is wanted."""
    del timestamp
    _watch(at=timezone.now())


@app.periodic(cron="20 4 * * *")
@app.task(queueing_lock="learn-words", lock="learn-words")
def learn(timestamp: int) -> None:
    """Let answers learn the words by which people found them in the past year."""
    del timestamp
    learn_words(at=timezone.now())


def _watch(*, at: datetime) -> None:
    if settings.FOLLOW_LINKS:
        follow_links(visitor=PublicSites(), at=at)
    watch_over_answers(at=at)
