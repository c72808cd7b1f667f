"""How a request becomes ours: addresses and forms are in UTF-8, whatever a request says of itself."""

from __future__ import annotations

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """A request that is read as UTF-8.

    Django would read the address in the character set that a header names, and falls over one that is none for text,
    before any of our own code could say so.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Handler(WSGIHandler):
    """Django's handler with our requests."""

    request_class = Request
