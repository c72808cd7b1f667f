"""What every staff page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanspreekpunt.desk.rows import Row, shown_count
from aanspreekpunt.desk.times import short_moment
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import NotSetUp, municipality
from aanspreekpunt.questions.choices import Channel

if TYPE_CHECKING:
    from collections.abc import Sized
    from datetime import datetime

    from django.template import Context
    from django.utils.safestring import SafeString

    from aanspreekpunt.organisation.access import Rights

register = template.Library()

ABOUT_ANSWERS = ("/desk/antwoord", "/desk/voorstel", "/desk/waarde")
"""How the addresses of all screens about answers begin."""


@dataclass(frozen=True, slots=True)
class Place:
    """One screen in the top bar."""

    name: str
    url: str
    key: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """How one question of a list is drawn; `prefix` keeps its id apart from that in another list."""

    compact: bool
    show_team: bool
    is_held: bool
    prefix: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every staff page. `places` differ by role."""

    municipality_name: str
    theme: str
    places: list[Place]
    may_register: bool
    may_see_questions: bool


@register.simple_tag
def ticket(
    row: Row,
    *,
    compact: bool = False,
    show_team: bool = False,
    is_held: bool = False,
    prefix: str = "",
    current: int | str = "",
) -> SafeString:
    """Draw one question of a list; `current` is the id of the one that is open on this screen."""
    is_current = current == row.question.id
    return _ticket(row, Ticket(compact, bool(show_team), is_held, prefix, is_current), get_language())


@lru_cache(maxsize=2**12)  # screens of a team ask for the same rows every few seconds, and most stay as they were
def _ticket(row: Row, how: Ticket, _language: str | None) -> SafeString:
    return render_to_string("desk/queues/row.html", {"row": row, "how": how})


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
    known = (
        (Permission.SEE_QUESTIONS_OF_TEAM, _("Queue"), "desk:queue", "w"),
        (Permission.SUPERVISE, _("Supervision"), "desk:supervision", "t"),
        (Permission.SEE_FIGURES, _("Kept promises"), "desk:figures", ""),
        (Permission.SEE_ACCESS_LOG, _("Access log"), "desk:access-log", "i"),
    )
    places = []
    for permission, name, route, key in known:
        if rights.may(permission):
            url = reverse(route)
            places.append(Place(name, url, key, is_here=path.startswith(url)))
    if rights.may(Permission.SEE_QUESTIONS_OF_TEAM) or rights.may(Permission.EDIT_ANSWERS):
        places.append(Place(_("Answers"), reverse("desk:answers"), "A", is_here=path.startswith(ABOUT_ANSWERS)))
    return places


@register.simple_tag
def channel_icon(channel: str) -> SafeString:
    """Draw a channel, with its name for who does not see the drawing."""
    return _drawn(channel, get_language())


@lru_cache(maxsize=64)
def _drawn(channel: str, _language: str | None) -> SafeString:
    """Draw each channel once in each language: a list shows it on every line."""
    return format_html(
        '<svg class="icon" role="img" aria-label="{}"><title>{}</title><use href="{}#{}"></use></svg>',
        Channel(channel).label,
        Channel(channel).label,
        static("desk/icons.svg"),
        channel,
    )


@register.filter
def shortly(at: datetime | None) -> str:
    """Show a moment in few letters."""
    return short_moment(at, now=timezone.now()) if at else ""


@register.filter
def length_over(things: Sized, number: int) -> bool:
    """Say whether there are more than `number` of them."""
    return len(things) > number


@register.filter
def role_in_words(role: str) -> str:
    """Say which role the municipality plays, so that a fine is not treated as a wish."""
    words = {
        "serves": _("The municipality serves"),
        "manages": _("The municipality manages"),
        "enforces": _("The municipality enforces"),
        "governs": _("The municipality governs"),
    }
    return words.get(role, role)


@register.filter
def bounded(count: int | None) -> str:
    """Show a count that was counted to a limit: "1000+" when there was more."""
    return "0" if count is None else shown_count(count)


@register.filter
def subject_in_words(kind: str) -> str:
    """Name the kind of thing somebody looked at."""
    words = {"question": _("Question"), "party": _("Person"), "contact": _("Contact")}
    return words.get(kind, kind)


@register.filter
def purpose_in_words(purpose: str) -> str:
    """Say in the language of the screen what a look was for."""
    words = {"vraag behandelen": _("Handling a question"), "conversation": _("Conversation with a resident")}
    return words.get(purpose, purpose)
