"""Following a mailbox for as long as the process lives: the server says that mail came, or we look every while."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from imapclient import IMAPClient

from aanspreekpunt.intake.channels.email import watching
from aanspreekpunt.intake.channels.email.connecting import connected
from aanspreekpunt.intake.channels.email.mailboxes import ListenPart, MailboxesFile
from aanspreekpunt.intake.channels.email.running import Mailroom
from aanspreekpunt.intake.channels.email.tests.make import MONDAY, follower, mail, subjects
from aanspreekpunt.intake.channels.email.tests.misbehaving import ENDS_HERE, Misbehaving
from aanspreekpunt.intake.channels.email.trouble import Trouble
from aanspreekpunt.intake.channels.email.watching import idle, longest_idle
from aanspreekpunt.messaging.models import Arrival, Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django.fixtures import SettingsWrapper

    from aanspreekpunt.intake.channels.email.tests.dovecot import Box

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.dovecot]
PATIENCE_SECONDS = 90


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.02)


@contextmanager
def running(file: MailboxesFile) -> Iterator[Mailroom]:
    mailroom = Mailroom(file, clock=lambda: MONDAY)
    mailroom.start()
    try:
        yield mailroom
    finally:
        mailroom.stop()
        assert not any(thread.is_alive() for thread in mailroom.threads)
        connections.close_all()


def came_in(count: int) -> Callable[[], bool]:
    return lambda: Arrival.objects.count() == count


def is_quiet(folder: str) -> Callable[[], bool]:
    return lambda: Mailbox.objects.filter(folder=folder, succeeded_at=MONDAY, error="").exists()


@pytest.mark.parametrize("use_idle", [True, False])
def test_mail_comes_in_soon_after_it_came(box: Box, use_idle: bool) -> None:  # noqa: FBT001 - a table
    box.put(mail(1))
    part = box.part(use_idle=use_idle, look_every=3600 if use_idle else 5)
    if not use_idle:
        part = part.model_copy(update={"look_every": 0.05})
    with running(MailboxesFile(mailboxes=(part,))) as mailroom:
        wait_until(came_in(1))
        wait_until(is_quiet("INBOX"))
        box.put(mail(2))
        wait_until(came_in(2))
        box.put(mail(3), mail(4))
        wait_until(came_in(4))
        assert mailroom.is_whole()
    assert sorted(subjects()) == ["Bak 1", "Bak 2", "Bak 3", "Bak 4"]


def test_every_folder_is_followed_and_the_listener_gives_signs_of_life(box: Box) -> None:
    box.put(mail(1))
    box.put(mail(2), folder="Klachten")
    listen = ListenPart(port=free_port(), recipients=("*",))
    part = box.part(folders=["INBOX", "Klachten"])
    with running(MailboxesFile(mailboxes=(part,), listen=listen)):
        wait_until(came_in(2))
        for folder in ("INBOX", "Klachten", ""):
            wait_until(is_quiet(folder))
    # What the file does not name any more is not watched any more.
    with running(MailboxesFile(mailboxes=(part.model_copy(update={"folders": ("INBOX",)}),))):
        assert list(Mailbox.objects.values_list("account", "folder")) == [("email/post", "INBOX")]


def test_an_outage_of_the_server_is_noted_and_costs_nothing(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "seconds_to_wait", lambda _trouble, times: 0.05)  # noqa: ARG005 - as it is called
    box.put(mail(1))
    server = box.server
    with running(MailboxesFile(mailboxes=(box.part(),))):
        wait_until(is_quiet("INBOX"))
        server.stop()
        wait_until(lambda: Mailbox.objects.get().error != "")
        assert Mailbox.objects.get().error in {"connection_lost", "no_connection"}
        server.start()
        box.put(mail(2))
        wait_until(came_in(2))
        wait_until(is_quiet("INBOX"))
    assert subjects() == ["Bak 1", "Bak 2"]


def test_a_line_that_goes_dead_while_we_wait_is_noticed(box: Box) -> None:
    once = follower(box.part())

    def follow_until_it_dies() -> None:
        with connected(once.sign_in) as server:
            once.look(server)
            server.socket().shutdown(socket.SHUT_RDWR)
            idle(server, seconds=60, stop=threading.Event())

    with pytest.raises(Trouble) as trouble:
        follow_until_it_dies()
    assert trouble.value.code == "connection_lost"


def test_waiting_ends_when_told_to_stop_and_when_it_took_long_enough(box: Box) -> None:
    once = follower(box.part())
    stop = threading.Event()
    with connected(once.sign_in) as server:
        once.look(server)
        idle(server, seconds=0, stop=stop)
        stop.set()
        idle(server, seconds=3600, stop=stop)
        once.look(server)  # the connection is still good


def test_news_that_comes_before_we_wait_is_not_waited_for() -> None:
    news = b"* 2 EXISTS\r\nTAG OK x\r\n"
    with Misbehaving(on={"NOOP": lambda _: news}, capability="IMAP4rev1 IDLE") as server:
        client = client_of(server)
        idle(client, seconds=3600, stop=threading.Event())
        assert "IDLE" not in server.heard
        client.shutdown()


def test_news_that_comes_just_as_we_begin_to_wait_is_a_reason_to_begin_anew() -> None:
    news = b"* 2 EXISTS\r\n+ idling\r\n" + ENDS_HERE
    with Misbehaving(on={"IDLE": lambda _: news}, capability="IMAP4rev1 IDLE") as server:
        client = client_of(server)
        with pytest.raises(Exception, match="Unexpected IDLE response"):
            idle(client, seconds=3600, stop=threading.Event())
        client.shutdown()


def test_a_server_is_asked_anew_well_before_it_hangs_up_and_before_anyone_is_alarmed(settings: SettingsWrapper) -> None:
    settings.MAILBOX_SILENCE_MINUTES = 15
    assert longest_idle() == 300
    settings.MAILBOX_SILENCE_MINUTES = 1440
    assert longest_idle() == 25 * 60


def client_of(server: Misbehaving) -> Any:

    client = IMAPClient("127.0.0.1", server.port, ssl=False, timeout=PATIENCE_SECONDS)
    client.login("post", "geheim")
    client.select_folder("INBOX", readonly=True)
    return client


def free_port() -> int:

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
