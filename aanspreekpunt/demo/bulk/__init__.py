"""Loads contacts by the hundred thousand, with everything that belongs to them, for measuring."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from threading import Lock
from typing import TYPE_CHECKING

from django.db import connection, transaction

from aanspreekpunt.demo.bulk.lives import Lives
from aanspreekpunt.demo.bulk.sheets import COLUMNS, Numbers
from aanspreekpunt.demo.rhythm import moments
from aanspreekpunt.demo.town import Town
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Progress = Callable[[int, int], None]

__all__ = ["Loaded", "load"]

_BATCH = 2000
"""Questions per transaction; whoever interrupts a load loses no more than that."""
_LOADERS = 2
"""One makes up lives while the database takes in those of the other."""
_DAYS = 730
_CONTACTS_PER_QUESTION = 1.37


@dataclass(frozen=True)
class Loaded:
    """How much was loaded, and how fast."""

    contacts: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Contacts a second, with all that belongs to them and with gathering statistics afterwards."""
        return self.contacts / self.seconds


def load(*, contacts: int, progress: Progress | None = None, at: datetime) -> Loaded:
    """Load about `contacts` contacts of the two years before `at`, beside what is there already.

    Every constraint and trigger stays on. Each batch is a transaction of its own, so an interrupted load leaves whole
    questions, and a next one adds to them. Raises `NotSetUp` without a municipality.
    """
    began, town = time.monotonic(), Town()
    when = _moments(contacts, town, at)
    batches = [when[start : start + _BATCH] for start in range(0, len(when), _BATCH)]
    tally = _Tally(contacts, progress)
    with ThreadPoolExecutor(_LOADERS) as loaders:
        loads = [loaders.submit(_load, town, batches[n::_LOADERS], at, tally) for n in range(_LOADERS)]
    for each in loads:
        each.result()
    _gather_statistics()
    return Loaded(tally.done, time.monotonic() - began)


class _Tally:
    """Counts what the loaders did and tells it."""

    def __init__(self, wanted: int, progress: Progress | None) -> None:
        self.done, self._wanted, self._progress, self._lock = 0, wanted, progress, Lock()

    def add(self, contacts: int) -> None:
        with self._lock:
            self.done += contacts
            if self._progress:
                self._progress(min(self.done, self._wanted), self._wanted)


def _moments(contacts: int, town: Town, at: datetime) -> list[datetime]:
    return moments(
        count=max(1, round(contacts / _CONTACTS_PER_QUESTION)),
        first=local_date(at - timedelta(days=_DAYS)),
        at=at,
        calendar=calendar_of(town.desk),
        chance=Random(),
    )


def _load(town: Town, batches: Iterable[list[datetime]], at: datetime, tally: _Tally) -> None:
    lives = Lives(town=town, chance=Random(), at=at)
    try:
        for batch in batches:
            lives.begin(Numbers(count=len(batch)))
            contacts = sum(lives.live(moment) for moment in batch)
            with transaction.atomic():
                lives.sheets.copy_in()
            tally.add(contacts)
    finally:
        connection.close()  # each thread has its own


def _gather_statistics() -> None:
    with connection.cursor() as cursor:
        for model in COLUMNS:
            cursor.execute(f"ANALYZE {model._meta.db_table}")
