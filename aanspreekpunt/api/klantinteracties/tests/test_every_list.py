"""What holds for the list of every kind: each filter, pages, and addresses that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.api.klantinteracties.contract.filters import Kind
from aanspreekpunt.api.klantinteracties.contract.resource import CONTACTGEGEVENS, KLANTINTERACTIES, NOTIFICATIES
from aanspreekpunt.api.klantinteracties.tests.calls import System
from aanspreekpunt.api.klantinteracties.tests.examples import KINDS, NOWHERE, one_of_each, path_of
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from django.test import Client

    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

pytestmark = pytest.mark.django_db
KISS = System()
REFUSED = {
    Kind.UUID: {"ValueError": "invalid", "1bfff975": "invalid"},
    Kind.URL: {"ValueError": "invalid", "https://": "invalid"},
    Kind.CHOICE: {"x": "invalid_choice", "Persoon": "invalid_choice"},
    Kind.DAY: {"x": "invalid", "2026-02-30": "invalid"},
    Kind.MOMENT: {"x": "invalid", "2026-02-28T25:00:00Z": "invalid"},
    Kind.TEXT: {"a\x00": "null_characters_not_allowed"},
    Kind.PART: {"a\x00": "null_characters_not_allowed"},
}
"""Of each kind of filter, what it does not take, and the code."""
EMPTY = {
    Kind.UUID: (NOWHERE, NOWHERE.replace("-", "").upper()),
    Kind.URL: (f"https://elders.example/{NOWHERE}/", "https://elders.example/x", f"elders.example/{NOWHERE}"),
    Kind.DAY: ("1900-01-01",),
    Kind.MOMENT: ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00"),
    Kind.TEXT: ("bestaat niet",),
    Kind.PART: ("bestaat niet",),
}
"""Of each kind of filter, what is fine and finds nothing in the list of examples."""
FINDS_ANYWAY = ("__gt", "__gte")
kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@kinds
def test_every_filter_refuses_what_it_cannot_read(kind: type[Resource]) -> None:
    for name, one in kind.filters.items():
        for value, code in REFUSED.get(one.kind, {}).items():
            answer = KISS.call("GET", path_of(kind), **{name: value})
            assert answer.status == 400, (name, value)
            assert answer.faults == {(name, code)}, (name, value)


@kinds
def test_every_filter_that_fits_nothing_finds_nothing_and_an_empty_one_everything(kind: type[Resource]) -> None:
    make_cast()
    one_of_each()
    everything = KISS.get(path_of(kind))["count"]
    assert everything > 0
    for name, one in kind.filters.items():
        for value in () if name.endswith(FINDS_ANYWAY) else EMPTY.get(one.kind, ()):
            assert KISS.get(path_of(kind), **{name: value})["count"] == 0, (name, value)
        for nothing in ("", " "):
            assert KISS.get(path_of(kind), **{name: nothing})["count"] == everything, name
        if one.kind is Kind.YES_NO:
            assert KISS.get(path_of(kind), **{name: "misschien"})["count"] == everything, name
            both = sum(KISS.get(path_of(kind), **{name: value})["count"] for value in ("True", "0"))
            assert both <= everything, name


@kinds
def test_every_list_and_every_thing_refuses_a_parameter_it_does_not_know(kind: type[Resource]) -> None:
    path = path_of(kind)
    for answer in (KISS.call("GET", path, onzin="1"), KISS.call("GET", f"{path}/{NOWHERE}", onzin="1")):
        assert (answer.status, answer.faults) == (400, {("nonFieldErrors", "unknown-parameters")})
    deeper = KISS.call("GET", path, expand="onzin")
    assert deeper.faults == {("expand", "invalid_choice") if kind.expands else ("nonFieldErrors", "unknown-parameters")}


@kinds
def test_pages(kind: type[Resource]) -> None:
    path = path_of(kind)
    for number in ("0", "2", "x", "-1"):
        answer = KISS.call("GET", path, page=number)
        assert (answer.status, answer.body["code"]) == (404, "not_found"), number
    for query in ({"page": ""}, {"pageSize": "0"}, {"pageSize": "x"}, {"pageSize": "-1"}, {"pageSize": "5000"}):
        assert KISS.get(path, **query)["previous"] is None, query


@kinds
def test_what_is_not_there_and_what_cannot_be_done(kind: type[Resource]) -> None:
    path = path_of(kind)
    for address in (f"{path}/{NOWHERE}", f"{path}/geen-uuid"):
        for verb in ("GET", "PUT", "PATCH", "DELETE"):
            answer = KISS.call(verb, address, {} if verb in {"PUT", "PATCH"} else None)
            assert (answer.status, answer.body["code"]) == (404, "not_found"), (verb, address)
        assert KISS.call("POST", address, {}).status == 405
    for verb in ("PUT", "PATCH", "DELETE"):
        answer = KISS.call(verb, path, {})
        assert (answer.status, answer.body["code"]) == (405, "method_not_allowed"), verb


@kinds
def test_an_address_with_a_final_slash_is_none(kind: type[Resource], client: Client) -> None:
    for address in (f"{path_of(kind)}/", f"{path_of(kind)}/{NOWHERE}/"):
        for verb in ("GET", "POST", "DELETE"):
            response = client.generic(verb, address, b"{}", "application/json")
            assert (response.status_code, response["Content-Type"]) == (404, "application/json"), (verb, address)
            assert response.json()["code"] == "not_found"


@pytest.mark.parametrize("root", [KLANTINTERACTIES, CONTACTGEGEVENS, NOTIFICATIES])
def test_there_is_nothing_above_the_lists(root: str, client: Client) -> None:
    for address in (root, root.removesuffix("/"), f"{root}x/y"):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (404, "application/json"), address
        assert response.json()["code"] == "not_found"
