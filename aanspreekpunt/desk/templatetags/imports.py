"""Words for registers that are copied: how a run stands, why it came to a halt, and why something was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.imports.queries import State
from aanspreekpunt.imports.report import MOST_COUNTED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from aanspreekpunt.imports.queries import Standing
    from aanspreekpunt.imports.report import Line

STATES: Final[dict[str, StrOrPromise]] = {
    State.GOING: gettext_lazy("Being copied"),
    State.STOPPED: gettext_lazy("Stopped"),
    State.DONE: gettext_lazy("Done, all of it is here"),
}
HALTS: Final[dict[str, StrOrPromise]] = {
    "token": gettext_lazy("The other register does not accept the token."),
    "interrupted": gettext_lazy("Somebody stopped it."),
    "certificate": gettext_lazy("The certificate of the other register is not right."),
    "no_answer": gettext_lazy("The other register did not answer in time."),
    "connection_lost": gettext_lazy("There is no connection to the other register."),
    "unreadable": gettext_lazy("The other register said something we do not understand."),
    "too_large": gettext_lazy("An answer of the other register was too large."),
    "error": gettext_lazy("A fault of ours; the log of the command says which."),
    "": gettext_lazy("The process ended before it could say why."),
}
TROUBLES: Final[dict[str, StrOrPromise]] = {
    "not_allowed": gettext_lazy("not read: the token may not see this list"),
    "not_there": gettext_lazy("not read: the other register does not have this list"),
    "endless": gettext_lazy("not read to its end: it says there is always more, and brings nothing new"),
}
REASONS: Final[dict[str, StrOrPromise]] = {
    "required": gettext_lazy("It has to be there and is not."),
    "blank": gettext_lazy("It may not be empty."),
    "null": gettext_lazy("It may not be empty."),
    "max_length": gettext_lazy("It is longer than the standard allows."),
    "invalid_choice": gettext_lazy("It is not one of the words the standard has for it."),
    "invalid": gettext_lazy("It does not have the form of the standard."),
    "does_not_exist": gettext_lazy("It refers to something that is not here."),
    "unique": gettext_lazy("Something else here has this already."),
}

register = template.Library()


@register.filter
def standing_in_words(standing: Standing) -> str:
    """Say how a run stands."""
    if standing.state == State.DONE and not standing.is_whole:
        return _("Done, something is missing")
    return str(STATES[standing.state])


@register.filter
def halt_in_words(code: str) -> str:
    """Say why a run came to a halt."""
    if code.startswith("http_"):
        return _("The other register answered with a fault of its own (HTTP %(status)s).") % {"status": code[5:]}
    return str(HALTS.get(code, code))


@register.filter
def trouble_in_words(code: str) -> str:
    """Say why a list was not read."""
    if code.startswith("http_"):
        return _("not read: the other register answered with HTTP %(status)s") % {"status": code[5:]}
    return str(TROUBLES.get(code, code))


@register.filter
def reason_in_words(code: str) -> str:
    """Say why something was refused; nothing when its code is all there is to say."""
    return str(REASONS.get(code, ""))


@register.filter
def left_alone(line: Line) -> int:
    """Count what was here already, or changed or removed here since."""
    return line.was_here + line.changed_here + line.removed_here


@register.filter
def refused_count(count: int, standing: Standing) -> str:
    """Say a count of refusals, which goes no further than its limit until the run has ended."""
    is_cut = standing.run.lines is None and count >= MOST_COUNTED
    return _("%(count)d or more") % {"count": count} if is_cut else str(count)
