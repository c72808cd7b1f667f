"""Logging in with e-mail and password. A backend for OpenID Connect gets its place beside this one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import BaseBackend
from django.db import connection

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
        """Return the employee with his roles. Every request begins here, so the query is written out."""
        with connection.cursor() as cursor:
            cursor.execute(_employee_with_roles(), [user_id])
            row = cursor.fetchone()
        if row is None:
            return None
        *values, held = row
        employee = Employee.from_db(connection.alias, _columns(), values)
        rights = Rights(tuple((role, int(team) if team else None) for role, team in held))
        employee.known_rights = rights  # type: ignore[attr-defined]  # kept for the length of one request
        return employee


@cache
def _columns() -> list[str]:
    return [field.attname for field in Employee._meta.concrete_fields]


@cache
def _employee_with_roles() -> str:
    columns = ", ".join(f"employee.{field.column}" for field in Employee._meta.concrete_fields)
    return (
        f"SELECT {columns}, ARRAY(SELECT ARRAY[role, team_id::text] FROM {Membership._meta.db_table} held"  # noqa: S608 - names from our own models
        f" WHERE held.employee_id = employee.id) FROM {Employee._meta.db_table} employee"
        " WHERE employee.id = %s AND employee.is_active"
    )


def login_name(request: HttpRequest, credentials: dict[str, str] | None) -> str:
    """Return the e-mail address as wrong passwords are counted for it, so that another case is not another try."""
    given = (credentials or {}).get("username") or request.POST.get("username", "")
    return given.strip().lower()
