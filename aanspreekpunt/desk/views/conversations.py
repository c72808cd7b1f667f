"""Registering while somebody is on the line or at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from aanspreekpunt.catalogue.queries import product_named
from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.conversing.commands import FOCUS, obey
from aanspreekpunt.desk.conversing.fields import LIMITED, Fields
from aanspreekpunt.desk.conversing.people import read_customer
from aanspreekpunt.desk.conversing.product_forms import form_to_register, keep_files
from aanspreekpunt.desk.conversing.receipts import receipt_for
from aanspreekpunt.desk.conversing.registering import Conversation, register
from aanspreekpunt.desk.conversing.screen import Screen
from aanspreekpunt.desk.trails import take_trails
from aanspreekpunt.organisation.permissions import Permission
from aanspreekpunt.parties.queries import party_numbered
from aanspreekpunt.questions.operations import discard_draft, save_draft
from aanspreekpunt.questions.queries import conversation_so_far
from aanspreekpunt.questions.refusals import AlreadyAsked

if TYPE_CHECKING:
    from uuid import UUID

    from aanspreekpunt.catalogue.models import Product

NO_CONTENT, CONFLICT, UNPROCESSABLE = 204, 409, 422

PARTS = {
    "people": ("people", "history"),
    "person": ("person", "history", "tabs"),
    "history": ("history",),
    "products": ("products",),
    "product": ("product", "mentioned", "outcome", "answers"),
    "answers": ("answers", "mentioned", "suggested", "tab"),
    "article": ("answers",),
    "used": ("outcome", "answers"),
    "outcome": ("outcome",),
    "team": ("outcome", "mentioned"),
}
"""What is drawn again after typing or choosing there: the part itself first, then those that follow from it. While
what is asked is typed, of the running conversations only the title of this one."""


OUR_VERSION = 7
"""Of the identifiers of conversations: they say when one began."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a conversation: what was typed, and whether that is in a draft."""

    fields: Fields
    is_kept: bool


@require_safe
@staff_view(Permission.REGISTER_CONTACT)
def begin_conversation(request: StaffRequest) -> HttpResponse:
    """Open a screen for a new conversation; nothing is kept until something is typed."""
    channel = request.GET.get("channel", "")
    begun = {
        "channel": channel if channel in LIMITED["channel"] else "",
        "product": request.GET.get("product", "")[:80],
    }
    query = urlencode({name: value for name, value in begun.items() if value})
    return redirect(reverse("desk:conversation", args=[new_uuid()]) + (f"?{query}" if query else ""))


@staff_view(Permission.REGISTER_CONTACT)
def show_conversation(request: StaffRequest, conversation: UUID) -> HttpResponse:
    """Show a conversation, or do with it what the button says that was pressed."""
    kept = _kept(request, conversation)
    if request.method != "POST":
        return _show(request, conversation, kept.fields)
    fields = Fields.from_post(request.POST, known=kept.fields)
    command = request.POST.get("do", "save")
    if command == "end":
        return _end(request, conversation)
    screen = Screen(conversation, fields, request.user, timezone.now())
    try:
        fields = keep_files(request.FILES, product=screen.product, fields=fields)
    except Refusal as refusal:
        return _show(request, conversation, fields, problems={"": str(refusal)})
    if command == "register":
        return _register(request, conversation, fields, product=screen.product)
    changed = obey(command, fields=fields, by=request.user, at=timezone.now())
    _keep(request, conversation, changed, kept)
    return redirect(_proposing(conversation, changed) if command == "propose" else _here(conversation))


@require_POST
@staff_view(Permission.REGISTER_CONTACT)
def save_conversation(request: StaffRequest, conversation: UUID) -> HttpResponse:
    """Keep what is typed so far; asked for by the screen itself, a moment after each key."""
    kept = _kept(request, conversation)
    saved = _keep(request, conversation, Fields.from_post(request.POST, known=kept.fields), kept)
    return HttpResponse(status=NO_CONTENT if saved else CONFLICT)


@require_POST
@staff_view(Permission.REGISTER_CONTACT)
def show_part(request: StaffRequest, conversation: UUID, part: str) -> HttpResponse:
    """Draw one part of the screen again, and those that follow from it, after typing or choosing something there."""
    if part not in PARTS:
        raise Http404
    kept, at = _kept(request, conversation), timezone.now()
    fields = Fields.from_post(request.POST, known=kept.fields)
    command = request.POST.get("do", "")
    if command:
        fields = obey(command, fields=fields, by=request.user, at=at)
        _keep(request, conversation, fields, kept)
    screen = Screen(conversation, fields, request.user, at)
    response = HttpResponse(_drawn(PARTS[part], screen))
    screen.note_shown()
    focus = FOCUS.get(command.partition(":")[0])
    return trigger_client_event(response, "focus-on", {"selector": focus}, after="settle") if focus else response


