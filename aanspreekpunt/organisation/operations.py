"""Changing what an employee sets for himself; the organisation itself is set up from its file (`setup`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from aanspreekpunt.journal.operations import record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.organisation.models import Employee


@transaction.atomic
def choose_language(*, employee: Employee, language: str, by: Actor, at: datetime) -> None:
    """Show the screens of `employee` in `language` from now on; an unknown one is ignored."""
    if language in {"nl", "en"} and language != employee.language:
        employee.language = language
        employee.save(update_fields=["language"])
        record("employee.chose_language", subject=employee, data={"language": language}, by=by, at=at)


@transaction.atomic
def choose_channels(*, employee: Employee, channels: Iterable[str], by: Actor, at: datetime) -> None:
    """Let the queue of `employee` open with what came in on these channels; none means all of them."""
    chosen = list(channels)
    if chosen != employee.channels:
        employee.channels = chosen
        employee.save(update_fields=["channels"])
        record("employee.chose_channels", subject=employee, data={"channels": chosen}, by=by, at=at)


@transaction.atomic
def say_available(*, employee: Employee, is_available: bool, by: Actor, at: datetime) -> None:
    """Note whether `employee` is at work and reachable now."""
    if is_available != employee.is_available:
        employee.is_available = is_available
        employee.save(update_fields=["is_available"])
        event = "employee.became_available" if is_available else "employee.went_away"
        record(event, subject=employee, by=by, at=at)


@transaction.atomic
def set_password(*, employee: Employee, password: str, by: Actor, at: datetime) -> None:
    """Give `employee` a new password; ends all his sessions. Raises ValidationError when it is too weak."""
    validate_password(password, user=employee)
    employee.set_password(password)
    employee.save(update_fields=["password"])
    record("employee.password_set", subject=employee, by=by, at=at)
