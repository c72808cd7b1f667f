"""What every screen about answers shows above its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from aanspreekpunt.desk.bar import Place
from aanspreekpunt.desk.editing.rows import chore_in_words as chore_words
from aanspreekpunt.knowledge.access import is_editor
from aanspreekpunt.knowledge.operations.imports import may_import

if TYPE_CHECKING:
    from django.template import Context

    from aanspreekpunt.knowledge.models import Chore

register = template.Library()


@register.simple_tag(takes_context=True)
def answer_places(context: Context) -> list[Place]:
    """Return the screens about answers that this employee may open."""
    request: Any = context["request"]
    places = [("desk:answers", _("Answers")), ("desk:proposals", _("Proposals"))]
    if is_editor(request.user):
        places += [("desk:values", _("Local values")), ("desk:demand", _("Searched and used"))]
    if may_import(request.user):
        places += [("desk:import-answers", _("Import")), ("desk:export-answers", _("Export"))]
    here = request.path
    return [Place(name, reverse(route), "", is_here=here == reverse(route)) for route, name in places]


@register.filter
def chore_in_words(chore: Chore) -> str:
    """Say what is the matter with an answer."""
    return chore_words(chore)
