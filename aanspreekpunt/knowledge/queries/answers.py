"""Reading answers as they are true today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from aanspreekpunt.knowledge.models import Version
from aanspreekpunt.knowledge.queries.values import names_of, values_on
from aanspreekpunt.knowledge.rendering import as_html, as_text
from aanspreekpunt.knowledge.rules.values import fill_in, fill_in_plain

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from aanspreekpunt.knowledge.queries.values import Values


@dataclass(frozen=True, slots=True)
class ArticleShown:
    """An answer opened: as HTML to read, and as plain text to give. `desk_note` and `ask` are for staff only."""

    key: str
    question: str
    html: SafeString
    text: str
    desk_note: SafeString
    ask: tuple[str, ...]
    product_keys: tuple[str, ...]

    @property
    def product_key(self) -> str:
        """The product it belongs to before others, or nothing."""
        return self.product_keys[0] if self.product_keys else ""


def published_on(day: date) -> QuerySet[Version]:
    """Return the versions that readers see on `day`: published, begun and not expired."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    goes_on = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return Version.objects.filter(begun, goes_on, state=Version.State.PUBLISHED)


def article_shown(key: str) -> ArticleShown | None:
    """Return one answer to read, as it is true today. One query, and one more when local values stand in it."""
    today = timezone.localdate()
    version = published_on(today).select_related("article").filter(article__key=key).first()
    if version is None:
        return None
    values = values_on(today, names=names_of(version))
    language = "en" if version.shown_answer == version.answer_en else "nl"
    answer = fill_in(version.shown_answer, values.in_language(language)).text
    note = fill_in(version.desk_note, values.dutch).text
    return ArticleShown(
        key=version.article.key,
        question=_question(version, values),
        html=as_html(answer),
        text=as_text(answer),
        desk_note=as_html(note),
        ask=tuple(version.ask),
        product_keys=tuple(version.product_keys),
    )


def _question(version: Version, values: Values) -> str:
    language = "en" if version.shown_question == version.question_en else "nl"
    return fill_in_plain(version.shown_question, values.in_language(language)).text
