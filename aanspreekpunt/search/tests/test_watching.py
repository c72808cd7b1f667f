"""Answers that became hard to read, or whose links lead nowhere, are work for their owner."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.knowledge.models import Chore, FollowedLink
from aanspreekpunt.knowledge.operations.links import PublicSites, follow_links
from aanspreekpunt.knowledge.rules.links import Visit
from aanspreekpunt.knowledge.tests.make import make_answer, make_value
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.search import jobs
from aanspreekpunt.search.watching import watch_over_answers

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db

HARD = (
    "Ingevolge het bepaalde in de vigerende verordening wordt de aanvraag tot verstrekking van de voorziening, na "
    "beoordeling van de ontvankelijkheid daarvan door het daartoe bevoegde bestuursorgaan, binnen de gestelde termijn "
    "in behandeling genomen, tenzij toepassing wordt gegeven aan de hardheidsclausule."
)


class Recorder:
    """A visitor that answers from a list and remembers where it was sent."""

    def __init__(self, **statuses: int | None) -> None:
        self.statuses, self.visited = statuses, []

    def visit(self, address: str) -> Visit:
        self.visited.append(address)
        return Visit(self.statuses.get(address.rsplit("/", 1)[-1], 200), address)


def chores() -> set[tuple[str, str, str]]:
    return set(Chore.objects.filter(done_at__isnull=True).values_list("article__key", "kind", "detail"))


def test_an_answer_that_is_hard_to_read_is_a_chore_until_it_is_plain() -> None:
    make_answer("moeilijk", answer=HARD)
    make_answer("makkelijk", answer="U belt ons. Wij helpen u.")
    watch_over_answers(at=timezone.now())
    assert chores() == {("moeilijk", "hard_to_read", "")}
    make_answer("moeilijk", answer="U vraagt het aan. Wij kijken ernaar.")
    watch_over_answers(at=timezone.now())
    assert chores() == set()


def test_links_to_our_own_pages_must_lead_somewhere() -> None:
    make_product("container", team=make_cast().waste)
    make_answer("a", answer="Zie [dit](/antwoord/b/), [dat](/onderwerp/container/) en [niets](/antwoord/weg/).")
    make_answer("b")
    watch_over_answers(at=timezone.now())
    assert chores() == {("a", "broken_link", "/antwoord/weg/")}


def test_a_link_breaks_after_being_gone_twice_and_not_after_one_bad_night() -> None:
    now = timezone.now()
    make_value("site", "https://gemeente.example/weg")
    make_answer("a", answer="Kijk op [de site]({{ site }}) of [daar](https://gemeente.example/goed).")
    gone = Recorder(weg=404)
    assert follow_links(visitor=gone, at=now) == 0
    assert follow_links(visitor=gone, at=now + timedelta(days=1)) == 1
    assert set(gone.visited) == {"https://gemeente.example/weg", "https://gemeente.example/goed"}
    watch_over_answers(at=now)
    assert chores() == {("a", "broken_link", "https://gemeente.example/weg")}
    follow_links(visitor=Recorder(), at=now + timedelta(days=2))
    watch_over_answers(at=now)
    assert chores() == set()
    make_answer("a", answer="Zonder links.")
    follow_links(visitor=Recorder(), at=now)
    assert FollowedLink.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/", "http://localhost/", "http://10.0.0.1/", "http://[::1]/", "http://bestaat.invalid/"],
)
def test_no_machine_inside_the_house_is_visited(address: str) -> None:
    assert PublicSites().visit(address) == Visit(None, address)


def test_nothing_is_visited_unless_an_administrator_wants_it(
    settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = []
    monkeypatch.setattr(jobs, "follow_links", lambda **_: followed.append(1))
    jobs.watch(timestamp=0)
    assert followed == []
    settings.FOLLOW_LINKS = True
    jobs.watch(timestamp=0)
    assert followed == [1]
