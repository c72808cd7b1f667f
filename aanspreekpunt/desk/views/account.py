"""Logging in and out, one's own password, language and availability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.logging_in import LoginForm, unpack_typed
from aanspreekpunt.organisation import operations as organisation
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.organisation.queries import municipality
from aanspreekpunt.questions.choices import Channel

if TYPE_CHECKING:
    from typing import Any

    from django.contrib.auth.forms import AuthenticationForm
    from django.http import HttpRequest, HttpResponse, HttpResponseBase


class LogIn(LoginView):
    """The way in for staff."""

    template_name = "desk/account/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Keep what was typed for who logged in meanwhile, in another window."""
        if request.user.is_authenticated and (typed := unpack_typed(request.POST.get("typed", ""))):
            return self._resume(typed)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let in, and give back what was typed when the session had ended."""
        response = super().form_valid(form)
        typed = unpack_typed(self.request.POST.get("typed", ""))
        return self._resume(typed) if typed else response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Let what was typed survive a wrong password too."""
        return super().get_context_data(**kwargs) | {"typed": self.request.POST.get("typed", "")}

    def _resume(self, typed: list[tuple[str, str]]) -> HttpResponse:
        return render(self.request, "desk/account/resume.html", {"to": self.get_success_url(), "typed": typed})


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
    return render(request, "desk/account/account.html", {"form": form, "channels": _channels_to_choose(request)})


@require_POST
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def choose_channels(request: StaffRequest) -> HttpResponse:
    """Let one's queue open with what came in on these channels from now on."""
    employee, ticked = request.user, set(request.POST.getlist("channels"))
    channels = [value for value, _label in _channels_to_choose(request) if value in ticked]
    organisation.choose_channels(employee=employee, channels=channels, by=employee, at=timezone.now())
    messages.success(request, _("Your channels are kept."))
    return redirect("desk:account")


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


def _channels_to_choose(request: StaffRequest) -> list[tuple[str, str]]:
    """Return the channels that are open, and those one had chosen; none for who has no queue."""
    if not request.rights.may(Permission.SEE_QUESTIONS_OF_TEAM):
        return []
    offered = {*municipality().open_channels, *request.user.channels}
    return [(channel.value, str(channel.label)) for channel in Channel if channel.value in offered]


def _way_back(request: StaffRequest) -> str:
    for wanted in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            return wanted
    return "desk:home"
