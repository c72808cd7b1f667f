"""Fields refuse what the standard refuses, under its codes, every fault at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from aanspreekpunt.api.klantinteracties.contract.errors import Invalid
from aanspreekpunt.api.klantinteracties.contract.fields import (
    URL_FIELD,
    Choice,
    Day,
    Email,
    Field,
    Group,
    Identity,
    Many,
    Moment,
    Ref,
    Text,
    WebAddress,
    Whole,
    Words,
    YesNo,
    camel,
    checked,
    underscored,
)

FIELDS: dict[str, Field] = {
    "url": URL_FIELD,
    "naam": Text(required=True, blank=False, max_length=5),
    "soort": Choice(options=("a", "b")),
    "groep": Group(part="Groep", nullable=True, fields={"objectId": Text(required=True, max_length=3), "los": Text()}),
    "partij": Ref(part="PartijRef", nullable=True),
    "lijst": Many(of=Ref(part="PartijRef")),
    "ja": YesNo(default=False),
}


def faults(data: Any, *, partial: bool = False) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        checked(FIELDS, data, partial=partial)
    return [(each.name, each.code) for each in refused.value.faults]


def test_every_fault_is_named_at_once() -> None:
    data = {"naam": "te lang hoor", "soort": "c", "groep": {"objectId": "vier"}, "partij": {"uuid": "x"}, "ja": "wat"}
    assert faults(data) == [
        ("naam", "max_length"),
        ("soort", "invalid_choice"),
        ("groep.objectId", "max_length"),
        ("partij.uuid", "invalid"),
        ("ja", "invalid"),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, [("naam", "required")]),
        ({"naam": None}, [("naam", "null")]),
        ({"naam": ""}, [("naam", "blank")]),
        ({"naam": "a\x00"}, [("naam", "null_characters_not_allowed")]),
        ({"naam": ["a"]}, [("naam", "invalid")]),
        ({"naam": True}, [("naam", "invalid")]),
        ({"naam": "a", "lijst": "b"}, [("lijst.nonFieldErrors", "not_a_list")]),
        ({"naam": "a", "lijst": [{"uuid": str(uuid4())}, {}]}, [("lijst.1.uuid", "required")]),
        ({"naam": "a", "groep": 3}, [("groep.nonFieldErrors", "invalid")]),
        ({"naam": "a", "partij": "b"}, [("partij.nonFieldErrors", "invalid")]),
        ({"naam": "a", "lijst": [None]}, [("lijst", "null")]),
        ([], [("nonFieldErrors", "invalid")]),
        (None, [("nonFieldErrors", "null")]),
        ("x", [("nonFieldErrors", "invalid")]),
    ],
)
def test_each_kind_of_fault_has_its_code(data: Any, expected: list[tuple[str, str]]) -> None:
    assert faults(data) == expected


def test_unknown_and_read_only_keys_are_dropped_and_snake_case_is_understood() -> None:
    known = str(uuid4())
    found = checked(
        FIELDS,
        {"naam": 12, "url": "x", "onbekend": {}, "groep": {"object_id": "a"}, "partij": {"uuid": known, "url": "y"}},
        partial=False,
    )
    assert found == {"naam": "12", "groep": {"objectId": "a"}, "partij": UUID(known), "ja": False}


def test_a_change_requires_nothing_also_not_inside_a_group_and_sets_no_defaults() -> None:
    assert checked(FIELDS, {"groep": {"los": "b"}, "partij": None}, partial=True) == {
        "groep": {"los": "b"},
        "partij": None,
    }
    assert faults({"naam": None, "groep": {"objectId": "vier"}}, partial=True) == [
        ("naam", "null"),
        ("groep.objectId", "max_length"),
    ]


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (Email(), "a@b.nl", "a@"),
        (WebAddress(), "https://voorbeeld.nl/a", "voorbeeld"),
        (Day(), "2026-02-28", "2026-02-30"),
        (Day(), "2026-02-28", 20260228),
        (Moment(), "2026-02-28T10:00:00Z", "gisteren"),
        (Moment(), "2026-02-28T10:00:00+01:00", "2026-02-28T25:00:00Z"),
        (Whole(minimum=1, maximum=9), "3", 0),
        (Whole(minimum=1, maximum=9), 3.0, 3.5),
        (Whole(minimum=1, maximum=9), "3.", "drie.0"),
        (Whole(minimum=1, maximum=9), 3, 10),
        (Whole(minimum=1, maximum=9), 3, True),
        (Whole(minimum=1, maximum=9), 3, "drie"),
        (Identity(), "1bfff975-e9f6-4c4c-ac2a-c1e3917945a7", 12),
        (Text(pattern="^[0-9]{2}$"), "", "123"),
        (Text(min_length=2), "ab", "a"),
        (YesNo(), "TRUE", []),
        (Words(max_length=3), {"a": "b"}, ["a"]),
    ],
)
def test_each_field_takes_the_good_and_refuses_the_bad(field: Field, good: Any, bad: Any) -> None:
    field.check(good)
    with pytest.raises(Invalid):
        field.check(bad)


def test_words_come_back_under_the_names_they_were_given_and_their_faults_name_them_as_the_standard_does() -> None:
    assert Words(max_length=255).check({"Betreft": 123, "eenNaam": None}) == {"Betreft": "123", "eenNaam": ""}
    with pytest.raises(Invalid) as refused:
        Words(max_length=3).check({"Betreft": "lang"})
    assert [(each.name, each.code) for each in refused.value.faults] == [("_betreft", "max_length")]


def test_names_turn_from_one_spelling_into_the_other() -> None:
    assert camel("plaatsgevonden_op") == "plaatsgevondenOp"
    assert camel("_betreft") == "Betreft"
    assert underscored("codeSoortObjectId") == "code_soort_object_id"


def test_what_may_be_empty_conforms_to_its_own_schema() -> None:
    shape = {"anyOf": [{"minLength": 2}, {"maxLength": 0}]}
    assert Text(pattern="^[0-9]$", min_length=2).schema() == {"type": "string", "pattern": "^$|^[0-9]$", **shape}
    shape = {"anyOf": [{"format": "uri"}, {"maxLength": 0}]}
    assert WebAddress(max_length=9).schema() == {"type": "string", "maxLength": 9, **shape}
    assert Text(pattern="^[0-9]$", min_length=2, blank=False).schema()["minLength"] == 2
