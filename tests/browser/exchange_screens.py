"""The screens on which answers come in from a file and leave in one, in every state that looks different."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.desk import jobs
from aanspreekpunt.knowledge.exchange.shapes import Shape
from aanspreekpunt.knowledge.models import AnswerImport
from aanspreekpunt.knowledge.operations.imports import begin_import, do_import, remove_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.browser.stage import Stage

IMPORT, EXPORT = "/desk/antwoorden/inlezen", "/desk/antwoorden/uitvoeren"
PASSPORT = {"key": "paspoort-kwijt", "question": "Ik ben mijn paspoort kwijt", "answer": "Bel ons **meteen**."}
ROWS: tuple[dict[str, object] | str, ...] = (
    PASSPORT,
    {**PASSPORT, "key": "paspoort-nieuw", "audience": ["iedereen"]},
    *({**PASSPORT, "key": f"paspoort-{number}", "upl_names": ["paspoortje"]} for number in range(12)),
    {"question": "Wat kost het?", "answer": "Dat kost {{ Kosten Paspoort }}.", "key": "kosten"},
    {**PASSPORT, "key": "rijbewijs", "product_keys": ["bestaat-niet"], "answer": "<b>Bel</b> ons."},
    '{"question": "Half een regel',
)


def as_file(*rows: dict[str, object] | str) -> bytes:
    """Write rows as JSON Lines; a text stands for a line as it is."""
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows).encode()


def clear_imports() -> None:
    """Take away the files that were chosen."""
    for found in AnswerImport.objects.all():
        remove_files(found)
    AnswerImport.objects.all().delete()


def work() -> None:
    """Do what waits for the worker, which does not run here."""
    for found in AnswerImport.objects.filter(state__in=["trying", "doing"]):
        jobs.import_answers(number=found.pk)


def _chosen(stage: Stage, content: bytes) -> AnswerImport:
    clear_imports()
    file = SimpleUploadedFile("antwoorden van de gemeente 2026.jsonl", content)
    carla, at = stage.town.carla, timezone.now()
    return begin_import(file=file, shape=Shape.JSON_LINES, is_published=True, owner=carla, by=carla, at=at)


def _look(state: str) -> Callable[[Stage], Person]:
    def look(stage: Stage) -> Person:
        found = _chosen(stage, b"x\n" * 60 if state == "stopped" else as_file(*ROWS))
        if state != "trying":
            work()
        if state in {"doing", "done"}:
            do_import(found=found, by=stage.town.carla, at=timezone.now())
        if state == "doing":
            AnswerImport.objects.update(rows_read=9, times_begun=2)
        if state == "done":
            work()
        if state == "stopped":
            AnswerImport.objects.update(state="stopped", stopped_by="too_many_refused")
        return stage.staff(stage.town.carla, reverse("desk:import", args=[found.uuid]))

    return look


def _choosing(stage: Stage) -> Person:
    _chosen(stage, as_file(PASSPORT))
    work()
    return stage.staff(stage.town.carla, IMPORT)


def _refused(stage: Stage) -> Person:
    clear_imports()
    person = stage.staff(stage.town.carla, IMPORT).expects("422")
    person.page.set_input_files("#id_file", {"name": "x", "mimeType": "text/plain", "buffer": b"\x00nonsense"})
    said = "This file could be anything. Choose how the answers are written down."
    return person.presses("See what it would bring").sees(said)


def _exporting(address: str) -> Callable[[Stage], Person]:
    return lambda stage: stage.staff(stage.town.carla, address)


EXCHANGE_SCREENS: dict[str, Callable[[Stage], Person]] = {
    "import": _choosing,
    "import, refused": _refused,
    **{f"import, {state}": _look(state) for state in ("trying", "tried", "doing", "done", "stopped")},
    "export": _exporting(EXPORT),
    "export, foretold": _exporting(f"{EXPORT}?shape=vac&internal=on"),
}
EXCHANGE_WITHOUT_SCREEN = {"desk:import-report": "a file"}
