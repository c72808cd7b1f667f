"""Adopting the starter base: its answers and values become those of a municipality that can change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aanspreekpunt.common.refusals import Refusal
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models import Article, LocalValue, Version
from aanspreekpunt.knowledge.operations.beginning import begin_answers
from aanspreekpunt.knowledge.operations.putting import put_answer
from aanspreekpunt.knowledge.operations.saying import Saying, say_values
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.knowledge.rules.values import names_in
from aanspreekpunt.knowledge.starter.reading import (
    starter_answers,
    starter_referrals,
    starter_themes,
    starter_values,
)
from aanspreekpunt.organisation.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from aanspreekpunt.journal.actors import Actor
    from aanspreekpunt.knowledge.starter.reading import StarterAnswer
    from aanspreekpunt.organisation.models import Employee

ORIGIN = "starter"
"""The origin of answers that were adopted."""

SHARED_THEME = "gemeente"
"""Values about the municipality as a whole, that any text may use."""

Outcome = Literal["created", "changed", "unchanged", "left"]
GOES_ON = (Version.State.DRAFT, Version.State.REVIEW, Version.State.PUBLISHED)


class NoSuchTheme(Refusal):
    """The starter base has no theme of this name."""

    message = gettext_lazy("The starter base has no theme “%(theme)s”. Choose from: %(known)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What became of one value or answer of the starter base; `remark` says why it was left alone or not published."""

    kind: Literal["value", "answer"]
    key: str
    outcome: Outcome
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Here:
    """What a municipality has already: what its values say, and which answers somebody here wrote or gave up."""

    values: Mapping[str, str]
    origins: Mapping[str, str]
    changed: Collection[str]


def themes() -> tuple[str, ...]:
    """Return the themes of the starter base, in order."""
    return starter_themes()


@transaction.atomic
def adopt_starter(
    *,
    only_themes: Collection[str] = (),
    products: Mapping[str, str],
    is_published: bool = False,
    owner: Employee | None = None,
    by: Actor,
    at: datetime,
) -> tuple[Adopted, ...]:
    """Bring in the answers of these themes (all when none is named) with their values, and return what that did.

    Values that do not exist here come in unconfirmed. Answers come in as drafts; with `is_published` those whose values
    are all confirmed are published. An answer that was changed or withdrawn here stays as it is, and so does one that
    was never adopted but has the same key. `products` are the keys of the products here with their UPL names: an answer
    is about those it names and those with its UPL names. Refuses `NoSuchTheme`.
    """
    for theme in only_themes:
        if theme not in themes():
            raise NoSuchTheme(theme=theme, known=", ".join(themes()))
    answers = [answer for answer in starter_answers() if not only_themes or answer.theme in only_themes]
    values = _adopt_values(answers, by=by, at=at)
    here = _here(answers, at=at)
    new = [answer for answer in answers if answer.key not in here.origins]
    begun = _begin(new, here, products=products, is_published=is_published, owner=owner, by=by, at=at)
    known = [answer for answer in answers if answer.key in here.origins]
    put = [_adopt_again(each, here, products=products, is_published=is_published, by=by, at=at) for each in known]
    return (*values, *begun, *put)


def starter_sayings(keys: Collection[str]) -> list[Saying]:
    """Return the values of the starter base with these keys, saying their examples."""
    return [
        Saying(
            key=value.key,
            label=value.label,
            label_en=value.label_en,
            kind=value.kind,
            scope=value.scope,
            first_theme=value.theme,
            text=value.example,
            text_en=value.example_en,
        )
        for value in starter_values()
        if value.key in keys
    ]


def _adopt_values(answers: Iterable[StarterAnswer], *, by: Actor, at: datetime) -> list[Adopted]:
    """Bring in the values that these answers, the referrals and texts about the municipality as a whole need."""
    needed = {value.key for value in starter_values() if value.theme == SHARED_THEME}
    needed.update(name for answer in answers for name in _names(answer))
    needed.update(name for referral in starter_referrals() for name in names_in(referral.refer_to.text))
    known = set(LocalValue.objects.filter(key__in=needed).values_list("key", flat=True))
    outcomes = say_values(sayings=starter_sayings(needed - known), is_confirmed=False, by=by, at=at)
    made = [Adopted(kind="value", key=key, outcome=outcome) for key, outcome in outcomes.items()]
    return made + [Adopted(kind="value", key=key, outcome="unchanged") for key in sorted(known)]


