"""Letting other systems in from the command line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from aanspreekpunt.operating import carrying_out
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.tokens.models import Token
from aanspreekpunt.tokens.queries import token_for_key
from aanspreekpunt.tokens.refusals import KeyIsUnknown
from aanspreekpunt.tokens.tests.make import ALL_RIGHTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command leave the database of the tests alone when it is done."""
    monkeypatch.setattr(carrying_out.connections, "close_all", lambda: None)
    monkeypatch.setattr(carrying_out, "stop_unused_database", lambda: None)


def run(*arguments: str) -> int:
    return carrying_out.carry_out(["token", *arguments])


def test_one_command_gives_a_key_for_trying_everything(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("make", "proberen", "--all", "--confidential") == 0
    bearer = token_for_key(capsys.readouterr().out.strip(), at=timezone.now())
    assert bearer.rights == ALL_RIGHTS
    assert bearer.sees_everything


def test_what_a_token_may_is_said_in_letters(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--rights", "contacts=rw", "tasks=r", "--organisation", "Dimpact", "--contact", "Els")
    assert run("make", "KISS", *arguments) == 0
    bearer = token_for_key(capsys.readouterr().out.strip(), at=timezone.now())
    assert bearer.rights == {"contacts.read", "contacts.write", "tasks.read"}
    assert not bearer.sees_confidential
    assert run("list") == 0
    listed = capsys.readouterr().out
    assert "KISS  apt_" in listed
    assert "contacts=rw  tasks=r" in listed


def test_what_the_screen_can_the_command_can(capsys: pytest.CaptureFixture[str]) -> None:
    cast = make_cast()
    last = timezone.localdate() + timedelta(days=30)
    assert run("make", "KISS", "--all", "--teams", cast.waste.key, "--until", last.isoformat(), "--purpose") == 0
    bearer = token_for_key(capsys.readouterr().out.strip(), at=timezone.now())
    assert (bearer.team_ids, bearer.needs_purpose) == ((cast.waste.pk,), True)
    expires_at = Token.objects.get().expires_at
    assert expires_at is not None
    assert timezone.localtime(expires_at).date() == last


def test_a_revoked_key_opens_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run("make", "KISS", "--rights", "everything=r")
    key = capsys.readouterr().out.strip()
    assert run("revoke", "kiss") == 0
    with pytest.raises(KeyIsUnknown):
        token_for_key(key, at=timezone.now())
    assert run("list") == 0
    assert "KISS" not in capsys.readouterr().out.replace("The key of KISS opens nothing any more.", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("make", "X", "--rights", "contacts=x"), "contacts=x"),
        (("make", "X", "--rights", "onzin=r"), "everything, contacts, participants"),
        (("make", " ", "--all"), "which system"),
        (("make", "KISS", "--all"), "There is a token in use with the name KISS"),
        (("make", "X", "--all", "--teams", "onbekend"), "One of these teams does not exist"),
        (("make", "X", "--all", "--until", "2020-01-01"), "This day is over"),
        (("make", "x" * 201, "--all"), "at most 200"),
        (("revoke", "onbekend"), "There is no token in use with the name onbekend"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_a_code(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    run("make", "KISS", "--all")
    assert run(*arguments) == 1
    assert said in capsys.readouterr().err


def test_a_token_without_rights_is_wrong_use() -> None:
    with pytest.raises(SystemExit):
        run("make", "X")
