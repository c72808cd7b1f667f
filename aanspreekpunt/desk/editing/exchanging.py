"""The forms with which answers come in from a file and leave in one, and the words for what happens to them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.desk import jobs
from aanspreekpunt.desk.editing.comparing import NAMES
from aanspreekpunt.desk.editing.fields import COLLEAGUES
from aanspreekpunt.journal.operations import record
from aanspreekpunt.knowledge.exchange.recognising import BEGINNING, recognise
from aanspreekpunt.knowledge.exchange.rows import Remark
from aanspreekpunt.knowledge.exchange.shapes import Shape, lost_in
from aanspreekpunt.knowledge.import_reports import sentence_of
from aanspreekpunt.knowledge.models import AnswerImport
from aanspreekpunt.knowledge.operations.imports import begin_import, do_import
from aanspreekpunt.knowledge.queries.exporting import answers_to_exchange

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.organisation.models import Employee

SHAPES = {
    Shape.JSON_LINES: _("JSON Lines: one answer on a line, with every field"),
    Shape.SHEET: _("Sheet (CSV): columns with the names of our fields"),
    Shape.VAC: _("VAC: question and answer as contact centres share them"),
    Shape.KENNISARTIKEL: _("Kennisartikel: product texts in sections (SDG)"),
    Shape.SDG: _("Single Digital Gateway: products of the Samenwerkende Catalogi"),
}
LOSSES = {
    Shape.JSON_LINES: _("Everything fits."),
    Shape.SHEET: _("Everything fits. Opens in a spreadsheet."),
    Shape.VAC: _(
        "No place for English, questions to ask first, products of our own, an area, a target group or dates."
    ),
    Shape.KENNISARTIKEL: _(
        "No place for questions to ask first, an area, a target group or the last day; one UPL name."
    ),
    Shape.SDG: _("Only question and answer, in Dutch and English, with one UPL name."),
}

TITLES = {
    AnswerImport.State.TRIED: _("What the file would bring"),
    AnswerImport.State.DONE: _("What the file brought"),
    AnswerImport.State.STOPPED: _("The import stopped"),
}
UNDER_WAY = _("Import under way")

FIELD_NAMES = NAMES | {
    "owner": _("Owner"),
    "state": _("State"),
    "changed_at": _("When it was changed"),
    "external_id": _("Its number in another system"),
}


class ImportForm(forms.Form):
    """Which file, and how its answers come in."""

    file = forms.FileField(label=_("File"))
    shape = forms.ChoiceField(
        label=_("How the answers are written down"),
        required=False,
        choices=[("", _("Find out by looking at the file")), *SHAPES.items()],
    )
    how = forms.ChoiceField(
        label=_("The answers come in"),
        widget=forms.RadioSelect,
        initial="draft",
        choices=[
            ("draft", _("as drafts, to be read first")),
            ("publish", _("published, except those that the file holds back or that need a value nobody confirmed")),
        ],
    )
    owner = forms.ModelChoiceField(
        label=_("Owner of new answers"),
        required=False,
        queryset=COLLEAGUES,
        empty_label=_("Nobody"),
        help_text=_("Unless the file names somebody who works here."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None, *, by: Employee) -> None:
        super().__init__(data, files, initial={"owner": by.pk})
        self.by = by
        self.fields["file"].help_text = _now("At most %(most)s MB.") % {"most": settings.ANSWERS_FILE_MEGABYTES}
        how = self.fields["how"]
        if settings.ANSWERS_NEED_SECOND_READER and isinstance(how, forms.ChoiceField):
            how.choices = [("draft", _now("as drafts, because somebody else has to read each answer first"))]

    def clean(self) -> dict[str, Any]:
        """Find out the shape when nobody chose one."""
        data = self.cleaned_data
        file = data.get("file")
        if file is not None and not self.errors:
            beginning = file.read(BEGINNING)
            file.seek(0)
            data["shape"] = data["shape"] or recognise(beginning, name=file.name or "")
            if not data["shape"]:
                self.add_error("shape", _now("This file could be anything. Choose how the answers are written down."))
        return data

    @transaction.atomic
    def begin(self, *, at: datetime) -> AnswerImport:
        """Keep the file, and have it tried by a job."""
        data = self.cleaned_data
        is_published = data["how"] == "publish"
        shape, owner = Shape(data["shape"]), data["owner"]
        found = begin_import(file=data["file"], shape=shape, is_published=is_published, owner=owner, by=self.by, at=at)
        jobs.import_answers.defer(number=found.pk)
        return found


@transaction.atomic
def go_on(found: AnswerImport, *, by: Employee, at: datetime) -> None:
    """Have the answers of a file that was tried brought in by a job."""
    do_import(found=found, by=by, at=at)
    jobs.import_answers.defer(number=found.pk)


def _shapes_with_losses() -> list[tuple[str, str]]:
    return [(shape, f"{name}. {LOSSES[shape]}") for shape, name in SHAPES.items()]


class ExportForm(forms.Form):
    """Which answers leave, and in which shape."""

    shape = forms.ChoiceField(
        label=_("How the answers are written down"),
        widget=forms.RadioSelect,
        initial=Shape.JSON_LINES,
        choices=_shapes_with_losses,
    )
    internal = forms.BooleanField(
        label=_("Also what is only for us"),
        required=False,
        help_text=_(
            "Drafts, withdrawn answers, notes for the desk, questions to ask first and owners. Keep such a file among "
            "colleagues."
        ),
    )

    @property
    def chosen(self) -> Shape:
        """The shape; only there when the form is valid."""
        return Shape(self.cleaned_data["shape"])

    def foretell(self) -> dict[str, Any]:
        """Return how many answers there will be, and what of them has no place, most frequent first."""
        lost: Counter[str] = Counter()
        count = 0
        for row in answers_to_exchange(with_internal=self.cleaned_data["internal"]):
            count += 1
            lost.update({sentence_of(_in_words(remark)) for remark in lost_in(self.chosen, row)})
        return {"count": count, "lost": sorted(lost.items(), key=lambda each: (-each[1], each[0]))}

    def note(self, *, by: Employee, at: datetime) -> None:
        """Note in the journal that answers leave, in which shape, and whether with what is only for us."""
        about = {"shape": self.chosen, "internal": self.cleaned_data["internal"]}
        record("answers.exported", subject=by, data=about, by=by, at=at)


def _in_words(remark: Remark) -> Remark:
    """Return what a remark says of any answer, with the name its field has on the screen."""
    return Remark(remark.kind, str(FIELD_NAMES.get(remark.field, remark.field)))
