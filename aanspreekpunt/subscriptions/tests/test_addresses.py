"""We send to what was judged, and to nothing else, however an address is written or a name is looked up."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from aanspreekpunt.subscriptions import line as lines
from aanspreekpunt.subscriptions.addresses import CannotReach, addresses_of, check_address, place_of
from aanspreekpunt.subscriptions.line import Line
from aanspreekpunt.subscriptions.refusals import IsInside, NotAnAddress, NotProtected
from aanspreekpunt.subscriptions.tests.receiver import Receiver, drip, receiver

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

PUBLIC, INTERNAL = "93.184.216.34", "127.0.0.1"


def found(*addresses: str) -> list[tuple[Any, ...]]:
    return [(2, 1, 6, "", (address, 443)) for address in addresses]


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/hook",
        "https://[::1]/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.8:8443/",
        "https://[::ffff:10.0.0.8]/",
        "https://[::ffff:7f00:1]/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://0/",
        "https://[fe80::1]/",
        "https://[64:ff9b::7f00:1]/",
    ],
)
def test_an_address_inside_is_refused_in_whatever_way_it_is_written(url: str) -> None:
    with pytest.raises(IsInside):
        check_address(url)
    with Line(url) as line, pytest.raises(CannotReach, match="inside"):
        line.post(b"{}", headers={})


@pytest.mark.parametrize(
    "url",
    [
        "",
        "voorbeeld.nl",
        "ftp://voorbeeld.nl/",
        "file:///etc/passwd",
        "https:///pad",
        "https://naam:wachtwoord@voorbeeld.nl/",
        "https://voorbeeld.nl@127.0.0.1/",
        "https://voorbeeld.nl/#stuk",
        "https://voorbeeld.nl/a b",
        "https://voorbeeld.nl\\@127.0.0.1/",
        "https://voorbeeld.nl/\r\nX-Kop: 1",
        "https://voorbeeld.nl:0/",
        "https://voorbeeld.nl:99999/",
        "https://[::1/",
        "https://vóórbeeld.nl/",
        "https://voorbeeld.nl/" + "a" * 1000,
        "https://%31%32%37.0.0.1/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(NotAnAddress):
        place_of(url)
    with Line(url) as line, pytest.raises(CannotReach, match="bad_address"):
        line.post(b"{}", headers={})


@pytest.mark.parametrize("host", ["localhost", "localhost.", "open-notificaties", "db.local", "x.INTERNAL", "a.b.lan"])
def test_a_name_that_only_means_something_inside_is_refused_before_it_is_looked_up(
    host: str, settings: SettingsWrapper
) -> None:
    with pytest.raises(IsInside):
        check_address(f"https://{host}/hook")
    settings.INTERNAL_RECEIVERS = frozenset({host.lower().rstrip(".")})
    assert check_address(f"https://{host}/hook").path == "/hook"


def test_what_could_be_read_on_the_way_is_refused() -> None:
    with pytest.raises(NotProtected):
        check_address("http://voorbeeld.nl/hook")


def test_who_is_allowed_by_name_may_be_inside_and_without_https(settings: SettingsWrapper) -> None:
    settings.INTERNAL_RECEIVERS = frozenset({"openzaak.intern"})
    assert check_address("http://OpenZaak.intern:8000/hook?a=1").path == "/hook?a=1"
    with pytest.raises(NotProtected):
        check_address("http://anders.intern/hook")


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["::1"], [PUBLIC, "192.168.0.1"], ["::ffff:127.0.0.1"]])
def test_a_name_that_leads_inside_is_refused_also_when_only_one_of_its_addresses_does(
    addresses: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found(*addresses))
    with pytest.raises(CannotReach, match="inside"):
        addresses_of(place_of("https://voorbeeld.nl/"))


def test_a_name_that_means_something_else_a_moment_later_gets_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [found(PUBLIC)]
    asked: list[str] = []

    def look_up(host: str, *_args: object, flags: int = 0, **_kwargs: object) -> list[tuple[Any, ...]]:
        if flags & socket.AI_NUMERICHOST:
            raise socket.gaierror
        asked.append(host)
        return answers.pop(0) if answers else found(INTERNAL)

    def connect(address: tuple[str, int], **_kwargs: object) -> socket.socket:
        raise ConnectionRefusedError(address)

    tried: list[tuple[str, int]] = []
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(
        socket, "create_connection", lambda address, **kwargs: (tried.append(address), connect(address, **kwargs))
    )
    with Line("https://wisselt.example.org/hook") as line:
        with pytest.raises(CannotReach, match="no_connection"):
            line.post(b"{}", headers={})
        assert (tried, asked) == ([(PUBLIC, 443)], ["wisselt.example.org"])
        with pytest.raises(CannotReach, match="inside"):
            line.post(b"{}", headers={})
    assert tried == [(PUBLIC, 443)]


def test_a_name_that_is_unknown_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_args: object, **_kwargs: object) -> list[tuple[Any, ...]]:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(CannotReach, match="unknown_host"):
        addresses_of(place_of("https://bestaat.niet.example/"))


def test_what_is_sent_arrives_as_it_is_over_one_connection(other: Receiver) -> None:
    with Line(f"{other.url}/haak?x=1") as line:
        for number in range(3):
            assert line.post(b'{"a":%d}' % number, headers={"Authorization": "Bearer x"}).is_good
    assert [(got.path, got.body) for got in other.got] == [("/haak?x=1", b'{"a":%d}' % number) for number in range(3)]
    assert other.got[0].headers["authorization"] == "Bearer x"


def test_nobody_leads_us_elsewhere(other: Receiver) -> None:
    other.statuses = [302, 307]
    with Line(f"{other.url}/haak") as line:
        assert [line.post(b"{}", headers={}).status for _ in range(2)] == [302, 307]
    assert [got.path for got in other.got] == ["/haak", "/haak"]


def test_who_answers_a_byte_at_a_time_is_cut_off(other: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "SECONDS_IN_ALL", 0.4)
    other.answers = drip
    with Line(other.url) as line, pytest.raises(CannotReach, match="no_answer"):  # uncut it would end as "protocol"
        line.post(b"{}", headers={})


def test_who_answers_without_end_is_not_read_to_the_end(other: Receiver) -> None:
    def much(handler: Any, _got: object) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**9))
        handler.end_headers()
        try:
            for _ in range(1000):
                handler.wfile.write(b"x" * 100_000)
        except OSError:
            handler.close_connection = True

    other.answers = much
    with Line(other.url) as line:
        assert line.post(b"{}", headers={}).is_good


def test_who_hung_up_since_the_last_message_is_called_again(other: Receiver) -> None:
    def once(handler: Any, got: Any) -> None:
        other.got.append(got)
        handler.wfile.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        handler.close_connection = True

    other.answers = once
    with Line(other.url) as line:
        assert [line.post(b"{}", headers={}).status for _ in range(3)] == [204, 204, 204]
    assert len(other.got) == 3


def test_who_answers_nonsense_is_said_to(other: Receiver) -> None:
    def nonsense(handler: Any, _got: object) -> None:
        handler.wfile.write(b"hallo\r\n\r\n")
        handler.close_connection = True

    other.answers = nonsense
    with Line(other.url) as line, pytest.raises(CannotReach, match="protocol"):
        line.post(b"{}", headers={})


def test_a_certificate_that_is_not_trusted_ends_it_and_one_that_is_does_not(
    tmp_path: Path, settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INTERNAL_RECEIVERS = frozenset({"localhost"})
    file = _certificate(tmp_path, "localhost")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    with receiver(tls) as other:
        with Line(other.url) as line, pytest.raises(CannotReach, match="certificate"):
            line.post(b"{}", headers={})
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with Line(other.url) as line:
            assert line.post(b"{}", headers={}).is_good
        settings.INTERNAL_RECEIVERS = frozenset({"127.0.0.1"})
        with Line(other.url.replace("localhost", "127.0.0.1")) as line, pytest.raises(CannotReach, match="certificate"):
            line.post(b"{}", headers={})
    assert len(other.got) == 1


def _certificate(directory: Path, name: str) -> Path:
    """Make a certificate that vouches for itself, with its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    assert ip_address(INTERNAL).is_loopback
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = directory / "certificate.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file
