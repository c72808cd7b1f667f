"""What makes every team's screen worth looking at today: something overdue, for now, for soon and for later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from aanspreekpunt.demo.voices import voice_of
from aanspreekpunt.journal.actors import RESIDENT
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.operations.making import due_for
from aanspreekpunt.promises.rules.deadlines import callback_windows
from aanspreekpunt.promises.rules.urgency import Urgency, urgency_limits
from aanspreekpunt.questions.intake import Customer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.demo.timeline import Story, Timeline
    from aanspreekpunt.demo.world import World
    from aanspreekpunt.promises.rules.deadlines import Window

_WINDOWS, _LOOK_BACK, _LONGEST_NORM_DAYS = 24, timedelta(hours=3), 120
_TAKEN_UP, _ASKED_BACK = 0.45, 0.3
_AT_THE_DESK = 8
ON_THE_PORTAL = Customer(
    first_name="Noor", infix="van der", last_name="Linden", email="noor.vanderlinden@inwoner.example"
)
"""Who asked something only just now; her question is the one to follow."""


def plan_today(world: World, timeline: Timeline, *, at: datetime) -> None:
    """Add, for each team that answers questions, those that are open at this moment in every band of urgency."""
    for product in _one_product_per_team(world):
        overdue_since = _asked_so_that_overdue(world, product, at)
        for begin in (overdue_since, world.recently(at, hours=8), world.recently(at, hours=2)):
            timeline.add(begin, _handed_over(world, product, begin))
        for window in _windows(product, at):
            begin = min(world.recently(at, hours=4), window.starts_at - timedelta(minutes=20))
            timeline.add(begin, _called_back(world, product, window, begin))
    for _ in range(_AT_THE_DESK):
        begin = world.recently(at, hours=5)
        timeline.add(begin, _kept_at_desk(world, begin))
    just_now = at - timedelta(minutes=2)  # its receipt is still to be sent
    timeline.add(just_now, _sent_in(world, just_now))


def _one_product_per_team(world: World) -> list[Product]:
    by_team = {product.team_id: product for product in world.town.products if not product.refer_to}
    return [by_team[team_id] for team_id in sorted(by_team)]


def _windows(product: Product, at: datetime) -> Iterator[Window]:
    """Yield windows in which to call: one that runs now or is the next, one of the next open day, and one later."""
    calendar = calendar_of(product.team)
    limits = urgency_limits(at=at, calendar=calendar)
    windows = callback_windows(start=at - _LOOK_BACK, calendar=calendar, count=_WINDOWS)
    for wanted in (Urgency.NOW, Urgency.SOON, Urgency.LATER):
        fitting = [window for window in windows if limits.urgency_of(window.ends_at) is wanted]
        yield from fitting[:1]


def _asked_so_that_overdue(world: World, product: Product, at: datetime) -> datetime:
    begin, overdue = world.recently(at), at - timedelta(hours=1 + 40 * world.chance.random())
    for days in range(_LONGEST_NORM_DAYS):
        begin = world.recently(at - timedelta(days=days, hours=3))
        if due_for(product=product, team=product.team, at=begin) <= overdue:
            break
    return begin


def _handed_over(world: World, product: Product, at: datetime) -> Story:
    agent = world.someone_of(world.desk)
    asked = world.asked(product, channel=world.chance.choice(("phone", "counter")), by=agent, at=at)
    asks = world.chance.choice(voice_of(product.key).notes)
    question = operations.register_and_hand_over(asked=asked, to=product.team, asks=asks, by=agent, at=at).question
    if world.lucky(_TAKEN_UP):
        at += timedelta(minutes=4)
        yield at
        worker = world.someone_of(product.team)
        operations.take_up(question=question, by=worker, at=at)
        if world.lucky(_ASKED_BACK):
            text = world.say("asks_back")
            operations.ask_resident(question=question, text=text, channel="phone", by=worker, at=at)


def _called_back(world: World, product: Product, window: Window, at: datetime) -> Story:
    agent = world.someone_of(world.desk)
    asked = world.asked(product, channel="phone", by=agent, at=at, known=True)
    asks = world.chance.choice(voice_of(product.key).notes)
    operations.register_and_promise_callback(
        asked=asked, to=product.team, window=window, phone=asked.customer.phone, asks=asks, by=agent, at=at
    )
    yield from ()


def _kept_at_desk(world: World, at: datetime) -> Story:
    agent, product = world.someone_of(world.desk), world.product(channel="email")
    asked = world.asked(product, channel="email", by=agent, at=at)
    operations.keep_at_desk(asked=asked, by=agent, at=at)
    yield from ()


def _sent_in(world: World, at: datetime) -> Story:
    product = next(each for each in world.town.products if not each.is_confidential)
    asked = world.asked(product, channel="web_form", by=RESIDENT, at=at, customer=ON_THE_PORTAL)
    operations.receive_question(asked=asked, by=RESIDENT, at=at)
    yield from ()