@require_safe
@staff_view(Permission.REGISTER_CONTACT)
def show_receipt(request: StaffRequest, conversation: UUID, number: int) -> HttpResponse:
    """Show what was registered, to read aloud: the number, the code and the promise."""
    kept = _kept(request, conversation)
    receipt = receipt_for(conversation=conversation, number=number, fields=kept.fields, employee=request.user)
    if receipt is None:
        raise Http404
    screen = Screen(conversation, kept.fields, request.user, timezone.now())
    context = {"screen": screen, "receipt": receipt, "is_going_on": kept.is_kept}
    return render(request, "desk/conversations/receipt.html", context)


def _drawn(parts: tuple[str, ...], screen: Screen) -> str:
    """Return parts of the screen; without a request, because they are drawn at every key and show nothing of it."""
    templates = (get_template(f"desk/conversations/parts/{part}.html") for part in parts)
    return "\n".join(template.render({"screen": screen, "oob": number}) for number, template in enumerate(templates))


def _kept(request: StaffRequest, conversation: UUID) -> Kept:
    """Return what is known of this conversation; raises Http404 when a colleague is having it, or it cannot be ours."""
    if conversation.version != OUR_VERSION:
        raise Http404
    draft, contacts = conversation_so_far(conversation)
    if draft is None:
        channel = request.GET.get("channel", "")
        product = product_named(request.GET.get("product", "")[:80])
        fields = Fields(
            channel=channel if channel in LIMITED["channel"] else "phone", product=product.key if product else ""
        )
        return Kept(fields.having(number=1 + contacts), is_kept=False)
    if draft.employee_id != request.user.pk:
        raise Http404
    return Kept(Fields.from_draft(draft.fields), is_kept=True)


def _keep(request: StaffRequest, conversation: UUID, fields: Fields, kept: Kept) -> bool:
    """Keep the fields in the draft; not those of a page that stayed behind with a question that is registered."""
    if fields.number != kept.fields.number:
        return False
    save_draft(conversation=conversation, fields=fields.as_draft(), by=request.user, at=timezone.now())
    return True


def _register(request: StaffRequest, conversation: UUID, fields: Fields, *, product: Product | None) -> HttpResponse:
    """Register the question and show the receipt; or say what is wrong, with everything still there."""
    customer, problems = read_customer(fields, party=party_numbered(fields.party))
    form = form_to_register(product, fields)
    if problems or (form is not None and not form.is_valid()):
        return _show(request, conversation, fields, problems=problems, form=form)
    answers, at = form.answers() if form else {}, timezone.now()
    try:
        register(
            conversation=Conversation(
                uuid=conversation,
                fields=fields,
                customer=customer,
                product=product,
                form_data=answers,
                searched=take_trails(request.session, keys=fields.given.split(), at=at),
            ),
            by=request.user,
            at=at,
        )
    except AlreadyAsked:
        messages.info(request, _("This question was registered already. Here is what was promised."))
    except Refusal as refusal:
        return _show(request, conversation, fields, problems={"": str(refusal)}, form=form)
    return redirect("desk:receipt", conversation, fields.number)


def _here(conversation: UUID) -> str:
    return reverse("desk:conversation", args=[conversation])


def _proposing(conversation: UUID, fields: Fields) -> str:
    """Return where one proposes a better answer than the one that is open, or one that is missing."""
    shown = {"antwoord": fields.article} if fields.article else {}
    return f"{reverse('desk:propose')}?{urlencode({'gesprek': str(conversation), **shown})}"


def _end(request: StaffRequest, conversation: UUID) -> HttpResponse:
    discard_draft(conversation=conversation, by=request.user)
    return redirect("desk:home")


def _show(request: StaffRequest, conversation: UUID, fields: Fields, **checked: Any) -> HttpResponse:
    problems, form = checked.get("problems", {}), checked.get("form")
    screen = Screen(conversation, fields, request.user, timezone.now(), problems, form)
    status = UNPROCESSABLE if problems or (form is not None and form.errors) else None
    response = render(request, "desk/conversations/conversation.html", {"screen": screen}, status=status)
    screen.note_shown()
    return response
