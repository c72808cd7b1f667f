"""What a request says in its body: JSON in UTF-8, of a size we take; anything else gets an answer that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.errors import too_large, unreadable, unsupported_media_type

if TYPE_CHECKING:
    from django.http import HttpRequest

CHARSETS: Final = frozenset({"", "utf-8", "utf8", "us-ascii", "ascii"})
MOST_LET_GO: Final = 64 * 1024 * 1024
PIECE: Final = 64 * 1024
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def refuse_encodings(request: HttpRequest) -> None:
    """Refuse what says that it is not in UTF-8, or that it is packed; before anything of it is read."""
    charset = (request.content_params or {}).get("charset", "").strip("\"' ").lower()
    if charset not in CHARSETS:
        raise unsupported_media_type(f"charset={charset}"[:80])
    packing = request.META.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    if packing not in {"", "identity"}:
        raise unsupported_media_type(f"Content-Encoding: {packing}"[:80])


def body_of(request: HttpRequest) -> Any:
    """Return what a request says, read as JSON; an empty body says nothing, as an empty object."""
    raw = raw_body_of(request)
    if not raw:
        return {}
    kind = request.content_type or ""
    if kind not in {"application/json", ""} and not kind.endswith("+json"):
        raise unsupported_media_type(kind[:80])
    try:
        return msgspec.json.decode(raw.removeprefix(BYTE_ORDER_MARK))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unreadable(_("This is not valid JSON in UTF-8.")) from error
    except RecursionError as error:
        raise unreadable(_("This JSON is nested too deeply.")) from error


def raw_body_of(request: HttpRequest) -> bytes:
    """Return the body as it came; refused when it is larger than we take, without keeping more than that."""
    known: bytes | None = getattr(request, "api_body", None)
    if known is None:
        known = request.api_body = _read(request, most=settings.API_KILOBYTES * 1024)  # type: ignore[attr-defined]
    return known


def _read(request: HttpRequest, *, most: int) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or ""
    # Django takes a body without a length for an empty one. Clients that send while they write JSON give none.
    is_chunked = not length and "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    stream = request.META["wsgi.input"] if is_chunked else request
    raw: bytes = stream.read(most + 1)
    if len(raw) > most:
        _let_finish(stream)
        raise too_large(most)
    return raw


def _let_finish(stream: Any) -> None:
    """Let who sends too much send it, within reason: many clients hear our answer only when they have done so."""
    left = MOST_LET_GO
    while left > 0 and (piece := stream.read(min(PIECE, left))):
        left -= len(piece)
