"""Logging in with e-mail and password. A backend for OpenID Connect gets its place beside this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from aanspreekpunt.organisation.access import Rights
from aanspreekpunt.organisation.models import Employee, Membership

if TYPE_CHECKING:
    from django.http import HttpRequest


class LoginBackend(BaseBackend):
    """Knows employees by e-mail; brings their roles along in the one query each request makes."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django hands it to every backend
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> Employee | None:
        """Return the employee with this e-mail and password. Takes as long when there is none."""
        if username is None or password is None:
            return None
        employee = Employee.objects.filter(email__iexact=username.strip()).first()
        if employee is None:
            Employee().set_password(password)
            return None
        return employee if employee.check_password(password) and employee.is_active else None

    def get_user(self, user_id: int) -> Employee | None:
        roles = Membership.objects.filter(employee=OuterRef("pk")).values(pair=JSONObject(role="role", team="team_id"))
        employee = Employee.objects.filter(pk=user_id, is_active=True).annotate(held=ArraySubquery(roles)).first()
        if employee is not None:
            held = employee.held
            employee.known_rights = Rights(  # type: ignore[attr-defined]  # kept for the length of one request
                tuple((pair["role"], pair["team"]) for pair in held)
            )
        return employee


def login_name(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """Return the e-mail address as wrong passwords are counted for it, so that another case is not another try."""
    given = (credentials or {}).get("username") or request.POST.get("username", "")
    return given.strip().lower()
