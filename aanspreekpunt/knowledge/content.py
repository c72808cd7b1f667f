"""What an editor writes of an answer, checked before anything is kept."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from aanspreekpunt.common.cleaning import cleaned
from aanspreekpunt.knowledge.models.articles import CONTENT
from aanspreekpunt.knowledge.refusals import DaysAreInWrongOrder, TextIsIncomplete

if TYPE_CHECKING:
    from datetime import date

    from aanspreekpunt.knowledge.models import Version

TEXTS = ("question", "answer", "question_en", "answer_en", "desk_note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One answer as it is written, in Dutch and perhaps English; texts are Markdown with `{{ local values }}`.

    Raises `TextIsIncomplete` or `DaysAreInWrongOrder` when it cannot be an answer.
    """

    question: str
    answer: str
    question_en: str = ""
    answer_en: str = ""
    desk_note: str = ""
    ask: tuple[str, ...] = ()
    search_words: tuple[str, ...] = ()
    product_keys: tuple[str, ...] = ()
    upl_names: tuple[str, ...] = ()
    team_keys: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    area: str = ""
    target_group: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def __post_init__(self) -> None:
        half_english = bool(self.question_en.strip()) != bool(self.answer_en.strip())
        if not self.question.strip() or not self.answer.strip() or half_english:
            raise TextIsIncomplete
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise DaysAreInWrongOrder

    @classmethod
    def of(cls, version: Version) -> Self:
        """Return the content of a version that exists."""
        kept = version.content()
        values: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in kept.items()}
        return cls(**values)

    def columns(self) -> dict[str, Any]:
        """Return it as columns of a version: stray spaces gone, lists without doubles or empty lines."""
        return {each.name: _column(getattr(self, each.name)) for each in fields(self)}

    @property
    def texts(self) -> dict[str, str]:
        """The texts in which local values may stand, by the name of their field."""
        return {name: getattr(self, name) for name in TEXTS}


def _column(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(dict.fromkeys(line for each in value if (line := cleaned(each).strip())))
    return cleaned(value).strip() if isinstance(value, str) else value


if {each.name for each in fields(Content)} != set(CONTENT):
    raise AssertionError("Content and Version.CONTENT name different fields.")
