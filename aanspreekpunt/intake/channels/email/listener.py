"""A door of our own for mail: LMTP or SMTP, for a mail server to deliver to. Says "accepted" only of what is stored.

Whoever delivers keeps the mail until we said so, and delivers it again when it did not hear us. The same mail in the
same envelope is known by its content, so that is harmless.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.db import close_old_connections, connections

from aanspreekpunt.messaging.arriving import store_arrival

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aiosmtpd.smtp import Envelope, Session

    from aanspreekpunt.intake.channels.email.mailboxes import ListenPart

log = structlog.get_logger("aanspreekpunt.intake")

SECONDS_OF_PATIENCE: Final = 300
"""What a client may take for one command, or for the whole of one mail."""
MOST_RECIPIENTS: Final = 100
LONGEST_LINE: Final = 1_000_000
"""Far beyond the thousand that the standard allows: mails with such lines exist, and they come from people."""
LONGEST_COMMAND: Final = 4096
STORES_AT_A_TIME: Final = 4
SECONDS_TO_CLOSE: Final = 5

ACCEPTED: Final = "250 2.0.0 Stored"
NOT_NOW: Final = "451 4.3.0 Cannot store it now, try again later"
NOBODY: Final = "550 5.1.1 Nobody here by that address"
TOO_MANY_RECIPIENTS: Final = "452 4.5.3 Too many recipients"
TOO_MANY_CONNECTIONS: Final = b"421 4.3.2 Too many connections, try again later\r\n"


class Door:
    """Decides on each recipient and stores each mail."""

    def __init__(self, part: ListenPart, *, clock: Callable[[], datetime], patience: float) -> None:
        self.part, self.clock, self.patience = part, clock, patience
        self.open = 0
        self.storing = ThreadPoolExecutor(STORES_AT_A_TIME, thread_name_prefix="stores-mail")

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Say what we can do; commands may come in one go, and nobody has to log in."""
        session.host_name = hostname
        offered = [line for line in responses if not line[4:].startswith("AUTH")]
        return [*offered[:-1], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", offered[-1]]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept the addresses that are ours."""
        if not is_ours(address, self.part.recipients):
            return NOBODY
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY_RECIPIENTS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Store the mail, then say so: over LMTP once for each recipient."""
        loop = asyncio.get_running_loop()
        reply = await loop.run_in_executor(self.storing, self._store, envelope)
        return "\r\n".join([reply] * (len(envelope.rcpt_tos) if isinstance(server, LMTP) else 1))

    async def handle_exception(self, error: Exception) -> str:
        """Have the client try again whatever went wrong with us."""
        log.error("listener_failed", exc_info=error)
        return NOT_NOW

    def close(self) -> None:
        """Finish what is being stored, and let each thread that did so close its own connection to the database."""
        all_of_them = threading.Barrier(STORES_AT_A_TIME)
        for _ in range(STORES_AT_A_TIME):
            self.storing.submit(_close_connections, all_of_them)
        self.storing.shutdown(wait=True)

    def _store(self, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        sender = "" if envelope.mail_from in {None, "<>"} else str(envelope.mail_from)
        try:
            close_old_connections()
            new = store_arrival(
                account=self.part.account,
                external_id=delivery_id(raw, sender, envelope.rcpt_tos),
                raw=raw,
                envelope_from=_storable(sender),
                envelope_to=[_storable(address) for address in envelope.rcpt_tos],
                at=self.clock(),
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, the mail is not ours yet: its sender must keep it
            connections.close_all()
            log.warning("mail_not_stored", error=type(error).__name__)
            return NOT_NOW
        log.info("mail_stored", account=self.part.account, new=new, bytes=len(raw))
        return ACCEPTED


def _close_connections(all_of_them: threading.Barrier) -> None:
    connections.close_all()
    with suppress(threading.BrokenBarrierError):
        all_of_them.wait(timeout=SECONDS_TO_CLOSE)


def is_ours(address: str, recipients: tuple[str, ...]) -> bool:
    """Say whether mail for an address is for us. What stands after a plus is for us to interpret."""
    local, _at, domain = address.casefold().rpartition("@")
    ways = {"*", f"@{domain}", f"{local}@{domain}", f"{local.partition('+')[0]}@{domain}"}
    return bool(local) and not ways.isdisjoint(recipients)


def delivery_id(raw: bytes, sender: str, recipients: list[str]) -> str:
    """Name a delivery by what was delivered, so that the same one again has the same name."""
    digest = hashlib.sha256(raw)
    for part in (sender, *sorted(recipients)):
        digest.update(b"\0" + part.encode(errors="surrogateescape"))
    return digest.hexdigest()


def _storable(address: str) -> str:
    """Show bytes that are no text as such; a database keeps text only."""
    return address.encode(errors="surrogateescape").decode(errors="backslashreplace").replace("\0", "")


class _Limits:
    """What both protocols have in common here: long lines, long commands, and no more connections than agreed."""

    line_length_limit = LONGEST_LINE
    event_handler: Door
    _is_turned_away = False
    _is_counted = False

    def connection_made(self, transport: Any) -> None:
        door = self.event_handler
        if not self._is_counted:
            if door.open >= door.part.most_connections:
                self._is_turned_away = True
                transport.write(TOO_MANY_CONNECTIONS)
                transport.close()
                return
            door.open += 1
            self._is_counted = True
        super().connection_made(transport)  # type: ignore[misc]  # the protocol that this is mixed into has it

    def connection_lost(self, error: Exception | None) -> None:
        if self._is_turned_away:
            return
        if self._is_counted:
            self.event_handler.open -= 1
            self._is_counted = False
        super().connection_lost(error)  # type: ignore[misc]  # as above

    def eof_received(self) -> bool | None:
        return None if self._is_turned_away else super().eof_received()  # type: ignore[misc]  # as above


class _Smtp(_Limits, SMTP):
    """Our SMTP."""


class _Lmtp(_Limits, LMTP):
    """Our LMTP."""


class Listener(Controller):
    """Listens in a thread of its own, from `.start()` to `.stop()`."""

    def __init__(
        self, part: ListenPart, *, clock: Callable[[], datetime], patience: float = SECONDS_OF_PATIENCE
    ) -> None:
        self.part = part
        self.door = Door(part, clock=clock, patience=patience)
        super().__init__(self.door, hostname=part.host, port=part.port)

    def factory(self) -> SMTP:
        """Make the protocol for one connection."""
        protocol = (_Lmtp if self.part.protocol == "lmtp" else _Smtp)(
            self.door,
            data_size_limit=self.part.most_megabytes * 1_000_000,
            enable_SMTPUTF8=True,
            hostname="aanspreekpunt",
            ident="ready",
            tls_context=_certificate(self.part),
            timeout=self.door.patience,
            loop=self.loop,
        )
        # The library shares this among all connections, and each new one empties it.
        protocol.command_size_limits = defaultdict(lambda: LONGEST_COMMAND)
        return protocol

    def stop(self, no_assert: bool = False) -> None:  # noqa: FBT001, FBT002 - as the library calls it
        """Stop listening; a mail under way that is not stored yet stays with its sender."""
        super().stop(no_assert)
        self.door.close()


def _certificate(part: ListenPart) -> ssl.SSLContext | None:
    if part.certificate is None or part.key is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(part.certificate, part.key)
    return context
