"""Work that a screen asked for and does not wait for, and the clearing up after it."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from aanspreekpunt.catalogue.queries import products_for_choice, upl_names
from aanspreekpunt.knowledge.operations.importing import Known
from aanspreekpunt.knowledge.operations.imports import remove_old_imports
from aanspreekpunt.knowledge.operations.running import run_import


@app.task(lock="import-answers")
def import_answers(number: int) -> None:
    """Try a file with answers, or bring it in; one at a time. Safe to do again when the worker died halfway."""
    known = Known(product_keys=frozenset(each.key for each in products_for_choice()), upl=upl_names())
    run_import(pk=number, known=known, clock=timezone.now)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="remove-old-imports")
def remove_imports(timestamp: int) -> None:
    """Remove files with answers that were chosen more than a day ago."""
    del timestamp
    remove_old_imports(at=timezone.now())
