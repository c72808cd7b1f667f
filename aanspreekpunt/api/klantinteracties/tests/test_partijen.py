"""Parties over the standard interface: kept as sent, one with the parties of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.api.klantinteracties.tests.calls import System, address, contact, ref
from aanspreekpunt.api.klantinteracties.tests.parties import (
    AN_ADDRESS,
    BSN,
    KAREL,
    KISS,
    KVK,
    NO_ADDRESS,
    OTHER_BSN,
    SHOP,
    number,
    organisation,
    person,
    phone,
    uuids,
)
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.parties.models import Party
from aanspreekpunt.parties.queries import find_parties
from aanspreekpunt.parties.tests.make import make_party

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

pytestmark = pytest.mark.django_db
NOWHERE = "095be615-a8ad-4c33-8e9c-c7612fbf6c9f"


def changed(party: dict[str, Any], **fields: Any) -> dict[str, Any]:
    answer = KISS.call("PATCH", f"partijen/{party['uuid']}", fields)
    assert answer.status == 200, answer
    found: dict[str, Any] = answer.body
    return found


def test_a_person_comes_back_as_sent_and_is_known_at_the_desk() -> None:
    sent = person(
        nummer="1298329191",
        interneNotitie="Belt graag 's ochtends.",
        indicatieGeheimhouding=False,
        voorkeurstaal="dut",
        bezoekadres=AN_ADDRESS,
        correspondentieadres={**AN_ADDRESS, "huisnummer": 14},
    )
    made = KISS.post("partijen", sent)
    assert made == KISS.get(f"partijen/{made['uuid']}")
    assert made["partijIdentificatie"] == {"contactnaam": KAREL, "volledigeNaam": "Karel van Deurne"}
    assert {name: made[name] for name in sent if name != "partijIdentificatie"} == {
        name: value for name, value in sent.items() if name != "partijIdentificatie"
    }
    assert [found.address_line for found in find_parties("deurne")] == ["Kerkstraat 12A, 1234 AB Voorbeeldstad"]
    assert Entry.objects.get(event="party.made").by_name == "Contact desktop"


def test_a_party_of_the_desk_is_a_party_of_the_standard() -> None:
    make_party()
    (shown,) = KISS.found("partijen")
    assert shown["partijIdentificatie"]["volledigeNaam"] == "Karel van Deurne"
    assert (shown["bezoekadres"]["postcode"], shown["nummer"], shown["_expand"]) == ("1234 AB", None, {})
    assert len(shown["digitaleAdressen"]) == 2


def test_a_party_needs_no_name_and_no_address() -> None:
    made = KISS.post("partijen", {"soortPartij": "persoon", "indicatieActief": True})
    assert "partijIdentificatie" not in made  # it may be absent, and may not be null
    nameless = changed(made, partijIdentificatie={"contactnaam": None})["partijIdentificatie"]
    assert nameless == {"contactnaam": dict.fromkeys(KAREL, ""), "volledigeNaam": ""}
    assert changed(made, partijIdentificatie=None)["partijIdentificatie"] == nameless
    assert (made["bezoekadres"], made["correspondentieadres"]) == (NO_ADDRESS, NO_ADDRESS)
    assert Party.objects.get().shown_name == "Naam onbekend"


def test_what_is_required_and_known_is_named() -> None:
    assert KISS.call("POST", "partijen", {}).faults == {("soortPartij", "required"), ("indicatieActief", "required")}
    named = {"contactnaam": {"voorletters": "x" * 11}}
    assert KISS.call("POST", "partijen", person(partijIdentificatie=named)).faults == {
        ("partijIdentificatie.contactnaam.voorletters", "max_length")
    }


def test_a_contact_person_works_for_an_organisation() -> None:
    company, someone = KISS.post("partijen", organisation()), KISS.post("partijen", person())
    identity = {"werkteVoorPartij": ref(company), "contactnaam": KAREL}
    sent = {"soortPartij": "contactpersoon", "indicatieActief": True, "partijIdentificatie": identity}
    made = KISS.post("partijen", sent)
    shown = made["partijIdentificatie"]
    assert shown["werkteVoorPartij"] == ref(company) | {"url": company["url"]}
    assert shown["uuid"] not in {made["uuid"], company["uuid"]}
    assert KISS.get(f"partijen/{made['uuid']}")["partijIdentificatie"] == shown
    assert [found.works_for for found in find_parties("deurne")] == ["", "Bakkerij Bloem"]
    wrong = {**sent, "partijIdentificatie": {"werkteVoorPartij": ref(someone)}}
    assert KISS.call("POST", "partijen", wrong).faults == {("partijIdentificatie.werkteVoorPartij.uuid", "invalid")}


def test_a_number_is_of_one_party_and_an_empty_one_is_none() -> None:
    made = KISS.post("partijen", person(nummer="12"))
    assert KISS.call("POST", "partijen", person(nummer="12")).faults == {("nummer", "unique")}
    more = KISS.call("POST", "partijen", person(nummer="12", indicatieActief="misschien"))
    assert more.faults == {("nummer", "unique"), ("indicatieActief", "invalid")}
    for nothing in ("", None):
        assert KISS.post("partijen", person(nummer=nothing))["nummer"] is None
    assert changed(made, nummer="12")["nummer"] == "12"
    assert [each["uuid"] for each in KISS.found("partijen", nummer="12")] == [made["uuid"]]


def test_a_party_that_becomes_another_kind_leaves_its_old_names() -> None:
    made = KISS.post("partijen", person())
    whole = organisation(partijIdentificatie={"naam": "Deurne bv"})
    answer = KISS.call("PUT", f"partijen/{made['uuid']}", whole)
    assert (answer.status, answer.body["partijIdentificatie"]) == (200, {"naam": "Deurne bv"})
    assert [found.name for found in find_parties("deurne")] == ["Deurne bv"]


def test_a_patch_changes_what_it_says_and_nothing_else() -> None:
    made = KISS.post("partijen", person(bezoekadres=AN_ADDRESS, interneNotitie="x"))
    assert changed(made) == made
    assert changed(made, interneNotitie="y") == {**made, "interneNotitie": "y"}
    assert changed(made, bezoekadres=None)["bezoekadres"] == NO_ADDRESS


class TestLists:
    """What belongs to a party."""

    def test_the_list_is_what_belongs_to_it(self) -> None:
        address = KISS.post("digitaleadressen", phone())
        account = KISS.post("rekeningnummers", {"iban": "NL18BANK23481326"})
        lists = {"digitaleAdressen": [ref(address)], "rekeningnummers": [ref(account)]}
        preferred = {"voorkeursDigitaalAdres": ref(address), "voorkeursRekeningnummer": ref(account)}
        made = KISS.post("partijen", person(**lists, **preferred))
        assert (uuids(made["digitaleAdressen"]), uuids(made["rekeningnummers"])) == (
            [address["uuid"]],
            [account["uuid"]],
        )
        assert made["voorkeursDigitaalAdres"]["uuid"] == address["uuid"]
        for nothing in ([], None):
            emptied = changed(made, digitaleAdressen=nothing, rekeningnummers=nothing)
            assert (emptied["digitaleAdressen"], emptied["rekeningnummers"]) == ([], [])
            assert changed(made, **lists)["digitaleAdressen"] == made["digitaleAdressen"]

    def test_what_is_preferred_is_in_the_list(self) -> None:
        address = KISS.post("digitaleadressen", phone())
        account = KISS.post("rekeningnummers", {"iban": "NL18BANK23481326"})
        address_only = person(digitaleAdressen=[], voorkeursDigitaalAdres=ref(address))
        assert KISS.call("POST", "partijen", address_only).faults == {("voorkeursDigitaalAdres", "invalid")}
        account_only = person(voorkeursRekeningnummer=ref(account))
        assert KISS.call("POST", "partijen", account_only).faults == {("voorkeursRekeningnummer", "invalid")}
        made = KISS.post("partijen", person(digitaleAdressen=[ref(address)]))
        assert changed(made, voorkeursDigitaalAdres=ref(address))["voorkeursDigitaalAdres"]["uuid"] == address["uuid"]
        assert changed(made, voorkeursDigitaalAdres=None)["voorkeursDigitaalAdres"] is None

    def test_what_is_not_there_is_named_by_its_place(self) -> None:
        address = KISS.post("digitaleadressen", phone())
        answer = KISS.call("POST", "partijen", person(digitaleAdressen=[ref(address), {"uuid": NOWHERE}]))
        assert answer.faults == {("digitaleAdressen.1.uuid", "invalid")}
        assert not Party.objects.exists()


class TestNumbers:
    """The numbers of other registers, sent along with a party."""

    def test_numbers_are_made_with_their_party(self) -> None:
        made = KISS.post("partijen", person(partijIdentificatoren=[number()]))
        (shown,) = made["partijIdentificatoren"]
        assert shown["partijIdentificator"] == number()["partijIdentificator"]
        assert shown["identificeerdePartij"]["uuid"] == made["uuid"]
        assert shown == KISS.get(f"partij-identificatoren/{shown['uuid']}")

    def test_a_number_that_is_there_moves_to_the_party(self) -> None:
        first = KISS.post("partijen", person(partijIdentificatoren=[number("kvk_nummer", KVK)]))
        known = first["partijIdentificatoren"][0]["uuid"]
        second = KISS.post("partijen", person(partijIdentificatoren=[number(uuid=known)]))
        assert uuids(second["partijIdentificatoren"]) == [known]
        assert second["partijIdentificatoren"][0]["partijIdentificator"]["codeSoortObjectId"] == "bsn"
        assert KISS.get(f"partijen/{first['uuid']}")["partijIdentificatoren"] == []

    def test_the_list_replaces_what_was_there(self) -> None:
        made = KISS.post("partijen", person(partijIdentificatoren=[number()]))
        again = changed(made, partijIdentificatoren=[number(), number("rsin", OTHER_BSN)])
        assert uuids(made["partijIdentificatoren"])[0] not in uuids(again["partijIdentificatoren"])
        assert [each["partijIdentificator"]["codeSoortObjectId"] for each in again["partijIdentificatoren"]] == [
            "bsn",
            "rsin",
        ]
        assert changed(made, partijIdentificatoren=None)["partijIdentificatoren"] == again["partijIdentificatoren"]
        assert changed(made, partijIdentificatoren=[])["partijIdentificatoren"] == []

    def test_an_establishment_comes_after_its_company(self) -> None:
        made = KISS.post("partijen", organisation(partijIdentificatoren=[number("kvk_nummer", KVK)]))
        company = made["partijIdentificatoren"][0]
        shop = number("vestigingsnummer", SHOP)
        alone = KISS.call("PATCH", f"partijen/{made['uuid']}", {"partijIdentificatoren": [shop]})
        assert alone.faults == {("partijIdentificatoren.0.subIdentificatorVan", "invalid")}
        same = number("kvk_nummer", KVK, uuid=company["uuid"])
        both = changed(made, partijIdentificatoren=[same, {**shop, "sub_identificator_van": ref(company)}])
        assert both["partijIdentificatoren"][1]["subIdentificatorVan"]["uuid"] == company["uuid"]
        none = KISS.call("PATCH", f"partijen/{made['uuid']}", {"partijIdentificatoren": []})
        assert none.faults == {("nonFieldErrors", "invalid")}

    def test_a_number_of_another_is_refused_and_nothing_is_made(self) -> None:
        KISS.post("partij-identificatoren", number())
        assert KISS.call("POST", "partijen", person(partijIdentificatoren=[number()])).faults == {
            ("__all__", "invalid")
        }
        twice = KISS.call("POST", "partijen", person(partijIdentificatoren=[number(value=OTHER_BSN)] * 2))
        assert [each["name"] for each in twice.body["invalidParams"]] == ["__all__", "__all__"]
        assert not Party.objects.exists()

    def test_the_party_of_a_number_follows_from_where_it_is_sent(self) -> None:
        made = KISS.post("partijen", person())
        said = number(identificeerdePartij=ref(made))
        answer = KISS.call("POST", "partijen", person(partijIdentificatoren=[said]))
        assert answer.faults == {("partijIdentificatoren.identificeerdePartij", "invalid")}
        assert len(changed(made, partijIdentificatoren=[said])["partijIdentificatoren"]) == 1

    def test_what_is_wrong_with_a_number_is_named_by_its_place(self) -> None:
        answer = KISS.call("POST", "partijen", person(partijIdentificatoren=[number(), {"partijIdentificator": {}}]))
        assert ("partijIdentificatoren.1.partijIdentificator.objectId", "required") in answer.faults
        answer = KISS.call("POST", "partijen", person(partijIdentificatoren=[number(uuid=NOWHERE)]))
        assert answer.faults == {("partijIdentificatoren.0.uuid", "invalid")}


class TestFinding:
    """The filters."""

    def test_by_what_a_party_is(self) -> None:
        someone = KISS.post("partijen", person(indicatieGeheimhouding=True))
        company = KISS.post("partijen", organisation(indicatieActief=False))
        assert uuids(KISS.found("partijen")) == uuids([company, someone])
        for query in ({"soortPartij": "persoon"}, {"indicatieActief": "true"}, {"indicatieGeheimhouding": "true"}):
            assert uuids(KISS.found("partijen", **query)) == [someone["uuid"]], query
        assert uuids(KISS.found("partijen", indicatieActief="false")) == [company["uuid"]]
        assert KISS.call("GET", "partijen", soortPartij="x").faults == {("soortPartij", "invalid_choice")}
        assert KISS.call("GET", "partijen", naam="x").faults == {("nonFieldErrors", "unknown-parameters")}

    def test_the_count_of_a_long_list_is_right_whatever_comes_and_goes(self) -> None:
        make_party()
        company, someone = KISS.post("partijen", organisation()), KISS.post("partijen", person())
        KISS.call("PUT", f"partijen/{someone['uuid']}", organisation())
        KISS.call("DELETE", f"partijen/{company['uuid']}")
        assert [KISS.get("partijen", soortPartij=kind)["count"] for kind in ("persoon", "organisatie")] == [1, 1]
        assert KISS.get("partijen")["count"] == 2
        assert KISS.get("partijen", soortPartij="organisatie", indicatieActief="true")["count"] == 1
        assert KISS.get("digitaleadressen")["count"] == 2

    @pytest.mark.parametrize("which", ["bezoekadres", "correspondentieadres"])
    def test_by_address(self, which: str) -> None:
        KISS.post("partijen", person())
        made = KISS.post("partijen", person(**{which: {**AN_ADDRESS, "adresregel1": "a", "adresregel3": "c"}}))
        asked = {"Adresregel1": "a", "Adresregel2": "Tweede verdieping", "Adresregel3": "c", "Land": "NL"}
        for name, value in {**asked, "NummeraanduidingId": "1234567890000001"}.items():
            assert uuids(KISS.found("partijen", **{which + name: value})) == [made["uuid"]], name
            assert KISS.found("partijen", **{which + name: "x"}) == [], name

    def test_by_number_of_another_register(self) -> None:
        made = KISS.post("partijen", person(partijIdentificatoren=[number(), number("rsin", OTHER_BSN)]))
        KISS.post("partijen", organisation(partijIdentificatoren=[number("kvk_nummer", KVK)]))
        alike = {
            "codeObjecttype": "natuurlijk_persoon",
            "codeRegister": "brp",
            "codeSoortObjectId": "bsn",
            "objectId": BSN,
        }
        for name, value in alike.items():
            assert uuids(KISS.found("partijen", **{f"partijIdentificator__{name}": value})) == [made["uuid"]], name
        of_one_number = {"partijIdentificator__codeSoortObjectId": "rsin", "partijIdentificator__objectId": BSN}
        assert KISS.found("partijen", **of_one_number) == []
        assert len(KISS.found("partijen", partijIdentificator__codeRegister="hr")) == 2

    def test_an_establishment_by_its_company(self) -> None:
        found = {}
        for kvk in (KVK, "87654321"):
            company = KISS.post("partij-identificatoren", number("kvk_nummer", kvk))
            shop = number("vestigingsnummer", SHOP, subIdentificatorVan=ref(company))
            found[kvk] = KISS.post("partijen", organisation(partijIdentificatoren=[shop]))["uuid"]
        both = {"partijIdentificator__objectId": SHOP, "subIdentificatorVan__objectId": KVK}
        assert uuids(KISS.found("partijen", **both)) == [found[KVK]]
        kind = {"subIdentificatorVan__codeSoortObjectId": "kvk_nummer", "subIdentificatorVan__objectId": "87654321"}
        assert uuids(KISS.found("partijen", **kind)) == [found["87654321"]]
        assert KISS.found("partijen", subIdentificatorVan__codeRegister="brp") == []

    def test_by_category_and_by_who_represents_a_party(self) -> None:
        mother, child = KISS.post("partijen", person()), KISS.post("partijen", person())
        both = {"vertegenwoordigendePartij": ref(mother), "vertegenwoordigdePartij": ref(child)}
        KISS.post("vertegenwoordigingen", both)
        category = KISS.post("categorieen", {"naam": "Ouders"})
        KISS.post("categorie-relaties", {"partij": ref(mother), "categorie": ref(category)})
        for query, found in (
            ({"categorierelatie__categorie__naam": "Ouders"}, [mother["uuid"]]),
            ({"categorierelatie__categorie__naam": "Ondernemers,Ouders"}, [mother["uuid"]]),
            ({"categorierelatie__categorie__naam": "Ouder"}, []),
            ({"vertegenwoordigdePartij__uuid": mother["uuid"]}, [child["uuid"]]),
            ({"vertegenwoordigdePartij__url": address(mother)}, [child["uuid"]]),
            ({"vertegenwoordigdePartij__uuid": child["uuid"]}, []),
        ):
            assert uuids(KISS.found("partijen", **query)) == found, query
        shown = KISS.get(f"partijen/{mother['uuid']}")
        assert uuids(shown["vertegenwoordigden"]) == [child["uuid"]]
        assert [each["categorieNaam"] for each in shown["categorieRelaties"]] == ["Ouders"]


class TestShowing:
    """How much it takes to show them, and who sees what."""

    def test_kin_is_shown_in_whole(self) -> None:
        made = KISS.post("partijen", person(digitaleAdressen=[ref(KISS.post("digitaleadressen", phone()))]))
        told = KISS.post("klantcontacten", contact())
        part = {"wasPartij": ref(made), "hadKlantcontact": ref(told), "rol": "klant", "initiator": True}
        KISS.post("betrokkenen", part)
        asked = "digitaleAdressen,betrokkenen.hadKlantcontact,categorieRelaties"
        shown = KISS.get(f"partijen/{made['uuid']}", expand=asked)["_expand"]
        assert shown["digitaleAdressen"][0]["adres"] == "0612345678"
        assert shown["betrokkenen"][0]["_expand"]["hadKlantcontact"]["onderwerp"] == "Paspoort"
        assert shown["categorieRelaties"] == []
        assert KISS.call("GET", "partijen", expand="alles").faults == {("expand", "invalid_choice")}

    def test_a_hundred_parties_take_as_many_queries_as_one(
        self, django_assert_max_num_queries: DjangoAssertMaxNumQueries
    ) -> None:
        company = KISS.post("partijen", organisation(partijIdentificatoren=[number("kvk_nummer", KVK)]))
        for _ in range(99):
            made = KISS.post("partijen", person())
            KISS.post("digitaleadressen", phone(verstrektDoorPartij=ref(made)))
        both = {"vertegenwoordigendePartij": ref(company), "vertegenwoordigdePartij": ref(made)}
        KISS.post("vertegenwoordigingen", both)
        with django_assert_max_num_queries(7):
            assert len(KISS.found("partijen")) == 100
        with django_assert_max_num_queries(8):
            assert len(KISS.found("partijen", expand="digitaleAdressen,categorieRelaties,betrokkenen")) == 100

    def test_what_came_in_a_confidential_contact_is_not_there_for_who_may_not_see_it(self) -> None:
        told = KISS.post("klantcontacten", contact(vertrouwelijk=True))
        made = KISS.post("partijen", person())
        part = {"wasPartij": ref(made), "hadKlantcontact": ref(told), "rol": "klant", "initiator": True}
        who = KISS.post("betrokkenen", part)
        address = KISS.post("digitaleadressen", phone(verstrektDoorBetrokkene=ref(who), verstrektDoorPartij=ref(made)))
        changed(made, voorkeursDigitaalAdres=ref(address))
        other = System(sees_confidential=False)
        shown = other.get(f"partijen/{made['uuid']}", expand="betrokkenen,digitaleAdressen")
        assert (shown["betrokkenen"], shown["digitaleAdressen"], shown["voorkeursDigitaalAdres"]) == ([], [], None)
        assert shown["_expand"] == {"betrokkenen": [], "digitaleAdressen": []}
        assert other.get("digitaleadressen")["count"] == 0
        assert other.call("GET", f"digitaleadressen/{address['uuid']}").status == 404
        named = {"digitaleAdressen": [ref(address)]}
        answer = other.call("PATCH", f"partijen/{made['uuid']}", named)
        assert answer.faults == {("digitaleAdressen.0.uuid", "invalid")}
        assert other.call("PATCH", f"partijen/{made['uuid']}", {"digitaleAdressen": []}).status == 200
        assert uuids(KISS.get(f"partijen/{made['uuid']}")["digitaleAdressen"]) == [address["uuid"]]


def test_a_party_goes_and_its_contacts_stay() -> None:
    made = KISS.post("partijen", person(partijIdentificatoren=[number()]))
    told = KISS.post("klantcontacten", contact())
    part = {"wasPartij": ref(made), "hadKlantcontact": ref(told), "rol": "klant", "initiator": True}
    who = KISS.post("betrokkenen", part)
    assert KISS.call("DELETE", f"partijen/{made['uuid']}").status == 204
    assert KISS.get("partij-identificatoren")["count"] == 0
    assert KISS.get(f"betrokkenen/{who['uuid']}")["wasPartij"] is None
    assert KISS.call("GET", f"partijen/{made['uuid']}").status == 404
