"""What goes along when a thing of any kind is taken away, and what is shown inside it as long as it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.api.klantinteracties.tests.calls import System
from aanspreekpunt.api.klantinteracties.tests.examples import KINDS, one_of_each, path_of
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

pytestmark = pytest.mark.django_db
KISS = System()
GOES_ALONG = {
    "actoren": "actorklantcontacten",
    "categorieen": "categorie-relaties",
    "klantcontacten": "actorklantcontacten betrokkenen bijlagen internetaken onderwerpobjecten",
    "partijen": "categorie-relaties digitaleadressen partij-identificatoren rekeningnummers vertegenwoordigingen",
}
"""Of each kind what goes along; who took part in a contact stays when his party goes."""


@pytest.fixture
def made() -> dict[str, dict[str, Any]]:
    make_cast()
    return one_of_each()


def there(made: dict[str, dict[str, Any]]) -> set[str]:
    return {
        path for path, one in made.items() if KISS.call("GET", f"{path_of(KINDS[path])}/{one['uuid']}").status == 200
    }


@pytest.mark.parametrize("path", KINDS)
def test_what_goes_along(path: str, made: dict[str, dict[str, Any]]) -> None:
    address = f"{path_of(KINDS[path])}/{made[path]['uuid']}"
    assert KISS.call("DELETE", address).status == 204
    assert set(made) - there(made) == {path, *GOES_ALONG.get(path, "").split()}
    assert KISS.call("DELETE", address).status == 404


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.expands], ids=lambda kind: str(kind.path))
def test_every_expand_is_shown_in_its_place(kind: type[Resource], made: dict[str, dict[str, Any]]) -> None:
    path = path_of(kind)
    one = made[kind.path]["uuid"]
    for expand in kind.expands:
        names = expand.split(".")
        asked = ",".join(".".join(names[: count + 1]) for count in range(len(names)))
        listed = next(each for each in KISS.found(path, expand=asked) if each["uuid"] == one)
        for shown in (KISS.get(f"{path}/{one}", expand=asked), listed):
            for name in names:
                assert set(shown["_expand"]) == {name}, expand
                inside = shown["_expand"][name]
                shown = (inside[0] if inside else None) if isinstance(inside, list) else inside  # noqa: PLW2901 - one deeper
                if shown is None:
                    break
                assert shown["url"].endswith(shown["uuid"]), expand
