"""Builders for tests of the portal: a product with a form, and a visitor's way through the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from aanspreekpunt.catalogue.models import Product
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question

FIELDS: list[dict[str, Any]] = [
    {
        "key": "what",
        "type": "choice",
        "label": "Wat is er met de container?",
        "label_en": "What about the container?",
        "required": True,
        "options": [
            {"value": "broken", "label": "Hij is stuk", "label_en": "It is broken"},
            {"value": "gone", "label": "Hij is weg", "label_en": "It is gone"},
        ],
    },
    {
        "key": "damage",
        "type": "text",
        "label": "Wat is er stuk?",
        "required": True,
        "only_if": {"field": "what", "is": "broken"},
    },
    {"key": "photo", "type": "file", "label": "Een foto"},
]
FILLED_IN = {"form-what": "broken", "form-damage": "Het deksel", "text": "Graag snel.", "name": "Karel van Deurne"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def make_container(cast: Cast, **fields: Any) -> Product:
    """Make the product "container", with a form, that team waste answers."""
    cache.delete("products_for_choice")
    return make_product("container", team=cast.waste, form={"fields": FIELDS}, name_en="Waste container", **fields)


def token_on(page: bytes) -> str:
    """Return the token in the form on a page."""
    found = re.search(r'name="token" value="([^"]+)"', page.decode())
    assert found
    return found[1]


def send_question(client: Client, path: str = "/vraag/", **filled_in: str) -> str:
    """Go through the form as a visitor does; return the address of the receipt."""
    token = token_on(client.get(path).content)
    values = {"text": "Waar is de markt?", **filled_in, "token": token}
    assert client.post(path, {**values, "step": "check"}, follow=True).status_code == 200
    response = client.post(path, {**values, "step": "send"})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def code_on(page: bytes) -> str:
    """Return the follow code on a receipt."""
    found = CODE.search(page.decode())
    assert found
    return found[0]


def make_question(cast: Cast, *, at: datetime = MONDAY, **fields: Any) -> tuple[Question, str]:
    """Register a question that waits at waste; return it with its follow code."""
    registered = make_handed_over(to=cast.waste, by=cast.anna, at=at, **fields)
    return registered.question, registered.follow_code


def follow(client: Client, question: Question, code: str) -> Any:
    """Enter number and code as a resident does."""
    return client.post("/volgen/", {"reference": question.reference, "code": code})
