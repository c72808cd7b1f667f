"""Finding what answers at an address of the standard, without trying every pattern there is."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from django.urls import Resolver404, resolve

from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, KLANTINTERACTIES, NOTIFICATIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.urls import ResolverMatch

_ROOTS: Final = (KLANTINTERACTIES, CONTACTGEGEVENS, NOTIFICATIES)


def answerer(address: str, *, urls: str) -> tuple[ResolverMatch, Callable[..., HttpResponse]] | None:
    """Return which of the patterns in `urls` an address of the standard fits, and the view; None for any other."""
    root = next((each for each in _ROOTS if address.startswith(each)), None)
    if root is None:
        return None
    kind, of_one, uuid = address[len(root) :].partition("/")
    if of_one and (not uuid or "/" in uuid):
        return None
    try:
        match = _match(f"{root}{kind}/uuid" if of_one else f"{root}{kind}", urls)
    except Resolver404:
        return None
    return match, partial(match.func, uuid=uuid) if of_one else match.func


@lru_cache(maxsize=256)  # it keeps what is there, never what is not, so nobody can fill it up
def _match(address: str, urls: str) -> ResolverMatch:
    match = resolve(address, urls)
    if "rest" in match.kwargs:  # what answers at all addresses that are none
        raise Resolver404
    return match
