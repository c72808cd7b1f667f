"""Letting another system in: its key is seen once, works, and opens nothing when it is revoked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from aanspreekpunt.journal.access_log import Asked, Shown, record_access
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.queries import token_for_key
from aanspreekpunt.tokens.refusals import KeyIsUnknown
from aanspreekpunt.tokens.tests.make import make
from tests.browser.token_screens import LIST, NEW, fills_in

if TYPE_CHECKING:
    from tests.browser.person import People
    from tests.browser.town import Town

WIDTHS = {1440: 900, 390: 844}


@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_lets_a_system_in_and_out(people: People, town: Town, width: int) -> None:
    pictures = settings.DATA_DIR / "screenshots"
    frits = people.staff(town.frits, viewport={"width": width, "height": WIDTHS[width]}).opens(NEW)
    frits.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    frits.take_picture(pictures / f"token-new-{width}.png")
    fills_in(frits, f"KISS {width}").presses("Make the key")
    key = re.findall(r"apt_\w{44}", frits.sees("apt_").text)[0]
    frits.take_picture(pictures / f"token-made-{width}.png")
    frits.presses("Copy the key").sees("Copied")
    assert frits.page.evaluate("navigator.clipboard.readText()") == key
    assert token_for_key(key, at=timezone.now()).may("contacts", "read")
    frits.follows("I have it; to the list").sees(f"KISS {width}").does_not_see(key)
    frits.take_picture(pictures / f"token-list-{width}.png")
    frits.follows(f"KISS {width}").take_picture(pictures / f"token-one-{width}.png")
    frits.follows("Revoke the key").sees(
        "From that moment on it opens nothing. It cannot be undone: the system then needs a new key."
    )
    frits.presses("Revoke the key").sees("Revoked")
    frits.take_picture(pictures / f"token-revoked-{width}.png")
    with pytest.raises(KeyIsUnknown):
        token_for_key(key, at=timezone.now())


def test_it_works_without_javascript(people: People, town: Town) -> None:
    frits = people.staff(town.frits, java_script_enabled=False).opens(NEW)
    fills_in(frits, "Zonder").presses("Make the key").sees("apt_")
    assert re.search(r"apt_\w{44}", frits.text)
    assert not frits.page.get_by_role("button", name=frits.word("Copy the key")).count()
    frits.opens(LIST).follows("Zonder").follows("Revoke the key").presses("Revoke the key").sees("Revoked")
    assert Token.objects.get(name="Zonder").revoked_at is not None


def test_a_privacy_officer_finds_who_saw_a_thing(people: People, town: Town) -> None:
    seen, other = uuid4(), uuid4()
    token = make("Taaksysteem").token
    for thing, purpose in ((seen, "terugbellen"), (other, "klacht")):
        shown = [Shown(verb="read", resource="contacts", ids=[thing])]
        record_access(shown=shown, asked=Asked(purpose=purpose, trace_id="a" * 32), by=token, at=timezone.now())
    olga = people.staff(town.cast.olga).opens("/desk/inzagen").follows("Other systems").sees("terugbellen", "klacht")
    olga.fills("Only about one thing, by its uuid", str(seen)).presses("Show")
    olga.sees("Taaksysteem", "terugbellen").does_not_see("klacht")
    olga.take_picture(settings.DATA_DIR / "screenshots" / "system-log.png")
