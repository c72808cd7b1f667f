"""Coming in: the login page and the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.looking import violations

if TYPE_CHECKING:
    from tests.browser.person import People
    from tests.browser.town import Town


def test_an_employee_logs_in_and_out(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna, remembered=False)
    anna.sees("Anna", "Uitloggen")  # in Dutch here, to be sure that screens are Dutch when nobody chose
    assert violations(anna.page) == []
    anna.presses("Log out").sees("Log in")


def test_a_wrong_password_is_said(people: People, town: Town) -> None:
    anna = people.resident("Anna").opens("/desk/")
    anna.fills("E-mail", town.cast.anna.email).fills("Password", "x").presses("Log in")
    anna.sees("Dit e-mailadres en wachtwoord horen niet bij elkaar")
    assert violations(anna.page) == []
