"""Applying a file makes the organisation as it says; applying it again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.common.settings_files.checking import FileHasProblems
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.knowledge.models import Article, LocalValue, Version
from aanspreekpunt.knowledge.operations.values import put_value
from aanspreekpunt.knowledge.queries.values import values_on
from aanspreekpunt.organisation.models import Employee, Membership, Municipality, Team
from aanspreekpunt.organisation.operations import choose_channels
from aanspreekpunt.promises.tests.make import make_handed_over
from aanspreekpunt.setup.operations import (
    NobodyWithThisAddress,
    PasswordIsTooWeak,
    TeamStillHasQuestions,
    TeamStillOwnsProducts,
    apply_file,
    set_first_password,
)
from aanspreekpunt.setup.tests.make import MONDAY, SMALL, file_with
from aanspreekpunt.setup.tests.test_shipped_files import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aanspreekpunt.setup.summary import Summary

pytestmark = pytest.mark.django_db
ONLY_THE_DESK = SMALL.replace("    parent: balie\n", "").replace("    team: werf", "    team: balie")
WITHOUT_WERF = (
    "".join(ONLY_THE_DESK.partition("  - key: werf")[:1]) + "employees:" + ONLY_THE_DESK.partition("employees:")[2]
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def apply(path: Path) -> Summary:
    return apply_file(path=path, by=SYSTEM, at=MONDAY)


def test_a_file_becomes_an_organisation(tmp_path: Path) -> None:
    summary = apply(file_with(tmp_path))
    assert summary.count("teams", "created") == 2
    assert Municipality.objects.get().closed_holidays == ["Koningsdag"]
    werf = Team.objects.get(key="werf")
    assert werf.hours == {"mon": [["08:30", "12:00"], ["13:00", "17:00"]]}
    assert werf.parent == Team.objects.get(key="balie", is_contact_centre=True)
    product = Product.objects.get()
    assert (product.norm_kind, product.norm_amount, product.team) == ("working_hours", 24, werf)
    assert product.channels == ["phone", "counter", "web_form"]
    assert product.form_fields[1] == {
        "key": "which",
        "type": "text",
        "label": "Welk gevaar?",
        "only_if": {"field": "danger", "is": "yes"},
    }
    assert Version.objects.get().product_keys == ["stoep"]
    assert set(Membership.objects.values_list("role", "team__key")) == {
        ("agent", "balie"),
        ("functional_administrator", None),
    }


def test_applying_it_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    path = file_with(tmp_path)
    assert apply(path).has_changes
    before = Entry.objects.count()
    again = apply(path)
    assert not again.has_changes
    assert str(again) == "Nothing was changed: everything is already as the file says."
    assert Entry.objects.count() == before


def test_the_demo_and_the_sample_can_be_applied_twice() -> None:
    for name in ("sample", "demo", "demo"):
        summary = apply(DATA / name / "municipality.yaml")
    assert not summary.has_changes
    assert Employee.objects.filter(is_active=True).count() == 40
    assert Team.objects.filter(is_active=True, is_contact_centre=True).get().key == "kcc"
    assert Version.objects.filter(state="published").count() >= 244
    assert not Version.objects.filter(state="draft").exists()
    assert Product.objects.filter(is_active=True).count() >= 85
    assert summary.remarks == []


def test_a_change_is_made_counted_and_written_in_the_journal(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    summary = apply(file_with(tmp_path, "name: Werf", "name: Gemeentewerf"))
    assert (summary.count("teams", "changed"), summary.count("teams", "unchanged")) == (1, 1)
    assert "Teams: 0 created, 1 changed, 1 unchanged, 0 withdrawn" in str(summary)
    assert Entry.objects.get(event="team.changed").data == {"fields": ["name"]}


STARTING = """\
values:
  - {key: container_reparatie_termijn, text: drie dagen, text_en: three days}
  - {key: stoep_kosten, label: Kosten van een stoep, kind: money, text: € 40, from: 2026-01-01}
