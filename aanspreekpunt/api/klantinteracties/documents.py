"""The OpenAPI documents, for everyone: they describe, and hold nothing of anyone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanspreekpunt.api.klantinteracties.contract.answering import respond
from aanspreekpunt.api.klantinteracties.contract.openapi import document
from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, KLANTINTERACTIES, NOTIFICATIES
from aanspreekpunt.api.klantinteracties.contract.views import USUAL_VERSION, VERSIONS
from aanspreekpunt.api.klantinteracties.resources import CREATE_ONLY, RESOURCES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def show_klantinteracties(_request: HttpRequest) -> HttpResponse:
    """Show the document of Klantinteracties."""
    return respond(document_of(KLANTINTERACTIES))


def show_contactgegevens(_request: HttpRequest) -> HttpResponse:
    """Show the document of Contactgegevens."""
    return respond(document_of(CONTACTGEGEVENS))


def show_notificaties(_request: HttpRequest) -> HttpResponse:
    """Show the document of Notificaties, as far as a publisher has it."""
    return respond(document_of(NOTIFICATIES))


def document_of(root: str) -> dict[str, Any]:
    """Return the document of the interface under `root`."""
    kinds = [kind for kind in (*RESOURCES, *CREATE_ONLY) if kind.root == root]
    title = root.split("/")[1]
    return document(kinds, title=title, version=VERSIONS.get(root, USUAL_VERSION), root=root)
