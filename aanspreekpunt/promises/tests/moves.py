"""Everything anyone can do to a question, as moves that a random player can make, wise or foolish."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Self

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.journal.actors import RESIDENT, PlainActor
from aanspreekpunt.organisation.models import Employee, Role, Team
from aanspreekpunt.organisation.queries import calendar_of
from aanspreekpunt.organisation.tests.make import make_cast, make_employee
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.rules.deadlines import Window, callback_windows
from aanspreekpunt.promises.tests import moves_elsewhere
from aanspreekpunt.promises.tests.make import KAREL, MONDAY
from aanspreekpunt.questions import operations as questions
from aanspreekpunt.questions.intake import Asked, Customer
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.queues import operations as queues

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.journal.actors import Actor

SECRET = "GEHEIM"
"""In every text people type here, so that it is recognised wherever it should not be."""

OPENING = {"mon": [["00:00", "24:00"]], "wed": [["09:00", "12:00"], ["13:00", "21:30"]], "sat": [["10:00", "11:00"]]}
"""The odd hours of youth care: all of Monday, part of Wednesday, one hour on Saturday."""


@dataclass
class Stage:
    """Where lives are played: the people, teams and products, the questions so far, and what time it is."""

    people: list[Employee]
    teams: list[Team]
    products: list[Product | None]
    now: datetime = MONDAY
    ids: list[int] = field(default_factory=list)
    deliveries: int = 0

    def wait(self, minutes: int) -> None:
        """Let so many minutes go by, also while the clocks change; added to local time they could lead back."""
        self.now = (self.now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(self.now.tzinfo)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The chances of one move: who, which question and which other, and so on, each a number to choose by."""

    who: int = 0
    which: int = 0
    other: int = 0
    team: int = 0
    product: int = 0
    channel: int = 0
    moment: int = 0
    yes: bool = False

    @classmethod
    def of(cls, seed: int) -> Self:
        """Return the turn that belongs to this number."""
        chance = Random(seed)
        numbers = {each.name: chance.randrange(2**12) for each in fields(cls)}
        return cls(**{**numbers, "yes": bool(numbers["yes"] % 2)})


def make_stage() -> Stage:
    """Make the cast with people who work in two teams, everywhere, and in a team without its questions."""
    cast = make_cast()
    cast.youth.hours = OPENING
    cast.youth.mailbox = "youth@voorbeeldstad.example"
    cast.youth.save()
    people = [
        *(cast.anna, cast.bram, cast.wim, cast.wilma, cast.joke, cast.sofie, cast.sander, cast.olga),
        make_employee("Eva", (Role.SUPERVISOR, None)),
        make_employee("Bo", (Role.DEPARTMENT_EMPLOYEE, cast.waste), (Role.SUPERVISOR, cast.youth)),
        make_employee("Max", (Role.AGENT, None), (Role.MANAGER, cast.youth)),
    ]
    products = [
        None,
        make_product("container", team=cast.waste, norm_kind="working_hours", norm_amount=5),
        make_product("lamp", team=cast.waste, norm_kind="calendar_days", norm_amount=14, desk_may_settle=True),
        make_product("care", team=cast.youth, norm_amount=0),
        make_product("debts", team=cast.youth, is_confidential=True, norm_amount=5),
    ]
    return Stage(people=people, teams=[cast.desk, cast.waste, cast.youth], products=products)


class Move:
    """One move: what its numbers stand for on this stage."""

    def __init__(self, stage: Stage, turn: Turn) -> None:
        self.stage, self.turn = stage, turn
        self.at = stage.now
        self.by = stage.people[turn.who % len(stage.people)]
        self.team = stage.teams[turn.team % len(stage.teams)]
        self.product = stage.products[turn.product % len(stage.products)]
        self.channel = ("phone", "counter", "email", "web_form", "letter")[turn.channel % 5]
        self.words = SECRET if turn.channel % 9 else "  "

    def question(self, number: int | None = None) -> Question:
        """Return a question as somebody's screen shows it."""
        ids = self.stage.ids
        return Question.objects.get(pk=ids[(self.turn.which if number is None else number) % len(ids)])

    def asked(self) -> Asked:
        """Return a question coming in, now and then as a second delivery of an earlier one."""
        self.stage.deliveries += self.turn.moment % 8 != 0
        return Asked(
            subject=SECRET,
            text=SECRET,
            channel=self.channel,
            product=self.product,
            customer=KAREL if self.turn.other % 3 else Customer(),
            is_confidential=self.turn.yes,
            intake_account="desk",
            intake_id=f"{self.stage.deliveries}",
        )

    def window(self, team: Team | None = None) -> Window:
        """Return a window in the hours of the team, or one at any time."""
        if self.turn.yes:
            windows = callback_windows(start=self.at, calendar=calendar_of(team or self.team), count=4)
            return windows[self.turn.moment % 4]
        starts_at = self.at + timedelta(minutes=30 * (self.turn.moment % 200 - 10))
        return Window(starts_at, starts_at + timedelta(minutes=30 * (self.turn.moment % 5)))

    def phone(self) -> str:
        """Return the number to call back, which is forgotten now and then."""
        return KAREL.phone if self.turn.other % 7 else ""

    def written(self) -> Contact:
        """Return what was written last about the question, or something that never was."""
        return Contact.objects.filter(question=self.question(), direction="out").order_by("pk").last() or Contact()

    def writer(self) -> Employee:
        """Return who wrote that, or now and then somebody else."""
        return self.written().by_employee or self.by if self.turn.other % 5 else self.by

    def remember(self, registered: operations.Registered) -> Question:
        """Let later moves find this question."""
        self.stage.ids.append(registered.question.pk)
        return registered.question

    @property
    def anyone(self) -> Actor:
        """Return who sends something: the resident under his own name, or the employee."""
        return self.by if self.turn.yes else (RESIDENT, PlainActor("resident", None, SECRET))[self.turn.moment % 2]


