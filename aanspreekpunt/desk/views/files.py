"""The files of a question: to save, to look at when a browser can do so safely, and to release when held back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view, visible_question
from aanspreekpunt.desk.looks import FILE, note_opened
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.questions.access import may_see
from aanspreekpunt.questions.attachments import download_of
from aanspreekpunt.questions.models import Attachment
from aanspreekpunt.questions.operations import release_file
from aanspreekpunt.questions.queries import questions_gathered_in

if TYPE_CHECKING:
    from uuid import UUID

    from aanspreekpunt.questions.models import Question

PREVIEW_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""A picture or PDF needs nothing else. No `sandbox`: with it Chromium refuses to show a PDF at all."""


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def download(request: StaffRequest, reference: str, attachment: UUID) -> FileResponse:
    """Give a file that came with this question, to be saved and never opened in our own page."""
    found, question = _file_of(request, reference, attachment)
    if not found.may_be_opened:
        raise Http404
    note_opened(question, purpose=FILE, by=request.user, at=timezone.now())
    return download_of(found)


@require_GET
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def preview(request: StaffRequest, reference: str, attachment: UUID) -> FileResponse:
    """Show a picture or PDF in a window of its own, as exactly the kind of file that its content says it is."""
    found, question = _file_of(request, reference, attachment)
    if not found.may_be_previewed:
        raise Http404
    note_opened(question, purpose=FILE, by=request.user, at=timezone.now())
    return FileResponse(
        default_storage.open(found.stored_as),
        filename=found.file_name,
        content_type=found.content_type,
        headers={
            "Content-Security-Policy": PREVIEW_POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


@require_POST
@staff_view(Permission.SEE_QUESTIONS_OF_TEAM)
def release(request: StaffRequest, reference: str, attachment: UUID) -> HttpResponse:
    """Hand out a file that was held back."""
    found, question = _file_of(request, reference, attachment)
    try:
        release_file(attachment=found, question=question, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file is released. Be careful with it."))
    return redirect("desk:question", reference)


def _file_of(request: StaffRequest, reference: str, uuid: UUID) -> tuple[Attachment, Question]:
    """Return a stored file of this question, or of one merged into it, with the question it came with."""
    gathered = questions_gathered_in(visible_question(request, reference))
    found = (
        Attachment.objects.select_related("contact__question")
        .filter(uuid=uuid, contact__question_id__in=gathered)
        .exclude(stored_as="")
        .first()
    )
    if found is None or found.contact is None or found.contact.question is None:
        raise Http404
    if not may_see(request.user, found.contact.question):
        raise Http404
    return found, found.contact.question