starter: {themes: [afval], publish: true, owner: A.Bos@kleinveen.example, referrals: true}
products:"""


def test_values_are_said_and_the_starter_base_is_adopted(tmp_path: Path) -> None:
    file = file_with(tmp_path, "products:", STARTING)
    summary = apply(file)
    assert values_on(MONDAY.date()).english["container_reparatie_termijn"] == "three days"
    assert LocalValue.objects.get(key="stoep_kosten").kind == "money"
    article = Article.objects.get(key="container-kapot")
    assert article.owner == Employee.objects.get()
    assert article.versions.get().state == "published"
    assert summary.count("starter", "created") == 19
    assert "container-andere-maat: not published: confirm these values first: container_ruilen_kosten" in str(summary)
    police = Product.objects.get(key="politie")
    assert police.team.key == "balie"
    assert police.refer_to is not None
    assert police.refer_to["phone"] == "0900 8844"
    assert police.upl_uri.endswith("strafbFeitAang")
    assert police.desk_may_settle
    again = apply(file)
    assert not again.has_changes
    assert str(again).startswith("Nothing was changed")


def test_the_file_gives_a_value_its_theme_or_leaves_the_one_it_has(tmp_path: Path) -> None:
    def themes() -> dict[str, str]:
        return dict(LocalValue.objects.filter(key__in=["grofvuil_kosten", "bad_kosten"]).values_list("key", "theme"))

    silent = "values: [{key: grofvuil_kosten, text: € 5}, {key: bad_kosten, label: Bad, text: € 4}]\nproducts:"
    apply(file_with(tmp_path, "products:", silent))
    assert themes() == {"grofvuil_kosten": "afval", "bad_kosten": ""}
    for typed, kept in (("Zwembad", "Zwembad"), ("Verkeer en parkeren", "verkeer-en-parkeren"), ("WASTE", "afval")):
        named = silent.replace("{key: bad_kosten", f"{{theme: {typed}, key: bad_kosten")
        assert apply(file_with(tmp_path, "products:", named)).count("values", "changed") == 1
        assert themes() == {"grofvuil_kosten": "afval", "bad_kosten": kept}
        assert not apply(file_with(tmp_path, "products:", named)).has_changes
    put_value(key="grofvuil_kosten", label="Grofvuil", theme="Grof", by=SYSTEM, at=MONDAY)
    apply(file_with(tmp_path, "products:", silent))
    assert themes() == {"grofvuil_kosten": "Grof", "bad_kosten": "afval"}, "the file says nothing of it"
    moved = silent.replace("{key: grofvuil_kosten", "{theme: belastingen, key: grofvuil_kosten")
    apply(file_with(tmp_path, "products:", moved))
    assert themes() == {"grofvuil_kosten": "belastingen", "bad_kosten": "afval"}


def test_a_new_value_begins_with_the_theme_of_the_file(tmp_path: Path) -> None:
    file = file_with(tmp_path, "products:", "values: [{key: grofvuil_kosten, text: € 5, theme: Grof}]\nproducts:")
    apply(file)
    assert LocalValue.objects.get().theme == "Grof"
    assert not apply(file).has_changes


def test_other_bodies_leave_with_the_wish_for_them_and_never_take_the_place_of_a_product(tmp_path: Path) -> None:
    text = SMALL.replace("- key: stoep\n    name: Stoep", "- key: politie\n    name: Onze politie")
    text = text.replace("product: stoep", "product: politie")
    apply(
        file_with(
            tmp_path, "products:", "starter: {themes: [afval], referrals: true, team: werf}\nproducts:", text=text
        )
    )
    assert Product.objects.get(key="politie").name == "Onze politie"
    assert Product.objects.get(key="uwv").team.key == "werf"
    assert apply(file_with(tmp_path, text=text)).count("products", "withdrawn") == 36
    assert not Product.objects.get(key="uwv").is_active


def test_a_new_amount_in_the_file_holds_from_its_day(tmp_path: Path) -> None:
    apply(file_with(tmp_path, "products:", STARTING))
    dearer = STARTING.replace("€ 40, from: 2026-01-01", "€ 45, from: 2027-01-01")
    assert apply(file_with(tmp_path, "products:", dearer)).count("values", "changed") == 1
    assert values_on(MONDAY.date()).dutch["stoep_kosten"] == "€ 40"
    assert values_on(MONDAY.date().replace(year=2027)).dutch["stoep_kosten"] == "€ 45"


def test_the_file_gives_an_employee_channels_or_leaves_his_own(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    ada = Employee.objects.get()
    assert ada.channels == []
    choose_channels(employee=ada, channels=["counter"], by=ada, at=MONDAY)
    assert not apply(file_with(tmp_path)).has_changes, "the file says nothing of it, so it is her own choice"
    named = file_with(tmp_path, "name: Ada Bos", "name: Ada Bos\n    channels: [web_form, phone]")
    assert apply(named).count("employees", "changed") == 1
    assert Entry.objects.get(event="employee.changed").data == {"fields": ["channels"]}
    assert not apply(named).has_changes
    ada.refresh_from_db()
    assert ada.channels == ["web_form", "phone"]


@pytest.mark.parametrize("sheet", ["gemeente.css", "/huisstijl-elders/Gemeente-2.css"])
def test_the_file_names_a_style_sheet_of_its_own(tmp_path: Path, sheet: str) -> None:
    named = file_with(tmp_path, "theme: voorbeeld-theme", f"theme: gemeente-theme\n  theme_css: {sheet}")
    apply(named)
    assert Municipality.objects.get().theme_css == sheet
    assert not apply(named).has_changes
    apply(file_with(tmp_path))
    assert Municipality.objects.get().theme_css == ""


def test_what_leaves_the_file_is_withdrawn_and_comes_back(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    nothing = SMALL.partition("employees:")[0] + "employees: []\nproducts: []\narticles: []\n"
    summary = apply(file_with(tmp_path, text=nothing))
    assert [summary.count(kind, "withdrawn") for kind in ("employees", "products", "articles")] == [1, 1, 1]
    assert not Employee.objects.get().is_active
    assert not Product.objects.get().is_active
    assert Version.objects.get().state == "withdrawn"
    assert not apply(file_with(tmp_path, text=nothing)).has_changes
    assert apply(file_with(tmp_path)).count("products", "changed") == 1
    assert Product.objects.get().is_active


def test_a_list_that_is_left_out_is_left_alone(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    assert not apply(file_with(tmp_path, text=SMALL.partition("employees:")[0])).has_changes
    assert Employee.objects.get().is_active


def test_a_team_that_leaves_the_file_is_withdrawn(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    assert apply(file_with(tmp_path, text=WITHOUT_WERF)).count("teams", "withdrawn") == 1
    assert not Team.objects.get(key="werf").is_active


def test_a_team_with_open_questions_is_not_withdrawn(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    make_handed_over(to=Team.objects.get(key="werf"), by=Employee.objects.get())
    with pytest.raises(TeamStillHasQuestions, match="Werf still has open questions"):
        apply(file_with(tmp_path, text=WITHOUT_WERF))
    assert Team.objects.get(key="werf").is_active


def test_a_team_that_owns_products_the_file_is_silent_about_is_not_withdrawn(tmp_path: Path) -> None:
    apply(file_with(tmp_path, text=SMALL))
    with pytest.raises(TeamStillOwnsProducts, match="Werf still owns products"):
        apply(file_with(tmp_path, text=WITHOUT_WERF.partition("employees:")[0]))


def test_another_team_can_become_the_contact_centre(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    moved = SMALL.replace("    is_contact_centre: true\n", "").replace(
        "    parent: balie", "    is_contact_centre: true"
    )
    assert apply(file_with(tmp_path, text=moved)).count("teams", "changed") == 2
    assert Team.objects.get(is_contact_centre=True).key == "werf"


def test_roles_follow_the_file_and_the_language_follows_the_employee(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    Employee.objects.update(language="en")
    summary = apply(file_with(tmp_path, "{role: functional_administrator}", "{role: supervisor, team: werf}"))
    assert summary.count("employees", "changed") == 1
    assert set(Membership.objects.values_list("role", flat=True)) == {"agent", "supervisor"}
    assert Employee.objects.get().language == "en"


def test_a_file_with_problems_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileHasProblems, match="Nothing was changed"):
        apply(file_with(tmp_path, "team: werf", "team: zzz"))
    assert not Municipality.objects.exists()


def test_a_new_employee_cannot_log_in_until_he_has_a_password(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    assert not Employee.objects.get().has_usable_password()
    set_first_password(email="A.Bos@kleinveen.example", password="vier-lange-woorden-22", by=SYSTEM, at=MONDAY)
    assert Employee.objects.get().check_password("vier-lange-woorden-22")
    apply(file_with(tmp_path, "name: Ada Bos", "name: Ada Bosch"))
    assert Employee.objects.get().check_password("vier-lange-woorden-22")


def test_a_weak_password_and_an_unknown_address_are_refused(tmp_path: Path) -> None:
    apply(file_with(tmp_path))
    with pytest.raises(PasswordIsTooWeak, match="Choose another password"):
        set_first_password(email="a.bos@kleinveen.example", password="kort", by=SYSTEM, at=MONDAY)
    with pytest.raises(NobodyWithThisAddress):
        set_first_password(email="b@kleinveen.example", password="vier-lange-woorden-22", by=SYSTEM, at=MONDAY)
