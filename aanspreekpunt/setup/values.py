"""Turns each part of a municipality file into the values that are kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.starter.reading import starter_referrals
from aanspreekpunt.setup.schema import ProductPart, ReferTo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aanspreekpunt.knowledge.starter.reading import StarterReferral
    from aanspreekpunt.setup.fields import Hours
    from aanspreekpunt.setup.schema import (
        ArticlePart,
        EmployeePart,
        MunicipalityFile,
        MunicipalityPart,
        TeamPart,
    )

Values = dict[str, Any]


def of_municipality(part: MunicipalityPart) -> Values:
    """Return what is kept of the municipality itself."""
    return {
        "name": part.name,
        "slug": part.slug,
        "theme": part.theme,
        "theme_css": part.theme_css or "",
        "contact": part.contact.model_dump(),
        "open_channels": list(part.open_channels),
        "closed_holidays": list(part.closed_holidays),
        "extra_closed_days": [day.model_dump(mode="json") for day in part.extra_closed_days],
    }


def of_team(part: TeamPart, *, usual: Hours, parent_id: int | None) -> Values:
    """Return what is kept of a team; without hours of its own it has the usual ones."""
    return {
        "name": part.name,
        "name_en": part.name_en,
        "kind": part.kind,
        "mailbox": part.mailbox,
        "is_contact_centre": part.is_contact_centre,
        "hours": _hours(part.hours or usual),
        "closed_days": list(part.closed_days),
        "parent_id": parent_id,
        "is_active": True,
    }


def _hours(hours: Hours) -> dict[str, list[list[str]]]:
    return {day: [span.split("-") for span in spans] for day, spans in hours.model_dump().items() if spans}


def of_employee(part: EmployeePart) -> Values:
    """Return what is kept of an employee; his language is his own choice after the first time.

    So are his channels, unless the file names them.
    """
    plain: Values = {"name": part.name, "function": part.function, "phone": part.phone, "is_active": True}
    return plain if part.channels is None else plain | {"channels": list(dict.fromkeys(part.channels))}


def of_product(part: ProductPart, *, file: MunicipalityFile, team_id: int, upl: Mapping[str, str]) -> Values:
    """Return what is kept of a product, with the norm of its kind where it has none of its own."""
    norm = part.norm or getattr(file.norms, part.kind)
    plain = ("name", "name_en", "description", "description_en", "upl_name", "kind", "role", "costs")
    choices = ("costs_en", "is_confidential", "is_formal")
    lists = ("bring", "bring_en", "steps", "steps_en", "desk_settles", "everyday_names")
    return {
        **{name: getattr(part, name) for name in (*plain, *choices)},
        "upl_uri": upl.get(part.upl_name, ""),
        **{name: list(getattr(part, name)) for name in lists},
        "team_id": team_id,
        "norm_kind": norm.kind,
        "norm_amount": norm.amount,
        "callback_norm_amount": part.callback_working_hours or file.norms.callback_working_hours,
        "channels": list(file.municipality.open_channels if part.channels is None else part.channels),
        "form": part.form.model_dump(mode="json", by_alias=True, exclude_defaults=True) if part.form else {},
        "refer_to": part.refer_to.model_dump() if part.refer_to else None,
        "is_active": True,
    }


def of_referrals(file: MunicipalityFile, *, team_ids: Mapping[str, int], upl: Mapping[str, str]) -> dict[str, Values]:
    """Return per key what is kept of the other bodies of the starter base, when the file wants them."""
    if file.starter is None or not file.starter.referrals:
        return {}
    centre = next(team.key for team in file.teams if team.is_contact_centre)
    owner = file.starter.team or centre
    parts = [_part_of(referral, team=owner) for referral in starter_referrals()]
    return {part.key: of_product(part, file=file, team_id=team_ids[owner], upl=upl) for part in parts}


def _part_of(referral: StarterReferral, *, team: str) -> ProductPart:
    """Return another body as if it stood in the file."""
    to = referral.refer_to
    return ProductPart(
        key=referral.key,
        name=referral.name,
        name_en=referral.name_en,
        description=referral.description,
        description_en=referral.description_en,
        everyday_names=referral.everyday_names,
        upl_name=next(iter(referral.upl), ""),
        team=team,
        desk_settles=("question", "request", "report"),
        refer_to=ReferTo(name=to.name, phone=to.phone, website=to.website or None, text=to.text, text_en=to.text_en),
    )


def of_article(part: ArticlePart) -> Content:
    """Return what is kept of an answer."""
    return Content(
        question=part.question,
        question_en=part.question_en,
        answer=part.answer,
        answer_en=part.answer_en,
        desk_note=part.desk_note,
        product_keys=(part.product,) if part.product else (),
        upl_names=part.upl_names,
        search_words=part.search_words,
    )
