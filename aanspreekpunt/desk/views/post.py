"""The post: what could not be read, what was set aside, and how it stands with each mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.looks import LOOKS_COUNT_AS_ONE_FOR, MAIL, POST
from aanspreekpunt.desk.post import PostRow, count_in_words, leaving_mail, rows_of_mailboxes, rows_of_post, shown_of
from aanspreekpunt.desk.views.mails import message_as_file
from aanspreekpunt.journal.operations import record_look, record_looks_once
from aanspreekpunt.messaging.models import Arrival
from aanspreekpunt.messaging.post import SET_ASIDE, quarantined, set_aside
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.promises.operations import send_receipts_again
from aanspreekpunt.questions.access import may_handle_message
from aanspreekpunt.questions.mails import message_kept
from aanspreekpunt.questions.operations import make_question_of_message, try_all_again, try_message_again

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

PAGE = 25
LARGEST_ID = 2**63 - 1


@require_GET
@staff_view(Permission.HANDLE_POST)
def show_post(request: StaffRequest) -> HttpResponse:
    """Show a page of each list, newest first; whose mail was shown is written in the access log."""
    unread, older_unread = _page(request, "onleesbaar", quarantined)
    aside, older_aside = _page(request, "apart", set_aside)
    now = timezone.now()
    record_looks_once(
        subjects=shown_of([*unread, *aside]), purpose=POST, since=now - LOOKS_COUNT_AS_ONE_FOR, by=request.user, at=now
    )
    mailboxes, waiting = rows_of_mailboxes()
    context: dict[str, Any] = {
        "unread": unread,
        "older_unread": older_unread,
        "aside": aside,
        "older_aside": older_aside,
        "is_first": not request.GET,
        "mailboxes": mailboxes,
        "waiting": waiting,
        "waiting_in_words": count_in_words(waiting.waiting),
        "leaving": leaving_mail(at=now),
    }
    return render(request, "desk/post/post.html", context)


@require_GET
@staff_view(Permission.HANDLE_POST)
def download(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Give a message in the post as it was delivered, to be saved."""
    arrival = message_kept(uuid)
    is_in_post = arrival is not None and (arrival.state == Arrival.State.QUARANTINED or arrival.became == SET_ASIDE)
    if arrival is None or not is_in_post or not may_handle_message(request.user, arrival):
        raise Http404
    record_look(subject=arrival, purpose=MAIL, by=request.user, at=timezone.now())
    return message_as_file(arrival, name=f"{arrival.pk}.eml")


@require_POST
@staff_view(Permission.HANDLE_POST)
def try_again(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Have one message read once more."""
    return _do(request, uuid, try_message_again, said=_("It will be read once more within half a minute."))


@require_POST
@staff_view(Permission.HANDLE_POST)
def make_question(request: StaffRequest, uuid: UUID) -> HttpResponse:
    """Have a question opened for a message that was set aside."""
    return _do(request, uuid, make_question_of_message, said=_("A question is opened for it within half a minute."))


@require_POST
@staff_view(Permission.HANDLE_POST)
def send_receipts(request: StaffRequest) -> HttpResponse:
    """Have all receipts sent again of which nobody knows whether they arrived."""
    sent = send_receipts_again(by=request.user, at=timezone.now())
    said = ngettext("%(count)d receipt will be sent again.", "%(count)d receipts will be sent again.", sent)
    messages.success(request, said % {"count": sent})
    return redirect("desk:post")


@require_POST
@staff_view(Permission.HANDLE_POST)
def try_everything_again(request: StaffRequest) -> HttpResponse:
    """Have everything that could not be read read once more."""
    tried = try_all_again(by=request.user, at=timezone.now())
    said = ngettext("%(count)d message will be read once more.", "%(count)d messages will be read once more.", tried)
    messages.success(request, said % {"count": tried})
    return redirect("desk:post")


def _do(request: StaffRequest, uuid: UUID, operation: Callable[..., object], *, said: str) -> HttpResponse:
    arrival = Arrival.objects.defer("raw").filter(uuid=uuid).first()
    if arrival is None:
        raise Http404
    try:
        operation(arrival=arrival, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("desk:post")


def _page(request: StaffRequest, name: str, read: Callable[..., list[Arrival]]) -> tuple[list[PostRow], int | None]:
    """Return the rows of one list from where its parameter says, and where the next page begins, if there is one."""
    given = request.GET.get(name, "")
    before = min(int(given), LARGEST_ID) if given.isdecimal() and len(given) < len(str(LARGEST_ID)) + 1 else None
    arrivals = read(before=before, limit=PAGE + 1)
    rows = rows_of_post(arrivals[:PAGE], reader=request.user)
    return rows, arrivals[PAGE - 1].pk if len(arrivals) > PAGE else None
