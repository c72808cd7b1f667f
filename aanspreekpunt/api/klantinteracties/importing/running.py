"""Copying a whole register: list after list, page after page, from where it was left, until nothing new is found."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.api.klantinteracties.contract.callers import Caller
from aanspreekpunt.api.klantinteracties.contract.resource import Writing
from aanspreekpunt.api.klantinteracties.importing.links import fill_in
from aanspreekpunt.api.klantinteracties.importing.order import KINDS, LISTS, List
from aanspreekpunt.api.klantinteracties.importing.register import (
    PAGE_SIZE,
    CannotRead,
    ListIsClosed,
    Page,
    Register,
    TokenNotAccepted,
)
from aanspreekpunt.api.klantinteracties.importing.taking import take_page
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.imports.going import alone
from aanspreekpunt.imports.models import ImportStretch
from aanspreekpunt.imports.operations import begin_run, end_run, stop_run
from aanspreekpunt.imports.report import lines_of
from aanspreekpunt.journal.actors import PlainActor

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime

    from aanspreekpunt.imports.models import ImportRun

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
    with alone(register.address) as is_ours:
        if not is_ours:
            raise AlreadyRunning
        by = _by(register)
        run = begin_run(address=register.address, by=by, at=clock())
        copier = _Copier(register, run, clock, told)
        try:
            copier.all_rounds()
            fill_in(run, KINDS)
        except BaseException as halt:  # also Ctrl+C: nobody goes on reading for a run that has stopped
            register.stop()
            with suppress(DatabaseError):
                stop_run(run=run, code=_code_of(halt))
            raise
        end_run(run=run, by=by, at=clock())
    return run


def _code_of(halt: BaseException) -> str:
    """Return in a word why a run came to a halt; never what the other register said, which may hold anything."""
    if isinstance(halt, CannotRead):
        return str(halt.parameters["code"])
    if isinstance(halt, TokenNotAccepted):
        return "token"
    return "interrupted" if isinstance(halt, KeyboardInterrupt | SystemExit) else "error"


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
            stretch, _made = ImportStretch.objects.select_related("run").get_or_create(
                run=self.run, name=each.name, defaults={"is_part": bool(each.filters)}
            )
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
