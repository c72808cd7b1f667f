"""The door: who calls, by the token he shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _

from aanspreekpunt.api.klantinteracties.contract.asking import asked_by
from aanspreekpunt.api.klantinteracties.contract.callers import Caller
from aanspreekpunt.api.klantinteracties.contract.errors import (
    authentication_failed,
    not_authenticated,
    permission_denied,
    too_many,
)
from aanspreekpunt.api.klantinteracties.contract.rights import rights_of
from aanspreekpunt.tokens.pace import seconds_to_wait
from aanspreekpunt.tokens.queries import token_for_key
from aanspreekpunt.tokens.refusals import KeyIsUnknown

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

SCHEMES: Final = frozenset({"token", "bearer"})


def caller_of(request: HttpRequest) -> Caller:
    """Return who calls; refused with 401 for nobody we know, 429 for who asks too much, 403 for who says not why.

    The token is asked of the database each time, so that one that was revoked opens nothing from that moment on. Who
    was let in before (`api_caller` of the request, set by our own code only) need not show it again.
    """
    known: Caller | None = getattr(request, "api_caller", None)
    return known or _let_in(request, now())


def _let_in(request: HttpRequest, moment: datetime) -> Caller:
    try:
        bearer = token_for_key(_key(request), at=moment)
    except KeyIsUnknown as error:
        raise authentication_failed(_("Invalid token.")) from error
    wait = seconds_to_wait(by=bearer, most=settings.API_REQUESTS_PER_MINUTE, at=moment)
    if wait:
        raise too_many(wait)
    asked = asked_by(request)
    if bearer.needs_purpose and not asked.purpose:
        names = ", ".join(settings.API_PURPOSE_HEADERS)
        raise permission_denied(
            _("This token has to say what a request is for, in one of these headers: %(names)s.") % {"names": names}
        )
    return Caller(
        actor=bearer,
        may=rights_of(bearer),
        sees_confidential=bearer.sees_confidential,
        team_ids=frozenset(bearer.team_ids) or None,
        asked=asked,
    )


def _key(request: HttpRequest) -> str:
    """Return the key that a request shows: `Token <key>` as the standard's own register wants it, or `Bearer <key>`."""
    shown: str = request.META.get("HTTP_AUTHORIZATION", "")
    scheme, *rest = shown.split() or [""]
    if scheme.lower() not in SCHEMES:
        raise not_authenticated()
    if not rest:
        raise authentication_failed(_("Invalid token header. No credentials provided."))
    if len(rest) > 1:
        raise authentication_failed(_("Invalid token header. Token string should not contain spaces."))
    return rest[0]
