"""What each button of the register screen does to what was typed. A button names its command as `do=verb:argument`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.catalogue.queries import product_named
from aanspreekpunt.desk.conversing.fields import CHOICES
from aanspreekpunt.desk.conversing.people import filled_in_from
from aanspreekpunt.journal.operations import record_look
from aanspreekpunt.knowledge.queries.answers import article_shown
from aanspreekpunt.organisation.queries import teams
from aanspreekpunt.parties.models import Party
from aanspreekpunt.parties.queries import party_with_addresses

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.desk.conversing.fields import Fields
    from aanspreekpunt.organisation.models import Employee

PURPOSE = "conversation"
"""The purpose in the access log of looking somebody up who is on the line."""

FOCUS = {
    "choose_person": "#text",
    "anonymous": "#text",
    "known": "#who",
    "other_person": "#who",
    "choose_product": "[data-first-answer], [data-choices] [data-proposed]",
    "no_product": "#product_query",
    "choose_team": "[data-panel] [data-focus]",
    "choose": "[data-panel] [data-focus]",
    "open_article": "[data-article] [data-focus]",
    "close_article": "#text",
    "use_answer": "[data-panel] [data-focus]",
}
"""Where the cursor goes after each command, as a selector."""

NOBODY: dict[str, object] = dict.fromkeys(
    ("who", "name", "organisation", "phone", "email", "postcode", "house", "street", "city"), ""
)


def obey(command: str, *, fields: Fields, by: Employee, at: datetime) -> Fields:
    """Return the fields after `command`; an unknown one changes nothing."""
    verb, _colon, argument = command.partition(":")
    if verb == "choose_person":
        return _choose_person(fields, argument, by=by, at=at)
    change = _CHANGES.get(verb)
    return change(fields, argument) if change else fields


def proposed_choice(product: Product | None) -> str:
    """Return what one would most likely do with a question about this product; empty when nothing says so."""
    if product is None:
        return ""
    if product.refer_to:
        return "refer"
    return "answer" if product.desk_may_settle else "hand_over"


def _choose_person(fields: Fields, party_id: str, *, by: Employee, at: datetime) -> Fields:
    """Take somebody we know, and write down that he was looked up."""
    try:
        party, addresses = party_with_addresses(int(party_id))
    except (ValueError, Party.DoesNotExist):
        return fields
    record_look(subject=party, purpose=PURPOSE, by=by, at=at)
    return filled_in_from(party, addresses, fields=fields)


def _choose_product(fields: Fields, key: str) -> Fields:
    if product_named(key) is None:
        return fields
    same = {"form": fields.form} if fields.product == key else {"form": {}}
    return fields.having(
        product=key, product_query="", team="", due_on="", window="", refer_to="", refer_text="", **same
    )


def _choose_team(fields: Fields, key: str) -> Fields:
    if not teams().filter(key=key).exists():
        return fields
    return fields.having(team=key, choice="hand_over", due_on="", window="")


def _choose(fields: Fields, choice: str) -> Fields:
    return fields.having(choice=choice) if choice in CHOICES else fields


def _use_answer(fields: Fields, key: str) -> Fields:
    article = article_shown(key)
    if article is None:
        return fields
    answer = "\n\n".join(part for part in (fields.answer.strip(), article.text) if part)
    given = " ".join(dict.fromkeys([*fields.given.split(), key]))
    return fields.having(answer=answer, choice="answer", article="", given=given)


_CHANGES: dict[str, Callable[[Fields, str], Fields]] = {
    "anonymous": lambda fields, _: fields.having(**NOBODY, party=None, anonymous=True, remember=False),
    "known": lambda fields, _: fields.having(anonymous=False),
    "other_person": lambda fields, _: fields.having(**NOBODY, party=None, remember=False),
    "choose_product": _choose_product,
    "no_product": lambda fields, _: fields.having(product="", form={}, team="", due_on="", window=""),
    "choose": _choose,
    "choose_team": _choose_team,
    "open_article": lambda fields, key: fields.having(article=key),
    "close_article": lambda fields, _: fields.having(article=""),
    "use_answer": _use_answer,
}
