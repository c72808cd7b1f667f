"""Random lives of questions: thousands of moves by random people at random times, and every rule holds after each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from aanspreekpunt.common.references import is_reference
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.promises.tests.make import AMSTERDAM
from aanspreekpunt.promises.tests.moves import JOBS, MOVES, REGISTER, WORK, Move, Stage, Turn, make_stage
from aanspreekpunt.promises.tests.onlookers import seen_wrongly
from aanspreekpunt.promises.tests.truths import falsehoods, promises_outside_hours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]  # tracing doubles the time; others walk these lines

TURNS = st.integers(min_value=0, max_value=2**32).map(Turn.of)
BEGINNINGS = st.sampled_from(
    [
        datetime(2026, 3, 2, 10, 0, tzinfo=AMSTERDAM),
        datetime(2026, 3, 28, 23, 50, tzinfo=AMSTERDAM),  # the clocks go forward that night
        datetime(2026, 10, 24, 23, 0, tzinfo=AMSTERDAM),  # and back in this one
        datetime(2025, 12, 24, 16, 59, tzinfo=AMSTERDAM),
        datetime(2026, 4, 26, 12, 0, tzinfo=AMSTERDAM),
        datetime(2026, 1, 2, 8, 29, 59, tzinfo=AMSTERDAM),
    ]
)
PAUSES = st.one_of(
    st.just(0),
    st.integers(min_value=1, max_value=180),
    st.integers(min_value=181, max_value=60 * 24),
    st.integers(min_value=1, max_value=20).map(lambda days: days * 60 * 24),
)
FITTING = {
    "call_back": ["callback"],
    "miss_callback": ["callback"],
    "stop_waiting": ["reply"],
    "reply": ["reply"],
    "reopen": ["settled"],
    "reopen_by_employee": ["settled"],
    "feedback": ["settled"],
    "open_elsewhere": ["settled"],
}
"""The promise that a question must have open for a verb to make sense."""
TRIED_OFTEN = ["hand_over", "hand_over", "hand_over", "answer", "answer", "reopen_by_employee"]
"""What few may do, or what leads to lives with a second hop or a second end, is tried more often than the rest."""
STANDING = """
    SELECT q.id, q.holder_id, q.owner_id, coalesce(p.kind, 'settled') FROM question q
    LEFT JOIN promise p ON p.question_id = q.id AND p.state = 'open' WHERE q.id = ANY(%s)"""
OWNERS = "SELECT id, owner_id FROM question"
JOURNAL = """
    SELECT coalesce(max(e.id), 0), md5(string_agg(md5(e::text) || coalesce(t.text, ''), '' ORDER BY e.id))
    FROM journal_entry e LEFT JOIN journal_entry_text t ON t.entry_id = e.id WHERE e.id <= %s"""
NO_LIMIT = 2**62

STEPS, FRESH, QUICK, THOROUGH = 30, 9, 27, 99
"""Steps in one example; examples of one seed; in each build, enough for `test_planted_faults`; and in a long part.

