"""The addresses of the standard interfaces, without a final slash, as the standard wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from aanspreekpunt.api.klantinteracties import documents
from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, KLANTINTERACTIES, NOTIFICATIES
from aanspreekpunt.api.klantinteracties.contract.views import create_only_view, list_view, nothing_here, one_view
from aanspreekpunt.api.klantinteracties.resources import CREATE_ONLY, RESOURCES

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

_ROOTS = (KLANTINTERACTIES, CONTACTGEGEVENS, NOTIFICATIES)


def _address(kind: type[Resource]) -> str:
    return f"{kind.root[1:]}{kind.path}"


urlpatterns = [
    path(f"{KLANTINTERACTIES[1:]}openapi.json", documents.show_klantinteracties, name="api-klantinteracties"),
    path(f"{CONTACTGEGEVENS[1:]}openapi.json", documents.show_contactgegevens, name="api-contactgegevens"),
    path(f"{NOTIFICATIES[1:]}openapi.json", documents.show_notificaties, name="api-notificaties"),
    *(path(_address(kind), list_view(kind), name=f"api-{kind.path}") for kind in RESOURCES),
    *(path(f"{_address(kind)}/<str:uuid>", one_view(kind), name=f"api-{kind.path}-one") for kind in RESOURCES),
    *(path(_address(kind), create_only_view(kind), name=f"api-{kind.path}") for kind in CREATE_ONLY),
    *(path(root[1:].removesuffix("/"), nothing_here) for root in _ROOTS),
    *(path(root[1:], nothing_here) for root in _ROOTS),
    *(path(f"{root[1:]}<path:rest>", nothing_here) for root in _ROOTS),
]
