"""Words for subscriptions: their kinds, why one is paused, and how a try to deliver a notice went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.subscriptions.models import Notice, Subscription
from aanspreekpunt.subscriptions.queries import MOST_COUNTED
from aanspreekpunt.subscriptions.wording import wording_for

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

KINDS: Final[dict[str, StrOrPromise]] = {
    Subscription.Kind.NOTIFICATIES: gettext_lazy("Notification of the standard"),
    Subscription.Kind.WEBHOOK: gettext_lazy("Signed webhook"),
    Subscription.Kind.ROUTER: gettext_lazy("By way of Open Notificaties"),
}
PAUSED: Final[dict[str, StrOrPromise]] = {
    Subscription.Paused.BY_HAND: gettext_lazy("Paused"),
    Subscription.Paused.FAILING: gettext_lazy("Paused: it took nothing for days"),
    Subscription.Paused.GONE: gettext_lazy("Paused: it says that it is gone for good"),
}
STATES: Final[dict[str, StrOrPromise]] = {
    Notice.State.WAITING: gettext_lazy("waits"),
    Notice.State.SENDING: gettext_lazy("is being sent"),
    Notice.State.SENT: gettext_lazy("arrived"),
    Notice.State.DEAD: gettext_lazy("given up"),
    Notice.State.WITHDRAWN: gettext_lazy("kept back"),
}
CODES: Final[dict[str, StrOrPromise]] = {
    "unknown_host": gettext_lazy("There is no such host."),
    "inside": gettext_lazy("The address turned out to be inside our own network."),
    "bad_address": gettext_lazy("This address may not be sent to."),
    "certificate": gettext_lazy("The certificate of the receiver is not right."),
    "tls": gettext_lazy("The protected connection failed."),
    "no_connection": gettext_lazy("The receiver refused the connection."),
    "no_answer": gettext_lazy("The receiver did not answer in time."),
    "connection_lost": gettext_lazy("The connection was lost."),
    "protocol": gettext_lazy("The receiver said something we do not understand."),
    "secret_unreadable": gettext_lazy("We cannot read the secret any more; fill it in again."),
    "interrupted": gettext_lazy("We were interrupted; whether it arrived is not certain, so it was sent again."),
    "too_old": gettext_lazy("It waited too long."),
}

register = template.Library()


@register.filter
def kind_in_words(subscription: Subscription) -> str:
    """Say how a subscription is told."""
    return str(KINDS[subscription.kind])


@register.filter
def channels_in_words(subscription: Subscription) -> str:
    """Say what a subscription is told about."""
    names = {each.name: str(each.label) for each in wording_for(subscription.kind).channels}
    return ", ".join(names.get(each["name"], each["name"]) for each in subscription.channels)


@register.filter
def pause_in_words(subscription: Subscription) -> str:
    """Say why nothing is sent."""
    return str(PAUSED.get(subscription.paused_for, ""))


@register.filter
def state_in_words(notice: Notice) -> str:
    """Say where a notice is."""
    return str(STATES[notice.state])


@register.filter
def try_in_words(code: str) -> str:
    """Say how a try went."""
    if code.isdigit():
        return _("Taken (HTTP %(status)s).") % {"status": code}
    if code.startswith("http_"):
        return _("Not taken: HTTP %(status)s.") % {"status": code.removeprefix("http_")}
    return str(CODES.get(code, code))


@register.filter
def counted(count: int) -> str:
    """Say a count that went no further than its limit."""
    return _("%(count)d or more") % {"count": count} if count >= MOST_COUNTED else str(count)
