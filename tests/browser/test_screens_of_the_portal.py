"""Every screen of the portal, in every state: for a screen reader, on a small phone, at 400 %, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.portal_screens import SCREENS, WITHOUT_SCREEN
from tests.browser.touring import Tour

if TYPE_CHECKING:
    from tests.browser.person import People
    from tests.browser.town import Town

TOUR = Tour("portal", SCREENS, WITHOUT_SCREEN)


@pytest.mark.parametrize("name", SCREENS)
def test_anybody_can_use_the_screen(name: str, people: People, town: Town) -> None:
    assert TOUR.problems(name, people, town) == {}


def test_every_address_was_visited_or_has_nothing_to_look_at() -> None:
    if not TOUR.is_complete:
        pytest.skip("not all screens were looked at in this run")
    assert TOUR.addresses() - set(TOUR.titles) - set(WITHOUT_SCREEN) == set()
    assert set(WITHOUT_SCREEN) <= TOUR.addresses()


def test_each_page_has_a_title_of_its_own(testrun_uid: str) -> None:
    assert TOUR.shared_titles(testrun_uid) == {}