def register(name: str, **more: Callable[[Move], Any]) -> Callable[[Move], object]:
    """Return the move that registers a question in this way."""

    def move(m: Move) -> object:
        values = {key: value(m) for key, value in more.items()}
        return m.remember(getattr(operations, name)(asked=m.asked(), by=m.by, at=m.at, **values))

    return move


def work(act: Callable[..., object], **more: Callable[[Move], Any]) -> Callable[[Move], object]:
    """Return the move that does something to a question."""

    def move(m: Move) -> object:
        values: dict[str, Any] = {"by": m.by, **{key: value(m) for key, value in more.items()}}
        return act(question=m.question(), at=m.at, **values)

    return move


REGISTER: dict[str, Callable[[Move], object]] = {
    "answer_at_once": register("answer_at_once", answer=lambda m: m.words),
    "refer_elsewhere": register("refer_elsewhere", to_body=lambda m: m.words, answer=lambda m: m.words),
    "register_case": register("register_case", case_number=lambda m: m.words, answer=lambda m: m.words),
    "keep_at_desk": register("keep_at_desk"),
    "receive": register("receive_question"),
    "register_and_hand_over": register(
        "register_and_hand_over",
        to=lambda m: m.team,
        asks=lambda m: m.words,
        to_employee=lambda m: None if m.turn.moment % 5 else m.stage.people[m.turn.other % len(m.stage.people)],
    ),
    "register_and_promise_callback": register(
        "register_and_promise_callback",
        to=lambda m: m.team,
        window=Move.window,
        phone=Move.phone,
        asks=lambda m: m.words,
    ),
}

WORK: dict[str, Callable[[Move], object]] = {
    "take": work(queues.take),
    "take_up": work(operations.take_up),
    "release": work(queues.release),
    "give": work(
        operations.give_to_colleague,
        to=lambda m: m.stage.people[m.turn.other % len(m.stage.people)],
        note=lambda m: m.words,
    ),
    "answer": work(operations.answer, text=lambda m: m.words, channel=lambda m: m.channel),
    "settle": work(
        operations.settle,
        outcome=lambda m: ("referred", "withdrawn", "could_not_be_answered", "answered")[m.turn.moment % 4],
        note=lambda m: m.words,
        tell=lambda m: SECRET if m.turn.yes else "",
    ),
    "hand_over": work(
        operations.hand_over, to=lambda m: m.team, asks=lambda m: m.words, reason=lambda m: SECRET if m.turn.yes else ""
    ),
    "return": work(operations.return_to_sender, reason=lambda m: m.words),
    "ask_resident": work(operations.ask_resident, text=lambda m: m.words, channel=lambda m: m.channel),
    "take_back": work(operations.take_back, by=lambda m: m.writer(), contact=lambda m: m.written()),
    "stop_waiting": work(operations.stop_waiting),
    "reply": work(
        operations.receive_addition,
        text=lambda m: m.words,
        channel=lambda m: m.channel,
        intake_account=lambda _: "web_form",
        intake_id=lambda m: str(m.turn.moment) if m.turn.yes else "",
        by=lambda m: m.anyone,
    ),
    "note_addition": work(operations.note_addition, text=lambda m: m.words, channel=lambda m: m.channel),
    "promise_callback": work(
        operations.promise_callback, window=lambda m: m.window(m.question().owner), phone=Move.phone
    ),
    "call_back": work(operations.call_back, text=lambda m: m.words),
    "miss_callback": work(
        operations.miss_callback,
        text=lambda m: m.words,
        next_window=lambda m: m.window(m.question().owner) if m.turn.other % 2 else None,
    ),
    "renew": work(operations.renew_promise, reason=lambda m: m.words),
    "reopen": work(operations.reopen, reason=lambda m: m.words, by=lambda m: m.anyone),
    "reopen_by_employee": work(operations.reopen_by_employee, reason=lambda m: m.words),
    "merge": work(operations.merge, into=lambda m: m.question(m.turn.other)),
    "link": work(questions.link, other=lambda m: m.question(m.turn.other)),
    "make_confidential": work(questions.make_confidential),
    "end_confidential": work(questions.end_confidential),
    "recategorise": work(questions.recategorise, product=lambda m: m.product or m.stage.products[1]),
    "note": work(
        questions.write_note,
        text=lambda m: m.words,
        mentions=lambda m: [m.stage.people[m.turn.other % len(m.stage.people)]],
    ),
    "feedback": work(questions.give_feedback, text=lambda m: m.words, by=lambda _: RESIDENT),
}

for _known, _moves in zip((REGISTER, WORK), moves_elsewhere.moves(SECRET), strict=True):
    _known.update(_moves)

JOBS: dict[str, Callable[[Move], object]] = {
    "remind": lambda m: operations.remind_of_promises(at=m.at),
    "escalate": lambda m: operations.escalate_broken_promises(at=m.at),
    "continue_without_reply": lambda m: operations.continue_without_reply(at=m.at),
}

MOVES = REGISTER | WORK | JOBS