def _here(answers: Iterable[StarterAnswer], *, at: datetime) -> _Here:
    by_somebody = Version.objects.filter(article=OuterRef("pk"), written_by__isnull=False)
    goes_on = Version.objects.filter(article=OuterRef("pk"), state__in=GOES_ON)
    known = Article.objects.filter(key__in=[answer.key for answer in answers])
    rows = known.annotate(is_changed=Exists(by_somebody), goes_on=Exists(goes_on))
    found = list(rows.values_list("key", "origin", "is_changed", "goes_on"))
    return _Here(
        values=values_on(local_date(at)).dutch,
        origins={key: origin for key, origin, *_rest in found},
        changed={key for key, _origin, is_changed, goes_on in found if is_changed or not goes_on},
    )


def _begin(
    answers: Collection[StarterAnswer],
    here: _Here,
    *,
    products: Mapping[str, str],
    is_published: bool,
    owner: Employee | None,
    by: Actor,
    at: datetime,
) -> list[Adopted]:
    """Begin the answers that are not here yet, and publish those that can be when that is wanted."""
    contents = {answer.key: content_of(answer, products=products) for answer in answers}
    whole = {answer.key for answer in answers if is_published and not _missing(answer, here)}
    begin_answers(contents=contents, published=whole, origin=ORIGIN, owner=owner, by=by, at=at)
    remarks = {answer.key: _why_unpublished(answer, here, is_published=is_published) for answer in answers}
    return [Adopted(kind="answer", key=key, outcome="created", remark=remark) for key, remark in remarks.items()]


def _adopt_again(
    answer: StarterAnswer,
    here: _Here,
    *,
    products: Mapping[str, str],
    is_published: bool,
    by: Actor,
    at: datetime,
) -> Adopted:
    """Update an answer that is here, unless it is somebody's own."""
    remark = _why_left(answer.key, here)
    if remark:
        return Adopted(kind="answer", key=answer.key, outcome="left", remark=remark)
    try:
        outcome: Outcome = put_answer(
            key=answer.key,
            content=content_of(answer, products=products),
            origin=ORIGIN,
            is_published=is_published and not _missing(answer, here),
            by=by,
            at=at,
        )
    except Refusal as refusal:
        return Adopted(kind="answer", key=answer.key, outcome="left", remark=str(refusal))
    remark = _why_unpublished(answer, here, is_published=is_published)
    return Adopted(kind="answer", key=answer.key, outcome=outcome, remark=remark)


def _missing(answer: StarterAnswer, here: _Here) -> list[str]:
    """Return the names in an answer of which nobody here confirmed what they say."""
    return [name for name in _names(answer) if name not in here.values]


def _why_unpublished(answer: StarterAnswer, here: _Here, *, is_published: bool) -> str:
    missing = _missing(answer, here) if is_published else []
    return _("not published: confirm these values first: %(names)s") % {"names": ", ".join(missing)} if missing else ""


def _why_left(key: str, here: _Here) -> str:
    """Say why an answer that exists here is left alone; nothing when it may be updated."""
    if here.origins.get(key, ORIGIN) != ORIGIN:
        return _("there is another answer with this key here")
    return _("it was changed or withdrawn here") if key in here.changed else ""


def content_of(answer: StarterAnswer, *, products: Mapping[str, str]) -> Content:
    """Return what an answer of the starter base says here, about the products that exist here."""
    named = [key for key in answer.products if key in products]
    same_upl = [key for key, upl_name in products.items() if upl_name and upl_name in answer.upl]
    return Content(
        question=answer.question,
        question_en=answer.question_en,
        answer=answer.answer,
        answer_en=answer.answer_en,
        desk_note=answer.desk_note,
        ask=answer.ask,
        search_words=answer.search_words,
        product_keys=tuple(dict.fromkeys([*named, *same_upl])),
        upl_names=answer.upl,
        audience=answer.audience,
    )


def _names(answer: StarterAnswer) -> tuple[str, ...]:
    texts = (answer.question, answer.answer, answer.question_en, answer.answer_en, answer.desk_note)
    return tuple(dict.fromkeys(name for text in texts for name in names_in(text)))
