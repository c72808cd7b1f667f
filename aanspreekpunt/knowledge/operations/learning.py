"""Keeping the words by which people found answers: a job writes them, an editor takes them over or forgets them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.access import refuse_unless_writer
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models import Article, LearnedWord
from aanspreekpunt.knowledge.operations.writing import newest_version, save_draft
from aanspreekpunt.knowledge.rules.learning import MOST_WORDS
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.knowledge.models import Version
    from aanspreekpunt.knowledge.operations.writing import Base
    from aanspreekpunt.knowledge.rules.learning import Taught


@transaction.atomic
def remember_words(*, taught: Mapping[int, Sequence[Taught]], at: datetime) -> int:
    """Let answers (by id) have learned these words and no others, at most `MOST_WORDS` each; return how many they have.

    What an editor forgot stays forgotten. What stays the same is not written, so that no index is built for nothing.
    """
    known = {(each.article_id, each.stem): each for each in LearnedWord.objects.select_for_update()}
    forgotten = {place for place, each in known.items() if each.forgotten_at is not None}
    wanted = {
        (article_id, each.stem): each
        for article_id, words in taught.items()
        for each in [each for each in words if (article_id, each.stem) not in forgotten][:MOST_WORDS]
    }
    gone = [each.pk for place, each in known.items() if place not in wanted and place not in forgotten]
    LearnedWord.objects.filter(pk__in=gone).delete()
    for place, new in wanted.items():
        old = known.get(place)
        if old is None:
            LearnedWord.objects.create(
                article_id=place[0], stem=new.stem, word=new.word, people=new.people, learned_on=local_date(at)
            )
        else:
            _refresh(old, new)
    return len(wanted)


@transaction.atomic
def forget_word(*, article: Article, stem: str, by: Actor, at: datetime) -> None:
    """Let an answer never be found again by a word it learned. Refuses whoever may not write it (`NotYourAnswer`)."""
    refuse_unless_writer(by, article, team_keys=newest_version(article).team_keys)
    forgotten = LearnedWord.objects.filter(article=article, stem=stem, forgotten_at__isnull=True)
    if forgotten.update(forgotten_at=at):
        record("article.word_forgotten", subject=article, by=by, at=at)


@transaction.atomic
def take_word_over(*, article: Article, stem: str, base: Base, by: Actor, at: datetime) -> Version | None:
    """Put a word that an answer learned among its own search words, in a draft; None when it is not learned any more.

    Refuses what `save_draft` refuses. The word stays learned until the draft is published.
    """
    learned = LearnedWord.objects.filter(article=article, stem=stem, forgotten_at__isnull=True).first()
    if learned is None:
        return None
    content = Content.of(newest_version(article))
    content = replace(content, search_words=(*content.search_words, learned.word))
    return save_draft(article=article, content=content, base=base, by=by, at=at)


def _refresh(old: LearnedWord, new: Taught) -> None:
    """Write only what changed: another word makes another index, another count does not."""
    changed = {name: getattr(new, name) for name in ("word", "people") if getattr(new, name) != getattr(old, name)}
    if changed:
        LearnedWord.objects.filter(pk=old.pk).update(**changed)
