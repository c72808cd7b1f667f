"""Copying a whole register: list after list, page after page, from where it was left, until nothing new is found."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.api.klantinteracties.contract.callers import Caller
from aanspreekpunt.api.klantinteracties.contract.resource import Writing
from aanspreekpunt.api.klantinteracties.importing.links import fill_in
from aanspreekpunt.api.klantinteracties.importing.order import KINDS, LISTS, List
from aanspreekpunt.api.klantinteracties.importing.register import PAGE_SIZE, ListIsClosed, Page, Register
from aanspreekpunt.api.klantinteracties.importing.report import lines_of
from aanspreekpunt.api.klantinteracties.importing.taking import take_page
from aanspreekpunt.api.models import ImportRun, ImportSource, ImportStretch
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.operations import record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

MOST_ROUNDS: Final = 5
"""How often the lists are looked through again for what came while they were read."""
STALE_PAGES: Final = 25
"""After so many pages on which nothing is new to this run, a list that goes on is going in circles."""


class AlreadyRunning(Refusal):
    """The same register is being copied at this moment."""

    message = _("This register is being copied already, by another process.")


class GoesInCircles(ListIsClosed):
    """A list that says there is more but never brings anything new."""

    def __init__(self) -> None:
        super().__init__("endless")


@dataclass(frozen=True)
class Told:
    """Who is told how far it is: a list begins, a page was taken over, and it ends."""

    moved: Callable[[ImportStretch, int], None]
    """with how many things of the list were read so far"""


def copy_register(register: Register, *, clock: Callable[[], datetime], told: Told) -> ImportRun:
    """Copy a register, or go on where it was left; returns the run that was brought to its end.

    Raises what `Register` raises; everything that was taken over by then stays, and is not done again.
    """
    with _alone(register.address):
        run = begin_run(register, at=clock())
        copier = _Copier(register, run, clock, told)
        try:
            copier.all_rounds()
        except BaseException:  # also Ctrl+C: nobody goes on reading for a run that has stopped
            register.stop()
            raise
        end_run(run, by=copier.by, at=clock())
    return run


def begin_run(register: Register, *, at: datetime) -> ImportRun:
    """Return the run of this register that has not ended, or begin one."""
    with transaction.atomic():
        source, _made = ImportSource.objects.get_or_create(address=register.address)
        run, is_new = ImportRun.objects.get_or_create(source=source, ended_at=None, defaults={"began_at": at})
        if is_new:
            record("import.begun", subject=run, by=_by(register), at=at)
    return run


def end_run(run: ImportRun, *, by: PlainActor, at: datetime) -> None:
    """Fill in what refers forward, and note that a run is complete."""
    fill_in(run, KINDS)
    with transaction.atomic():
        run.ended_at = at
        run.save(update_fields=["ended_at"])
        record("import.ended", subject=run, by=by, at=at)


def _by(register: Register) -> PlainActor:
    return PlainActor("system", None, register.host)


def _allow(_path: str, _need: str) -> bool:
    return True


class _Copier:
    """One run, while it goes."""

    def __init__(self, register: Register, run: ImportRun, clock: Callable[[], datetime], told: Told) -> None:
        self.register, self.run, self.clock, self.told = register, run, clock, told
        self.by = _by(register)
        self.caller = Caller(actor=self.by, may=_allow, sees_confidential=True)
        self.shrank: set[str] = set()
        """Paths of lists that became shorter while they were read, so that something may have been passed over."""

    def all_rounds(self) -> None:
        """Read the lists to their end, and then again until nothing new is found and nothing seems passed over."""
        read_again: set[str] = set()
        to_the_end: set[str] | None = None
        for number in range(1, MOST_ROUNDS + 1):
            found = self.round(number, to_the_end)
            short = {line.path for line in lines_of(self.run) if line.met < line.there}
            to_the_end = (short | self.shrank) - read_again
            if number > 1 and not found and not to_the_end:
                return
            read_again |= to_the_end

    def round(self, number: int, to_the_end: Collection[str] | None) -> bool:
        """Read every list that this round has not read yet; says whether anything was new.

        Only those in `to_the_end` (None: all) are read to it. The newest things come first, so the others are left at
        the first page on which nothing is new.
        """
        found = False
        for each in LISTS:
            stretch, _made = ImportStretch.objects.select_related("run").get_or_create(run=self.run, name=each.name)
            if stretch.trouble or stretch.round > number or (stretch.round == number and stretch.is_done):
                continue
            if stretch.round < number:
                stretch.round, stretch.next_page, stretch.is_done = number, 1, False
            try:
                is_whole = to_the_end is None or each.kind.path in to_the_end
                found = self._read(each, stretch, is_whole=is_whole) or found
            except ListIsClosed as closed:
                stretch.trouble, stretch.is_done = closed.code, True
                stretch.save()
                self.told.moved(stretch, stretch.count)
        return found

    def _read(self, each: List, stretch: ImportStretch, *, is_whole: bool) -> bool:
        found, stale = False, 0
        for page in self._pages(each, stretch.next_page):
            number = stretch.next_page
            if number > 1 and page.count < stretch.count:
                self.shrank.add(each.kind.path)
            if page.results or number == 1:
                stretch.count = page.count
            met = self._take(each, stretch, page, is_whole=is_whole)
            found, stale = found or met > 0, 0 if met else stale + 1
            if is_whole:
                self.told.moved(stretch, min(number * PAGE_SIZE, stretch.count))
            if stretch.is_done:
                break
            if stale >= STALE_PAGES and number * PAGE_SIZE > stretch.count:
                raise GoesInCircles
        return found

    def _take(self, each: List, stretch: ImportStretch, page: Page, *, is_whole: bool) -> int:
        def forward(moving: ImportStretch) -> None:
            moving.next_page += 1
            moving.is_done = not page.has_next or not page.results

        tally = take_page(
            each.kind,
            page.results,
            kinds=KINDS,
            stretch=stretch,
            forward=forward,
            wants=each.wants,
            writing=Writing(self.caller, self.clock()),
        )
        if not is_whole and not tally.met and not stretch.is_done:
            stretch.is_done = True
            stretch.save(update_fields=["is_done"])
        return tally.met

    def _pages(self, each: List, number: int) -> Iterator[Page]:
        """Give the pages from this number on; the next is asked for while the one before is taken over."""
        root = each.kind.resource.root

        def asked(wanted: int) -> Page:
            return self.register.page(root, each.kind.path, wanted, filters=each.filters)

        with ThreadPoolExecutor(1, thread_name_prefix="reading") as reader:
            coming = reader.submit(asked, number)
            while True:
                page = self._come(coming)
                number += 1
                if not page.has_next or not page.results:
                    yield page
                    return
                coming = reader.submit(asked, number)
                yield page

    def _come(self, coming: Future[Page]) -> Page:
        try:
            return coming.result()
        except KeyboardInterrupt:
            self.register.stop()  # or the reader would be waited for
            raise


@contextmanager
def _alone(address: str) -> Iterator[None]:
    """Let only one process copy a register at a time; a lock of the database goes with the process that holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 4711))", [address])
        if not cursor.fetchone()[0]:
            raise AlreadyRunning
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:  # without a connection there is no lock either
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 4711))", [address])
