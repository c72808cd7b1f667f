"""The form in which an answer is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.catalogue.queries import products_for_choice
from aanspreekpunt.desk.editing.fields import Choices, DateInput, Lines, Text, TextWithValues, UplNames
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models.articles import CONTENT, Audience
from aanspreekpunt.knowledge.operations.writing import Base
from aanspreekpunt.knowledge.refusals import DaysAreInWrongOrder, TextIsIncomplete
from aanspreekpunt.organisation.queries import teams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.forms import BoundField

    from aanspreekpunt.knowledge.models import Version

LONGEST_QUESTION = 300
LONGEST_ANSWER = 20_000
MEASURED = ("question", "answer", "question_en", "answer_en")


class AnswerForm(forms.Form):
    """All an editor writes of an answer, with the text he had before him when he began."""

    do_not_call_in_templates = True

    number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    proposal = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    question = TextWithValues(label=_("Question"), max_length=LONGEST_QUESTION, help_text=_("As people ask it."))
    answer = TextWithValues(
        label=_("The answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("The first sentence answers the question. A line with - is a point, **two stars** are bold."),
    )
    desk_note = TextWithValues(
        label=_("Only for us"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What an agent must know. Residents never see this."),
    )
    ask = Lines(label=_("Ask first"), help_text=_("What an agent asks before answering, one question to a line."))
    question_en = TextWithValues(
        label=_("Question in English"),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )
    answer_en = TextWithValues(
        label=_("Answer in English"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}),
    )
    search_words = Lines(
        label=_("Other words for it"), help_text=_("Words people use that do not stand in the question, one to a line.")
    )
    product_keys = Choices(label=_("Products"))
    team_keys = Choices(label=_("Teams that know about it"))
    upl_names = UplNames(label=_("Names in the UPL"), rows=2, help_text=_("The uniform product names, one to a line."))
    audience = Choices(label=_("For whom"), choices=Audience.choices)
    target_group = Text(
        label=_("Target group"), required=False, max_length=200, help_text=_("Only if it does not hold for everybody.")
    )
    area = Text(
        label=_("Area"), required=False, max_length=200, help_text=_("The neighbourhood, if it holds only there.")
    )
    valid_from = forms.DateField(label=_("True from"), required=False, widget=DateInput)
    valid_until = forms.DateField(
        label=_("True until"), required=False, widget=DateInput, help_text=_("The last day on which it is true.")
    )
    remark = Text(label=_("Why you change it"), required=False, max_length=500)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        newest: Version | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        upl = self.fields["upl_names"]
        if newest is not None and isinstance(upl, UplNames):
            upl.stay = tuple(newest.upl_names)
        self.kept_content: Content | None = None
        products = [(each.key, each.shown_name) for each in products_for_choice()]
        self._offer("product_keys", products)
        self._offer("team_keys", [(team.key, team.shown_name) for team in teams()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        chosen = self[name].value() or []
        field = self.fields[name]
        if isinstance(field, Choices):
            field.offer(choices, chosen=[str(key)[:120] for key in chosen][:100])

    @classmethod
    def of(cls, content: Content | None, base: Base | None, **more: Any) -> AnswerForm:
        """Return the form filled with what there is."""
        known = {name: getattr(content, name) for name in CONTENT} if content else {}
        begun = {"number": base.number, "revision": base.revision} if base else {}
        return cls(initial={**known, **begun, **more})

    @classmethod
    def as_typed(cls, post: QueryDict) -> AnswerForm:
        """Return the form with what is typed so far, without saying what is wrong with it."""
        return cls.as_kept({name: post.getlist(name) for name in cls.base_fields if name in post})

    @classmethod
    def as_kept(cls, kept: Mapping[str, Sequence[str]]) -> AnswerForm:
        """Return the form with what was kept of it, also by an earlier version of this program."""
        known = {name: list(texts) for name, texts in kept.items() if name in cls.base_fields and texts}
        several = {name for name, field in cls.base_fields.items() if isinstance(field, Choices)}
        return cls(initial={name: texts if name in several else texts[-1] for name, texts in known.items()})

    def clean(self) -> dict[str, Any]:
        """Make the content; what cannot be an answer is said at the field it is about."""
        data = self.cleaned_data
        if bool(data.get("question_en")) != bool(data.get("answer_en")):
            missing = "answer_en" if data.get("question_en") else "question_en"
            if missing not in self.errors:
                self.add_error(missing, _now("Write both the question and the answer in English, or neither."))
        try:
            self.kept_content = Content(**{name: data[name] for name in CONTENT}) if not self.errors else None
        except DaysAreInWrongOrder as refusal:
            self.add_error("valid_until", str(refusal))
        except TextIsIncomplete as refusal:
            self.add_error(None, str(refusal))
        return data

    @property
    def content(self) -> Content:
        """What is to be saved; only there when the form is valid."""
        if self.kept_content is None:
            raise TextIsIncomplete
        return self.kept_content

    @property
    def base(self) -> Base:
        """What the editor had before him when he began."""
        return Base(self.cleaned_data.get("number") or 0, self.cleaned_data.get("revision") or 0)

    def typed(self, name: str) -> str:
        """Return what stands in a field of text now, right or wrong."""
        value = self[name].value()
        return str(value) if value else ""

    def on_newest(self, newest: Version) -> AnswerForm:
        """Return the same form, to be saved over the newest text after all."""
        base = Base.of(newest)
        data = QueryDict(mutable=True)
        data.update(self.data)  # a QueryDict adds all values of each name
        data["number"], data["revision"] = str(base.number), str(base.revision)
        return AnswerForm(data, newest=newest)

    # Its parts, as the screen groups them.

    @property
    def main(self) -> list[BoundField]:
        """The question and the answer."""
        return [self[name] for name in ("question", "answer")]

    @property
    def staff(self) -> list[BoundField]:
        """What only the desk sees."""
        return [self[name] for name in ("desk_note", "ask")]

    @property
    def english(self) -> list[BoundField]:
        """The same in English."""
        return [self[name] for name in ("question_en", "answer_en")]

    @property
    def finding(self) -> list[BoundField]:
        """How it is found."""
        return [self["search_words"]]

    @property
    def holds(self) -> list[BoundField]:
        """For whom, where and when it holds."""
        return [self[name] for name in ("audience", "target_group", "area", "valid_from", "valid_until")]

    @property
    def chosen_products(self) -> int:
        """How many products are ticked."""
        return len(self["product_keys"].value() or [])

    @property
    def chosen_teams(self) -> int:
        """How many teams are ticked."""
        return len(self["team_keys"].value() or [])
