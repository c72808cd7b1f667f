"""The bar above every staff screen: drawn once for each employee, with what differs by request put in afterwards."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import msgspec
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.organisation.access import Rights
from aanspreekpunt.organisation.permissions import Permission

PLACES: Final = (
    ((Permission.SEE_QUESTIONS_OF_TEAM,), _("Queue"), "desk:queue", "w"),
    ((Permission.HANDLE_POST,), _("Post"), "desk:post", ""),
    ((Permission.SUPERVISE,), _("Supervision"), "desk:supervision", "t"),
    ((Permission.SEE_FIGURES,), _("Kept promises"), "desk:figures", ""),
    ((Permission.SEE_FIGURES, Permission.ADMINISTER), _("Front or back"), "desk:insights", ""),
    ((Permission.ADMINISTER,), _("Other systems"), "desk:tokens", ""),
    ((Permission.SEE_ACCESS_LOG,), _("Access log"), "desk:access-log", ""),
    ((Permission.SEE_QUESTIONS_OF_TEAM, Permission.EDIT_ANSWERS), _("Answers"), "desk:answers", "A"),
)
"""The screens in the bar: who may open it, its name, where it is and the key that leads there."""

ALSO_HERE: Final = {
    "desk:answers": (
        "desk:new-answer",
        "desk:answer-preview",
        "desk:demand",
        "desk:proposals",
        "desk:values",
        "desk:new-value",
    )
}
"""Screens that belong to one in the bar without standing below its address."""

ONLY_EVERYWHERE: Final = frozenset({"desk:tokens"})
"""Screens about the whole municipality: a permission held in one team does not open them."""

MAY_SEARCH: Final = (Permission.SEE_QUESTIONS_OF_TEAM, Permission.EDIT_ANSWERS, Permission.SEE_FIGURES)
"""Who finds something by searching: questions, or at least answers and colleagues."""

# What stands in the drawn bar until a request comes. Nothing else in it can look like this: all other text is escaped.
TOKEN, ADDRESS = mark_safe("<token>"), mark_safe("<address>")


class Bar(msgspec.Struct, frozen=True):
    """All that decides how the bar is drawn; `place` is the address of the screen in it where one is."""

    municipality_name: str
    place: str
    rights: Rights = Rights()
    name: str = ""
    is_available: bool = False


class Place(msgspec.Struct, frozen=True):
    """One screen in the bar."""

    name: str
    url: str
    key: str
    is_here: bool


def place_of(path: str) -> str:
    """Return the address of the screen in the bar to which `path` belongs; nothing when it is none of them."""
    return next((url for url, starts in _addresses().items() if path.startswith(starts)), "")


@cache
def _addresses() -> dict[str, tuple[str, ...]]:
    """Return the address of each screen in the bar, with how the addresses of all that belongs to it begin."""
    routes = [route for _permissions, _name, route, _key in PLACES]
    return {reverse(route): tuple(map(reverse, (route, *ALSO_HERE.get(route, ())))) for route in routes}


def draw_bar(bar: Bar, *, token: str, address: str) -> SafeString:
    """Draw the bar for one request: with the token of its forms, and the address to come back to."""
    drawn = _drawn(bar, get_language())
    return mark_safe(drawn.replace(TOKEN, escape(token)).replace(ADDRESS, escape(address)))


@lru_cache(maxsize=2**9)
def _drawn(bar: Bar, _language: str | None) -> str:
    places = [
        Place(str(name), url, key, is_here=url == bar.place)
        for (permissions, name, route, key), url in zip(PLACES, _addresses(), strict=True)
        if _is_open(bar.rights, permissions, route)
    ]
    context = {
        "bar": bar,
        "places": places,
        "may_register": bar.rights.may(Permission.REGISTER_CONTACT),
        "may_search": any(bar.rights.may(permission) for permission in MAY_SEARCH),
        "csrf_token": TOKEN,
        "address": ADDRESS,
    }
    return render_to_string("desk/partials/bar.html", context)


def _is_open(rights: Rights, permissions: tuple[Permission, ...], route: str) -> bool:
    if route in ONLY_EVERYWHERE:
        return any(rights.is_everywhere(permission) for permission in permissions)
    return any(rights.may(permission) for permission in permissions)
