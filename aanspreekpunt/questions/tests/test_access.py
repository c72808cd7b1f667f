"""Who may see, work on and supervise a question: every role, in its team, in another and everywhere."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import pytest

from aanspreekpunt.organisation.access import Rights
from aanspreekpunt.organisation.models import Employee, Role
from aanspreekpunt.questions.access import may_see, may_supervise, may_work_on
from aanspreekpunt.questions.models import Question

HERE, ELSEWHERE = 1, 2

# role, held in: may see, work on, supervise an ordinary question of team HERE; then the same for a confidential one.
YES, NO = True, False
TABLE = {
    ("agent", HERE): (YES, YES, NO, YES, YES, NO),
    ("agent", ELSEWHERE): (YES, NO, NO, NO, NO, NO),
    ("agent", None): (YES, YES, NO, NO, NO, NO),
    ("department_employee", HERE): (YES, YES, NO, YES, YES, NO),
    ("department_employee", ELSEWHERE): (NO, NO, NO, NO, NO, NO),
    ("department_employee", None): (YES, YES, NO, NO, NO, NO),
    ("supervisor", HERE): (YES, YES, YES, YES, YES, YES),
    ("supervisor", ELSEWHERE): (NO, NO, NO, NO, NO, NO),
    ("supervisor", None): (YES, YES, YES, NO, NO, NO),
    **{
        (role, place): (NO, NO, NO, NO, NO, NO)
        for role in ("content_editor", "functional_administrator", "manager", "privacy_officer")
        for place in (HERE, ELSEWHERE, None)
    },
}


def employee_with(*held: tuple[str, int | None], is_active: bool = True) -> Employee:
    employee = Employee(name="Iemand", is_active=is_active)
    employee.known_rights = Rights(held)  # type: ignore[attr-defined]  # as `LoginBackend` does
    return employee


def what_he_may(employee: Employee) -> tuple[bool, ...]:
    questions = [Question(owner_id=HERE, is_confidential=confidential) for confidential in (False, True)]
    return tuple(may(employee, question) for question in questions for may in (may_see, may_work_on, may_supervise))


def test_the_table_names_every_role_in_every_place() -> None:
    assert set(TABLE) == set(product(Role.values, (HERE, ELSEWHERE, None)))


@pytest.mark.parametrize("held", TABLE, ids=str)
def test_a_role_may_what_the_table_says(held: tuple[str, int | None]) -> None:
    assert what_he_may(employee_with(held)) == TABLE[held]


@pytest.mark.parametrize("held", TABLE, ids=str)
def test_who_left_may_nothing(held: tuple[str, int | None]) -> None:
    assert not any(what_he_may(employee_with(held, is_active=False)))


@pytest.mark.parametrize("pair", list(combinations_with_replacement(TABLE, 2)), ids=str)
def test_two_roles_together_never_let_anyone_work_on_what_he_may_not_see(
    pair: tuple[tuple[str, int | None], ...],
) -> None:
    for sees, works, supervises in zip(*[iter(what_he_may(employee_with(*pair)))] * 3, strict=True):
        assert sees or not works
        assert sees or not supervises
    assert all(
        got >= max(alone)
        for got, alone in zip(
            what_he_may(employee_with(*pair)), zip(*(TABLE[held] for held in pair), strict=True), strict=True
        )
    )
