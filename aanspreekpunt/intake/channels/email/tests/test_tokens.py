"""Tokens are fetched when needed, kept, renewed in time, and a refusal is told apart and explained."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.intake.channels.email import tokens as tokens_module
from aanspreekpunt.intake.channels.email.connecting import connected
from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart, OAuthPart
from aanspreekpunt.intake.channels.email.tests.dovecot import Box, Dovecot
from aanspreekpunt.intake.channels.email.tests.make import follower, mail, subjects
from aanspreekpunt.intake.channels.email.tests.misbehaving import Misbehaving
from aanspreekpunt.intake.channels.email.tests.token_server import TokenServer
from aanspreekpunt.intake.channels.email.tokens import Tokens
from aanspreekpunt.intake.channels.email.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.intake.channels.email.watching import Follower


@pytest.fixture
def giver() -> Iterator[TokenServer]:
    with TokenServer() as running:
        yield running


def oauth(giver: TokenServer, folder: Path, **fields: Any) -> OAuthPart:
    """Say how to get tokens from it."""
    (folder / "secret").write_text("s3cret\n")
    usual = {"token_url": f"{giver.address}/token", "client_id": "wij", "client_secret_file": folder / "secret"}
    return OAuthPart.model_validate({**usual, "scope": "mail", **fields})


def test_a_token_is_fetched_once_and_kept_until_shortly_before_its_end(
    giver: TokenServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(tokens_module.time, "monotonic", lambda: now[0])
    tokens = Tokens(oauth(giver, tmp_path))
    assert (tokens.current(), tokens.current()) == ("token-1", "token-1")
    now[0] += 3600 - 301
    assert tokens.current() == "token-1"
    now[0] += 2
    assert tokens.current() == "token-2"
    assert giver.asked[0] == {
        "grant_type": "client_credentials",
        "client_id": "wij",
        "client_secret": "s3cret",
        "scope": "mail",
    }


def test_a_refresh_token_that_is_renewed_is_kept_for_after_a_restart(giver: TokenServer, tmp_path: Path) -> None:
    kept = tmp_path / "refresh"
    kept.write_text("eerste")
    giver.renewed = "tweede"
    part = oauth(giver, tmp_path, grant="refresh_token", refresh_token_file=kept)
    Tokens(part).current()
    Tokens(part).current()
    assert [question["refresh_token"] for question in giver.asked] == ["eerste", "tweede"]
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_refresh_token_that_cannot_be_kept_is_used_all_the_same(
    giver: TokenServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError

    kept = tmp_path / "refresh"
    kept.write_text("eerste")
    giver.renewed = "tweede"
    monkeypatch.setattr(Path, "replace", refuse)
    tokens = Tokens(oauth(giver, tmp_path, grant="refresh_token", refresh_token_file=kept))
    tokens.forget(tokens.current())
    tokens.current()
    assert [question["refresh_token"] for question in giver.asked] == ["eerste", "tweede"]


@pytest.mark.parametrize(
    "case",
    [
        (400, {"error": "invalid_client"}, "token_refused", "invalid_client"),
        (
            401,
            {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret of karel@x.nl"},
            "token_refused",
            "invalid_client AADSTS7000215",
        ),
        (400, {"error": "karel@example.org is not known"}, "token_refused", "http_400"),
        (200, {}, "token_refused", "no_access_token"),
        (503, {}, "token_server_away", "http_503"),
        (429, {"error": "slow_down"}, "token_server_away", "slow_down"),
        (400, {"error": "temporarily_unavailable"}, "token_server_away", "temporarily_unavailable"),
    ],
)
def test_why_no_token_is_given_is_told_apart(
    giver: TokenServer, tmp_path: Path, case: tuple[int, dict[str, Any], str, str]
) -> None:
    status, answer, code, detail = case
    giver.refusal = (status, answer)
    with pytest.raises(Trouble) as trouble:
        Tokens(oauth(giver, tmp_path)).current()
    assert (trouble.value.code, trouble.value.detail) == (code, detail)


def test_a_token_server_that_is_away_is_a_passing_trouble(giver: TokenServer, tmp_path: Path) -> None:
    part = oauth(giver, tmp_path, token_url="http://127.0.0.1:1/token")
    with pytest.raises(Trouble) as trouble:
        Tokens(part).current()
    assert (trouble.value.code, trouble.value.is_lasting) == ("token_server_away", False)


@pytest.fixture
def following(giver: TokenServer, tmp_path: Path) -> Iterator[tuple[Misbehaving, Follower]]:
    with Misbehaving({1: mail(1)}, capability="IMAP4rev1 AUTH=XOAUTH2") as server:
        part = MailboxPart(
            name="post",
            host="127.0.0.1",
            port=server.port,
            security="none",
            user="post",
            oauth2=oauth(giver, tmp_path),
        )
        yield server, follower(part)


def look(following: Follower) -> tuple[str, str]:
    try:
        with connected(following.sign_in) as connection:
            following.look(connection)
    except Trouble as trouble:
        return trouble.code, trouble.detail
    return "", ""


REFUSAL = b'{"status":"400","schemes":"Bearer","scope":"https://mail.example/"}'


@pytest.mark.django_db
def test_a_mailbox_opens_with_a_token(following: tuple[Misbehaving, Follower]) -> None:
    server, once = following
    said: list[str] = []
    server.accepts = lambda words: said.append(words) or b""  # type: ignore[func-returns-value]  # appends on the way
    assert look(once) == ("", "")
    assert said == ["user=post\x01auth=Bearer token-1\x01\x01"]
    assert subjects() == ["Bak 1"]


@pytest.mark.django_db
def test_a_token_that_ended_midway_is_replaced_and_one_refused_from_the_start_is_not_tried_hastily(
    following: tuple[Misbehaving, Follower],
) -> None:
    server, once = following
    assert look(once) == ("", "")
    server.accepts = lambda words: REFUSAL if "token-1" in words else b""
    assert look(once) == ("token_expired", "")
    assert look(once) == ("", "")
    server.accepts = lambda _words: REFUSAL
    assert look(once) == ("token_expired", "")
    assert look(once) == ("login_refused", "400")


@pytest.mark.django_db
def test_a_server_without_tokens_is_said(following: tuple[Misbehaving, Follower]) -> None:
    server, once = following
    server.capability = "IMAP4rev1"
    assert look(once) == ("no_login", "XOAUTH2")


@pytest.mark.django_db
@pytest.mark.dovecot
def test_a_real_server_that_asks_whose_a_token_is(giver: TokenServer, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="aanspreekpunt-") as directory:
        file = Path(directory, "oauth2.conf")
        file.write_text(
            f"tokeninfo_url = {giver.address}/info?access_token=\n"
            "introspection_mode = auth\n"
            "username_attribute = username\nactive_attribute = active\nactive_value = true\n"
        )
        passdb = f"oauth2\n  mechanisms = xoauth2\n  args = {file}"
        also = "}\npassdb {\n  driver = static\n  args = password=geheim"
        server = Dovecot(Path(directory), passdb=f"{passdb}\n{also}", mechanisms="xoauth2")
        server.start()
        try:
            box = Box(server, "post", tmp_path)
            box.put(mail(1))
            once = follower(box.part(password_file=None, oauth2=oauth(giver, tmp_path)))
            assert look(once) == ("", "")
            giver.revoked.add("token-1")
            assert look(once) == ("token_expired", "")
            assert look(once) == ("", "")
            assert subjects() == ["Bak 1"]
        finally:
            server.stop()
