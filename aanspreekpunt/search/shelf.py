"""What this process can find, in its memory: made from the database, renewed soon after a change, cheap to lose."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.db import connection
from django.utils import timezone

from aanspreekpunt.knowledge.finding.index import Index
from aanspreekpunt.search.collecting import collect
from aanspreekpunt.search.memory import give_back, settle
from aanspreekpunt.search.models import Edition
from aanspreekpunt.search.remembering import Remembered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from aanspreekpunt.knowledge.finding.documents import Document

logger = structlog.get_logger(__name__)

LOOK_EVERY_SECONDS = 1.0
"""How often a process asks whether there is a newer edition; with building, a change is found within two seconds."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One edition of everything that can be found.

    There are two indexes, because even the words by which a search corrects spelling must not come from what only
    staff may see. Somebody at work searches in both.
    """

    edition: tuple[int, date]
    public: Index
    staff_only: Index
    by_id: dict[str, Document]
    about: dict[str, list[Document]]
    """The Dutch answers about each product, those that settled most questions first."""
    remembered: Remembered
    """What residents found in this edition."""


class _Keeper:
    """Keeps the shelf of this process, and lets one thread at a time renew it."""

    def __init__(self) -> None:
        self._shelf: Shelf | None = None
        self._looked_at = 0.0
        self._building = threading.Lock()

    def shelf(self) -> Shelf:
        shelf = self._shelf
        if shelf is not None and time.monotonic() - self._looked_at < LOOK_EVERY_SECONDS:
            return shelf
        newest = newest_edition()
        self._looked_at = time.monotonic()
        if shelf is not None and shelf.edition == newest:
            return shelf
        if shelf is None:
            return self._build_first()
        self._renew_aside()
        return self._shelf or shelf

    def forget(self) -> None:
        self._shelf = None

    def _build_first(self) -> Shelf:
        with self._building:
            if self._shelf is None:
                self._shelf = build_shelf()
                give_back()
            return self._shelf

    def _renew_aside(self) -> None:
        """Renew in another thread, so that whoever searches now does not wait for it."""
        if self._building.acquire(blocking=False):
            threading.Thread(target=self._renew, name="renew-search", daemon=True).start()

    def _renew(self) -> None:
        try:
            self._shelf = build_shelf()
            give_back()
        except Exception:
            logger.exception("search_not_renewed")
        finally:
            self._building.release()
            connection.close()


def newest_edition() -> tuple[int, date]:
    """Return the number of the newest edition, and today: answers begin and end with a day. One query."""
    number = Edition.objects.values_list("number", flat=True).first()
    return number or 0, timezone.localdate()


def build_shelf() -> Shelf:
    """Build both indexes from the database. The edition is read first, so that a change meanwhile is seen next time."""
    edition = newest_edition()
    began = time.perf_counter()
    collected = collect(edition[1])
    by_id = {document.id: document for document in (*collected.public, *collected.staff_only)}
    public, staff_only = Index.build(collected.public), Index.build(collected.staff_only)
    about, remembered = _about_products(collected.public), Remembered(public.has_words_of)
    shelf = Shelf(edition, public, staff_only, by_id, about, remembered)
    logger.info("search_built", documents=len(by_id), seconds=round(time.perf_counter() - began, 3))
    return shelf


def _about_products(documents: Iterable[Document]) -> dict[str, list[Document]]:
    dutch = [each for each in documents if each.kind == "answer" and each.language == "nl"]
    about: dict[str, list[Document]] = defaultdict(list)
    for document in sorted(dutch, key=lambda each: (-each.settled, each.title)):
        for product_key in document.products:
            about[product_key].append(document)
    return dict(about)


_keeper = _Keeper()
current_shelf = _keeper.shelf
forget_shelf = _keeper.forget


def warm_shelf() -> None:
    """Build the shelf beforehand in another thread, so that the first one to search does not wait."""
    threading.Thread(target=_warm, name="warm-search", daemon=True).start()


def _warm() -> None:
    try:
        current_shelf()
        settle()
    except Exception:
        logger.exception("search_not_warmed")
    finally:
        connection.close()
