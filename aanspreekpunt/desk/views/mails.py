"""A mail as it was sent: on a page of its own, its layout locked up in a frame in which nothing runs or loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from aanspreekpunt.desk.access import StaffRequest, staff_view, visible_question
from aanspreekpunt.desk.looks import MAIL, note_opened
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.questions.access import may_release_files
from aanspreekpunt.questions.mails import is_message_kept, mail_contact, message_kept, with_own_pictures
from aanspreekpunt.questions.queries import questions_gathered_in

if TYPE_CHECKING:
    from uuid import UUID

    from aanspreekpunt.messaging.models import Arrival
    from aanspreekpunt.questions.models import Contact, Question

FRAME_POLICY: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox"
)
"""Whatever stands in a mail: no script, nothing from any address, ours included, and an origin that is nobody's."""


@require_GET
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # it passes arguments on, which its types do not tell
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_mail(request: StaffRequest, reference: str, contact: UUID) -> HttpResponse:
    """Show a mail as it was sent, with who wrote it and everything that came with it."""
    question, found = _mail_of(request, reference, contact)
    note_opened(question, purpose=MAIL, by=request.user, at=timezone.now())
    context = {
        "question": question,
        "contact": found,
        "mail": found.mail,
        "is_kept": is_message_kept(found.mail.arrival),
        "may_release": may_release_files(request.user, question),
    }
    return render(request, "desk/questions/mail.html", context)


@require_GET
@xframe_options_sameorigin
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def show_as_sent(request: StaffRequest, reference: str, contact: UUID) -> HttpResponse:
    """Give the layout of a mail, for the frame on its page."""
    _question, found = _mail_of(request, reference, contact)
    html = with_own_pictures(found.mail.html, found.attachments.all())
    response = render(request, "desk/questions/mail_frame.html", {"html": html, "language": found.language})
    response.headers["Content-Security-Policy"] = FRAME_POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def download_message(request: StaffRequest, reference: str, contact: UUID) -> HttpResponse:
    """Give the whole message as it was delivered, to be saved."""
    question, found = _mail_of(request, reference, contact)
    arrival = message_kept(found.mail.arrival)
    if arrival is None:
        raise Http404
    note_opened(question, purpose=MAIL, by=request.user, at=timezone.now())
    return message_as_file(arrival, name=f"{reference}-{found.pk}.eml")


def message_as_file(arrival: Arrival, *, name: str) -> HttpResponse:
    """Return a message as it was delivered, to be saved and never opened by the browser."""
    response = HttpResponse(bytes(arrival.raw or b""), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _mail_of(request: StaffRequest, reference: str, uuid: UUID) -> tuple[Question, Contact]:
    """Return a contact of this question that came by mail, and the question it came with."""
    gathered = questions_gathered_in(visible_question(request, reference))
    found = mail_contact(question_ids=gathered, uuid=uuid, visible_to=request.user)
    if found is None or found.question is None:
        raise Http404
    return found.question, found
