"""Whatever a list is narrowed by, its count is the truth; what the database keeps is not counted, the rest is found."""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.api.klantinteracties.contract.callers import Caller
from aanspreekpunt.api.klantinteracties.contract.filters import Kind
from aanspreekpunt.api.klantinteracties.contract.paging import Page, stretch_on
from aanspreekpunt.api.klantinteracties.contract.resource import narrowed, rows
from aanspreekpunt.api.klantinteracties.resources import RESOURCES, kind_at
from aanspreekpunt.api.klantinteracties.resources.internetaken import Internetaken
from aanspreekpunt.api.klantinteracties.tests.calls import KISS as KISS_ACTOR
from aanspreekpunt.api.klantinteracties.tests.calls import System, contact, everything, ref
from aanspreekpunt.api.klantinteracties.tests.parties import organisation, person
from aanspreekpunt.common.counting import put_counts_together
from aanspreekpunt.organisation.tests.make import make_cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aanspreekpunt.api.klantinteracties.contract.filters import Filter
    from aanspreekpunt.api.klantinteracties.contract.resource import Resource

pytestmark = pytest.mark.django_db
KISS, NOSY = System(), System(sees_confidential=False)
CHANNELS = ("telefoon", "een|true", "balie")
POINTER = {"objectId": "9", "codeObjecttype": "pdf", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid"}


def values_of(one: Filter) -> tuple[str, ...]:
    """Return what can be asked of a filter of which the count is kept."""
    return one.options or (("true", "false") if one.kind is Kind.YES_NO else CHANNELS)


def kept_of(kind: type[Resource], actors: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield what a list can be asked by kept counts: nothing, one filter, or two; and what is counted beside them."""
    yield {}
    beside = {"leiddeTotInterneTaken"}
    named = [(name, one) for name, one in kind.filters.items() if one.kept or name in beside]
    kept = [(name, value) for name, one in named for value in values_of(one)]
    if kind is Internetaken:
        kept += [("toegewezenAanActor__uuid", actor) for actor in actors]
    yield from ({name: value} for name, value in kept)
    yield from (dict(pair) for pair in combinations(kept, 2) if pair[0][0] != pair[1][0])


def assert_every_count_is_the_truth(actors: Sequence[str]) -> None:
    for sees in (True, False):
        caller = Caller(actor=KISS_ACTOR, may=everything, sees_confidential=sees, team_ids=None)
        for kind in RESOURCES:
            for asked in kept_of(kind, actors):
                resource = kind()
                wheres = [*resource.visible(caller), *resource.narrowing(asked, caller)]
                sql, values = narrowed(f"SELECT t.id FROM {kind.table} t", wheres)  # noqa: S608 - our own
                there = [pk for (pk,) in rows(f"{sql} ORDER BY {kind.order}", values)]
                assert resource.count(wheres) == len(there), (kind.path, asked, sees)
                stretch = stretch_on(resource, wheres, Page(1, 100), len(there), kind.order)
                assert (stretch.ids() if stretch else []) == there[:100], (kind.path, asked, sees)


class World:
    """Contacts and parties with all that belongs to them, made, changed and taken away by chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        cast = make_cast()
        own = [cast.waste.register_actor, cast.youth.register_actor, cast.wim.register_actor]
        self.actors = [str(each.uuid) for each in own if each]
        self.made: dict[str, list[str]] = {}
        self.add_contact()
        self.add_party()

    def add(self, path: str, body: dict[str, Any]) -> dict[str, str]:
        made = KISS.call("POST", path, body)
        assert made.status == 201, made.body
        self.made.setdefault(path, []).append(made.body["uuid"])
        return ref(made.body)

    def one(self, path: str) -> dict[str, str]:
        return {"uuid": self.chance.choice(self.made[path])}

    def yes(self) -> bool:
        return self.chance.random() < 0.5

    def add_contact(self) -> None:
        self.add("klantcontacten", contact(**self.of_contact()))

    def of_contact(self) -> dict[str, Any]:
        reached = self.chance.choice((True, False, None))
        return {
            "kanaal": self.chance.choice(CHANNELS),
            "vertrouwelijk": self.yes(),
            "indicatieContactGelukt": reached,
            "verdereActieOndernomen": False,
        }

    def add_task(self) -> None:
        to = self.one("klantcontacten")
        task = {"gevraagdeHandeling": "Bel", **self.of_task(), "toelichting": ""}
        status = self.chance.choice(("te_verwerken", "verwerkt"))
        self.add("internetaken", {**task, "status": status, "aanleidinggevendKlantcontact": to})

    def of_task(self) -> dict[str, Any]:
        some = self.chance.sample(self.actors, self.chance.choice((1, 2)))
        return {"toegewezenAanActoren": [{"uuid": each} for each in some]}

    def add_file(self) -> None:
        to = self.chance.choice([None, self.one("klantcontacten")])
        self.add("bijlagen", {"wasBijlageVanKlantcontact": to, "bijlageidentificator": POINTER})

    def add_party(self) -> None:
        kind = self.chance.choice((person, organisation))
        self.add("partijen", kind(**self.of_party()))

    def of_party(self) -> dict[str, Any]:
        return {"indicatieActief": self.yes(), "indicatieGeheimhouding": self.chance.choice((True, False, None))}

    def add_address(self) -> None:
        given = self.add(
            "betrokkenen",
            {"hadKlantcontact": self.one("klantcontacten"), "wasPartij": None, "rol": "klant", "initiator": True},
        )
        of = self.chance.choice((given, None))
        self.add("digitaleadressen", {**self.of_address(), "verstrektDoorBetrokkene": of, "verstrektDoorPartij": None})

    def of_address(self) -> dict[str, Any]:
        kind, value = self.chance.choice((("email", "a@voorbeeld.nl"), ("overig", "@karel")))
        verified = self.chance.choice((None, "2026-05-01"))
        return {
            "adres": value,
            "soortDigitaalAdres": kind,
            "isStandaardAdres": False,
            "verificatieDatum": verified,
            "omschrijving": "",
        }

    def change(self) -> None:
        path = self.chance.choice(sorted(self.made))
        changed: dict[str, Any] = {
            "klantcontacten": self.of_contact,
            "partijen": self.of_party,
            "digitaleadressen": self.of_address,
            "bijlagen": lambda: {"wasBijlageVanKlantcontact": self.one("klantcontacten")},
            "internetaken": lambda: self.chance.choice(
                ({"status": "te_verwerken"}, {"status": "verwerkt"}, self.of_task())
            ),
            "betrokkenen": lambda: {"hadKlantcontact": self.one("klantcontacten")},
        }[path]()
        KISS.call("PATCH", f"{path}/{self.one(path)['uuid']}", changed)

    def remove(self) -> None:
        path = self.chance.choice(sorted(self.made))
        if len(self.made[path]) > 2:
            gone = self.made[path].pop(self.chance.randrange(len(self.made[path])))
            KISS.call("DELETE", f"{path}/{gone}")
        if path == "klantcontacten":  # what belonged to it may be gone too
            self.made = {name: self.made[name] for name in ("klantcontacten", "partijen")}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_count_is_the_truth_whatever_happens(seed: int) -> None:
    world = World(seed)
    adding = ("add_contact", "add_task", "add_file", "add_party", "add_address")
    for turn in range(60):
        getattr(world, world.chance.choice((*adding, *adding, "change", "change", "change", "remove")))()
        if turn == 40:
            put_counts_together()
        if turn % 20 == 19:
            assert_every_count_is_the_truth(world.actors)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE question SET is_confidential = NOT is_confidential")
        cursor.execute("UPDATE task SET contact_id = (SELECT max(id) FROM contact) WHERE id % 2 = 0")
    assert_every_count_is_the_truth(world.actors)


def test_what_is_kept_is_not_counted() -> None:
    World(4)
    for kind in RESOURCES:
        if kind.counted_by is None:
            continue
        asked = [{}, *({name: value} for name, one in kind.filters.items() if one.kept for value in values_of(one))]
        for query in asked:
            with CaptureQueriesContext(connection) as sent:
                assert NOSY.call("GET", f"{kind.root}{kind.path}", **query).status == 200
            assert not [each for each in sent if "count(*)" in each["sql"]], (kind.path, query)


def test_the_tasks_of_one_actor_are_neither_counted_nor_looked_for_among_those_of_others() -> None:
    world = World(5)
    for _task in range(4):
        world.add_task()
    for system in (KISS, NOSY):
        for asked in ({}, {"status": "te_verwerken"}, {"status": "verwerkt"}):
            with CaptureQueriesContext(connection) as sent:
                system.get("internetaken", toegewezenAanActor__uuid=world.actors[0], **asked)
            assert not [each for each in sent if "count(*)" in each["sql"]], asked
            assert not [each for each in sent if "EXISTS (SELECT FROM task_actor" in each["sql"]], asked


def test_two_actors_may_be_asked_of_one_task() -> None:
    world, told = World(6), ref(KISS.post("klantcontacten", contact()))
    both = {"toegewezenAanActoren": [{"uuid": each} for each in world.actors[:2]]}
    task = {
        "gevraagdeHandeling": "Bel",
        "toelichting": "",
        "status": "te_verwerken",
        "aanleidinggevendKlantcontact": told,
    }
    KISS.post("internetaken", {**task, **both})
    name = KISS.get(f"actoren/{world.actors[1]}")["naam"]
    asked = {"toegewezenAanActor__uuid": world.actors[0], "actoren__naam": name}
    assert KISS.get("internetaken", **asked)["count"] == 1
    assert KISS.get("internetaken", **(asked | {"actoren__naam": "Niemand"}))["count"] == 0


def test_the_files_of_a_confidential_contact_are_not_counted_for_who_may_not_see_it() -> None:
    to = ref(KISS.post("klantcontacten", contact(vertrouwelijk=False)))
    KISS.post("bijlagen", {"wasBijlageVanKlantcontact": to, "bijlageidentificator": POINTER})
    KISS.post("bijlagen", {"wasBijlageVanKlantcontact": None, "bijlageidentificator": POINTER})
    assert (KISS.get("bijlagen")["count"], NOSY.get("bijlagen")["count"]) == (2, 2)
    assert KISS.call("PATCH", f"klantcontacten/{to['uuid']}", {"vertrouwelijk": True}).status == 200
    assert (KISS.get("bijlagen")["count"], NOSY.get("bijlagen")["count"]) == (2, 1)
    with CaptureQueriesContext(connection) as sent:
        NOSY.get("bijlagen")
    assert not [each for each in sent if "count(*)" in each["sql"]]


INDEXED = [
    ("klantcontacten", "indicatieContactGelukt", "true", "contact_by_success"),
    ("klantcontacten", "indicatieContactGelukt", "false", "contact_by_success"),
    ("klantcontacten", "hadBetrokkene__digitaaladres__adres__icontains", "oorbeel", "address_by_part"),
    ("betrokkenen", "contactnaamAchternaam", "Deurne", "participant_known_by_last_name"),
    ("betrokkenen", "contactnaamAchternaam", "Deurne", "participant_by_last_name"),
    ("betrokkenen", "organisatienaam", "Bloem", "participant_by_organisation"),
    ("betrokkenen", "verstrektedigitaalAdres__adres", "a@voorbeeld.nl", "address_itself"),
    ("bijlagen", "bijlageidentificatorObjectId", "9", "attachment_by_object"),
    ("categorie-relaties", "beginDatum", "2026-01-01", "category_link_begins"),
    ("categorie-relaties", "eindDatum", "2026-01-01", "category_link_ends"),
    ("digitaleadressen", "adres__icontains", "oorbeel", "address_by_part"),
    ("digitaleadressen", "referentie", "x", "address_by_reference"),
    ("digitaleadressen", "verificatieDatum__gte", "2026-01-01", "address_verified"),
    ("digitaleadressen", "soortDigitaalAdres", "overig", "address_of_other_kind"),
    ("partij-identificatoren", "anderePartijIdentificator", "x", "identifier_by_other"),
    ("partij-identificatoren", "partijIdentificatorCodeSoortObjectId", "kvk_nummer", "identifier_no_bsn"),
    ("partijen", "bezoekadresAdresregel2", "x", "party_by_address_line"),
    ("partijen", "bezoekadresLand", "NL", "party_by_country"),
    ("partijen", "correspondentieadresAdresregel2", "x", "party_by_mailing_address"),
    ("partijen", "correspondentieadresLand", "NL", "party_by_mailing_address"),
    ("partijen", "indicatieActief", "false", "party_inactive"),
    ("partijen", "indicatieGeheimhouding", "true", "party_by_secrecy"),
    ("partijen", "indicatieGeheimhouding", "false", "party_by_secrecy"),
    ("partijen", "soortPartij", "organisatie", "party_no_person"),
    ("rekeningnummers", "bic", "ABNANL2A", "account_by_bic"),
]


@pytest.mark.parametrize(("path", "name", "value", "index"), INDEXED)
def test_what_few_have_is_found_by_an_index(path: str, name: str, value: str, index: str) -> None:
    kind = kind_at(path)
    sql, values = narrowed(f"SELECT t.id FROM {kind.table} t", [kind.filters[name].condition(read(kind, name, value))])  # noqa: S608 - our own
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")  # a bitmap takes what narrows, not what is in order
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan


def read(kind: type[Resource], name: str, value: str) -> Any:
    """Return a value as a filter gets it."""
    one = kind.filters[name]
    return {Kind.YES_NO: value == "true", Kind.PART: f"%{value}%"}.get(one.kind, value)


def test_parts_of_addresses_are_found_whatever_their_length_and_signs() -> None:
    to = ref(KISS.post("klantcontacten", contact()))
    who = {"hadKlantcontact": to, "wasPartij": None, "rol": "klant", "initiator": True}
    given = ref(KISS.post("betrokkenen", who))
    address = {"verstrektDoorBetrokkene": given, "verstrektDoorPartij": None, "soortDigitaalAdres": "overig"}
    for value in ("Karel_100%\\thuis", "Élan van Deurne", "karel-100"):
        KISS.post("digitaleadressen", {**address, "adres": value, "omschrijving": ""})
    expected = {"AREL": 2, "_1": 1, "0%\\t": 1, "100": 2, "éla": 1, "n v": 1, "niets": 0, "%\\T": 1, "l_100%\\thui": 1}
    for part, count in expected.items():
        assert KISS.get("digitaleadressen", adres__icontains=part)["count"] == count, part
        found = KISS.get("klantcontacten", hadBetrokkene__digitaaladres__adres__icontains=part)["count"]
        assert found == min(count, 1), part


def test_a_file_is_found_by_its_identity_here_or_elsewhere() -> None:
    made = KISS.post("bijlagen", {"wasBijlageVanKlantcontact": None, "bijlageidentificator": POINTER})
    assert [each["uuid"] for each in KISS.found("bijlagen", bijlageidentificatorObjectId="9")] == [made["uuid"]]
    assert KISS.found("bijlagen", bijlageidentificatorObjectId=made["uuid"]) == []


def test_parties_are_found_by_lines_in_their_own_place() -> None:
    lines = {"adresregel1": "Rue A", "adresregel2": "Bruxelles", "land": "BE"}
    KISS.post("partijen", person(bezoekadres=lines, correspondentieadres=lines))
    for prefix in ("bezoekadres", "correspondentieadres"):
        assert KISS.get("partijen", **{f"{prefix}Adresregel2": "Bruxelles"})["count"] == 1
        assert KISS.get("partijen", **{f"{prefix}Adresregel1": "Bruxelles"})["count"] == 0
        assert KISS.get("partijen", **{f"{prefix}Land": "BE"})["count"] == 1
        assert KISS.get("partijen", **{f"{prefix}Land": "NL"})["count"] == 0
