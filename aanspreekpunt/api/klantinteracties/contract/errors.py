"""Errors in the shape of the standard: what is wrong, in which field, under the codes its clients know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable

NON_FIELD = "nonFieldErrors"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: the field (a path with dots, or `nonFieldErrors`), the code, and why."""

    name: str
    code: str
    reason: str

    def below(self, path: str) -> Fault:
        """Return the same fault as that of a field in the group or list `path`; without a name, of `path` itself."""
        return Fault(f"{path}.{self.name}" if self.name else path, self.code, self.reason)


class Refused(Exception):
    """A request that is not carried out: its status, and what the answer says."""

    def __init__(self, *, status: int, kind: str, code: str, title: str, detail: str = "") -> None:
        super().__init__(code)
        self.status, self.kind, self.code, self.title, self.detail = status, kind, code, title, detail or title
        self.headers: dict[str, str] = {}

    def body(self, base: str) -> dict[str, Any]:
        """Return the answer; `base` is the address of this installation, without a final slash."""
        return {
            "type": f"{base}/ref/fouten/{self.kind}/",
            "code": self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": f"urn:uuid:{uuid4()}",
        }


class Invalid(Refused):
    """A request with faults in its body or its parameters: status 400, every fault named."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__(status=400, kind="ValidationError", code="invalid", title=_("Invalid input."))
        self.faults = list(faults)

    def body(self, base: str) -> dict[str, Any]:
        named = [{"name": each.name, "code": each.code, "reason": each.reason} for each in self.faults]
        return {**super().body(base), "invalidParams": named}


def invalid(name: str, reason: str, *, code: str = "invalid") -> Invalid:
    """Return the refusal for one fault in field `name`."""
    return Invalid([Fault(name, code, reason)])


def not_authenticated() -> Refused:
    """Return the refusal for who does not say who he is."""
    title = _("Authentication credentials were not provided.")
    refused = Refused(status=401, kind="NotAuthenticated", code="not_authenticated", title=title)
    refused.headers["WWW-Authenticate"] = "Token"
    return refused


def authentication_failed(detail: str) -> Refused:
    """Return the refusal for who shows a token that is not known, not valid any more or not yet."""
    title = _("Incorrect authentication credentials.")
    refused = Refused(status=401, kind="AuthenticationFailed", code="authentication_failed", title=title, detail=detail)
    refused.headers["WWW-Authenticate"] = "Token"
    return refused


def permission_denied(detail: str = "") -> Refused:
    """Return the refusal for what a token may not do."""
    title = _("You do not have permission to perform this action.")
    return Refused(status=403, kind="PermissionDenied", code="permission_denied", title=title, detail=detail)


def not_found(detail: str = "") -> Refused:
    """Return the refusal for what is absent, or not there for this token: they look the same."""
    return Refused(status=404, kind="NotFound", code="not_found", title=_("Not found."), detail=detail)


def method_not_allowed(method: str, allowed: Iterable[str]) -> Refused:
    """Return the refusal for a verb that this address does not know."""
    title = _("Method “%(method)s” not allowed.") % {"method": method}
    refused = Refused(status=405, kind="MethodNotAllowed", code="method_not_allowed", title=title)
    refused.headers["Allow"] = ", ".join(allowed)
    return refused


def unreadable(detail: str) -> Refused:
    """Return the refusal for a body that is not JSON as it should be."""
    return Refused(status=400, kind="ParseError", code="parse_error", title=_("Malformed request."), detail=detail)


def unsupported_media_type(given: str) -> Refused:
    """Return the refusal for a body of another kind than JSON."""
    title = _("Unsupported media type “%(type)s” in request.") % {"type": given}
    return Refused(status=415, kind="UnsupportedMediaType", code="unsupported_media_type", title=title)


def too_large(limit: int) -> Refused:
    """Return the refusal for a body of more than `limit` bytes."""
    title = _("The request is too large: at most %(limit)d bytes.") % {"limit": limit}
    return Refused(status=413, kind="RequestTooLarge", code="request_too_large", title=title)


def conflict(code: str, detail: str) -> Refused:
    """Return the refusal for a request that crossed another one."""
    return Refused(status=409, kind="Conflict", code=code, title=_("Conflict."), detail=detail)


def too_many(seconds: int) -> Refused:
    """Return the refusal for who asks more than he may in a minute; it says when he may ask again."""
    title = _("Too many requests.")
    detail = _("Ask again after %(seconds)d seconds.") % {"seconds": seconds}
    refused = Refused(status=429, kind="Throttled", code="throttled", title=title, detail=detail)
    refused.headers["Retry-After"] = str(seconds)
    return refused


def changed_meanwhile() -> Refused:
    """Return the refusal for a change of something that is not any more as its `If-Match` says."""
    title = _("Somebody else changed this meanwhile. Read it again first.")
    return Refused(status=412, kind="PreconditionFailed", code="precondition_failed", title=title)


def key_used_before() -> Refused:
    """Return the refusal for an `Idempotency-Key` that another request had."""
    title = _("This Idempotency-Key was used for another request. Take a new one for each request.")
    return Refused(status=422, kind="IdempotencyKeyReused", code="idempotency_key_reused", title=title)


def took_too_long() -> Refused:
    """Return the answer when the database was given no more time; see `WEB_QUERY_SECONDS`."""
    title = _("This took too long.")
    detail = _("Ask for less at a time, or narrow a list by more filters.")
    return Refused(status=503, kind="TookTooLong", code="took_too_long", title=title, detail=detail)


def went_wrong() -> Refused:
    """Return the answer when we fail ourselves; what went wrong stands in our log, without what anybody said."""
    return Refused(status=500, kind="APIException", code="error", title=_("A server error occurred."))
