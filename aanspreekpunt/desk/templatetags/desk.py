"""What every staff page shows around its content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aanspreekpunt.common.file_types import EXTENSIONS
from aanspreekpunt.desk.alarms import shown_alarms
from aanspreekpunt.desk.bar import Bar, draw_bar, place_of
from aanspreekpunt.desk.filters import own_channels_of
from aanspreekpunt.desk.looks import CALLER, FILE, MAIL, POST, PROOF, SEARCH
from aanspreekpunt.desk.rows import Row, shown_count
from aanspreekpunt.desk.times import short_day, short_moment
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import NotSetUp, municipality
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sized
    from datetime import date, datetime

    from django.template import Context
    from django.utils.safestring import SafeString


register = template.Library()


@dataclass(frozen=True, slots=True)
class Ticket:
    """How one question of a list is drawn; `prefix` keeps its id apart from that in another list."""

    compact: bool
    show_team: bool
    is_held: bool
    prefix: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose page it is, and how the municipality wants it to look."""

    municipality_name: str
    theme: str
    theme_address: str


@register.simple_tag
def tickets(
    rows: Iterable[Row],
    *,
    compact: bool = False,
    show_team: bool = False,
    is_held: bool = False,
    prefix: str = "",
    current: int | str = "",
) -> SafeString:
    """Draw the questions of a list; `current` is the id of the one that is open on this screen."""
    how, language = Ticket(compact, bool(show_team), is_held, prefix), get_language()
    drawn = [
        _ticket(row, replace(how, is_current=True) if row.question.id == current else how, language) for row in rows
    ]
    return mark_safe("".join(drawn))  # each of them was drawn by a template


@lru_cache(maxsize=2**12)  # screens of a team ask for the same rows every few seconds, and most stay as they were
def _ticket(row: Row, how: Ticket, _language: str | None) -> SafeString:
    return render_to_string("desk/queues/row.html", {"row": row, "how": how})


@register.simple_tag
def frame_of_page() -> Frame:
    """Return what every page shows of the municipality."""
    try:
        here = municipality()
    except NotSetUp:
        return Frame("Aanspreekpunt", "voorbeeld-theme", "")
    return Frame(here.name, here.theme, here.theme_address)


@register.simple_tag(takes_context=True)
def bar(context: Context, frame: Frame) -> SafeString:
    """Draw the bar above the page, with the screens this employee may open."""
    request: Any = context["request"]
    shown, reader = Bar(frame.municipality_name, place_of(request.path)), request.user
    if isinstance(reader, Employee):
        shown = Bar(shown.municipality_name, shown.place, rights_of(reader), reader.name, reader.is_available)
    return draw_bar(shown, token=str(context["csrf_token"]), address=request.get_full_path())


@register.simple_tag(takes_context=True)
def alarms(context: Context) -> SafeString:
    """Draw what is the matter with mail, for who may do something about it; nothing for anybody else."""
    request: Any = context["request"]
    rights = rights_of(request.user) if isinstance(request.user, Employee) else None
    if rights is None or not rights.may(Permission.SEE_ALARMS):
        return mark_safe("")
    return render_to_string("desk/partials/alarms.html", {"alarms": shown_alarms(rights, at=timezone.now())})


@register.simple_tag
def fixed(template_name: str) -> SafeString:
    """Draw a part of the page that says the same to everybody in one language."""
    return _fixed(template_name, get_language())


@lru_cache(maxsize=32)
def _fixed(template_name: str, _language: str | None) -> SafeString:
    return render_to_string(template_name)


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


@register.simple_tag(takes_context=True)
def own_channels(context: Context) -> str:
    """Say on which channels one's own queue opens; empty when that is all of them."""
    names = [str(Channel(channel).label) for channel in own_channels_of(context["request"].user)]
    return _("Only your channels: %(channels)s.") % {"channels": ", ".join(names)} if names else ""


@register.filter
def shortly(at: datetime | None) -> str:
    """Show a moment in few letters."""
    return short_moment(at, now=timezone.now()) if at else ""


@register.filter
def short_date(at: date | None) -> str:
    """Show a day in few letters, with its year."""
    return short_day(at) if at else ""


@register.filter
def of_key(found: dict[str, Any], key: str) -> Any:
    """Return what is kept under this key."""
    return found.get(key)


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
    words = {"question": _("Question"), "party": _("Person"), "contact": _("Contact"), "arrival": _("Message")}
    return words.get(kind, kind)


@register.filter
def purpose_in_words(purpose: str) -> str:
    """Say in the language of the screen what a look was for."""
    words = {
        "vraag behandelen": _("Handling a question"),
        "conversation": _("Conversation with a resident"),
        SEARCH: _("Shown by a search"),
        CALLER: _("Shown to recognise who asks"),
        FILE: _("Opened a file"),
        MAIL: _("Opened a mail as it was sent"),
        POST: _("Shown in the post"),
        PROOF: _("Proof of each message"),
    }
    return words.get(purpose, purpose)


@register.filter
def held_in_words(reason: str) -> str:
    """Say why a file is not handed out."""
    words = {
        Attachment.Held.DANGEROUS: _("Held back: this kind of file may be dangerous"),
        Attachment.Held.VIRUS: _("Held back: a virus was found in it"),
        Attachment.Held.UNSCANNED: _("Held back until the virus scanner has looked at it"),
    }
    return words.get(Attachment.Held(reason), reason) if reason in Attachment.Held.values else reason


@register.filter
def kind_of_file(content_type: str) -> str:
    """Name a kind of file as people do: by its usual ending."""
    return EXTENSIONS.get(content_type, "").lstrip(".").upper() or _("another kind of file")


@register.filter
def share(part: float) -> int:
    """Return a share (0 to 1) in whole per cents."""
    return round(part * 100)
