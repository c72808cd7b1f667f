"""Mails that are signed in a wrapping of their own, and mails that are encrypted."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from aanspreekpunt.intake.channels.email.reading import sealed
from aanspreekpunt.intake.channels.email.reading.mail import File, Mail
from aanspreekpunt.intake.channels.email.reading.tests.make import multipart, read

WITHIN = (
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Ik maak bezwaar.\r\n--b\r\nContent-Type: application/pdf; name=bezwaar.pdf\r\n\r\n%PDF\r\n--b--\r\n"
)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
DAY = datetime(2026, 1, 1, tzinfo=UTC)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jan")])
CERTIFICATE = (
    x509.CertificateBuilder()
    .subject_name(NAME)
    .issuer_name(NAME)
    .public_key(KEY.public_key())
    .serial_number(1)
    .not_valid_before(DAY)
    .not_valid_after(DAY + timedelta(days=1))
    .sign(KEY, hashes.SHA256())
)
SIGNED = (
    pkcs7.PKCS7SignatureBuilder()
    .set_data(WITHIN)
    .add_signer(CERTIFICATE, KEY, hashes.SHA256())
    .sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
)
ENVELOPED = (
    pkcs7.PKCS7EnvelopeBuilder()
    .set_data(WITHIN)
    .add_recipient(CERTIFICATE)
    .encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
)
# The same as programs write it that do not know beforehand how long it will be: in pieces, each up to a mark.
IN_PIECES = (
    b"\x30\x80\x06\x09" + sealed.SIGNED + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00"
    b"\x30\x80\x06\x09" + bytes.fromhex("2a864886f70d010701") + b"\xa0\x80\x24\x80"
    b"\x04\x0aIk maak be\x04\x06zwaar." + bytes(12)
)


def wrapped(content: bytes, *parameters: str, kind: str = "application/pkcs7-mime") -> Mail:
    written = "".join(f"; {each}" for each in ("name=smime.p7m", *parameters))
    return read(
        f"Content-Type: {kind}{written}",
        "Content-Transfer-Encoding: base64",
        body=base64.encodebytes(content),
    )


@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/x-pkcs7-mime"])
def test_what_is_signed_can_be_read(kind: str) -> None:
    mail = wrapped(SIGNED, "smime-type=signed-data", kind=kind)
    assert mail.text == "Ik maak bezwaar."
    assert [file.name for file in mail.files] == ["bezwaar.pdf", "smime.p7m"]
    assert mail.defects == ("signature_not_checked",)


def test_what_is_signed_in_pieces_can_be_read() -> None:
    raw = IN_PIECES.replace(b"Ik maak be", b"\r\n\r\nIk maa").replace(b"zwaar.", b"k het.")
    assert wrapped(raw).text.strip() == "Ik maak het."


@pytest.mark.parametrize("parameters", [("smime-type=enveloped-data",), ()])
def test_what_is_encrypted_says_so_and_stays_a_file(parameters: tuple[str, ...]) -> None:
    mail = wrapped(ENVELOPED, *parameters)
    assert (mail.text, mail.defects) == ("", ("encrypted",))
    assert [(file.name, file.content) for file in mail.files] == [("smime.p7m", ENVELOPED)]


def test_what_pgp_encrypted_says_so() -> None:
    header, body = multipart(
        "encrypted",
        "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
        "Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----\r\nhQEM",
    )
    mail = read(header, body=body)
    assert (mail.text, mail.defects) == ("", ("encrypted",))
    assert "encrypted.asc" in [file.name for file in mail.files]
    assert read(body="-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM").defects == ("encrypted",)


def test_a_signature_beside_a_mail_changes_nothing() -> None:
    header, body = multipart("signed", "\r\nDag", "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx")
    mail = read(header, body=body)
    assert (mail.text, mail.defects) == ("Dag", ())
    header, body = multipart(
        "mixed",
        "\r\nDag",
        b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(SIGNED),
    )
    assert (read(header, body=body).text, read(header, body=body).defects) == ("Dag", ())


def test_signed_within_signed_ends() -> None:
    content = WITHIN
    for _ in range(20):
        length = len(content).to_bytes(4, "big")
        content = (
            b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            b"\x30\x80\x06\x09" + sealed.SIGNED + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80\x06\x01\x00\xa0\x80"
            b"\x04\x84" + length + content + bytes(10)
        )
    assert read(head=content.decode("latin-1").replace("\r\n\r\n", "\r\n", 1)).text == ""


def test_cut_off_or_changed_anywhere_it_is_read_or_not() -> None:
    for content in (SIGNED, IN_PIECES):
        for at in range(0, len(content), 3):
            sealed.signed_in(File("", "application/pkcs7-mime", content[:at]))
            sealed.signed_in(File("", "application/pkcs7-mime", content[:at] + b"\x80" + content[at + 1 :]))


@given(st.lists(st.sampled_from([b"\x30\x80", b"\x24\x80", b"\x00\x00", b"\x04\x01x", b"\xa0\x84\xff\xff\xff\xff"])))
def test_any_pieces_can_be_read(pieces: list[bytes]) -> None:
    sealed.signed_in(File("", "application/pkcs7-mime", IN_PIECES[:30] + b"".join(pieces)))
    sealed.is_encrypted("", "", [File("", "application/pkcs7-mime", b"".join(pieces))])