From its tenth example on hypothesis plays variations, six in a row, of a life that it played already. A fault is found
sooner in lives that have nothing in common, so it begins anew with another seed before that.
"""


def rows(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def fitting_for(verb: str) -> list[str]:
    """Return the promises that a question may have open for this verb to make sense."""
    return FITTING.get(verb, ["answer", "callback"])


class Lives(RuleBasedStateMachine):
    """Several questions living through each other's days."""

    stage: Stage
    lives = 0

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.journal: tuple[int, str] = rows(JOURNAL, NO_LIMIT)[0]
        self.last_promise = rows("SELECT coalesce(max(id), 0) FROM promise")[0][0]
        self.owners: dict[int, int] = {}

    def teardown(self) -> None:
        Lives.lives += len(self.stage.ids)
        transaction.savepoint_rollback(self.savepoint)

    @initialize(at=BEGINNINGS, turns=st.lists(TURNS, min_size=3, max_size=3))
    def begin(self, at: datetime, turns: list[Turn]) -> None:
        self.stage.now, self.stage.ids, self.stage.deliveries = at, [], 0
        for turn in turns:
            by_agent = replace(turn, who=0, moment=1, yes=True)
            self.play(REGISTER["register_and_hand_over"], by_agent)
            self.play(REGISTER["register_and_promise_callback"], by_agent)

    @rule(minutes=PAUSES)
    def wait(self, minutes: int) -> None:
        self.stage.wait(minutes)

    @rule(verb=st.sampled_from(sorted(REGISTER)), turn=TURNS)
    def register(self, verb: str, turn: Turn) -> None:
        self.play(MOVES[verb], turn)

    @rule(verb=st.sampled_from(sorted(WORK)), turn=TURNS, minutes=PAUSES)
    def work(self, verb: str, turn: Turn, minutes: int) -> None:
        self.stage.wait(minutes)
        self.play(MOVES[verb], turn)

    @rule(verb=st.sampled_from(sorted(WORK)), turn=TURNS)
    def work_that_fits(self, verb: str, turn: Turn) -> None:
        """Let someone who may do it to a question to which it can be done, if there are such, so that more succeeds."""
        fitting = rows(
            f"{STANDING} AND coalesce(p.kind, 'settled') = ANY(%s) ORDER BY q.id", self.stage.ids, fitting_for(verb)
        )
        if fitting:
            pk, holder, owner, _kind = fitting[turn.which % len(fitting)]
            self.play(MOVES[verb], self.by_someone_able(turn, pk=pk, holder=holder, owner=owner))

    @rule(which=st.integers(min_value=0, max_value=2), turns=st.lists(TURNS, min_size=3, max_size=8))
    def go_on_with_one(self, which: int, turns: list[Turn]) -> None:
        """Let one of the oldest questions live on for a while, so that some are settled and reopened more than once."""
        for turn in turns:
            self.stage.wait(turn.moment % 90)
            ((pk, holder, owner, kind),) = rows(STANDING, [self.stage.ids[which]])
            verbs = [verb for verb in (*sorted(WORK), *TRIED_OFTEN) if kind in fitting_for(verb)]
            verb = verbs[turn.product % len(verbs)]
            able = self.by_someone_able(turn, pk=pk, holder=holder, owner=owner)
            self.play(MOVES[verb], self.by_supervisor(able, owner=owner) if verb == "hand_over" else able)

    def by_supervisor(self, turn: Turn, *, owner: int) -> Turn:
        """Return the turn as one of somebody who may hand over again, with a reason."""
        may = [
            n for n, each in enumerate(self.stage.people) if rights_of(each).may(Permission.SUPERVISE, team_id=owner)
        ]
        return replace(turn, who=may[turn.who % len(may)], yes=True) if may else turn

    def by_someone_able(self, turn: Turn, *, pk: int, holder: int | None, owner: int) -> Turn:
        """Return the turn about this question, of someone of its team who has it in hand or could have."""
        able = [
            number
            for number, person in enumerate(self.stage.people)
            if holder in {None, person.pk} and owner in rights_of(person).team_ids
        ]
        who = able[turn.who % len(able)] if able else turn.who
        return replace(turn, who=who, which=self.stage.ids.index(pk))

    @rule(verb=st.sampled_from(sorted(JOBS)), minutes=PAUSES)
    def job(self, verb: str, minutes: int) -> None:
        self.stage.wait(minutes)
        self.play(MOVES[verb], Turn())

    def play(self, move: Callable[[Move], object], turn: Turn) -> None:
        try:
            with transaction.atomic():
                move(Move(self.stage, turn))
                let_waiting_rules_speak()
        except Refusal:
            return  # rolled back, so that nothing can have changed
        self.check(turn)

    def check(self, turn: Turn) -> None:
        assert falsehoods() == []
        assert promises_outside_hours(above=self.last_promise) == []
        ((self.last_promise,),) = rows("SELECT coalesce(max(id), 0) FROM promise")
        assert seen_wrongly(self.stage, turn) == []
        self.check_journal()
        ((reference,),) = rows("SELECT reference FROM question WHERE id = %s", self.stage.ids[-1])
        assert is_reference(reference)

    def check_journal(self) -> None:
        """Check that the old lines are as they were, and that both teams learn of a question that moved."""
        highest, old = self.journal
        assert rows(JOURNAL, highest)[0] == (highest, old)
        owners = dict(rows(OWNERS))
        for question, owner in owners.items():
            if self.owners.get(question, owner) != owner:
                told = {team for (team,) in rows("SELECT team_id FROM journal_entry WHERE id > %s", highest)}
                assert {owner, self.owners[question]} <= told
        self.owners = owners
        self.journal = rows(JOURNAL, NO_LIMIT)[0]


def let_waiting_rules_speak() -> None:
    """Let the rules that wait for the end of a transaction speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def live(*, examples: int, part: int = 0, phases: Iterable[Phase] = tuple(Phase)) -> int:
    """Play lives by chance, the same ones each time for one `part`; return how many there were."""
    Lives.stage, Lives.lives = make_stage(), 0
    chosen = settings(
        max_examples=FRESH,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    for number in range(examples // FRESH):
        run_state_machine_as_test(seed(part * 1000 + number)(Lives), settings=chosen)
    return Lives.lives


def test_some_lives_keep_every_rule() -> None:
    assert live(examples=QUICK) > 150


@pytest.mark.long
@pytest.mark.parametrize("part", [1, 2, 3, 4])  # each with other lives, so that processors share the work
def test_thousands_of_lives_keep_every_rule(part: int) -> None:
    assert live(examples=THOROUGH, part=part) > 500
