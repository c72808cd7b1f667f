"""The one door to every staff screen: who is not logged in goes to the login page, who may not enter finds nothing."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from aanspreekpunt.desk.logging_in import LoginForm, typed_in
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.models import Employee
from aanspreekpunt.questions.models import Question
from aanspreekpunt.questions.queries import question_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.access import Rights
    from aanspreekpunt.organisation.permissions import Permission

Arguments = ParamSpec("Arguments")

POLL_HEADER = "X-Poll"
"""Sent by a screen that asks by itself whether something is new; nobody sits waiting for the answer."""

NOT_LOGGED_IN = 401


class StaffRequest(HttpRequest):
    """A request of an employee who is logged in and may be here."""

    user: Employee
    rights: Rights


def staff_view(
    *permissions: Permission,
) -> Callable[
    [Callable[Concatenate[StaffRequest, Arguments], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase],
]:
    """Open a view to employees who hold one of `permissions` in some team (none given: to every employee).

    For everyone else, and for whatever the view cannot find, the answer is the same page: nothing here. Pages of staff
    hold personal data, so no browser or proxy keeps them.
    """

    def guard(
        view: Callable[Concatenate[StaffRequest, Arguments], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Employee):
                return _to_login(request)
            rights = rights_of(request.user)
            if permissions and not any(rights.may(permission) for permission in permissions):
                return absent(request)
            request.rights = rights  # type: ignore[attr-defined]  # what makes it a StaffRequest
            try:
                response = view(request, *args, **kwargs)  # type: ignore[arg-type]  # it is one from here on
            except Http404:
                response = absent(request)
            response.headers["Cache-Control"] = "private, no-store"
            return response

        return guarded

    return guard


def absent(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing here for this employee: the same whether it is absent or not his."""
    return render(request, "desk/errors/absent.html", status=404)


def refuse_unless_everywhere(request: StaffRequest, permission: Permission) -> None:
    """Hide what is for those who have a permission for the whole organisation, and not for some team."""
    if not request.rights.is_everywhere(permission):
        raise Http404


def visible_question(request: StaffRequest, reference: str) -> Question:
    """Return the question with this reference, or raise Http404 when it is absent or not for this employee."""
    try:
        return question_for(request.user, reference=reference)
    except Question.DoesNotExist:
        raise Http404 from None


def _to_login(request: HttpRequest) -> HttpResponse:
    if request.headers.get(POLL_HEADER):
        return HttpResponse(status=NOT_LOGGED_IN)
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    context = {"form": LoginForm(request), "next": request.get_full_path(), "typed": typed_in(request)}
    return render(request, "desk/account/login.html", context, status=NOT_LOGGED_IN)
