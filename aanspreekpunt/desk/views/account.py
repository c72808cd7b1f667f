"""Logging in and out, one's own password, language and availability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.organisation import operations as organisation

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse


class LoginForm(AuthenticationForm):
    """E-mail and password; the same sentence whichever of them is wrong."""

    error_messages = {
        "invalid_login": gettext_lazy("This e-mail address and password do not belong together. Try again."),
        "inactive": gettext_lazy("This e-mail address and password do not belong together. Try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget.attrs |= {"type": "email", "autocomplete": "username"}
        self.fields["password"].label = _("Password")


class LogIn(LoginView):
    """The way in for staff."""

    template_name = "desk/account/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True


class LogOut(LogoutView):
    """The way out."""


@staff_view()
def show_account(request: StaffRequest) -> HttpResponse:
    """Show who one is here, and let one choose a new password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        employee = request.user
        password = form.cleaned_data["new_password1"]
        organisation.set_password(employee=employee, password=password, by=employee, at=timezone.now())
        update_session_auth_hash(request, employee)
        messages.success(request, _("Your password was changed."))
        return redirect("desk:account")
    return render(request, "desk/account/account.html", {"form": form})


@require_POST
@staff_view()
def choose_language(request: StaffRequest) -> HttpResponse:
    """Show all screens in the other language from now on."""
    employee = request.user
    language = request.POST.get("language", "")
    organisation.choose_language(employee=employee, language=language, by=employee, at=timezone.now())
    return redirect(_way_back(request))


@require_POST
@staff_view()
def say_available(request: StaffRequest) -> HttpResponse:
    """Note whether one is at work and reachable."""
    employee, is_available = request.user, request.POST.get("available") == "yes"
    organisation.say_available(employee=employee, is_available=is_available, by=employee, at=timezone.now())
    return redirect(_way_back(request))


def _way_back(request: StaffRequest) -> str:
    for wanted in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            return wanted
    return "desk:home"
