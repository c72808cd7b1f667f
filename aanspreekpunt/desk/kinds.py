"""The kinds of question by name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from aanspreekpunt.catalogue.models import QuestionKind


def kind_names() -> dict[str, str]:
    """Return the name of each kind of question in the language of the screen."""
    return {
        QuestionKind.QUESTION: _("Question"),
        QuestionKind.REQUEST: _("Request"),
        QuestionKind.REPORT: _("Report"),
        QuestionKind.COMPLAINT: _("Complaint"),
        QuestionKind.COMPLIMENT: _("Compliment"),
        QuestionKind.IDEA: _("Idea"),
    }
