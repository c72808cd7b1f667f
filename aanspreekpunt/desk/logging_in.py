"""The login form, and what was typed when a session turned out to have ended: it goes along through that form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.http import HttpRequest

NOT_CARRIED = frozenset({"csrfmiddlewaretoken"})


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


def typed_in(request: HttpRequest) -> str:
    """Pack what was sent with this request, to go along in the login page. Files stay behind."""
    return json.dumps(
        [[name, value] for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values]
    )


def unpack_typed(packed: str) -> list[tuple[str, str]]:
    """Return the names and values `typed_in` packed; nothing when it makes no sense."""
    try:
        return [(str(name), str(value)) for name, value in json.loads(packed)]
    except (TypeError, ValueError):
        return []
