"""Another system is told what happens, from the form at the desk to what it receives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from aanspreekpunt.subscriptions.models import Notice
from aanspreekpunt.subscriptions.rounds import pass_on
from aanspreekpunt.subscriptions.tests.receiver import receiver
from tests.browser.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

    from aanspreekpunt.subscriptions.tests.receiver import Receiver
    from tests.browser.person import People
    from tests.browser.town import Town


@pytest.fixture
def other(settings: SettingsWrapper) -> Iterator[Receiver]:
    """Another system, on this machine; the web server allows it by name too."""
    settings.INTERNAL_RECEIVERS = frozenset({"127.0.0.1"})
    with receiver() as listening:
        yield listening


def test_an_administrator_tells_a_system_sees_it_fail_and_sends_again(
    people: People, town: Town, other: Receiver
) -> None:
    stage = Stage(people, town)
    frits = stage.staff(town.frits, "/desk/systemen").follows("Who is told what happens").follows("Tell a system")
    frits.follows("A signed webhook").fills("Which system", "Datahub").fills("Where to send it", f"{other.url}/haak")
    frits.chooses("Questions").fills("Only when", "question event=question.registered")
    key = frits.presses("Tell it from now on").sees("whsec_").page.locator("#key").inner_text()
    frits.follows("I have it; go on").does_not_see(key).presses("Send a test message").sees(
        "A test message is on its way. Look here again in a few seconds."
    )
    pass_on(clock=timezone.now)
    frits.follows("Look again").sees("Aangenomen (HTTP 204).")
    assert json.loads(other.got[0].body)["event"] == "test"

    other.usual = 410
    assert stage.handed
    pass_on(clock=timezone.now)
    frits.follows("Look again").sees("HTTP 410", "Paused: it says that it is gone for good")
    other.usual = 204
    Notice.objects.filter(state="waiting").update(state="dead", ended_at=timezone.now(), code="http_410")
    frits.presses("Go on").sees("It goes on, with what waited first.").presses("Send all again")
    frits.sees("1 melding wordt opnieuw verstuurd.")
    pass_on(clock=timezone.now)
    frits.follows("Look again").does_not_see("Send all again")
    told = json.loads(other.got[-1].body)
    assert (told["event"], told["subject"]["uuid"]) == ("question.registered", str(stage.handed.question.uuid))
    frits.does_not_see("Karel")
    assert "Karel" not in frits.text
