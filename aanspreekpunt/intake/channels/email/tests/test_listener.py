"""Our own door says "accepted" only of what is stored, and turns away what is not ours."""

from __future__ import annotations

import smtplib
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connections

from aanspreekpunt.intake.channels.email import listener
from aanspreekpunt.intake.channels.email.listener import ACCEPTED, Listener, is_ours
from aanspreekpunt.intake.channels.email.mailboxes import ListenPart
from aanspreekpunt.intake.channels.email.tests.certificate import make_certificate
from aanspreekpunt.intake.channels.email.tests.make import MONDAY, mail
from aanspreekpunt.messaging.models import Arrival

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)

OURS = ("@kleinveen.example", "balie@elders.example")
TO = "info@kleinveen.example"


@contextmanager
def listening(**fields: Any) -> Iterator[Listener]:
    """Listen on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    patience = fields.pop("patience", 20)
    running = Listener(ListenPart(port=port, **{"recipients": OURS, **fields}), clock=lambda: MONDAY, patience=patience)
    running.start()
    try:
        yield running
    finally:
        running.stop()
        connections.close_all()


def talk(running: Listener, *lines: bytes | str) -> list[str]:
    """Send everything in one go, and return every line of answer."""
    with closing(socket.create_connection(("127.0.0.1", running.part.port), timeout=60)) as connection:
        connection.sendall(b"".join(line.encode() if isinstance(line, str) else line for line in lines))
        return [line.decode().rstrip() for line in connection.makefile("rb")]


def test_what_is_accepted_is_stored_as_it_came() -> None:
    with listening(protocol="smtp") as running, smtplib.SMTP("127.0.0.1", running.part.port) as client:
        assert client.sendmail("karel@example.org", [TO], mail(1) + b".regel met een punt\r\n") == {}
        arrival = Arrival.objects.get()
        assert bytes(arrival.raw or b"") == mail(1) + b".regel met een punt\r\n"
        assert (arrival.account, arrival.arrived_at) == ("email/listener", MONDAY)
        assert (arrival.envelope_from, arrival.envelope_to) == ("karel@example.org", [TO])


def test_the_same_delivery_again_is_accepted_and_stored_once() -> None:
    with listening(protocol="smtp") as running:
        for _ in range(2):
            with smtplib.SMTP("127.0.0.1", running.part.port) as client:
                client.sendmail("karel@example.org", [TO], mail(1))
    assert Arrival.objects.count() == 1


def test_a_bounce_has_no_sender_and_comes_in() -> None:
    with listening(protocol="smtp") as running, smtplib.SMTP("127.0.0.1", running.part.port) as client:
        client.sendmail("", [TO], mail(1))
    assert Arrival.objects.get().envelope_from == ""


def test_over_lmtp_commands_come_in_one_go_and_each_recipient_has_an_answer() -> None:
    with listening() as running:
        answers = talk(
            running,
            "LHLO post\r\nMAIL FROM:<karel@example.org> BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<info@kleinveen.example>\r\n",
            "RCPT TO:<niemand@elders.example>\r\nRCPT TO:<wél@kleinveen.example>\r\nDATA\r\n",
            mail(1) + "Café\r\n".encode("latin-1"),
            ".\r\nRSET\r\nQUIT\r\n",
        )
    offered = {line[4:] for line in answers if line.startswith("250-")}
    assert {"PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "SIZE 50000000"} <= offered
    assert [line[:3] for line in answers if not line.startswith("250-")][1:] == [
        "250",  # the last line of the greeting
        "250",
        "250",
        "550",
        "250",
        "354",
        "250",
        "250",
        "250",
        "221",
    ]
    assert answers.count(ACCEPTED) == 2
    arrival = Arrival.objects.get()
    assert arrival.envelope_to == [TO, "wél@kleinveen.example"]
    assert bytes(arrival.raw or b"").endswith(b"Caf\xe9\r\n")


def test_while_the_database_is_away_the_sender_keeps_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_fields: object) -> bool:
        raise OperationalError("gone")

    with listening(protocol="smtp") as running, smtplib.SMTP("127.0.0.1", running.part.port) as client:
        with monkeypatch.context() as patch:
            patch.setattr(listener, "store_arrival", away)
            with pytest.raises(smtplib.SMTPDataError) as refusal:
                client.sendmail("karel@example.org", [TO], mail(1))
        assert refusal.value.smtp_code == 451
        client.sendmail("karel@example.org", [TO], mail(1))
    assert Arrival.objects.count() == 1


def test_what_is_too_large_is_refused_at_once_and_after_the_fact() -> None:
    with listening(protocol="smtp", most_megabytes=1) as running:
        with smtplib.SMTP("127.0.0.1", running.part.port) as client:
            with pytest.raises(smtplib.SMTPSenderRefused) as at_once:
                client.sendmail("karel@example.org", [TO], mail(1, size=1_100_000))
            assert at_once.value.smtp_code == 552
        with smtplib.SMTP("127.0.0.1", running.part.port) as client:
            client.ehlo()
            client.mail("karel@example.org")
            client.rcpt(TO)
            assert client.data(mail(1, size=1_100_000))[0] == 552
    assert Arrival.objects.count() == 0


def test_lines_longer_than_the_standard_allows_come_in() -> None:
    long = b"Subject: lang\r\n\r\n" + b"x" * 300_000 + b"\r\n"
    with listening(protocol="smtp") as running, smtplib.SMTP("127.0.0.1", running.part.port) as client:
        client.sendmail("karel@example.org", [TO], long)
    assert bytes(Arrival.objects.get().raw or b"") == long


def test_a_mail_cannot_hide_another_in_it() -> None:
    hidden = b"a\n.\nMAIL FROM:<x@example.org>\r\nb\r\n.\nc\n.\r\nd\r\n"
    with listening(protocol="smtp") as running:
        talk(running, f"EHLO x\r\nMAIL FROM:<a@b.nl>\r\nRCPT TO:<{TO}>\r\nDATA\r\n", hidden, b".\r\nQUIT\r\n")
    # One mail; a dot that begins a line stands for the line itself, as the standard says.
    assert bytes(Arrival.objects.get().raw or b"") == hidden.replace(b"b\r\n.\n", b"b\r\n\n")


def test_many_may_deliver_at_a_time() -> None:
    def deliver(number: int) -> None:
        with smtplib.SMTP("127.0.0.1", running.part.port, timeout=60) as client:
            client.sendmail("karel@example.org", [TO], mail(number))

    with listening(protocol="smtp") as running, ThreadPoolExecutor(20) as people:
        list(people.map(deliver, range(60)))
    assert Arrival.objects.count() == 60


def test_more_connections_than_agreed_are_sent_away_for_now() -> None:
    with listening(protocol="smtp", most_connections=1) as running:
        with smtplib.SMTP("127.0.0.1", running.part.port), pytest.raises(smtplib.SMTPConnectError) as refusal:
            smtplib.SMTP("127.0.0.1", running.part.port)
        assert refusal.value.smtp_code == 421


def test_who_takes_too_long_is_hung_up_on() -> None:
    with listening(protocol="smtp", patience=0.3) as running:
        answers = talk(running, f"EHLO x\r\nMAIL FROM:<a@b.nl>\r\nRCPT TO:<{TO}>\r\nDATA\r\n", b"Subject: half")
    assert answers[-1].startswith("354")
    assert Arrival.objects.count() == 0


def test_a_client_that_hangs_up_halfway_delivered_nothing() -> None:
    with listening(protocol="smtp") as running:
        with closing(socket.create_connection(("127.0.0.1", running.part.port))) as connection:
            connection.sendall(f"EHLO x\r\nMAIL FROM:<a@b.nl>\r\nRCPT TO:<{TO}>\r\nDATA\r\n".encode() + mail(1))
        with smtplib.SMTP("127.0.0.1", running.part.port) as client:
            assert client.noop()[0] == 250
    assert Arrival.objects.count() == 0


def test_with_a_certificate_the_connection_can_be_protected(tmp_path: Path) -> None:
    file = make_certificate(tmp_path)
    context = ssl.create_default_context(cafile=str(file))
    with listening(protocol="smtp", certificate=file, key=file) as running:
        client = smtplib.SMTP("localhost", running.part.port)
        client.starttls(context=context)
        client.ehlo()
        assert not client.has_extn("auth")
        client.sendmail("karel@example.org", [TO], mail(1))
        client.quit()
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("info@kleinveen.example", True),
        ("INFO@Kleinveen.Example", True),
        ("wie-dan-ook@kleinveen.example", True),
        ("balie@elders.example", True),
        ("balie+26000012345@elders.example", True),
        ("balies@elders.example", False),
        ("info@klein.kleinveen.example", False),
        ("info@elders.example", False),
        ("kleinveen.example", False),
        ("@kleinveen.example", False),
    ],
)
def test_which_addresses_are_ours(address: str, is_one: bool) -> None:  # noqa: FBT001 - a table
    assert is_ours(address, OURS) is is_one
    assert is_ours(address, ("*",)) is ("@" in address[1:])
