"""Learning from use: the words by which several people found an answer that does not say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.knowledge.finding.words.analysis import sense
from aanspreekpunt.knowledge.finding.words.tokens import raw_words
from aanspreekpunt.knowledge.operations.learning import remember_words
from aanspreekpunt.knowledge.operations.uses import forget_searches
from aanspreekpunt.knowledge.queries.answers import published_on
from aanspreekpunt.knowledge.queries.uses import REMEMBERED, uses_after_a_search
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.rendering import as_text
from aanspreekpunt.knowledge.rules.learning import taught_by
from aanspreekpunt.knowledge.rules.values import fill_in_plain
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.knowledge.models import Version
    from aanspreekpunt.knowledge.queries.values import Values


@transaction.atomic
def learn_words(*, at: datetime) -> int:
    """Let each published answer have the words that enough people found it by in the past year; return how many.

    Forgets what was searched before that. The index changes at most once, when this is done.
    """
    forget_searches(before=at - REMEMBERED)
    taught = taught_by(uses_after_a_search(since=at - REMEMBERED), stem_of=_stem)
    values = values_on(local_date(at))
    new = {}
    for version in published_on(local_date(at)).filter(article__in=taught):
        own = _own_stems(version, values)
        new[version.article_id] = [each for each in taught[version.article_id] if each.stem not in own]
    return remember_words(taught=new, at=at)


def _stem(word: str) -> str:
    meaning = sense(word)
    return meaning.key if meaning else ""


def _own_stems(version: Version, values: Values) -> set[str]:
    """Return all that an answer says by itself to everybody, in either language, parts of compounds too."""
    dutch = [version.question, as_text(version.answer), *version.search_words]
    english = [version.question_en, as_text(version.answer_en)]
    said = [fill_in_plain(text, values.dutch).text for text in dutch]
    said += [fill_in_plain(text, values.in_language("en")).text for text in english]
    senses = [each for text in said for each in map(sense, raw_words(text)) if each is not None]
    return {each.key for each in senses} | {key for each in senses for key, _weight in each.parts}
