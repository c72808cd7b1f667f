"""Subscriptions: which systems are told what happens, how that goes, and what was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, refuse_unless_everywhere, staff_view
from aanspreekpunt.desk.connecting.subscribing import SubscriptionForm
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.subscriptions import operations
from aanspreekpunt.subscriptions.models import Subscription
from aanspreekpunt.subscriptions.queries import (
    attempts_of,
    dead_of,
    latest_of,
    standing_of,
    standings,
    subscription_named,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

TRIES_SHOWN, DEAD_SHOWN, NOTICES_SHOWN = 20, 50, 20
UNPROCESSABLE, MADE = 422, 201


@require_safe
@staff_view(Permission.ADMINISTER)
def show_subscriptions(request: StaffRequest) -> HttpResponse:
    """Show who is told what, and how that goes."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    return render(request, "desk/subscriptions/list.html", {"standings": standings()})


@require_safe
@staff_view(Permission.ADMINISTER)
def choose_kind(request: StaffRequest) -> HttpResponse:
    """Ask in which way a system is to be told."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    return render(request, "desk/subscriptions/choose.html", {"kinds": Subscription.Kind.values})


@staff_view(Permission.ADMINISTER)
def make_one(request: StaffRequest, kind: str) -> HttpResponse:
    """Make a subscription; the key of a webhook is shown in this one answer, and never again."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    if kind not in Subscription.Kind.values:
        raise Http404
    form = SubscriptionForm(kind, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                made = form.make(by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _made(request, made)
    return render(request, "desk/subscriptions/new.html", {"form": form}, status=_status(form))


@staff_view(Permission.ADMINISTER)
def show_subscription(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show one subscription with its last tries and what was given up, or change it."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    subscription = _subscription(uuid)
    form = SubscriptionForm(
        subscription.kind, request.POST if request.method == "POST" else None, subscription=subscription
    )
    if form.is_valid():
        try:
            with transaction.atomic():
                form.change(subscription=subscription, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("desk:subscription", subscription.uuid)
    context = {
        "form": form,
        "standing": standing_of(subscription),
        "subscription": subscription,
        "tries": attempts_of(subscription, limit=TRIES_SHOWN),
        "notices": latest_of(subscription, limit=NOTICES_SHOWN),
        "dead": dead_of(subscription)[:DEAD_SHOWN],
        "now": timezone.now(),
    }
    return render(request, "desk/subscriptions/subscription.html", context, status=_status(form))


@require_POST
@staff_view(Permission.ADMINISTER)
def do(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Do what a button says: pause, go on, try, send again."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    subscription = _subscription(uuid)
    command = COMMANDS.get(request.POST.get("do", ""))
    if command is None:
        raise Http404
    try:
        messages.success(request, command(request, subscription))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:subscription", subscription.uuid)


@staff_view(Permission.ADMINISTER)
def renew_key(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Ask whether webhooks are to be signed with a new key, and show it on a yes."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    subscription = _subscription(uuid)
    if subscription.kind != Subscription.Kind.WEBHOOK:
        raise Http404
    if request.method != "POST":
        return render(request, "desk/subscriptions/renew.html", {"subscription": subscription})
    return _made(request, operations.renew_key(subscription=subscription, by=request.user, at=timezone.now()))


@staff_view(Permission.ADMINISTER)
def remove(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Ask whether a subscription really has to go, and remove it on a yes."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    subscription = _subscription(uuid)
    if request.method != "POST":
        return render(request, "desk/subscriptions/remove.html", {"subscription": subscription})
    operations.remove_subscription(subscription=subscription, by=request.user, at=timezone.now())
    messages.success(request, _("Removed. %(name)s is told nothing any more.") % {"name": subscription.name})
    return redirect("desk:subscriptions")


def _pause(request: StaffRequest, subscription: Subscription) -> str:
    operations.pause(subscription=subscription, by=request.user, at=timezone.now())
    return _("Paused. What happens meanwhile waits.")


def _resume(request: StaffRequest, subscription: Subscription) -> str:
    operations.resume(subscription=subscription, by=request.user, at=timezone.now())
    return _("It goes on, with what waited first.")


def _test(request: StaffRequest, subscription: Subscription) -> str:
    operations.send_test(subscription=subscription, by=request.user, at=timezone.now())
    return _("A test message is on its way. Look here again in a few seconds.")


def _send_again(request: StaffRequest, subscription: Subscription) -> str:
    notice = dead_of(subscription).filter(uuid=_uuid(request.POST.get("notice", ""))).first()
    if notice is None:
        raise Http404
    operations.send_again(notice=notice, by=request.user, at=timezone.now())
    return _("It is sent again.")


def _send_all_again(request: StaffRequest, subscription: Subscription) -> str:
    count = operations.send_all_again(subscription=subscription, by=request.user, at=timezone.now())
    return ngettext("%(count)d notice is sent again.", "%(count)d notices are sent again.", count) % {"count": count}


COMMANDS: dict[str, Callable[[StaffRequest, Subscription], str]] = {
    "pause": _pause,
    "resume": _resume,
    "test": _test,
    "again": _send_again,
    "all-again": _send_all_again,
}


def _made(request: StaffRequest, made: operations.Subscribed) -> HttpResponse:
    if not made.key:
        messages.success(request, _("Made. Try whether a test message arrives."))
        return redirect("desk:subscription", made.subscription.uuid)
    context = {"subscription": made.subscription, "key": made.key}
    return render(request, "desk/subscriptions/made.html", context, status=MADE)


def _subscription(uuid: UUID) -> Subscription:
    subscription = subscription_named(uuid)
    if subscription is None:
        raise Http404
    return subscription


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _status(form: SubscriptionForm) -> int:
    return UNPROCESSABLE if form.is_bound else 200
