"""What a game by chance allows and what not, where a game of one seed may not come by."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, KLANTINTERACTIES
from aanspreekpunt.api.klantinteracties.documents import document_of
from aanspreekpunt.api.klantinteracties.tests.fuzzing_allowed import is_allowed


class RejectedPositiveData:
    """What the game calls a refusal of what fits the document."""


class JsonSchemaError:
    """What the game calls an answer that does not fit the document."""

    instance = {"uuid": None}


class AcceptedNegativeData:
    """What the game calls an answer to what does not fit the document."""


def refused(name: str, code: str = "invalid") -> Any:
    faults = {"invalidParams": [{"name": name, "code": code}]}
    return SimpleNamespace(status_code=400, json=lambda: faults)


def judged(failure: Any, case: Any, answer: Any) -> bool:
    """Judge a failure that is put together here: what it has of the game's own is only what is looked at."""
    return is_allowed(failure, case, answer)


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("isStandaardAdres", True),
        ("voorkeursDigitaalAdres", True),
        ("voorkeursRekeningnummer", True),
        ("partijIdentificatoren.identificeerdePartij", True),
        ("indicatieActief", False),
        ("verificatieDatum", False),
    ],
)
def test_a_refusal_may_be_about_what_depends_on_other_fields(name: str, *, allowed: bool) -> None:
    assert judged(RejectedPositiveData(), SimpleNamespace(body={}), refused(name)) is allowed


@pytest.mark.parametrize(
    ("bic", "allowed"), [("ABNANL2\x1d", True), (" ABNANL2", True), ("ABNANL2A", False), (8, False)]
)
def test_a_text_may_be_too_short_without_the_white_space_around_it(bic: object, *, allowed: bool) -> None:
    case = SimpleNamespace(body={"bic": bic})
    assert judged(RejectedPositiveData(), case, refused("bic", "min_length")) is allowed


@pytest.mark.parametrize(
    ("page", "allowed"),
    [({}, True), ([], True), ("", True), (None, True), ("x", False), ({"a": 1}, False), ({"a": 1, "": 2}, True)],
)
def test_a_page_that_is_sent_as_an_empty_text_asks_nothing(page: object, *, allowed: bool) -> None:
    schema = SimpleNamespace(raw_schema=document_of(CONTACTGEGEVENS))
    operation = SimpleNamespace(schema=schema, path="/organisatie", method="GET")
    case = SimpleNamespace(operation=operation, path_parameters={}, query={"page": page, "pageSize": ["false"]})
    assert judged(AcceptedNegativeData(), case, SimpleNamespace(status_code=200)) is allowed


@pytest.mark.parametrize(
    ("expand", "allowed"),
    [
        (["", ""], True),
        (["digitaleAdressen"] * 3, True),
        (["digitaleAdressen", "x"], False),
        (",,", True),
        ("digitaleAdressen,,digitaleAdressen", True),
        ("digitaleAdressen,x", False),
    ],
)
def test_of_what_is_to_be_shown_in_whole_empty_names_are_none(expand: list[str] | str, *, allowed: bool) -> None:
    schema = SimpleNamespace(raw_schema=document_of(KLANTINTERACTIES))
    operation = SimpleNamespace(schema=schema, path="/betrokkenen", method="GET")
    case = SimpleNamespace(operation=operation, path_parameters={}, query={"expand": expand, "pageSize": None})
    assert judged(AcceptedNegativeData(), case, SimpleNamespace(status_code=200)) is allowed


@pytest.mark.parametrize(
    ("path", "expand", "allowed"),
    [
        ("/internetaken", None, True),
        ("/klantcontacten", "hadBetrokkenen,leiddeTotInterneTaken", True),
        ("/klantcontacten", ["hadBetrokkenen.hadKlantcontact.leiddeTotInterneTaken"], True),
        ("/klantcontacten", ["hadBetrokkenen"], False),
    ],
)
def test_only_a_task_is_of_nobody(path: str, expand: object, *, allowed: bool) -> None:
    case = SimpleNamespace(operation=SimpleNamespace(path=path), query={"expand": expand})
    assert judged(JsonSchemaError(), case, SimpleNamespace(status_code=200)) is allowed
