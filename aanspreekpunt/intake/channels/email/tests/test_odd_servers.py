"""Whatever a server does: no mail is lost, none comes in twice, and none keeps back those behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.intake.channels.email.connecting import connected
from aanspreekpunt.intake.channels.email.fetching import MOST_TRIES
from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart
from aanspreekpunt.intake.channels.email.tests.make import cursor, follower, mail, subjects
from aanspreekpunt.intake.channels.email.tests.misbehaving import HANG_UP, Misbehaving
from aanspreekpunt.intake.channels.email.trouble import Trouble
from aanspreekpunt.messaging.models import Arrival, Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aanspreekpunt.intake.channels.email.watching import Follower

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with Misbehaving({uid: mail(uid) for uid in (3, 4, 9)}) as running:
        yield running


@pytest.fixture
def following(server: Misbehaving, tmp_path: Path) -> Follower:
    (tmp_path / "password").write_text("geheim")
    return follower(
        MailboxPart(
            name="post",
            host="127.0.0.1",
            port=server.port,
            security="none",
            user="post",
            password_file=tmp_path / "password",
        )
    )


def look(following: Follower) -> str:
    """Look once; return the code of what went wrong."""
    try:
        with connected(following.sign_in) as connection:
            following.look(connection)
    except Trouble as trouble:
        following.note(trouble)
        return trouble.code
    return ""


def once(answer: bytes) -> Callable[[str], bytes | None]:
    """Give an answer one time, and then behave."""
    answers = [answer]
    return lambda _command: answers.pop() if answers else None


def test_a_server_that_behaves(server: Misbehaving, following: Follower) -> None:
    assert look(following) == ""
    assert (subjects(), cursor()) == (["Bak 3", "Bak 4", "Bak 9"], 9)
    assert not [command for command in server.heard if "BODY[" in command]  # which would mark as read


@pytest.mark.parametrize(
    "step",
    ["greeting", "CAPABILITY", "LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH 3,4,9 (RFC822", "UID FETCH 3,4,9 (BODY"],
)
def test_a_connection_lost_at_any_step_costs_nothing(server: Misbehaving, following: Follower, step: str) -> None:
    server.on = {step: once(HANG_UP)}
    assert look(following) == "connection_lost"
    assert Arrival.objects.count() == 0
    assert look(following) == ""
    assert (subjects(), cursor()) == (["Bak 3", "Bak 4", "Bak 9"], 9)


def test_a_mail_that_ends_early_is_fetched_again(server: Misbehaving, following: Follower) -> None:
    server.on = {"UID FETCH 3,4,9 (BODY": once(b"* 1 FETCH (UID 3 BODY[] {500}\r\nSubject: Bak 3\r\nENDS HERE")}
    assert look(following) == "connection_lost"
    assert Arrival.objects.count() == 0
    assert look(following) == ""
    assert (subjects(), cursor()) == (["Bak 3", "Bak 4", "Bak 9"], 9)


def test_a_mail_gone_between_search_and_fetch_is_passed(server: Misbehaving, following: Follower) -> None:
    def lose(_command: str) -> None:
        server.mails.pop(4, None)

    server.on = {"UID FETCH 3,4,9 (RFC822": lose}
    assert look(following) == ""
    assert (subjects(), cursor()) == (["Bak 3", "Bak 9"], 9)


def test_a_mail_that_is_there_but_not_given_keeps_back_nothing(server: Misbehaving, following: Follower) -> None:
    whole = server._fetched
    server._fetched = lambda command: (  # type: ignore[method-assign]  # this server lies about one mail
        b"* 4 FETCH (UID 4 BODY[] NIL)\r\n" if b"FETCH 4 (BODY.PEEK[]" in command else whole(command)
    )
    server.on = {"UID FETCH 3,4,9 (BODY": once(b"* 1 FETCH (UID 3 FLAGS ())\r\nTAG OK x\r\n")}
    codes = [look(following) for _ in range(MOST_TRIES + 1)]
    assert codes == ["not_given"] * MOST_TRIES + [""]
    assert (subjects(), cursor()) == (["Bak 3", "Bak 4", "Bak 9"], 9)
    apart = Arrival.objects.get(state="quarantined")
    assert (apart.reason, bytes(apart.raw or b"").endswith(b"\r\n\r\n")) == ("not_given", True)


def test_a_mail_at_which_the_server_breaks_is_set_apart(server: Misbehaving, following: Follower) -> None:
    server.on = {"UID FETCH 3,4,9": lambda _: HANG_UP, "UID FETCH 4": lambda _: HANG_UP}
    codes = [look(following) for _ in range(MOST_TRIES + 3)]
    assert codes[-1] == ""
    assert cursor() == 9
    assert list(Arrival.objects.order_by("id").values_list("state", flat=True)) == ["waiting", "quarantined", "waiting"]


def test_what_nobody_asked_for_is_ignored(server: Misbehaving, following: Follower) -> None:
    noise = b"* 5 EXPUNGE\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* 8 EXISTS\r\n* 1 FETCH (UID 77 FLAGS ())\r\n"
    usual = server._usual
    server._usual = lambda command: noise + usual(command)  # type: ignore[method-assign]  # as above
    server.on = {"CAPABILITY": lambda _: usual(b"CAPABILITY"), "EXAMINE": lambda _: usual(b"EXAMINE")}
    assert look(following) == ""
    assert subjects() == ["Bak 3", "Bak 4", "Bak 9"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"TAG NO [AUTHENTICATIONFAILED] no\r\n", "login_refused"),
        (b"TAG NO no\r\n", "login_refused"),
        (b"TAG NO [UNAVAILABLE] later\r\n", "login_put_off"),
        (b"* BYE [UNAVAILABLE] bye\r\n", "connection_lost"),
        (b"gibberish\r\n", "connection_lost"),
    ],
)
def test_why_a_login_fails_is_told_apart(server: Misbehaving, following: Follower, answer: bytes, code: str) -> None:
    server.on = {"LOGIN": once(answer)}
    assert look(following) == code
    assert Mailbox.objects.count() == 0
    assert look(following) == ""


def test_refused_logins_are_not_repeated_hastily(following: Follower) -> None:
    refused, lost = Trouble("login_refused"), Trouble("connection_lost")
    assert [following.note(refused) for _ in range(7)] == [120, 240, 480, 960, 1920, 3600, 3600]
    assert [following.note(lost) for _ in range(8)] == [5, 10, 20, 40, 80, 160, 300, 300]
    assert look(following) == ""
    assert following.note(lost) == 5


def test_a_trouble_is_noted_and_a_good_look_takes_it_away(server: Misbehaving, following: Follower) -> None:
    assert look(following) == ""
    server.on = {"UID SEARCH": once(b"TAG BAD what\r\n")}
    assert look(following) == "protocol"
    row = Mailbox.objects.get()
    assert row.error.startswith("protocol")
    assert look(following) == ""
    assert Mailbox.objects.get().error == ""


def test_a_folder_without_a_numbering_is_refused(server: Misbehaving, following: Follower) -> None:
    server.on = {"EXAMINE": once(b"* 3 EXISTS\r\nTAG OK x\r\n")}
    assert look(following) == "protocol"


def test_a_folder_that_may_only_be_read_is_said_when_mails_have_to_go(following: Follower) -> None:
    following.folder.part = following.part.model_copy(update={"after": "delete"})
    assert look(following) == "read_only"


def test_a_new_numbering_begins_at_the_beginning(server: Misbehaving, following: Follower) -> None:
    look(following)
    server.uidvalidity, server.mails = 8, {1: mail(9), 2: mail(10)}
    assert look(following) == ""
    assert (subjects(), cursor()) == (["Bak 3", "Bak 4", "Bak 9", "Bak 10"], 2)


def test_a_mailbox_beyond_one_search_is_gone_through_in_stretches(
    server: Misbehaving, following: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aanspreekpunt.intake.channels.email.fetching.MOST_IN_A_SEARCH", 2)
    look(following)
    assert subjects() == ["Bak 3", "Bak 4", "Bak 9"]
    assert [command for command in server.heard if "SEARCH" in command] == [
        f"UID SEARCH UID {first}:{first + 1}" for first in (1, 3, 5, 7, 9)
    ]
