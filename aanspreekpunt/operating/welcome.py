"""Tells who starts a demo where to go."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _


def print_welcome() -> None:
    """Print the addresses and, in a demo, with whose name and password to log in."""
    base = settings.BASE_URL or f"http://{settings.BIND}:{settings.HTTP_PORT}"
    lines = [(_("For residents"), f"{base}/"), (_("For employees"), f"{base}/desk/")]
    if settings.IS_DEMO:
        lines.append((_("Caught mail"), f"{base}/demo/mail/"))
        lines += [(login.role, f"{login.email}  {login.password}") for login in _demo_logins()]
    width = max(len(name) for name, _address in lines) + 2
    print(_("Aanspreekpunt is running. Stop it with Ctrl-C."))
    for name, value in lines:
        print(f"  {name:<{width}}{value}", flush=True)


def _demo_logins() -> list[Any]:
    if find_spec("aanspreekpunt.demo.queries") is None:
        return []
    return list(import_module("aanspreekpunt.demo.queries").demo_logins())
