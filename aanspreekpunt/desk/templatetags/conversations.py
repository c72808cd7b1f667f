"""The conversations that run, for any staff page: after a crash or a new login they are offered again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from aanspreekpunt.desk.conversing.screen import running_conversations_of
from aanspreekpunt.organisation.access import rights_of
from aanspreekpunt.organisation.permissions import Permission

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.inclusion_tag("desk/conversations/running.html", takes_context=True)
def running_conversations(context: Context) -> dict[str, Any]:
    """Show the conversations this employee has not ended; nothing for who does not speak with residents. One query."""
    employee = context["request"].user
    if not rights_of(employee).may(Permission.REGISTER_CONTACT):
        return {}
    return {"screen": {"tabs": running_conversations_of(employee)}}
