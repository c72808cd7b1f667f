"""How questions arrive: answered at once, referred, passed on, promised a call, or received in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from aanspreekpunt.demo.stories.searching import give_answer
from aanspreekpunt.demo.stories.working import worked_on
from aanspreekpunt.demo.voices import voice_of
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.operations.making import callback_norm_of
from aanspreekpunt.promises.rules.deadlines import callback_window
from aanspreekpunt.questions.choices import SPOKEN_CHANNELS
from aanspreekpunt.questions.product_facts import facts_of

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.demo.timeline import Story
    from aanspreekpunt.demo.world import World
    from aanspreekpunt.organisation.models import Employee

_AT_ONCE, _AT_ONCE_ALTHOUGH_NOT_OURS, _BECOMES_A_CASE, _CALLED_BACK = 0.97, 0.74, 0.02, 0.3


def arrival(world: World, at: datetime) -> Story:
    """Tell of somebody who comes with a question at this moment, by whichever way is open."""
    channel = world.way_in(at)
    product = world.product(channel=channel)
    if channel in SPOKEN_CHANNELS:
        yield from _spoken(world, product, channel, at)
    else:
        yield from _written(world, product, channel, at)


def _spoken(world: World, product: Product, channel: str, at: datetime) -> Story:
    agent = world.someone_of(world.desk)
    answer = world.chance.choice(voice_of(product.key).answers)
    asked = world.asked(product, channel=channel, by=agent, at=at)
    if product.refer_to:
        body, text = product.refer_to["name"], facts_of(product, language="nl", on=localdate(at)).refer_text
        operations.refer_elsewhere(asked=asked, to_body=body, answer=text, by=agent, at=at)
    elif world.lucky(_AT_ONCE if product.desk_may_settle else _AT_ONCE_ALTHOUGH_NOT_OURS):
        registered = operations.answer_at_once(asked=asked, answer=answer, by=agent, at=at)
        give_answer(world, registered.question, asked, at)
    elif world.lucky(_BECOMES_A_CASE):
        number = f"Z{at.year}-{world.chance.randrange(10_000, 99_999)}"
        operations.register_case(asked=asked, case_number=number, answer=answer, by=agent, at=at)
    elif asked.customer.phone and world.lucky(_CALLED_BACK):
        yield from called_back(world, product, agent, at)
    else:
        yield from passed_on(world, product, channel, at)


def passed_on(world: World, product: Product, channel: str, at: datetime) -> Story:
    """Tell of a question that goes to the team of its product, or stays at the desk if that is the one."""
    agent = world.someone_of(world.desk)
    asked = world.asked(product, channel=channel, by=agent, at=at)
    asks = world.chance.choice(voice_of(product.key).notes)
    registered = operations.register_and_hand_over(asked=asked, to=product.team, asks=asks, by=agent, at=at)
    yield from worked_on(world, registered.question, at)


def called_back(world: World, product: Product, agent: Employee, at: datetime) -> Story:
    """Tell of somebody who is promised a call within a window."""
    asked = world.asked(product, channel="phone", by=agent, at=at, known=True)
    window = callback_window(start=at, norm=callback_norm_of(product), calendar=calendar_of(product.team))
    registered = operations.register_and_promise_callback(
        asked=asked,
        to=product.team,
        window=window,
        phone=asked.customer.phone,
        asks=world.chance.choice(voice_of(product.key).notes),
        by=agent,
        at=at,
    )
    yield from worked_on(world, registered.question, at, window=window)


def _written(world: World, product: Product, channel: str, at: datetime) -> Story:
    by = RESIDENT if channel == "web_form" else world.someone_of(world.desk)
    asked = world.asked(product, channel=channel, by=by, at=at)
    question = operations.receive_question(asked=asked, by=by, at=at).question
    yield from worked_on(world, question, at)
