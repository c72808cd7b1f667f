"""Whether a thing is still as a client read it: a tag for each state (RFC 9110), asked with `If-Match`."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from django.db import connection

from aanspreekpunt.api.klantinteracties.contract.errors import changed_meanwhile

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

_TAG = re.compile(r'(W/)?"([^"]*)"')


def tag_of(shown: bytes) -> str:
    """Return the tag of a thing as it is shown, byte for byte."""
    return f'"{hashlib.blake2b(shown, digest_size=16).hexdigest()}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Say whether the client has this state already (`If-None-Match`); here a weak tag counts too."""
    given = request.META.get("HTTP_IF_NONE_MATCH", "")
    return given.strip() == "*" or any(f'"{opaque}"' == tag for _weak, opaque in _TAG.findall(given))


def refuse_if_changed(request: HttpRequest, resource: Resource, pk: int, show: Callable[[], bytes]) -> None:
    """Refuse a change that was meant for another state (`If-Match`); from here on nobody else changes the thing.

    Only a strong tag matches, as the standard of HTTP has it: a weak one promises less than a change needs.
    """
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT FROM {resource.table} WHERE id = %s FOR UPDATE", [pk])
    tag = tag_of(show())
    if not any(f'"{opaque}"' == tag for weak, opaque in _TAG.findall(given) if not weak):
        raise changed_meanwhile()
