"""Saying many local values at once, as a file of them does: made where they are missing, changed where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction

from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.operations import line
from aanspreekpunt.knowledge.models import LocalValue, ValueText
from aanspreekpunt.knowledge.operations.values import NotAName, is_a_name, put_value, refuse_unless_editor, say_value
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.refusals import TextIsIncomplete
from aanspreekpunt.knowledge.rules.values import on_one_line
from aanspreekpunt.knowledge.themes import theme_typed
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from aanspreekpunt.journal.actors import Actor

Outcome = Literal["created", "changed", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What one local value is called and says; without `from_on` it holds from today, unless it says this already.

    `theme` is what it is about; without it a value that exists keeps its theme, and a new one gets `first_theme`.

    Raises `NotAName` or `TextIsIncomplete` when it cannot be one.
    """

    key: str
    label: str
    text: str
    label_en: str = ""
    kind: str = LocalValue.Kind.TEXT
    scope: str = LocalValue.Scope.LOCAL
    theme: str | None = None
    first_theme: str = ""
    text_en: str = ""
    from_on: date | None = None

    def __post_init__(self) -> None:
        if not is_a_name(self.key):
            raise NotAName(key=self.key[:80])
        if not self.label.strip() or not on_one_line(self.text):
            raise TextIsIncomplete

    def about(self) -> dict[str, str]:
        """Return what it is called, of which kind it is, and its theme when that is given."""
        names = {"label": self.label.strip(), "label_en": self.label_en.strip()}
        theme = {} if self.theme is None else {"theme": theme_typed(self.theme)}
        return {**names, **theme, "kind": str(self.kind), "scope": str(self.scope)}

    def said(self) -> dict[str, str]:
        """Return what it says in each language."""
        return {"text": on_one_line(self.text), "text_en": on_one_line(self.text_en)}


@transaction.atomic
def say_values(*, sayings: Iterable[Saying], is_confirmed: bool = True, by: Actor, at: datetime) -> dict[str, Outcome]:
    """Let each local value say what is given, and return what that did per key.

    New ones are made together, because a new municipality has hundreds; what exists goes through `say_value`.
    Refuses whoever is no editor (`NotYourAnswer`).
    """
    refuse_unless_editor(by)
    wanted = {saying.key: saying for saying in sayings}
    known = {value.key: value for value in LocalValue.objects.filter(key__in=wanted)}
    now = values_on(local_date(at), names=known)
    outcomes: dict[str, Outcome] = {}
    for key, value in known.items():
        is_said = is_confirmed and _says(wanted[key], now.dutch.get(key, ""), now.english.get(key, ""))
        outcomes[key] = _say_again(value, wanted[key], is_said=is_said, is_confirmed=is_confirmed, by=by, at=at)
    new = [saying for key, saying in wanted.items() if key not in known]
    _make(new, is_confirmed=is_confirmed, by=by, at=at)
    return outcomes | dict.fromkeys([saying.key for saying in new], "created")


def _says(saying: Saying, dutch: str, english: str) -> bool:
    """Whether a value without a day says this already."""
    said = saying.said()
    return saying.from_on is None and (dutch, english) == (said["text"], said["text_en"] or said["text"])


def _say_again(
    value: LocalValue, saying: Saying, *, is_said: bool, is_confirmed: bool, by: Actor, at: datetime
) -> Outcome:
    is_changed = any(getattr(value, name) != text for name, text in saying.about().items())
    if is_changed:
        put_value(key=saying.key, **saying.about(), by=by, at=at)
    if not is_said:
        wanted: dict[str, Any] = {**saying.said(), "from_on": saying.from_on or local_date(at)}
        is_new = not ValueText.objects.filter(value=value, is_confirmed=is_confirmed, **wanted).exists()
        say_value(key=saying.key, **wanted, is_confirmed=is_confirmed, by=by, at=at)
        is_changed = is_changed or is_new
    return "changed" if is_changed else "unchanged"


def _make(sayings: list[Saying], *, is_confirmed: bool, by: Actor, at: datetime) -> None:
    """Make values that do not exist yet, each with what it says and its lines in the journal."""
    values = LocalValue.objects.bulk_create(
        LocalValue(**{"key": saying.key, "theme": saying.first_theme, **saying.about()}) for saying in sayings
    )
    made = list(zip(values, sayings, strict=True))
    ValueText.objects.bulk_create(
        ValueText(
            value=value,
            from_on=saying.from_on or local_date(at),
            **saying.said(),
            is_confirmed=is_confirmed,
            set_by_name=by.actor_name,
            set_by=by if isinstance(by, Employee) else None,
            set_at=at,
        )
        for value, saying in made
    )
    Entry.objects.bulk_create(
        line(event, subject=value, data={"key": saying.key}, by=by, at=at)
        for value, saying in made
        for event in ("value.made", "value.said")
    )
