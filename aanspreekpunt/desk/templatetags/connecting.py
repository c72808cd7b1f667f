"""Words for what other systems may do, and what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from aanspreekpunt.journal.models import Access
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.rules import all_rights, right

if TYPE_CHECKING:
    from aanspreekpunt.tokens.models import Token

RESOURCES_NAMED = 3

register = template.Library()


@register.filter
def rights_in_words(token: Token) -> str:
    """Say in a few words what another system may do."""
    held = frozenset(token.rights)
    if held == frozenset(all_rights(Resource.values, Verb.values)):
        return _("everything")
    if held == frozenset(all_rights(Resource.values, [Verb.READ])):
        return _("read everything")
    if held == frozenset(all_rights(Resource.values, [Verb.READ, Verb.WRITE])):
        return _("read, add and change everything")
    names = [str(resource.label) for resource in Resource if any(right(resource, verb) in held for verb in Verb)]
    only_reads = all(each.endswith(f".{Verb.READ}") for each in held)
    named = ", ".join(names[:RESOURCES_NAMED]) + (" …" if len(names) > RESOURCES_NAMED else "")
    return (_("read: %(names)s") if only_reads else _("read or change: %(names)s")) % {"names": named}


@register.filter
def access_in_words(access: Access) -> str:
    """Say what another system did."""
    words = {
        Access.Verb.LIST: _("List shown"),
        Access.Verb.READ: _("Shown"),
        Access.Verb.CREATE: _("Added"),
        Access.Verb.CHANGE: _("Changed"),
        Access.Verb.DELETE: _("Deleted"),
    }
    return words[Access.Verb(access.verb)]


@register.filter
def resource_in_words(name: str) -> str:
    """Name a kind of thing of the standard API as its rights do."""
    return str(Resource(name).label) if name in Resource.values else name
