"""Tokens: who makes them, what they open, and that a revoked one opens nothing from that moment on."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from aanspreekpunt.journal.actors import SYSTEM, PlainActor
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import Cast, make_cast, make_employee
from aanspreekpunt.tokens import refusals
from aanspreekpunt.tokens.keys import new_key
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.operations import Grant, change_token, make_token, revoke_token
from aanspreekpunt.tokens.queries import token_for_key, token_named
from aanspreekpunt.tokens.tests.make import ALL_RIGHTS, make

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def grant(**fields: Any) -> Grant:
    return Grant(rights=frozenset({"contacts.read"}), **fields)


def test_a_key_is_random_long_and_nowhere_kept() -> None:
    made = make()
    assert re.fullmatch(r"apt_[A-Za-z0-9]{44}", made.key)
    assert len({new_key() for _ in range(100)}) == 100
    with connection.cursor() as cursor:
        for table in ("tokens_token", "journal_entry"):
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 - names of our own
            assert all(made.key not in row and made.key[8:] not in row for (row,) in cursor.fetchall()), table
    assert made.token.key_hint == made.key[:8]


def test_a_key_opens_what_its_token_may(cast: Cast) -> None:
    made = make("KISS", "contacts=rw", "tasks=r", teams=(cast.waste,), sees_confidential=True, needs_purpose=True)
    bearer = token_for_key(made.key, at=timezone.now())
    assert bearer.may("contacts", "read")
    assert bearer.may("contacts", "write")
    assert not bearer.may("contacts", "delete")
    assert not bearer.may("tasks", "write")
    assert not bearer.may("parties", "read")
    assert (bearer.sees_confidential, bearer.team_ids, bearer.needs_purpose) == (True, (cast.waste.pk,), True)
    assert (bearer.actor_kind, bearer.actor_id, bearer.actor_name) == ("token", made.token.pk, "KISS")
    assert not bearer.sees_everything
    assert token_for_key(make("B", sees_confidential=True).key, at=timezone.now()).sees_everything


def test_a_wrong_key_opens_nothing() -> None:
    made = make()
    for key in ("", "x", made.key[:-1], made.key + "x", made.key.lower(), made.token.key_hash, "x" * 10_000, "\x00é"):
        with pytest.raises(refusals.KeyIsUnknown):
            token_for_key(key, at=timezone.now())


def test_a_revoked_key_opens_nothing_from_that_moment_on() -> None:
    made, now = make(), timezone.now()
    assert token_for_key(made.key, at=now).id == made.token.pk
    revoke_token(token=made.token, by=SYSTEM, at=now)
    with pytest.raises(refusals.KeyIsUnknown):
        token_for_key(made.key, at=now)
    with pytest.raises(refusals.TokenIsRevoked):
        revoke_token(token=made.token, by=SYSTEM, at=now)
    with pytest.raises(refusals.TokenIsRevoked):
        change_token(token=made.token, name="X", grant=grant(), organisation="", contact_person="", by=SYSTEM, at=now)
    assert token_named(made.token.name) is None
    assert make(made.token.name).token.pk != made.token.pk, "the name is free again"


def test_a_key_opens_nothing_when_its_time_is_over() -> None:
    ends = timezone.now() + timedelta(days=1)
    made = make(expires_at=ends)
    assert token_for_key(made.key, at=ends - timedelta(seconds=1))
    with pytest.raises(refusals.KeyIsUnknown):
        token_for_key(made.key, at=ends)


def test_asking_takes_one_query_and_notes_the_use_once_a_minute(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made, now = make(), timezone.now()
    with django_assert_num_queries(2):
        token_for_key(made.key, at=now)
    with django_assert_num_queries(1):
        token_for_key(made.key, at=now + timedelta(seconds=59))
    assert Token.objects.get().last_used_at == now
    token_for_key(made.key, at=now + timedelta(seconds=60))
    assert Token.objects.get().last_used_at == now + timedelta(seconds=60)


def test_only_an_administrator_of_everything_makes_changes_and_revokes(cast: Cast) -> None:
    now, made = timezone.now(), make()
    fatma = make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))
    of_one_team = make_employee("Tim", (Role.FUNCTIONAL_ADMINISTRATOR, cast.waste))
    for by in (cast.anna, cast.sofie, cast.olga, of_one_team, PlainActor("token", made.token.pk, "KISS")):
        with pytest.raises(refusals.NotYoursToGive):
            make_token(name="X", grant=grant(), by=by, at=now)
        with pytest.raises(refusals.NotYoursToGive):
            change_token(token=made.token, name="X", grant=grant(), organisation="", contact_person="", by=by, at=now)
        with pytest.raises(refusals.NotYoursToGive):
            revoke_token(token=made.token, by=by, at=now)
    token = make_token(name="X", grant=grant(), by=fatma, at=now).token
    assert token.made_by == fatma


def test_what_cannot_be_is_refused(cast: Cast) -> None:
    now = timezone.now()
    make("KISS")
    for wrong, name, given in (
        (refusals.NameIsTaken, " kiss ", grant()),
        (refusals.NameIsMissing, "  ", grant()),
        (refusals.NameIsTooLong, "a" * 201, grant()),
        (refusals.NoRights, "X", Grant(rights=frozenset())),
        (refusals.RightIsUnknown, "X", Grant(rights=frozenset({"contacts.eat"}))),
        (refusals.EndsBeforeItBegins, "X", grant(expires_at=now)),
        (refusals.TeamIsUnknown, "X", grant(team_ids=frozenset({cast.waste.pk, 0}))),
    ):
        with pytest.raises(wrong):
            make_token(name=name, grant=given, by=SYSTEM, at=now)
    assert Token.objects.count() == 1


def test_the_journal_tells_what_was_given_changed_and_revoked(cast: Cast) -> None:
    now = timezone.now()
    made = make("KISS", "contacts=r")
    wider = Grant(rights=ALL_RIGHTS, sees_confidential=True, team_ids=frozenset({cast.waste.pk}))
    told = {"organisation": "Dimpact", "contact_person": "Els"}
    changed = change_token(token=made.token, name="KISS 2", grant=wider, **told, by=SYSTEM, at=now)
    change_token(token=changed, name="KISS 3", grant=wider, **told, by=SYSTEM, at=now)
    revoke_token(token=changed, by=SYSTEM, at=now)
    lines = list(Entry.objects.filter(subject_kind="token").order_by("id").values_list("event", flat=True))
    assert lines == ["token.made", "token.changed", "token.revoked"], "a new name gives no new right"
    data = Entry.objects.get(event="token.changed").data
    assert (data["sees_confidential"], data["was"]["rights"]) == (True, ["contacts.read"])
    assert "Els" not in str(data)


def test_what_is_changed_counts_at_once_with_the_same_key() -> None:
    made, now = make("KISS", "contacts=r"), timezone.now()
    change_token(
        token=made.token,
        name="KISS",
        grant=Grant(rights=ALL_RIGHTS),
        organisation="",
        contact_person="",
        by=SYSTEM,
        at=now,
    )
    assert token_for_key(made.key, at=now).may("parties", "delete")


def test_a_token_whose_time_is_over_can_still_be_changed() -> None:
    now = timezone.now()
    made = make(expires_at=now + timedelta(days=1))
    later, ended = now + timedelta(days=2), made.token.expires_at
    told: dict[str, Any] = {"name": "Balie", "organisation": "", "contact_person": "", "by": SYSTEM, "at": later}
    change_token(token=made.token, grant=grant(expires_at=ended), **told)
    with pytest.raises(refusals.EndsBeforeItBegins):
        change_token(token=made.token, grant=grant(expires_at=now + timedelta(hours=1)), **told)
    change_token(token=made.token, grant=grant(expires_at=later + timedelta(days=1)), **told)
    assert token_for_key(made.key, at=later)


def test_the_database_keeps_no_key_itself_and_no_two_in_use_of_one_name() -> None:
    make("KISS")
    for fields in (
        {"name": "kiss", "key_hash": "a" * 64},
        {"name": "X", "key_hash": new_key()},
        {"name": "", "key_hash": "b" * 64},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Token.objects.create(key_hint="apt_", made_at=timezone.now(), **fields)
