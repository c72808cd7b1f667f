"""Handing a mail to a real mail server over SMTP, knowing at each moment whether it can have been accepted."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from email import policy
from email.utils import parseaddr
from typing import TYPE_CHECKING, Self

from django.conf import settings

from aanspreekpunt.messaging.mail_server import NotAccepted, PerhapsAccepted

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

SECONDS_FOR_THE_VERDICT = 300
"""How long a server may look at a mail before it answers; scanning for viruses takes time, and a missing answer leaves
us in doubt."""

_GO_AHEAD, _FIRST_PERMANENT = 354, 500
_OK = range(200, 300)
_LINE_WITH_A_DOT = re.compile(rb"(?m)^\.")


class SmtpServer:
    """The mail server in the settings. Connects when the first mail comes, and stays connected while all goes well."""

    def __init__(self) -> None:
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if self.connection is not None:
            try:
                self.connection.quit()
            except (OSError, smtplib.SMTPException):
                self.connection.close()
            self.connection = None

    def send(self, mail: EmailMessage, *, to: str, before_the_end: Callable[[], None]) -> str:
        """Hand over one mail; see `MailServer.send`."""
        is_complete = False

        def mark_the_end() -> None:
            nonlocal is_complete
            before_the_end()
            is_complete = True

        try:
            return self._hand_over(self._connected(), mail, to=to, mark_the_end=mark_the_end)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            if is_complete:
                raise PerhapsAccepted(_code_of(error)) from error
            raise NotAccepted(_code_of(error), is_away=True) from error
        except BaseException:
            # Whatever stopped us, this conversation must not go on: a half-sent mail may not be completed by accident.
            self._hang_up()
            raise

    def _connected(self) -> smtplib.SMTP:
        if self.connection is None:
            self.connection = connect()
        return self.connection

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _hand_over(
        self, connection: smtplib.SMTP, mail: EmailMessage, *, to: str, mark_the_end: Callable[[], None]
    ) -> str:
        # A refusal of our sender is trouble of our own making, not of this mail.
        _check(connection.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]), is_about_this_mail=False)
        _check(connection.rcpt(_ascii(to)))
        code, answer = connection.docmd("DATA")
        if code != _GO_AHEAD:
            _check((code, answer))
        connection.send(_LINE_WITH_A_DOT.sub(b"..", mail.as_bytes(policy=policy.SMTP)))
        mark_the_end()
        if connection.sock is not None:
            connection.sock.settimeout(SECONDS_FOR_THE_VERDICT)
        connection.send(b".\r\n")
        code, answer = connection.getreply()
        _check((code, answer))
        if connection.sock is not None:
            connection.sock.settimeout(settings.EMAIL_TIMEOUT)
        return str(code)


def connect() -> smtplib.SMTP:
    """Return a connection to the mail server in the settings, protected and logged in as they say."""
    address = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    if settings.EMAIL_USE_SSL:
        context = ssl.create_default_context()
        connection: smtplib.SMTP = smtplib.SMTP_SSL(*address, timeout=settings.EMAIL_TIMEOUT, context=context)
    else:
        connection = smtplib.SMTP(*address, timeout=settings.EMAIL_TIMEOUT)
    if connection.sock is not None:
        # The dot that ends a mail must not wait until what went before is acknowledged: as long as it is on its way,
        # nobody knows whether the mail arrived.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        if settings.EMAIL_USE_TLS:
            connection.starttls(context=ssl.create_default_context())
        connection.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            connection.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(reply: tuple[int, bytes], *, is_about_this_mail: bool = True) -> None:
    code = reply[0]
    if code not in _OK:
        is_permanent = is_about_this_mail and code >= _FIRST_PERMANENT
        raise NotAccepted(str(code), is_permanent=is_permanent, is_away=not is_about_this_mail)


def _ascii(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def _code_of(error: Exception) -> str:
    # The name of the error, never its text: servers repeat addresses in it.
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
