"""Tries the mail of an installation end to end, and explains in plain words what is wrong and what to do about it."""

from __future__ import annotations

import smtplib
import socket
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.translation import gettext as _

from aanspreekpunt.config.safety import Finding, Verdict
from aanspreekpunt.intake.channels.email.connecting import SignIn, choose_folder, connected
from aanspreekpunt.intake.channels.email.mailboxes import configured_mailboxes
from aanspreekpunt.intake.channels.email.trouble import Trouble, trouble_of
from aanspreekpunt.messaging.models import Mailbox
from aanspreekpunt.messaging.smtp import connect
from aanspreekpunt.operating.mail_words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imapclient import IMAPClient

    from aanspreekpunt.intake.channels.email.mailboxes import ListenPart, MailboxPart

SECONDS_TO_GREET: Final = 10
_FIRST_REFUSAL: Final = 400


def try_mail(*, to: str = "") -> Iterator[Finding]:
    """Try each mailbox, the listener and the server that takes our mail; with `to`, send a mail there."""
    file = configured_mailboxes()
    if file is None:
        yield Finding("mailboxes", Verdict.WARNING, _("none: mail to the municipality does not come in here."))
    else:
        for part in file.mailboxes:
            yield from _try_mailbox(part)
        if file.listen is not None:
            yield _try_listener(file.listen)
    yield from _try_server(to)


def _try_mailbox(part: MailboxPart) -> Iterator[Finding]:
    try:
        with connected(SignIn(part)) as server:
            host, port = part.address
            yield Finding(part.account, Verdict.OK, _("%(host)s:%(port)d lets us in.") % {"host": host, "port": port})
            for folder in part.folders:
                yield _try_folder(server, part, folder)
            yield from _try_ways(server, part)
    except Trouble as trouble:
        yield _of_trouble(part.account, trouble)


def _try_folder(server: IMAPClient, part: MailboxPart, folder: str) -> Finding:
    name = f"{part.account} {folder}"
    try:
        uidvalidity, count, _following = choose_folder(server, folder, is_changed=part.after != "leave")
    except Trouble as trouble:
        return _of_trouble(name, trouble)
    known = Mailbox.objects.filter(account=part.account, folder=folder, uidvalidity=uidvalidity).first()
    last = known.last_uid if known else 0
    new = sum(uid > last for uid in server.search(["UID", f"{last + 1}:*"])) if count else 0
    message = _("%(count)d mails, of which %(new)d will come in at the next look.") % {"count": count, "new": new}
    return Finding(name, Verdict.OK, message)


def _try_ways(server: IMAPClient, part: MailboxPart) -> Iterator[Finding]:
    if part.use_idle and not server.has_capability("IDLE"):
        message = _("the server does not tell when mail comes (no IDLE), so we look every %(seconds)d seconds.")
        yield Finding(part.account, Verdict.OK, message % {"seconds": part.look_every})
    if part.move_to and not server.folder_exists(part.move_to):
        message = _("the folder %(folder)s does not exist yet; we will make it.") % {"folder": part.move_to}
        yield Finding(part.account, Verdict.OK, message)
    if part.after == "delete" and not server.has_capability("UIDPLUS"):
        message = _("the server cannot remove single mails (no UIDPLUS), so they stay there, marked as deleted.")
        yield Finding(part.account, Verdict.WARNING, message)


def _try_listener(part: ListenPart) -> Finding:
    place = f"{part.host}:{part.port}"
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where to ask, not where to listen
    try:
        with socket.create_connection((everywhere.get(part.host, part.host), part.port), SECONDS_TO_GREET) as door:
            door.settimeout(SECONDS_TO_GREET)
            is_ours = b"aanspreekpunt" in door.recv(200)
    except OSError:
        message = _("nobody listens on %(place)s. Start aanspreekpunt serve, or aanspreekpunt mailboxes.")
        return Finding(part.account, Verdict.ERROR, message % {"place": place})
    if not is_ours:
        message = _("another program listens on %(place)s. Choose another port.") % {"place": place}
        return Finding(part.account, Verdict.ERROR, message)
    return Finding(part.account, Verdict.OK, _("listens on %(place)s.") % {"place": place})


def _try_server(to: str) -> Iterator[Finding]:
    name = "mail server"
    if not settings.EMAIL_HOST:
        yield Finding(name, Verdict.ERROR, _("AANSPREEKPUNT_SMTP_HOST is missing, so nothing can be sent."))
        return
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with connect() as server:
            code, _said = server.mail(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
            if code >= _FIRST_REFUSAL:
                message = _("%(place)s refuses mail from the address in AANSPREEKPUNT_MAIL_FROM (%(code)d).")
                yield Finding(name, Verdict.ERROR, message % {"place": place, "code": code})
                return
            server.rset()
            yield Finding(name, Verdict.OK, _("%(place)s takes our mail.") % {"place": place})
            if to:
                yield _send(server, to)
    except (OSError, smtplib.SMTPException) as error:
        yield Finding(name, Verdict.ERROR, f"{place}: {_words_of(error)}")


def _send(server: smtplib.SMTP, to: str) -> Finding:
    mail = EmailMessage()
    mail["From"], mail["To"] = settings.DEFAULT_FROM_EMAIL, to
    mail["Subject"] = _("Test of Aanspreekpunt")
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="aanspreekpunt.test")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_("This mail was sent to see whether it arrives. You need not answer."))
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused:
        return Finding("test mail", Verdict.ERROR, _("the mail server refuses this recipient."))
    return Finding("test mail", Verdict.OK, _("accepted by the mail server; look whether it arrives."))


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("refuses the login. Look at AANSPREEKPUNT_SMTP_USER and AANSPREEKPUNT_SMTP_PASSWORD.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return _("offers no STARTTLS or no login. Look at AANSPREEKPUNT_SMTP_SECURITY and the port.")
    if isinstance(error, smtplib.SMTPException):
        return _("refuses us (%(error)s). Look at the log of that server.") % {"error": type(error).__name__}
    return words_for(trouble_of(error).code)


def _of_trouble(name: str, trouble: Trouble) -> Finding:
    return Finding(name, Verdict.ERROR, words_for(f"{trouble.code} {trouble.detail}".strip()))
