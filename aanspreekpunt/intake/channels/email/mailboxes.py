"""Reads `mailboxes.yaml`: where our mail comes in. Nothing connects or listens anywhere unless this file says so."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from aanspreekpunt.common.settings_files.checking import FileHasProblems, refuse_problems, validated
from aanspreekpunt.common.settings_files.fields import Key, Line, Part, WebAddress, refusal
from aanspreekpunt.common.settings_files.lines import Reading, read_into
from aanspreekpunt.common.settings_files.wording import SENTENCES as GENERAL

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTENER: Final = "listener"
SENTENCES: Final = {
    **GENERAL,
    "not_here": _("Without protection only this machine itself may be reached; choose tls or starttls for %(host)s."),
    "no_sign_in": _("Give password_file or oauth2, one of the two."),
    "no_folder_to_move_to": _("To move mails, say where in move_to; it may not be a folder that is looked in."),
    "no_move": _("move_to means nothing unless after is move."),
    "no_token_address": _("Give tenant (for Microsoft 365) or token_url, one of the two."),
    "token_in_the_open": _("The address for tokens must begin with https://."),
    "no_refresh_token": _("The grant refresh_token needs refresh_token_file; client_credentials has none."),
    "no_scope": _("Say for what the token is, in scope."),
    "half_a_certificate": _("A certificate and its key go together: give both, or neither."),
    "not_a_recipient": _("Expected an e-mail address, a domain such as @gemeente.example, or * for every address."),
    "not_a_folder": _("Expected the name of a folder, without quotes, * or %%."),
    "nothing_comes_in": _("This file names no mailbox and no listener, so no mail would come in."),
    "name_is_taken": _("This name is used already; give each mailbox a name of its own, other than “listener”."),
}
_RECIPIENT = re.compile(r"(?:[^@\s]+)?@[^@\s]+\Z|\*\Z")
_NO_FOLDER = re.compile(r'[\x00-\x1f\x7f*%"]')
_MICROSOFT_TOKENS: Final = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_MICROSOFT_MAIL: Final = "https://outlook.office365.com/.default"


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _beside_the_file(path: Path, info: ValidationInfo) -> Path:
    """Let a relative path count from where the file with mailboxes stands."""
    return info.context["folder"] / path if info.context else path


def _a_recipient(value: str) -> str:
    if not _RECIPIENT.match(value):
        raise refusal("not_a_recipient")
    return value.casefold()


def _a_folder(value: str) -> str:
    if _NO_FOLDER.search(value):
        raise refusal("not_a_folder")
    return value


File = Annotated[Path, AfterValidator(_beside_the_file)]
Port = Annotated[int, Field(ge=1, le=65535)]
Megabytes = Annotated[int, Field(ge=1, le=500)]
Recipient = Annotated[str, AfterValidator(_a_recipient)]
Folder = Annotated[Line, AfterValidator(_a_folder)]


class OAuthPart(Part):
    """How to get tokens to log in with, instead of a password."""

    tenant: str = ""
    token_url: WebAddress | None = None
    client_id: Line
    client_secret_file: File | None = None
    scope: str = ""
    grant: Literal["client_credentials", "refresh_token"] = "client_credentials"
    refresh_token_file: File | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if bool(self.tenant) == bool(self.token_url):
            raise refusal("no_token_address")
        parts = urlsplit(self.address)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise refusal("token_in_the_open")
        if (self.grant == "refresh_token") != bool(self.refresh_token_file):
            raise refusal("no_refresh_token")
        if not self.wanted_scope and self.grant == "client_credentials":
            raise refusal("no_scope")
        return self

    @property
    def address(self) -> str:
        """Where tokens are asked for."""
        return self.token_url or _MICROSOFT_TOKENS.format(tenant=quote(self.tenant, safe=""))

    @property
    def wanted_scope(self) -> str:
        """What the token must allow."""
        return self.scope or (_MICROSOFT_MAIL if self.tenant and self.grant == "client_credentials" else "")


class MailboxPart(Part):
    """One mailbox on an IMAP server."""

    name: Key
    host: Line
    port: Port | None = None
    security: Literal["tls", "starttls", "none"] = "tls"
    ca_file: File | None = None
    user: Line
    password_file: File | None = None
    oauth2: OAuthPart | None = None
    folders: Annotated[tuple[Folder, ...], Field(min_length=1)] = ("INBOX",)
    after: Literal["leave", "move", "delete"] = "leave"
    move_to: Folder | None = None
    use_idle: bool = True
    look_every: Annotated[int, Field(ge=5, le=3600)] = 60
    most_megabytes: Megabytes = 50

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.security == "none" and not is_loopback(self.host):
            raise refusal("not_here", host=self.host)
        if bool(self.password_file) == bool(self.oauth2):
            raise refusal("no_sign_in")
        if self.after == "move" and (self.move_to is None or self.move_to in self.folders):
            raise refusal("no_folder_to_move_to")
        if self.after != "move" and self.move_to is not None:
            raise refusal("no_move")
        return self

    @property
    def account(self) -> str:
        """The account that its mails come in by."""
        return f"email/{self.name}"

    @property
    def address(self) -> tuple[str, int]:
        """Where the server is."""
        return self.host, self.port or (993 if self.security == "tls" else 143)


class ListenPart(Part):
    """A door of our own, to which a mail server delivers."""

    protocol: Literal["lmtp", "smtp"] = "lmtp"
    host: Line = "127.0.0.1"
    port: Port
    recipients: Annotated[tuple[Recipient, ...], Field(min_length=1)]
    most_megabytes: Megabytes = 50
    most_connections: Annotated[int, Field(ge=1, le=1000)] = 100
    certificate: File | None = None
    key: File | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if bool(self.certificate) != bool(self.key):
            raise refusal("half_a_certificate")
        return self

    @property
    def account(self) -> str:
        """The account that its mails come in by."""
        return f"email/{LISTENER}"


class MailboxesFile(Part):
    """The whole file."""

    mailboxes: tuple[MailboxPart, ...] = ()
    listen: ListenPart | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.mailboxes and self.listen is None:
            raise refusal("nothing_comes_in")
        return self

    def places(self) -> Iterator[tuple[str, str]]:
        """Go through every account and folder that mail comes in by; a listener has no folder."""
        for mailbox in self.mailboxes:
            for folder in mailbox.folders:
                yield mailbox.account, folder
        if self.listen is not None:
            yield self.listen.account, ""


def read_mailboxes(path: Path) -> MailboxesFile:
    """Read the file at `path`; refuse it with all its problems at once."""
    reading = Reading(sentences=SENTENCES)
    reading.values = read_into(reading, path)
    if reading.values is None:
        raise FileHasProblems(reading.problems)
    result = validated(MailboxesFile, reading, context={"folder": path.absolute().parent})
    _check_names(reading)
    refuse_problems(reading)
    if result is None:
        raise FileHasProblems(reading.problems)
    return result


def configured_mailboxes() -> MailboxesFile | None:
    """Return the mailboxes of this installation; None when no mail comes in. A demo listens on this machine."""
    if settings.MAILBOXES_FILE is not None:
        return read_mailboxes(settings.MAILBOXES_FILE)
    if settings.IS_DEMO:
        return MailboxesFile(listen=ListenPart(protocol="smtp", port=settings.DEMO_MAIL_PORT, recipients=("*",)))
    return None


def most_megabytes_of(account: str) -> int:
    """Return how large a mail may be that comes in by this account; 0 when the file does not say."""
    try:
        file = configured_mailboxes()
    except FileHasProblems:
        return 0
    limits = {part.account: part.most_megabytes for part in file.mailboxes} if file else {}
    if file is not None and file.listen is not None:
        limits[file.listen.account] = file.listen.most_megabytes
    return limits.get(account, 0)


def _check_names(reading: Reading) -> None:
    parts: Any = reading.values.get("mailboxes") if isinstance(reading.values, dict) else None
    seen = {LISTENER}
    for index, part in enumerate(parts if isinstance(parts, list) else ()):
        name = part.get("name") if isinstance(part, dict) else None
        if isinstance(name, str):
            if name in seen:
                reading.add("name_is_taken", ("mailboxes", index, "name"))
            seen.add(name)
