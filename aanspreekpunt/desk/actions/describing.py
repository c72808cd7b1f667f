"""Notes, links, confidentiality and the product: what is changed about a question without moving it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.desk.actions.base import Action
from aanspreekpunt.desk.actions.ending import OtherQuestion
from aanspreekpunt.organisation.queries import employees_named
from aanspreekpunt.questions import operations
from aanspreekpunt.questions.access import may_see
from aanspreekpunt.suggestions.operations import say_what_it_is_about

if TYPE_CHECKING:
    from datetime import datetime

    from aanspreekpunt.desk.scene import Scene
    from aanspreekpunt.organisation.models import Employee

MENTIONED = re.compile(r"(?<![\w.])@([^\W\d_][\w.'\u2019-]*(?: ['\u2019]?[^\W\d_][\w.'\u2019-]*){0,5})")


class Note(Action):
    """Write a note only colleagues see; `@name` brings it to the start screen of a colleague."""

    verb, key = "note", "a"
    name, submit, done = _("Note"), _("Save the note"), _("The note is saved.")
    suggests_colleagues = True

    text = forms.CharField(
        label=_("Note for colleagues"),
        max_length=20_000,
        widget=forms.Textarea,
        help_text=_("The resident does not see this. Write @ and a name to point it out to a colleague."),
    )

    def prepare(self) -> None:
        address = reverse("desk:colleagues", args=[self.scene.question.reference])
        self.fields["text"].widget.attrs["data-mentions"] = address

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return bool(scene.question.pk)

    def clean(self) -> dict[str, object]:
        """Find the colleagues who are named; a name nobody bears, or too many do, is said at once."""
        found, unknown = colleagues_named_in(self.cleaned_data.get("text", ""))
        if unknown:
            self.add_error("text", _now("Nobody, or more than one colleague, is called: %s.") % ", ".join(unknown))
        blind = [each.name for each in found if not may_see(each, self.scene.question)]
        if blind:
            self.add_error("text", _now("May not see this question: %s.") % ", ".join(blind))
        self.cleaned_data["mentions"] = found
        return self.cleaned_data

    def perform(self, *, by: Employee, at: datetime) -> None:
        data = self.cleaned_data
        operations.write_note(question=self.scene.question, text=data["text"], mentions=data["mentions"], by=by, at=at)


def colleagues_named_in(text: str) -> tuple[list[Employee], list[str]]:
    """Return who is meant by each `@name` in a text, and the names that mean nobody or several people.

    As many words after the @ are taken as still lead to somebody, so that "@Anna de Vries kijk even" finds her.
    """
    found: dict[int, Employee] = {}
    unknown = []
    for match in MENTIONED.finditer(text):
        words = match.group(1).split(" ")
        employee = next(filter(None, (_only_one(" ".join(words[:n])) for n in range(len(words), 0, -1))), None)
        if employee is None:
            unknown.append(words[0])
        else:
            found[employee.pk] = employee
    return list(found.values()), unknown


def _only_one(name: str) -> Employee | None:
    wanted = name.strip(".,'-")
    some = list(employees_named(wanted, limit=10)) if wanted else []
    exact = [each for each in some if each.name.lower() == wanted.lower()]
    begins = [each for each in some if each.name.lower().startswith(wanted.lower())]
    for few in (exact, begins):
        if len(few) == 1:
            return few[0]
    return None


class Link(Action):
    """Note that another question has to do with this one."""

    verb, key = "link", "x"
    name, submit, done = _("Link"), _("Link"), _("The questions are linked.")

    other = OtherQuestion(
        label=_("Reference of the other question"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "same-person", "autocomplete": "off", "inputmode": "numeric"}),
    )

    def prepare(self) -> None:
        cast("OtherQuestion", self.fields["other"]).scene = self.scene
        self.candidates = self.scene.history

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.works_here

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.link(question=self.scene.question, other=self.cleaned_data["other"], by=by, at=at)


class Recategorise(Action):
    """Correct what the question is about."""

    verb, key = "recategorise", "y"
    name, submit, done = _("Other product"), _("Change the product"), _("The product is changed.")
    explanation = _("Team and promise stay as they are. Hand it over if another team has to answer.")

    product = forms.ModelChoiceField(
        label=_("What is it about?"), queryset=Product.objects.filter(is_active=True).order_by("name")
    )

    def prepare(self) -> None:
        proposed = Product.objects.filter(key=str(self.hints.get("product", "")), is_active=True).first()
        self.initial["product"] = proposed.pk if proposed else self.scene.question.product_id

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.may_work

    def perform(self, *, by: Employee, at: datetime) -> None:
        say_what_it_is_about(question=self.scene.question, product=self.cleaned_data["product"], by=by, at=at)


class MakeConfidential(Action):
    """Hide it from everyone outside its team."""

    verb, key = "make-confidential", "z"
    name, done = _("Make confidential"), _("Confidential: only the team that has it sees it now.")
    is_at_once = True

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.works_here and not scene.question.is_confidential

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.make_confidential(question=self.scene.question, by=by, at=at)


class EndConfidential(Action):
    """Show it again to whoever may see ordinary questions."""

    verb, key = "end-confidential", "z"
    name, done = _("No longer confidential"), _("No longer confidential.")
    is_at_once = True

    @classmethod
    def is_offered(cls, scene: Scene) -> bool:
        return scene.works_here and scene.question.is_confidential

    def perform(self, *, by: Employee, at: datetime) -> None:
        operations.end_confidential(question=self.scene.question, by=by, at=at)
