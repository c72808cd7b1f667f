"""Tokens: the keys of other systems, made, changed and revoked by a functional administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, refuse_unless_everywhere, staff_view
from aanspreekpunt.desk.connecting.forms import TokenForm
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.tokens.operations import revoke_token
from aanspreekpunt.tokens.queries import revoked_tokens, token_of, tokens_in_use

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from aanspreekpunt.tokens.models import Token

REVOKED_SHOWN = 20
UNPROCESSABLE = 422
MADE = 201


@require_safe
@staff_view(Permission.ADMINISTER)
def show_tokens(request: StaffRequest) -> HttpResponse:
    """Show which systems have a key, when each was last used, and which keys were revoked."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    context = {"tokens": tokens_in_use(), "revoked": revoked_tokens(limit=REVOKED_SHOWN), "now": timezone.now()}
    return render(request, "desk/tokens/list.html", context)


@staff_view(Permission.ADMINISTER)
def make_one(request: StaffRequest) -> HttpResponse:
    """Make a token, and show its key: in this one answer, and never again."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            with transaction.atomic():
                made = form.make(by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "desk/tokens/made.html", {"token": made.token, "key": made.key}, status=MADE)
    return render(request, "desk/tokens/new.html", {"form": form}, status=_status(form))


@staff_view(Permission.ADMINISTER)
def show_token(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Show one token with all it may do, or change that."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    token = _token(uuid)
    form = TokenForm(request.POST if request.method == "POST" else None, token=token)
    if form.is_valid():
        try:
            with transaction.atomic():
                form.change(token=token, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. It counts from the next request of this system on."))
            return redirect("desk:token", token.uuid)
    context = {"form": form, "token": token, "now": timezone.now()}
    return render(request, "desk/tokens/token.html", context, status=_status(form))


@staff_view(Permission.ADMINISTER)
def revoke(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Ask whether a token really has to go, and revoke it on a yes."""
    refuse_unless_everywhere(request, Permission.ADMINISTER)
    token = _token(uuid)
    if request.method != "POST":
        return render(request, "desk/tokens/revoke.html", {"token": token})
    try:
        revoke_token(token=token, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Revoked. The key of %(name)s opens nothing any more.") % {"name": token.name})
    return redirect("desk:tokens")


def _token(uuid: UUID) -> Token:
    token = token_of(uuid)
    if token is None:
        raise Http404
    return token


def _status(form: TokenForm) -> int:
    return UNPROCESSABLE if form.is_bound else 200
