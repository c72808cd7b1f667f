"""Tokens to log in with instead of a password (OAuth 2.0): asked for when needed, kept until just before they end."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import structlog

from aanspreekpunt.intake.channels.email.trouble import Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from aanspreekpunt.intake.channels.email.mailboxes import OAuthPart

log = structlog.get_logger("aanspreekpunt.intake")

_SECONDS_FOR_AN_ANSWER: Final = 15
_MOST_BYTES: Final = 200_000
_SECONDS_BEFORE_THE_END: Final = 300
_USUAL_SECONDS: Final = 3600
_CODE_OF_MICROSOFT = re.compile(r"AADSTS\d+")
_PLAIN_WORD = re.compile(r"[a-z_]{1,60}\Z")
_FIRST_SERVER_FAULT: Final = 500
_TOO_MANY: Final = 429


def secret_in(file: Path) -> str:
    """Read a password or other secret; refuses with a trouble when that cannot be done."""
    try:
        secret = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Trouble("secret_unreadable", file.name) from None
    if not secret:
        raise Trouble("secret_unreadable", file.name)
    return secret


class Tokens:
    """Gives the token of one mailbox; several threads may ask."""

    def __init__(self, part: OAuthPart) -> None:
        self.part = part
        self._lock = threading.Lock()
        self._token, self._good_until = "", 0.0
        self._refresh_token = ""

    def current(self) -> str:
        """Return a token that is good for some minutes more."""
        with self._lock:
            if not self._token or time.monotonic() > self._good_until:
                self._take(_asked(self.part.address, self._question()))
            return self._token

    def forget(self, token: str) -> None:
        """Do not use this token again: the server refused it."""
        with self._lock:
            if token == self._token:
                self._token = ""

    def _question(self) -> dict[str, str]:
        part = self.part
        question = {"grant_type": part.grant, "client_id": part.client_id}
        if part.wanted_scope:
            question["scope"] = part.wanted_scope
        if part.client_secret_file:
            question["client_secret"] = secret_in(part.client_secret_file)
        if part.refresh_token_file:
            question["refresh_token"] = self._refresh_token or secret_in(part.refresh_token_file)
        return question

    def _take(self, answer: dict[str, Any]) -> None:
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            raise Trouble("token_refused", "no_access_token")
        usual = float(seconds) if isinstance(seconds, int | str) and str(seconds).isdigit() else float(_USUAL_SECONDS)
        self._good_until = time.monotonic() + max(usual - _SECONDS_BEFORE_THE_END, usual / 2)
        self._token = token
        renewed = answer.get("refresh_token")
        if isinstance(renewed, str) and renewed and self.part.refresh_token_file:
            self._keep(renewed, self.part.refresh_token_file)

    def _keep(self, renewed: str, file: Path) -> None:
        """Keep the refresh token that takes the place of the one we had, also for after a restart."""
        self._refresh_token = renewed
        aside = file.with_name(f".{file.name}.new")
        try:
            with suppress(FileNotFoundError):
                aside.unlink()
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
                stream.write(renewed)
            aside.replace(file)
        except OSError as error:
            log.warning("refresh_token_not_kept", error=type(error).__name__)


def _asked(address: str, question: dict[str, str]) -> dict[str, Any]:
    request = Request(address, data=urlencode(question).encode(), headers={"Accept": "application/json"})  # noqa: S310 - https, or this machine: checked when the file was read
    try:
        with urlopen(request, timeout=_SECONDS_FOR_AN_ANSWER) as response:  # noqa: S310 - as above
            return _json(response.read(_MOST_BYTES))
    except HTTPError as error:
        with error:
            raise _refusal(error.code, _json(error.read(_MOST_BYTES))) from None
    except (URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise Trouble("token_server_away", type(reason).__name__) from None


def _json(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _refusal(status: int, answer: dict[str, Any]) -> Trouble:
    """Say what a token server refused: its code, and that of Microsoft, whose text alone tells what to do."""
    word = answer.get("error")
    code = word if isinstance(word, str) and _PLAIN_WORD.match(word) else f"http_{status}"
    if status >= _FIRST_SERVER_FAULT or status == _TOO_MANY or code == "temporarily_unavailable":
        return Trouble("token_server_away", code)
    of_microsoft = _CODE_OF_MICROSOFT.search(str(answer.get("error_description", "")))
    return Trouble("token_refused", f"{code} {of_microsoft[0]}" if of_microsoft else code)
