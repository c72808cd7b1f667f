"""Proposing a better answer: from a question in hand, from a running conversation, or from the answer itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from aanspreekpunt.desk.access import visible_question
from aanspreekpunt.desk.conversing.fields import Fields
from aanspreekpunt.desk.editing.fields import Text
from aanspreekpunt.desk.editing.personal import what_looks_personal, without_personal_data
from aanspreekpunt.knowledge.operations.proposals import propose_answer
from aanspreekpunt.knowledge.queries.answers import article_shown, published_on
from aanspreekpunt.knowledge.queries.histories import article_named
from aanspreekpunt.questions.queries import conversation_so_far, customer_of, first_contact_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from aanspreekpunt.desk.access import StaffRequest
    from aanspreekpunt.knowledge.models import Article, Proposal
    from aanspreekpunt.knowledge.queries.answers import ArticleShown
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question

LONGEST_PREFILLED = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Where a proposal comes from, and the way back to it."""

    back_to: str
    asked: str = ""
    """what was asked, without what is about a person"""
    is_confidential: bool = False
    product_key: str = ""
    question: Question | None = None
    article: Article | None = None
    shown: ArticleShown | None = None


class ProposalForm(forms.Form):
    """What should be better about an answer, or an answer that is missing."""

    question = Text(label=_("The question, as people ask it"), max_length=300)
    text = Text(
        label=_("The answer as it should be, or what should be better"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Leave out names, numbers and addresses of residents: everybody may read an answer."),
    )
    is_checked = forms.BooleanField(label=_("I checked it: it says nothing about a person"), required=False)

    def __init__(self, occasion: Occasion, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_prefilled(occasion))
        self.occasion = occasion
        self.looks_personal: list[str] = []
        first = "text" if occasion.asked or occasion.shown else "question"
        self.fields[first].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Ask for a check when it comes from a confidential question, or something in it looks personal."""
        data = self.cleaned_data
        self.looks_personal = what_looks_personal(f"{data.get('question', '')}\n{data.get('text', '')}")
        if data.get("is_checked"):
            return data
        if self.occasion.is_confidential:
            self.add_error("is_checked", _now("This comes from a confidential question. Check it and say so here."))
        elif self.looks_personal:
            said = _now("This may be about a person: %(what)s. Take it out, or say here that it is not.")
            self.add_error("is_checked", said % {"what": ", ".join(self.looks_personal[:5])})
        return data

    def perform(self, *, by: Employee, at: datetime) -> Proposal:
        """Hand the proposal in. Nothing ties it to a confidential question."""
        occasion = self.occasion
        is_tied = occasion.question is not None and not occasion.is_confidential
        return propose_answer(
            question=self.cleaned_data["question"],
            text=self.cleaned_data["text"],
            article=occasion.article,
            product_key=occasion.product_key,
            question_id=occasion.question.pk if occasion.question is not None and is_tied else None,
            by=by,
            at=at,
        )


def occasion_of(request: StaffRequest) -> Occasion:
    """Read from the address where a proposal comes from; raises Http404 for what this employee may not see."""
    given = request.GET
    article = _readable_article(given.get("antwoord", ""))
    shown = article_shown(article.key) if article else None
    if given.get("vraag"):
        reference = given["vraag"].replace("\x00", "")
        return _about_question(visible_question(request, reference), article, shown)
    if given.get("gesprek"):
        return _about_conversation(request, given["gesprek"], article, shown)
    back_to = reverse("desk:answer", args=[article.key]) if article else reverse("desk:proposals")
    product = shown.product_key if shown else ""
    return Occasion(back_to=back_to, article=article, shown=shown, product_key=product)


def _readable_article(key: str) -> Article | None:
    """Return the answer that was on the screen: one that readers see today."""
    if not key:
        return None
    article = article_named(key.replace("\x00", ""))
    if article is None or not published_on(timezone.localdate()).filter(article=article).exists():
        raise Http404
    return article


def _about_question(question: Question, article: Article | None, shown: ArticleShown | None) -> Occasion:
    """Copy what was asked, but nothing at all of a confidential question."""
    customer, contact = customer_of(question), first_contact_of(question)
    story = f"{question.subject}\n{contact.text if contact else ''}"
    names = [customer.name, question.customer_name, customer.organisation_name, customer.street, customer.city]
    return Occasion(
        back_to=reverse("desk:question", args=[question.reference]),
        asked="" if question.is_confidential else without_personal_data(story, names=names)[:LONGEST_PREFILLED],
        is_confidential=question.is_confidential,
        product_key="" if question.is_confidential or question.product is None else question.product.key,
        question=question,
        article=article,
        shown=shown,
    )


def _about_conversation(
    request: StaffRequest, conversation: str, article: Article | None, shown: ArticleShown | None
) -> Occasion:
    """Copy what was typed so far, but nothing at all when it is confidential."""
    try:
        uuid = UUID(conversation)
    except ValueError:
        raise Http404 from None
    draft, _contacts = conversation_so_far(uuid)
    if draft is None or draft.employee_id != request.user.pk:
        raise Http404
    fields = Fields.from_draft(draft.fields)
    story = f"{fields.shown_subject}\n{fields.text}"
    names = [fields.name, fields.who, fields.organisation, fields.street, fields.city]
    return Occasion(
        back_to=reverse("desk:conversation", args=[uuid]),
        asked="" if fields.confidential else without_personal_data(story, names=names)[:LONGEST_PREFILLED],
        is_confidential=fields.confidential,
        product_key="" if fields.confidential else fields.product,
        article=article,
        shown=shown,
    )


def _prefilled(occasion: Occasion) -> dict[str, str]:
    """Begin with the question of the answer that was shown, else with what was asked; and with that answer."""
    if occasion.shown is not None:
        return {"question": occasion.shown.question, "text": occasion.shown.text}
    subject, _line, _story = occasion.asked.partition("\n")
    return {"question": subject.strip()}
