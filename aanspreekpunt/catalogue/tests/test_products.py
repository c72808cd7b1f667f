"""What must always be true of a product, also after moving to a newer version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader

from aanspreekpunt.catalogue.models import Product
from aanspreekpunt.catalogue.tests.make import make_product
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.apps.registry import Apps

BEFORE, AFTER = "0002_product_names_of_government", "0005_products_everybody_can_reach"


@pytest.mark.django_db
def test_everybody_can_reach_every_product_without_a_computer() -> None:
    with pytest.raises(IntegrityError, match="product_without_computer"):
        make_product("alleen-web", team=make_cast().desk, channels=["web_form", "email"])


@pytest.mark.django_db
def test_only_kinds_of_question_can_be_settled() -> None:
    with pytest.raises(IntegrityError, match="product_known_kinds_settled"):
        make_product("vreemd", team=make_cast().desk, desk_settles=["wish"])


def test_the_desk_may_settle_one_kind_and_not_another() -> None:
    product = Product(kind="report", desk_settles=["question"])
    assert not product.desk_may_settle
    assert product.desk_may_settle_kind("question")
    assert not product.desk_may_settle_kind("complaint")


@pytest.fixture
def at_version(transactional_db: None) -> Iterator[Callable[[str], Apps]]:
    """Bring the tables of this app to a version, with its own migrations; back to the newest afterwards.

    Each is carried out with what it builds on and no more: Django's own way draws up the models of every app anew,
    dozens of times.
    """
    assert transactional_db is None
    loader = MigrationLoader(connection)
    names = sorted(name for app, name in loader.disk_migrations if app == "catalogue")
    now = len(names) - 1

    def carry_out(name: str, *, backwards: bool) -> None:
        migration = loader.get_migration("catalogue", name)
        before = loader.project_state(("catalogue", name), at_end=False)
        with connection.schema_editor(atomic=migration.atomic) as editor:
            (migration.unapply if backwards else migration.apply)(before, editor)

    def moved(name: str) -> Apps:
        nonlocal now
        while now > names.index(name):
            carry_out(names[now], backwards=True)
            now -= 1
        while now < names.index(name):
            carry_out(names[now + 1], backwards=False)
            now += 1
        return loader.project_state(("catalogue", name)).apps

    yield moved
    moved(names[-1])


def test_a_yes_becomes_every_kind_and_back(at_version: Callable[[str], Apps]) -> None:
    old = at_version(BEFORE)
    team = old.get_model("organisation", "Team").objects.create(key="balie", name="Balie", mailbox="b@x.example")
    products = old.get_model("catalogue", "Product").objects
    products.create(key="ja", name="Ja", team=team, desk_may_settle=True, channels=["phone"])
    products.create(key="nee", name="Nee", team=team, desk_may_settle=False, channels=["web_form"])
    new = at_version(AFTER).get_model("catalogue", "Product").objects
    assert len(new.get(key="ja").desk_settles) == 6
    assert new.get(key="nee").desk_settles == []
    assert new.get(key="nee").channels == ["web_form", "phone", "counter"]
    new.filter(key="nee").update(kind="report", desk_settles=["question"])
    back = at_version(BEFORE).get_model("catalogue", "Product").objects
    assert dict(back.values_list("key", "desk_may_settle")) == {"ja": True, "nee": False}
