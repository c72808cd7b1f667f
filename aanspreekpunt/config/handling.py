"""How a request becomes ours: addresses and forms are in UTF-8, whatever a request says of itself; each in its turn."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

from aanspreekpunt.config.taking_turns import Turns

if TYPE_CHECKING:
    from django.http import HttpResponseBase

READ_BEFOREHAND: Final = 65_536
"""So many bytes of a body at most are awaited before a turn is taken; whoever sends more takes none."""


class Request(WSGIRequest):
    """A request that is read as UTF-8.

    Django would read the address in the character set that a header names, and falls over one that is none for text,
    before any of our own code could say so.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Handler(WSGIHandler):
    """Django's handler with our requests, of which `WEB_TURNS` are worked on at a time."""

    request_class = Request

    def __init__(self) -> None:
        super().__init__()
        self._turns = Turns(settings.WEB_TURNS)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        """Answer a request when it is its turn. A slow line holds none: the body is here, and the answer goes after."""
        if not _is_here(environ):
            return super().__call__(environ, start_response)
        with self._turns.one():
            return super().__call__(environ, start_response)


def _is_here(environ: dict[str, Any]) -> bool:
    """Wait for the body, unless it is a large one; say whether all of it is here."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > READ_BEFOREHAND:
        return False
    if length != "0":
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))
    return True
