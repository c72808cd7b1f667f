"""The screens on which other systems are let in, and the log of what they did."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.journal.access_log import Asked, Shown, record_access
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.tokens import refusals
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.queries import token_for_key
from aanspreekpunt.tokens.tests.make import ALL_RIGHTS, make

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
LIST, NEW, LOG = reverse("desk:tokens"), reverse("desk:new-token"), reverse("desk:system-log")


@pytest.fixture
def fatma(cast: Cast) -> Employee:  # noqa: ARG001 - after the municipality
    return make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))


def one(token: Token) -> str:
    return reverse("desk:token", args=[token.uuid])


def revoking(token: Token) -> str:
    return reverse("desk:revoke-token", args=[token.uuid])


def test_only_an_administrator_of_everything_finds_these_screens(logged_in: LogIn, cast: Cast, client: Client) -> None:
    token = make().token
    of_one_team = make_employee("Tim", (Role.FUNCTIONAL_ADMINISTRATOR, cast.waste))
    for employee in (cast.anna, cast.sofie, cast.olga, cast.wim, of_one_team):
        browser = logged_in(employee)
        for address in (LIST, NEW, one(token), revoking(token)):
            assert browser.get(address).status_code == 404, (employee.name, address)
            assert browser.post(address, {"name": "X", "scope": "everything"}).status_code in {404, 405}, address
        assert LIST not in browser.get(reverse("desk:account")).content.decode(), employee.name
    for address in (LIST, NEW, one(token), revoking(token), LOG):
        assert client.get(address)["Location"].startswith(reverse("desk:login"))
    token.refresh_from_db()
    assert (Token.objects.count(), token.revoked_at) == (1, None)


def test_a_key_is_shown_once_and_opens_what_was_ticked(logged_in: LogIn, fatma: Employee, cast: Cast) -> None:
    browser = logged_in(fatma)
    assert 'name="rights" value="tasks.write"' in browser.get(NEW).content.decode()
    said = {
        "name": "KISS",
        "organisation": "Dimpact",
        "contact_person": "Els, 14 0999",
        "scope": "chosen",
        "rights": ["contacts.read", "tasks.write"],
        "teams": [cast.waste.pk],
        "sees_confidential": "on",
        "needs_purpose": "on",
        "last_day": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }
    answer = browser.post(NEW, said)
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    (key,) = re.findall(r'id="key" data-secret>(apt_\w+)<', answer.content.decode())
    bearer = token_for_key(key, at=timezone.now())
    assert bearer.rights == {"contacts.read", "tasks.write"}
    assert (bearer.team_ids, bearer.sees_confidential, bearer.needs_purpose) == ((cast.waste.pk,), True, True)
    token = Token.objects.get()
    assert timezone.localtime(token.expires_at).strftime("%H:%M") == "23:59"
    assert token.made_by == fatma
    for address in (LIST, one(token)):
        page = browser.get(address).content.decode()
        assert "KISS" in page
        assert key[8:] not in page
        assert key[:8] in page


@pytest.mark.parametrize(("scope", "verbs"), [("everything", {"read", "write", "delete"}), ("read", {"read"})])
def test_all_rights_or_all_reading_in_one_choice(
    logged_in: LogIn, fatma: Employee, scope: str, verbs: set[str]
) -> None:
    logged_in(fatma).post(NEW, {"name": "X", "scope": scope, "rights": ["contacts.delete"]})
    token = Token.objects.get()
    assert set(token.rights) == {each for each in ALL_RIGHTS if each.split(".")[1] in verbs}
    page = logged_in(fatma).get(one(token)).content.decode()
    assert re.search(rf'value="{scope}"[^>]* checked', page)
    assert ("alles" if scope == "everything" else "alles lezen") in logged_in(fatma).get(LIST).content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(logged_in: LogIn, fatma: Employee) -> None:
    make("KISS")
    browser, good = logged_in(fatma), {"name": "ITA", "scope": "chosen", "rights": ["tasks.read"]}
    for wrong in (
        {"name": "kiss"},
        {"name": ""},
        {"name": "x" * 300},
        {"rights": []},
        {"rights": ["tasks.eat"]},
        {"scope": "onzin"},
        {"teams": ["0"]},
        {"last_day": "2020-01-01"},
        {"last_day": "morgen"},
    ):
        answer = browser.post(NEW, {**good, "contact_person": "Els van Deurne", **wrong})
        assert answer.status_code == 422, wrong
        assert "Els van Deurne" in answer.content.decode(), wrong
        assert "apt_" not in answer.content.decode()
    assert Token.objects.count() == 1


def test_a_change_counts_at_once_for_the_same_key(logged_in: LogIn, fatma: Employee) -> None:
    made = make("KISS", "contacts=rw")
    browser = logged_in(fatma)
    answer = browser.post(one(made.token), {"name": "KISS 2", "scope": "chosen", "rights": ["tasks.read"]}, follow=True)
    assert "Bewaard" in answer.content.decode()
    bearer = token_for_key(made.key, at=timezone.now())
    assert (bearer.name, bearer.rights) == ("KISS 2", {"tasks.read"})
    assert browser.post(one(made.token), {"name": "", "scope": "read"}).status_code == 422


def test_revoking_asks_first_and_works_at_once(logged_in: LogIn, fatma: Employee) -> None:
    made = make("KISS")
    browser = logged_in(fatma)
    assert "Nee, laat maar" in browser.get(revoking(made.token)).content.decode()
    assert token_for_key(made.key, at=timezone.now()), "asking is not doing"
    page = browser.post(revoking(made.token), follow=True).content.decode()
    assert "Ingetrokken" in page
    with pytest.raises(refusals.KeyIsUnknown):
        token_for_key(made.key, at=timezone.now())
    again = browser.post(revoking(made.token), follow=True).content.decode()
    assert "al ingetrokken" in again
    assert "opent niets" in browser.get(one(made.token)).content.decode()
    assert browser.post(one(made.token), {"name": "X", "scope": "read"}).status_code == 422


def test_unknown_tokens_are_absent(logged_in: LogIn, fatma: Employee) -> None:
    for name in ("desk:token", "desk:revoke-token"):
        assert logged_in(fatma).get(reverse(name, args=[uuid4()])).status_code == 404


def test_the_list_costs_the_same_however_many(
    logged_in: LogIn, fatma: Employee, django_assert_max_num_queries: DjangoAssertMaxNumQueries
) -> None:
    for number in range(7):
        make(f"Systeem {number}", "contacts=r", "tasks=r", "parties=r", "actors=r")
    browser = logged_in(fatma)
    browser.get(LIST)
    with django_assert_max_num_queries(4):  # session, employee, in use, revoked
        page = browser.get(LIST).content.decode()
    assert page.count("lezen: Contactmomenten, Taken voor afdelingen") == 7


def test_the_privacy_officer_sees_what_other_systems_did(logged_in: LogIn, cast: Cast) -> None:
    token, thing = make("KISS").token, uuid4()
    ids = [str(thing), *(str(uuid4()) for _ in range(3))]
    asked = Asked(purpose="klantcontact", on_behalf_of="els@dimpact", trace_id="b" * 32)
    for verb, some in (("list", ids), ("read", ids[:1]), ("delete", ids[1:2])):
        shown = Shown(verb=verb, resource="contacts", ids=some)
        record_access(shown=[shown], asked=asked, by=token, at=timezone.now())
    olga = logged_in(cast.olga)
    page = olga.get(LOG).content.decode()
    for words in ("KISS", "els@dimpact", "klantcontact", "b" * 32, "Lijst getoond", "Verwijderd", str(thing)):
        assert words in page, words
    about = olga.get(LOG, {"thing": str(thing)}).content.decode()
    assert "Lijst getoond" in about
    assert "Verwijderd" not in about
    assert "geen uuid" in olga.get(LOG, {"thing": "x"}).content.decode()
    assert LOG in olga.get(reverse("desk:access-log")).content.decode()
    assert logged_in(cast.anna).get(LOG).status_code == 404


def test_the_log_of_systems_is_read_page_by_page(logged_in: LogIn, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aanspreekpunt.desk.views.access_log.PAGE", 2)
    token = make("KISS").token
    for _ in range(3):
        record_access(
            shown=[Shown(verb="read", resource="tasks", ids=[str(uuid4())])], asked=Asked(), by=token, at=timezone.now()
        )
    olga = logged_in(cast.olga)
    first = olga.get(LOG)
    second = olga.get(LOG, {"before": first.context["next_before"]})
    seen = [each.pk for each in (*first.context["accesses"], *second.context["accesses"])]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 3
