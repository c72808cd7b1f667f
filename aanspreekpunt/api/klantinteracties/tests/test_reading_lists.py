"""Filters, pages and expanding, apart from any kind of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

import pytest
from django.http import QueryDict

from aanspreekpunt.api.klantinteracties.contract import expanding, filters, resource
from aanspreekpunt.api.klantinteracties.contract.callers import Caller
from aanspreekpunt.api.klantinteracties.contract.errors import Invalid, Refused
from aanspreekpunt.api.klantinteracties.contract.expanding import expand, tree_of
from aanspreekpunt.api.klantinteracties.contract.filters import Filter, Kind, Where, conditions
from aanspreekpunt.api.klantinteracties.contract.paging import LAST, Page, check_page, links, page_asked, stretch_on
from aanspreekpunt.api.klantinteracties.contract.resource import Expansion, Reading, Record, Resource
from aanspreekpunt.journal.actors import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Sequence

SOME = UUID("095be615-a8ad-4c33-8e9c-c7612fbf6c9f")
FILTERS = {
    "naam": filters.text("t.name = %s"),
    "deel": filters.part("lower(t.name) LIKE %s"),
    "uuid": filters.uuid("t.uuid = %s"),
    "url": filters.url("t.uuid = %s"),
    "ja": filters.yes_no(yes="t.a", no="NOT t.a"),
    "dag": Filter(kind=Kind.DAY, sql="t.day = %s"),
    "moment": Filter(kind=Kind.MOMENT, sql="t.at = %s"),
    "keuze": Filter(kind=Kind.CHOICE, sql="t.kind = %s", options=("x", "y")),
    "een": filters.text("k.a = %s", within="EXISTS (SELECT FROM k WHERE {})"),
    "twee": filters.text("k.b = %s", within="EXISTS (SELECT FROM k WHERE {})"),
}


def test_each_kind_of_filter_becomes_its_condition() -> None:
    given = {"naam": " a ", "deel": "50%_A", "uuid": str(SOME), "url": f"https://x.nl/dingen/{SOME}", "ja": "False"}
    assert conditions(FILTERS, given) == [
        Where("t.name = %s", ("a",)),
        Where("lower(t.name) LIKE %s", ("%50\\%\\_a%",)),
        Where("t.uuid = %s", (SOME,)),
        Where("t.uuid = %s", (SOME,)),
        Where("NOT t.a", ()),
    ]


def test_filters_on_one_row_stand_together() -> None:
    assert conditions(FILTERS, {"een": "1", "twee": "2"}) == [
        Where("EXISTS (SELECT FROM k WHERE k.a = %s AND k.b = %s)", ("1", "2"))
    ]


def test_what_is_empty_narrows_nothing_and_a_url_of_something_else_finds_nothing() -> None:
    assert conditions(FILTERS, {"naam": "", "uuid": " ", "ja": "misschien"}) == []
    assert conditions(FILTERS, {"url": "https://x.nl/dingen/geen-uuid"}) == [Where("FALSE")]


def test_every_value_that_cannot_be_read_is_named() -> None:
    given = {"uuid": "x", "url": "x", "dag": "2026-02-30", "moment": "ooit", "keuze": "z", "naam": "a\x00"}
    with pytest.raises(Invalid) as refused:
        conditions(FILTERS, given)
    assert [(each.name, each.code) for each in refused.value.faults] == [
        ("uuid", "invalid"),
        ("url", "invalid"),
        ("dag", "invalid"),
        ("moment", "invalid"),
        ("keuze", "invalid_choice"),
        ("naam", "null_characters_not_allowed"),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Page(1, 100)),
        ("page=3&pageSize=5", Page(3, 5)),
        ("pageSize=1000", Page(1, 500)),
        ("pageSize=0", Page(1, 100)),
        ("pageSize=veel", Page(1, 100)),
        ("page=last&pageSize=5", Page(LAST, 5)),
    ],
)
def test_the_page_that_is_asked(query: str, expected: Page) -> None:
    assert page_asked(QueryDict(query)) == expected


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "page=²"])
def test_a_page_that_is_none_is_not_found(query: str) -> None:
    with pytest.raises(Refused) as refused:
        page_asked(QueryDict(query))
    assert refused.value.status == 404


def test_only_the_first_page_may_be_empty() -> None:
    check_page(Page(1, 10), 0)
    with pytest.raises(Refused):
        check_page(Page(2, 10), 10)


def test_links_keep_what_was_asked_in_a_fixed_order() -> None:
    query = QueryDict("pageSize=5&naam=a&page=2")
    assert links("http://x/dingen", query, Page(2, 5), 11) == (
        "http://x/dingen?naam=a&page=3&pageSize=5",
        "http://x/dingen?naam=a&pageSize=5",
    )
    assert links("http://x/dingen", QueryDict("page=1"), Page(1, 5), 5) == (None, None)


@pytest.mark.parametrize(("count", "number"), [(0, 1), (1, 1), (5, 1), (6, 2), (11, 3)])
def test_the_last_page_is_the_one_after_which_nothing_comes(count: int, number: int) -> None:
    assert Page(LAST, 5).among(count) == Page(number, 5)
    after, before = links("http://x/dingen", QueryDict("page=last&pageSize=5"), Page(LAST, 5), count)
    assert after is None
    assert (before is None) == (number == 1)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (Page(1, 4), "ORDER BY t.at DESC, t.id DESC LIMIT 4 OFFSET 0"),
        (Page(2, 4), "ORDER BY t.at ASC, t.id ASC LIMIT 4 OFFSET 2"),
        (Page(3, 4), "ORDER BY t.at ASC, t.id ASC LIMIT 2 OFFSET 0"),
    ],
)
def test_a_page_past_the_middle_is_read_from_the_end(
    page: Page, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def rows(sql: str, _values: Sequence[Any]) -> list[tuple[int]]:
        asked.append(sql)
        return [(1,), (2,)]

    monkeypatch.setattr(resource, "rows", rows)
    stretch = stretch_on(Thing(), [], page, 10, "t.at DESC, t.id DESC")
    assert stretch is not None
    ids = stretch.ids()
    assert asked[0].endswith(expected)
    assert ids == ([1, 2] if page.number == 1 else [2, 1])


class Thing(Resource):
    path = "dingen"
    table = "thing"
    expands = ("kin", "kin.kin", "een")
    loads: ClassVar[list[list[int]]] = []

    @classmethod
    def expansions(cls) -> dict[str, Expansion]:
        return {"kin": Expansion(Thing, is_list=True), "een": Expansion(Thing, is_list=False)}

    def load(self, _reading: Reading, ids: Sequence[int]) -> dict[int, Record]:
        self.loads.append(list(ids))
        return {pk: record(pk) for pk in ids if pk < 90}


def record(pk: int) -> Record:
    return Record({"id": pk}, {"kin": (pk + 10, pk + 20), "een": None if pk % 2 else pk + 50})


READING = Reading("http://x", Caller(actor=SYSTEM, may=lambda _path, _verb: True))


def test_kin_is_loaded_once_for_all_and_shown_in_its_place() -> None:
    Thing.loads.clear()
    records = [record(1), record(11), record(2)]
    expand(Thing(), READING, records, tree_of(Thing, ["kin,kin.kin,een"]))
    assert len(Thing.loads) == 3
    assert [each["id"] for each in records[0].body["_expand"]["kin"]] == [11, 21]
    assert [each["id"] for each in records[0].body["_expand"]["kin"][0]["_expand"]["kin"]] == [21, 31]
    assert records[0].body["_expand"]["een"] is None
    assert records[2].body["_expand"]["een"]["id"] == 52


def test_a_list_without_expand_carries_an_empty_one() -> None:
    one = record(1)
    expand(Thing(), READING, [one], tree_of(Thing, []))
    assert one.body["_expand"] == {}


def test_of_several_expands_the_last_counts_and_an_unknown_one_is_refused() -> None:
    assert tree_of(Thing, ["een", "kin"]) == {"kin": {}}
    for wrong in ("wat", "een.kin", "kin,wat"):
        with pytest.raises(Invalid) as refused:
            tree_of(Thing, [wrong])
        assert [(each.name, each.code) for each in refused.value.faults] == [("expand", "invalid_choice")]


def test_more_than_one_answer_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expanding, "AT_MOST", 3)
    with pytest.raises(Refused) as refused:
        expand(Thing(), READING, [record(1)], {"kin": {"kin": {}}}, 3)
    assert refused.value.code == "expand-too-large"


def test_what_refers_to_very_many_is_not_shown_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    heavy = Thing().load(READING, [11])[11]
    references = sum(len(kin) for kin in heavy.kin.values() if isinstance(kin, tuple))
    monkeypatch.setattr(expanding, "REFERENCES_AT_MOST", 2 * 2 * references)
    expand(Thing(), READING, [record(1), record(1)], {"kin": {}})
    monkeypatch.setattr(expanding, "REFERENCES_AT_MOST", 2 * 2 * references - 1)
    with pytest.raises(Refused) as refused:
        expand(Thing(), READING, [record(1), record(1)], {"kin": {}})
    assert refused.value.code == "expand-too-large"


def test_a_link_names_a_thing_by_its_uuid_and_address() -> None:
    one = uuid4()
    assert READING.link("dingen", one) == {"uuid": str(one), "url": f"http://x/klantinteracties/api/v1/dingen/{one}"}
