"""Mails for tests, written out in bytes."""

from __future__ import annotations

from aanspreekpunt.intake.channels.email.reading import Mail, read_mail

HEAD = (
    "From: Wim de Boer <wim@voorbeeld.nl>\r\nTo: gemeente@utrecht.example\r\n"
    "Subject: Vraag\r\nDate: Mon, 2 Mar 2026 10:11:12 +0100\r\n"
)


def raw(*headers: str, body: bytes | str = b"", head: str = HEAD) -> bytes:
    """Put a mail together: the usual headers, these, and a body as it is."""
    written = head.encode() + "".join(f"{header}\r\n" for header in headers).encode("utf-8", "surrogateescape")
    return written + b"\r\n" + (body.encode() if isinstance(body, str) else body)


def read(*headers: str, body: bytes | str = b"", head: str = HEAD) -> Mail:
    """Put a mail together and read it."""
    return read_mail(raw(*headers, body=body, head=head))


def header(name: str, value: bytes) -> Mail:
    """Read a mail with one more header, in bytes."""
    return read_mail(name.encode() + b": " + value + b"\r\n\r\ntekst")


def multipart(kind: str, *parts: bytes | str, boundary: str = "grens") -> tuple[str, bytes]:
    """Give the header and the body of a multipart with these parts, each with headers of its own."""
    written = [part.encode() if isinstance(part, str) else part for part in parts]
    line = f"--{boundary}".encode()
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in written) + line + b"--\r\n"
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"', body
