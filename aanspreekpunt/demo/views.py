"""Looking at the mails that a demo would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanspreekpunt.demo.caught_mail import CaughtMail, caught_mail, caught_mails

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase


# A mail brings its own styles, and may do nothing else.
_only_its_styles = csp_replace(
    {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "sandbox": ["allow-popups"]}
)


@never_cache
@require_safe
def list_mails(request: HttpRequest) -> HttpResponse:
    """Show the newest mails."""
    return render(request, "demo/mail/list.html", {"mails": caught_mails()})


@never_cache
@require_safe
def show_mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail as text."""
    return render(request, "demo/mail/one.html", {"mail": _found(name)})


@never_cache
@require_safe
def show_mail_as_html(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show one mail as a mail program would."""
    html = _found(name).html
    return _only_its_styles(lambda _request: HttpResponse(html))(request)


def _found(name: str) -> CaughtMail:
    mail = caught_mail(name)
    if mail is None:
        raise Http404
    return mail
