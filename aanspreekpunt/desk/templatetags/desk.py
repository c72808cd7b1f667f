"""What every staff page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse

from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import NotSetUp, municipality

if TYPE_CHECKING:
    from django.template import Context

    from aanspreekpunt.organisation.access import Rights

register = template.Library()


@dataclass(frozen=True, slots=True)
class Place:
    """One screen in the top bar."""

    name: str
    url: str
    key: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every staff page. `places` differ by role."""

    municipality_name: str
    theme: str
    places: list[Place]
    may_register: bool
    may_see_questions: bool


@register.simple_tag(takes_context=True)
def frame_of_page(context: Context) -> Frame:
    """Return what stands around the page: the municipality, and the screens this employee may open."""
    request: Any = context["request"]
    try:
        here = municipality()
        name, theme = here.name, here.theme
    except NotSetUp:
        name, theme = "Aanspreekpunt", "voorbeeld-theme"
    if not isinstance(request.user, Employee):
        return Frame(name, theme, [], may_register=False, may_see_questions=False)
    rights = rights_of(request.user)
    return Frame(
        name,
        theme,
        _places_for(rights, request.path),
        may_register=rights.may(Permission.REGISTER_CONTACT),
        may_see_questions=rights.may(Permission.SEE_QUESTIONS_OF_TEAM),
    )


def _places_for(rights: Rights, path: str) -> list[Place]:
    known: tuple[tuple[Permission, str, str, str], ...] = ()
    places = []
    for permission, name, route, key in known:
        if rights.may(permission):
            url = reverse(route)
            places.append(Place(name, url, key, is_here=path.startswith(url)))
    return places
