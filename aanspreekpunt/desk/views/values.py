"""Local values: what differs per municipality and per year, each said in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.desk.access import StaffRequest, staff_view
from aanspreekpunt.desk.editing.choice import NO_THEME, ValueChoice
from aanspreekpunt.desk.editing.doors import refuse_all_but_editors
from aanspreekpunt.desk.editing.valuing import NameForm, NewValueForm, SayForm
from aanspreekpunt.knowledge.models import LocalValue
from aanspreekpunt.knowledge.operations.values import remove_value, say_value, take_back_text
from aanspreekpunt.knowledge.queries.local_values import Filter, value_named, value_themes, values_to_list

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from aanspreekpunt.knowledge.queries.local_values import ValueRow

PAGE = 50
FILTERS = {
    Filter.UNCONFIRMED: gettext_lazy("To be confirmed"),
    Filter.NEXT_YEAR: gettext_lazy("Change next year"),
    Filter.NOT_NEXT_YEAR: gettext_lazy("Nothing set for next year yet"),
}
UNPROCESSABLE = 422


@require_GET
@staff_view()
def show_values(request: StaffRequest) -> HttpResponse:
    """Show the local values by theme, in each those first that somebody still has to confirm."""
    refuse_all_but_editors(request)
    choice, today = ValueChoice.read(request.GET), timezone.localdate()
    found = values_to_list(show=choice.show, on=today, after=choice.place, limit=PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "rows": found[:PAGE],
        "next_page": choice.address(last.place) if last else "",
        "choice": choice,
        "themes": value_themes(on=today),
        "no_theme": NO_THEME,
        "filters": FILTERS.items(),
        "kinds": LocalValue.Kind.choices,
        "scopes": LocalValue.Scope.choices,
    }
    return render(request, "desk/values/list.html", context)


@staff_view()
def make_value(request: StaffRequest) -> HttpResponse:
    """Make a local value."""
    refuse_all_but_editors(request)
    form = NewValueForm(request.POST or None, initial={"key": request.GET.get("naam", "")[:80]})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                key = form.make(by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The value is made. Put {{ %(key)s }} in an answer to use it.") % {"key": key})
            return redirect("desk:value", key)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"form": form, "themes": value_themes(on=timezone.localdate())}
    return render(request, "desk/values/new.html", context, status=status)


@staff_view()
def show_value(request: StaffRequest, key: str) -> HttpResponse:
    """Show one local value with all it says, or change it as the button says that was pressed."""
    refuse_all_but_editors(request)
    row = _row(key)
    if request.method != "POST":
        return _show(request, row)
    command = COMMANDS.get(request.POST.get("do", "say"))
    if command is None:
        raise Http404
    return command(request, row)


def _say(request: StaffRequest, row: ValueRow) -> HttpResponse:
    form = SayForm(row.value, request.POST, now=row.now)
    if not form.is_valid():
        return _show(request, row, say=form)
    try:
        form.perform(by=request.user, at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _show(request, row, say=form)
    messages.success(request, _("Kept. Each answer with this value follows by itself."))
    return redirect("desk:value", row.value.key)


def _name(request: StaffRequest, row: ValueRow) -> HttpResponse:
    form = NameForm.of(row.value, request.POST)
    if not form.is_valid():
        return _show(request, row, name=form)
    form.perform(key=row.value.key, by=request.user, at=timezone.now())
    messages.success(request, _("Kept."))
    return redirect("desk:value", row.value.key)


def _confirm(request: StaffRequest, row: ValueRow) -> HttpResponse:
    """Confirm the example as it stands; readers see it from then on."""
    example = row.example
    if example is None or str(example.pk) != request.POST.get("text"):
        messages.error(request, _("Somebody changed this value meanwhile. Look at what it says now."))
        return redirect("desk:value", row.value.key)
    say_value(
        key=row.value.key,
        text=example.text,
        text_en=example.text_en,
        from_on=example.from_on,
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("Confirmed: “%(text)s”. Readers see it from now on.") % {"text": example.text})
    back = request.POST.get("back")
    return redirect("desk:values") if back == "list" else redirect("desk:value", row.value.key)


def _take_back(request: StaffRequest, row: ValueRow) -> HttpResponse:
    text = next((each for each in row.later if str(each.pk) == request.POST.get("text")), None)
    if text is None:
        messages.error(request, _("Somebody changed this value meanwhile. Look at what it says now."))
        return redirect("desk:value", row.value.key)
    try:
        take_back_text(key=row.value.key, from_on=text.from_on, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back: “%(text)s”.") % {"text": text.text})
    return redirect("desk:value", row.value.key)


def _remove(request: StaffRequest, row: ValueRow) -> HttpResponse:
    try:
        remove_value(key=row.value.key, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:value", row.value.key)
    messages.success(request, _("The value is removed."))
    return redirect("desk:values")


COMMANDS = {"say": _say, "name": _name, "confirm": _confirm, "take-back": _take_back, "remove": _remove}


def _row(key: str) -> ValueRow:
    row = value_named(key, on=timezone.localdate())
    if row is None:
        raise Http404
    return row


def _show(request: StaffRequest, row: ValueRow, *, say: Form | None = None, name: Form | None = None) -> HttpResponse:
    context = {
        "row": row,
        "say": say or SayForm(row.value, now=row.now or row.example),
        "name_form": name or NameForm.of(row.value),
        "themes": value_themes(on=timezone.localdate()),
    }
    return render(request, "desk/values/value.html", context, status=UNPROCESSABLE if say or name else 200)
