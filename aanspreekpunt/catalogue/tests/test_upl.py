"""The list of product names: read, filled in, refreshed and searched."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from aanspreekpunt.catalogue.models import UplName
from aanspreekpunt.catalogue.operations.upl import Imported, fill_upl, import_upl
from aanspreekpunt.catalogue.queries import search_upl, upl_names
from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.catalogue.upl import NotTheProductList, read_list, shipped_names
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from pathlib import Path

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HEADER = "UniformeProductnaam,URI,Rijk,Gemeente,Burger,Bedrijf,SDG\n"
TERM = "http://standaarden.overheid.nl/owms/terms/"
TWO = f"{HEADER}paspoort,{TERM}paspoort,X,X,X,,D1\nrijbewijs,{TERM}rijbewijs,X,X,X,,D2\n"


def list_of(folder: Path, text: str) -> Path:
    """Write a list of product names to a file."""
    file = folder / "upl.csv"
    file.write_text(text, encoding="utf-8-sig")
    return file


def imported(folder: Path, text: str) -> Imported:
    return import_upl(file=list_of(folder, text), by=SYSTEM, at=MONDAY)


def test_the_list_that_ships_with_the_product_has_no_line_to_refuse() -> None:
    assert len(shipped_names()) == 1122
    assert shipped_names()["paspoort"] == f"{TERM}paspoort"


def test_a_name_with_several_legal_grounds_is_one_name(tmp_path: Path) -> None:
    more = f"{HEADER}subsidie,{TERM}subsidie,X,,X,,N1;D2\nsubsidie,{TERM}subsidie,,X,,X,B1\n"
    (listed,) = read_list(list_of(tmp_path, more)).names
    assert (listed.is_municipal, listed.for_residents, listed.for_businesses) == (True, True, True)
    assert listed.sdg_areas == ("B1", "D2", "N1")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (f",{TERM}x,,,,,", "UniformeProductnaam"),
        ("naamloos,geen adres,,,,,", "URI"),
        (f"paspoort,{TERM}anders,,,,,", "URI"),
        (f"pas,{TERM}paspoort,,,,,", "URI"),
        ("kort", "URI"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_column(tmp_path: Path, line: str, field: str) -> None:
    read = read_list(list_of(tmp_path, f"{TWO}{line}\n"))
    assert len(read.names) == 2
    assert [(refused.line, refused.field) for refused in read.refused] == [(4, field)]
    with translation.override("en"):
        assert str(read.refused[0]).startswith(f"line 4, {field}: ")


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"Uniforme\x00"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "upl.csv").write_bytes(content)
    with pytest.raises(NotTheProductList):
        read_list(tmp_path / "upl.csv")


@pytest.mark.django_db
def test_an_empty_list_is_filled_once() -> None:
    assert fill_upl() == 1122
    assert fill_upl() == 0
    assert upl_names() == shipped_names()


@pytest.mark.django_db
def test_a_refresh_changes_only_what_is_different(tmp_path: Path) -> None:
    imported(tmp_path, TWO)
    again = imported(tmp_path, TWO)
    assert (again.added, again.changed, again.unchanged, again.gone) == (0, 0, 2, 0)
    assert Entry.objects.filter(event="product_list.imported").count() == 1
    newer = imported(tmp_path, TWO.replace("rijbewijs", "vaarbewijs"))
    assert (newer.added, newer.changed, newer.unchanged, newer.gone) == (1, 0, 1, 1)
    assert set(upl_names()) == {"paspoort", "vaarbewijs"}
    back = imported(tmp_path, TWO)
    assert (back.added, back.changed, back.gone) == (0, 1, 1)
    assert UplName.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_names_may_change_places_and_products_follow(tmp_path: Path) -> None:
    imported(tmp_path, TWO)
    product = make_product(
        "pas", team=make_cast().desk, upl_name="paspoort", upl_uri=f"{TERM}paspoort", channels=["phone"]
    )
    swapped = f"{HEADER}rijbewijs,{TERM}paspoort,X,X,X,,D1\npaspoort,{TERM}rijbewijs,X,X,X,,D2\n"
    assert imported(tmp_path, swapped).changed == 2
    product.refresh_from_db()
    assert product.upl_name == "rijbewijs"


@pytest.mark.django_db
def test_names_are_chosen_by_the_beginning_of_their_words_those_of_municipalities_first() -> None:
    fill_upl()
    assert search_upl("PASPOORT")[0].name == "paspoort"
    assert "afvalinzameling grofvuil" in [row.name for row in search_upl("grof afval")]
    assert search_upl("rofvuil") == []
    assert search_upl("(*") == search_upl("")
    found = [row.is_municipal for row in search_upl("subsidie")]
    assert found == sorted(found, reverse=True)
    assert len(search_upl("", limit=5)) == 5
