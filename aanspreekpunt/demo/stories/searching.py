"""How people search, read an answer and say whether it helped, and how agents give answers that are written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.demo.voices import searches
from aanspreekpunt.knowledge.models import Article
from aanspreekpunt.knowledge.operations.uses import note_given, note_helped
from aanspreekpunt.search.tally import note_search, searched_words

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.demo.timeline import Story
    from aanspreekpunt.demo.world import World
    from aanspreekpunt.questions.intake import Asked
    from aanspreekpunt.questions.models import Question
    from aanspreekpunt.search.results import Result

_HOW_OFTEN = {"often": 6, "sometimes": 4, "not_known": 1.5}
_AT_WORK, _SAYS_SO, _HELPS_WHEN_SURE, _HELPS_OTHERWISE, _GIVEN = 0.15, 0.6, 0.87, 0.4, 0.75


def search(world: World, at: datetime) -> Story:
    """Tell of somebody who searches for something: a colleague at work, or a resident who may say how it was."""
    said = searches()
    texts = world.chance.choices(tuple(said.values()), [_HOW_OFTEN[each] for each in said])[0]
    text = texts[int(len(texts) * world.chance.random() ** 2)]
    if world.lucky(_AT_WORK):
        note_search(text=text, results=world.finds.at_desk(text), face="desk", at=at)
        return
    found = world.finds.on_website(text)
    note_search(text=text, results=found, face="portal", at=at)
    opened = next(iter(found.of_kind("answer")), None)
    if opened is not None and world.lucky(_SAYS_SO):
        has_helped = world.lucky(_HELPS_WHEN_SURE if found.is_sure else _HELPS_OTHERWISE)
        _say_whether_it_helped(world, opened, text, has_helped=has_helped, at=at)
    yield from ()


def _say_whether_it_helped(world: World, opened: Result, text: str, *, has_helped: bool, at: datetime) -> None:
    words = "" if world.town.is_confidential(opened.products) else searched_words(text)
    article = Article.objects.get(key=opened.key)
    note_helped(article=article, has_helped=has_helped, searched=words, person=str(new_uuid()), at=at)


def give_answer(world: World, question: Question, asked: Asked, at: datetime) -> None:
    """Note that an agent answered with what is written down about it, if anything is."""
    known = world.finds.answer_about(asked.product, asked.text) if asked.product else None
    if known is None or not world.lucky(_GIVEN):
        return
    party = asked.customer.party
    note_given(
        article_keys=[known.key],
        question_id=question.pk,
        is_confidential=question.is_confidential,
        person=f"party:{party.pk}" if party else f"conversation:{new_uuid()}",
        at=at,
    )
