"""Saying that an answer helped: counted once for each visitor, with the words he found it by, and nothing about him."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.knowledge.models import Use
from aanspreekpunt.knowledge.tests.make import make_answer

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def answer(cast: Cast) -> None:
    make_product("youth", team=cast.youth, name="Jeugdhulp", is_confidential=True)
    text = "Wie een boom wil kappen, vraagt een vergunning aan."
    make_answer("boom", "Mag ik een boom kappen zonder vergunning?", text)
    make_answer("jeugd", "Waar vind ik hulp voor mijn kind?", "Bel ons.", product_keys=("youth",))


def find(browser: Client, key: str, words: str) -> str:
    """Search, open the answer, and return what its form carries along."""
    page = browser.get("/zoeken/", {"q": words}).content.decode()
    link = re.search(rf'href="(/antwoord/{key}/[^"]*)"', page)
    assert link is not None, page
    trail = re.search(r'name="via" value="([^"]+)"', browser.get(link[1]).content.decode())
    return trail[1] if trail else ""


def say(browser: Client, key: str, trail: str, *, from_address: str = "192.0.2.1", helped: str = "yes") -> None:
    answer = browser.post(f"/antwoord/{key}/hielp/", {"helped": helped, "via": trail}, REMOTE_ADDR=from_address)
    assert answer.status_code == 302


def test_the_words_of_the_search_are_kept_with_a_helpful_answer(client: Client) -> None:
    trail = find(client, "boom", "boom kappen vergunning omgewaaid jan@example.nl")
    assert "boom" not in trail
    say(client, "boom", trail)
    use = Use.objects.get()
    assert (use.kind, use.searched) == ("helped", "boom kappen vergunning omgewaaid")
    assert b"192.0.2.1" not in bytes(use.person)


def test_words_half_typed_are_not_kept(client: Client) -> None:
    page = client.post("/zoeken/terwijl-u-typt/", {"q": "boom kap"}).content.decode()
    assert 'href="/antwoord/boom/"' in page


def test_one_visitor_without_cookies_is_one_person(client: Client) -> None:
    trail = find(client, "boom", "boom kappen omgewaaid")
    for _ in range(5):
        say(Client(), "boom", trail)
    say(Client(), "boom", trail, from_address="192.0.2.2")
    assert len({bytes(use.person) for use in Use.objects.all()}) == 2


def test_of_a_confidential_product_no_words_are_kept(client: Client) -> None:
    say(client, "jeugd", find(client, "jeugd", "hulp kind"))
    assert Use.objects.get().searched == ""


def test_a_forged_trail_says_nothing(client: Client) -> None:
    say(client, "boom", "geit bok ezel")
    assert Use.objects.get().searched == ""
