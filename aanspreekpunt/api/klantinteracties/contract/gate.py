"""The door: who calls, by the token he shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.api.klantinteracties.contract.errors import not_authenticated

if TYPE_CHECKING:
    from django.http import HttpRequest

    from aanspreekpunt.api.klantinteracties.contract.callers import Caller


def caller_of(request: HttpRequest) -> Caller:
    """Return who calls; `Refused` with 401 for nobody we know."""
    caller: Caller | None = getattr(request, "api_caller", None)
    if caller is None:
        raise not_authenticated()
    return caller
