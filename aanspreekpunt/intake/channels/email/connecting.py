"""Getting to a folder on an IMAP server: connecting, protecting the connection, logging in, choosing the folder."""

from __future__ import annotations

import json
import re
import ssl
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from typing import TYPE_CHECKING, Final

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from aanspreekpunt.intake.channels.email.tokens import Tokens, secret_in
from aanspreekpunt.intake.channels.email.trouble import Trouble, trouble_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aanspreekpunt.intake.channels.email.mailboxes import MailboxPart

SECONDS_TO_CONNECT: Final = 15
SECONDS_TO_ANSWER: Final = 60
_PASSING = re.compile(r"\[(UNAVAILABLE|LIMIT|INUSE|SERVERBUG|OVERQUOTA)\b", re.IGNORECASE)
"""Codes of RFC 5530 with which a server says that it does not let us in now, whatever our password."""
_STATUS = re.compile(r"[\w .:-]{1,40}\Z")


class SignIn:
    """What we log in with; kept for as long as the process lives, because tokens are."""

    def __init__(self, part: MailboxPart) -> None:
        self.part = part
        self.tokens = Tokens(part.oauth2) if part.oauth2 else None
        self._accepted = ""

    def log_in(self, server: IMAPClient) -> None:
        """Log in with the password, or with a token."""
        if self.tokens is not None:
            self._log_in_with_token(server, self.tokens)
        elif self.part.password_file is not None:
            self._log_in_with_password(server, secret_in(self.part.password_file))

    def _log_in_with_password(self, server: IMAPClient, password: str) -> None:
        if server.has_capability("LOGINDISABLED"):
            raise Trouble("no_login")
        try:
            server.login(self.part.user, password)
        except LoginError as error:
            raise _refusal(error) from None

    def _log_in_with_token(self, server: IMAPClient, tokens: Tokens) -> None:
        if not server.has_capability("AUTH=XOAUTH2"):
            raise Trouble("no_login", "XOAUTH2")
        token, said = tokens.current(), []

        def respond(challenge: bytes) -> bytes:
            if challenge:  # the server refused and says why; an empty answer ends the conversation
                said.append(challenge)
                return b""
            return f"user={self.part.user}\x01auth=Bearer {token}\x01\x01".encode()

        try:
            server.sasl_login("XOAUTH2", respond)
        except LoginError as error:
            tokens.forget(token)
            refusal = _refusal(error, _status_in(said))
            if token == self._accepted and refusal.code == "login_refused":
                raise Trouble("token_expired") from None
            raise refusal from None
        self._accepted = token


@contextmanager
def connected(sign_in: SignIn) -> Iterator[IMAPClient]:
    """Give a connection that is protected and logged in as the file says; what goes wrong in it is a `Trouble`."""
    server: IMAPClient | None = None
    try:
        server = connect(sign_in.part)
        sign_in.log_in(server)
        yield server
    except Exception as error:
        raise trouble_of(error) from error
    finally:
        if server is not None:
            _hang_up(server)


def connect(part: MailboxPart) -> IMAPClient:
    """Return a connection that is protected as the file says, on which nobody logged in yet."""
    host, port = part.address
    context = ssl.create_default_context(cafile=str(part.ca_file) if part.ca_file else None)
    timeout = SocketTimeout(SECONDS_TO_CONNECT, SECONDS_TO_ANSWER)
    is_tls = part.security == "tls"
    server = IMAPClient(host, port, ssl=is_tls, ssl_context=context if is_tls else None, timeout=timeout)
    try:
        if part.security == "starttls":
            _protect(server, context)
    except BaseException:
        _hang_up(server)
        raise
    return server


def _protect(server: IMAPClient, context: ssl.SSLContext) -> None:
    if not server.has_capability("STARTTLS"):
        raise Trouble("no_starttls")
    server.starttls(context)


def choose_folder(server: IMAPClient, folder: str, *, is_changed: bool) -> tuple[int, int, int]:
    """Open a folder; return its UIDVALIDITY, the number of its mails and the UID that comes next, 0 when not told."""
    try:
        told = server.select_folder(folder, readonly=not is_changed)
    except IMAP4.abort:
        raise
    except IMAP4.error:
        raise Trouble("no_such_folder") from None
    uidvalidity = told.get(b"UIDVALIDITY")
    if not isinstance(uidvalidity, int) or uidvalidity <= 0:
        raise Trouble("protocol", "UIDVALIDITY")
    return uidvalidity, int(told.get(b"EXISTS", 0)), int(told.get(b"UIDNEXT", 0))


def _hang_up(server: IMAPClient) -> None:
    with suppress(Exception):
        server.socket().settimeout(5)
        server.logout()
        return
    with suppress(Exception):
        server.shutdown()


def _refusal(error: LoginError, said: str = "") -> Trouble:
    if isinstance(error.__context__, IMAP4.abort):
        return Trouble("connection_lost")
    return Trouble("login_put_off" if _PASSING.search(str(error)) else "login_refused", said)


def _status_in(said: list[bytes]) -> str:
    """Find in the JSON with which a server refuses a token what it calls that."""
    with suppress(ValueError, IndexError, AttributeError):
        status = str(json.loads(said[0]).get("status", ""))
        return status if _STATUS.match(status) else ""
    return ""
