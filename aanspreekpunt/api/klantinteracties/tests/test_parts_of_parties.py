"""Numbers, bank accounts, categories and representations over the standard interface, and what registers know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from aanspreekpunt.api.klantinteracties.tests.calls import address, ref
from aanspreekpunt.api.klantinteracties.tests.parties import (
    AN_ADDRESS,
    BSN,
    KISS,
    KVK,
    NO_ADDRESS,
    OTHER_BSN,
    SHOP,
    number,
    person,
    uuids,
)

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertMaxNumQueries

pytestmark = pytest.mark.django_db
NUMBERS = "partij-identificatoren"
CONTACTGEGEVENS = "/contactgegevens/api/v1/"


@pytest.fixture
def party() -> dict[str, Any]:
    made: dict[str, Any] = KISS.post("partijen", person())
    return made


@pytest.fixture
def other() -> dict[str, Any]:
    made: dict[str, Any] = KISS.post("partijen", person())
    return made


class TestNumbers:
    """Partij-identificatoren."""

    def test_a_number_comes_back_as_sent(self, party: dict[str, Any]) -> None:
        sent = number(identificeerdePartij=ref(party), anderePartijIdentificator="klant 7", subIdentificatorVan=None)
        made = KISS.post(NUMBERS, sent)
        assert made == KISS.get(f"{NUMBERS}/{made['uuid']}")
        assert {**made, "identificeerdePartij": ref(party)} == {**sent, **ref(made), "url": made["url"]}

    def test_a_number_is_of_nobody_until_it_is_somebodys(self, party: dict[str, Any]) -> None:
        made = KISS.post(NUMBERS, number())
        assert made["identificeerdePartij"] is None
        told = KISS.call("PATCH", f"{NUMBERS}/{made['uuid']}", {"identificeerdePartij": ref(party)}).body
        assert told["identificeerdePartij"]["uuid"] == party["uuid"]
        assert uuids(KISS.get(f"partijen/{party['uuid']}")["partijIdentificatoren"]) == [made["uuid"]]

    def test_what_is_required_is_named(self) -> None:
        assert KISS.call("POST", NUMBERS, {}).faults == {("partijIdentificator", "required")}
        assert KISS.call("POST", NUMBERS, {"partijIdentificator": {}}).faults == {
            (f"partijIdentificator.{name}", "required")
            for name in ("codeObjecttype", "codeSoortObjectId", "objectId", "codeRegister")
        }

    @pytest.mark.parametrize(
        ("codes", "fault"),
        [
            ({"codeObjecttype": "vestiging"}, "partijIdentificatorCodeObjecttype"),
            ({"codeRegister": "hr"}, "partijIdentificatorCodeObjecttype"),
            ({"codeSoortObjectId": "rsin"}, "partijIdentificatorCodeSoortObjectId"),
            ({"objectId": "12"}, "partijIdentificatorObjectId"),
            ({"objectId": "111222334"}, "partijIdentificatorObjectId"),
        ],
    )
    def test_codes_go_together(self, codes: dict[str, str], fault: str) -> None:
        sent = {"partijIdentificator": {**number()["partijIdentificator"], **codes}}
        assert KISS.call("POST", NUMBERS, sent).faults == {(fault, "invalid")}

    def test_a_code_that_is_none_is_refused(self) -> None:
        sent = {"partijIdentificator": {**number()["partijIdentificator"], "codeRegister": "x"}}
        assert KISS.call("POST", NUMBERS, sent).faults == {("partijIdentificator.codeRegister", "invalid_choice")}

    def test_one_of_a_kind_and_each_only_once(self, party: dict[str, Any], other: dict[str, Any]) -> None:
        KISS.post(NUMBERS, number(identificeerdePartij=ref(party)))
        for sent in (number(value=OTHER_BSN, identificeerdePartij=ref(party)), number(identificeerdePartij=ref(other))):
            assert KISS.call("POST", NUMBERS, sent).faults == {("__all__", "invalid")}

    def test_an_establishment_stands_under_its_company_which_cannot_go(self) -> None:
        company = KISS.post(NUMBERS, number("kvk_nummer", KVK))
        assert KISS.call("POST", NUMBERS, number("vestigingsnummer", SHOP)).faults == {
            ("subIdentificatorVan", "invalid")
        }
        shop = KISS.post(NUMBERS, number("vestigingsnummer", SHOP, subIdentificatorVan=ref(company)))
        assert shop["subIdentificatorVan"]["uuid"] == company["uuid"]
        assert KISS.call("DELETE", f"{NUMBERS}/{company['uuid']}").faults == {("nonFieldErrors", "invalid")}
        itself = KISS.call("PATCH", f"{NUMBERS}/{company['uuid']}", {"subIdentificatorVan": ref(company)})
        assert itself.faults == {("subIdentificatorVan", "invalid")}
        for each in (shop, company):
            assert KISS.call("DELETE", f"{NUMBERS}/{each['uuid']}").status == 204

    def test_a_patch_says_the_four_codes_or_none_of_them(self) -> None:
        path = f"{NUMBERS}/{KISS.post(NUMBERS, number())['uuid']}"
        assert KISS.call("PATCH", path, {"partijIdentificator": {"objectId": OTHER_BSN}}).faults == {
            (f"partijIdentificator.{name}", "required")
            for name in ("codeObjecttype", "codeSoortObjectId", "codeRegister")
        }
        assert KISS.call("PATCH", path, number(value=OTHER_BSN)).body["partijIdentificator"]["objectId"] == OTHER_BSN
        assert KISS.call("PATCH", path, {"anderePartijIdentificator": "klant 7"}).status == 200

    def test_what_a_number_is_of_stays_while_others_stand_under_it(self) -> None:
        company = KISS.post(NUMBERS, number("kvk_nummer", KVK))
        KISS.post(NUMBERS, number("vestigingsnummer", SHOP, subIdentificatorVan=ref(company)))
        answer = KISS.call("PUT", f"{NUMBERS}/{company['uuid']}", number("rsin", OTHER_BSN))
        assert answer.faults == {("partijIdentificatorCodeSoortObjectId", "invalid")}
        assert KISS.call("PUT", f"{NUMBERS}/{company['uuid']}", number("kvk_nummer", "87654321")).status == 200

    def test_numbers_are_found_by_their_codes(self) -> None:
        made = KISS.post(NUMBERS, number(anderePartijIdentificator="klant 7"))
        KISS.post(NUMBERS, number("kvk_nummer", KVK))
        for query in (
            {"partijIdentificatorCodeObjecttype": "natuurlijk_persoon"},
            {"partijIdentificatorCodeRegister": "brp"},
            {"partijIdentificatorCodeSoortObjectId": "bsn"},
            {"partijIdentificatorObjectId": BSN},
            {"anderePartijIdentificator": "klant 7"},
        ):
            assert uuids(KISS.found(NUMBERS, **query)) == [made["uuid"]], query
        answer = KISS.call("GET", NUMBERS, partijIdentificatorCodeRegister="x")
        assert answer.faults == {("partijIdentificatorCodeRegister", "invalid_choice")}


class TestAccounts:
    """Rekeningnummers."""

    def test_an_account_is_kept_changed_found_and_forgotten(self, party: dict[str, Any]) -> None:
        sent = {"partij": ref(party), "iban": "NL18BANK23481326", "bic": "BANKNL2A"}
        made = KISS.post("rekeningnummers", sent)
        assert {**made, "partij": ref(party)} == {**sent, **ref(made), "url": made["url"]}
        assert uuids(KISS.get(f"partijen/{party['uuid']}")["rekeningnummers"]) == [made["uuid"]]
        told = KISS.call("PATCH", f"rekeningnummers/{made['uuid']}", {"partij": None}).body
        assert told == {**made, "partij": None}
        for query in ({"iban": sent["iban"]}, {"bic": "BANKNL2A"}, {"uuid": made["uuid"]}):
            assert uuids(KISS.found("rekeningnummers", **query)) == [made["uuid"]]  # type: ignore[arg-type]  # texts
        assert KISS.found("rekeningnummers", iban="x") == []
        assert KISS.call("DELETE", f"rekeningnummers/{made['uuid']}").status == 204

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("iban", "x", "invalid"),
            ("iban", "", "blank"),
            ("bic", "1234567", "min_length"),
            ("bic", "1" * 12, "max_length"),
        ],
    )
    def test_what_is_no_account_is_refused(self, field: str, value: str, code: str) -> None:
        answer = KISS.call("POST", "rekeningnummers", {"iban": "NL18BANK23481326", field: value})
        assert answer.faults == {(field, code)}


class TestCategories:
    """Categorieen and categorie-relaties."""

    def test_a_party_belongs_to_a_category_from_today(self, party: dict[str, Any]) -> None:
        category = KISS.post("categorieen", {"naam": "Ondernemers"})
        link = KISS.post("categorie-relaties", {"partij": ref(party), "categorie": ref(category)})
        assert link["categorie"] == category
        assert link["beginDatum"] is not None
        whole = KISS.call("PUT", f"categorie-relaties/{link['uuid']}", {"eindDatum": "2030-01-01"}).body
        assert whole == {**link, "eindDatum": "2030-01-01"}
        KISS.call("PATCH", f"categorieen/{category['uuid']}", {"naam": "Winkeliers"})
        (shown,) = KISS.get(f"partijen/{party['uuid']}")["categorieRelaties"]
        assert (shown["uuid"], shown["categorieNaam"]) == (link["uuid"], "Winkeliers")
        assert KISS.call("DELETE", f"categorieen/{category['uuid']}").status == 204
        assert KISS.get("categorie-relaties")["count"] == 0

    def test_relations_are_found(self) -> None:
        KISS.post("categorie-relaties", {"beginDatum": "2025-01-01"})
        category = KISS.post("categorieen", {"naam": "Ondernemers"})
        party = KISS.post("partijen", person(nummer="7"))
        sent = {"partij": ref(party), "categorie": ref(category), "beginDatum": "2026-01-01", "eindDatum": "2027-01-01"}
        made = KISS.post("categorie-relaties", sent)
        for query in (
            {"beginDatum": "2026-01-01"},
            {"eindDatum": "2027-01-01"},
            {"categorie__naam": "Ondernemers"},
            {"categorie__uuid": category["uuid"]},
            {"categorie__url": address(category)},
            {"partij__uuid": party["uuid"]},
            {"partij__url": address(party)},
            {"partij__nummer": "7"},
        ):
            assert uuids(KISS.found("categorie-relaties", **query)) == [made["uuid"]], query
        assert KISS.call("DELETE", f"categorie-relaties/{made['uuid']}").status == 204


class TestRepresentations:
    """Vertegenwoordigingen."""

    def test_one_speaks_for_another(self, party: dict[str, Any], other: dict[str, Any]) -> None:
        both = {"vertegenwoordigendePartij": ref(party), "vertegenwoordigdePartij": ref(other)}
        made = KISS.post("vertegenwoordigingen", both)
        assert KISS.call("POST", "vertegenwoordigingen", both).faults == {("nonFieldErrors", "unique")}
        itself = {**both, "vertegenwoordigdePartij": ref(party)}
        assert KISS.call("POST", "vertegenwoordigingen", itself).faults == {("vertegenwoordigdePartij", "invalid")}
        turned = {"vertegenwoordigendePartij": ref(other), "vertegenwoordigdePartij": ref(party)}
        told = KISS.call("PUT", f"vertegenwoordigingen/{made['uuid']}", turned).body
        assert told["vertegenwoordigendePartij"]["uuid"] == other["uuid"]
        for query in (
            {"vertegenwoordigendePartij__uuid": other["uuid"]},
            {"vertegenwoordigendePartij__url": address(other)},
            {"vertegenwoordigdePartij__uuid": party["uuid"]},
            {"vertegenwoordigdePartij__url": address(party)},
        ):
            assert uuids(KISS.found("vertegenwoordigingen", **query)) == [made["uuid"]], query
        assert KISS.found("vertegenwoordigingen", vertegenwoordigdePartij__uuid=other["uuid"]) == []
        assert KISS.call("DELETE", f"vertegenwoordigingen/{made['uuid']}").status == 204

    def test_a_circle_of_representations_is_shown_without_going_round(
        self, party: dict[str, Any], other: dict[str, Any]
    ) -> None:
        for one, two in ((party, other), (other, party)):
            both = {"vertegenwoordigendePartij": ref(one), "vertegenwoordigdePartij": ref(two)}
            KISS.post("vertegenwoordigingen", both)
        shown = KISS.get(f"partijen/{party['uuid']}", expand="betrokkenen.hadKlantcontact,digitaleAdressen")
        assert uuids(shown["vertegenwoordigden"]) == [other["uuid"]]


class TestWhatRegistersKnow:
    """Contactgegevens."""

    def test_a_person_is_kept(self, django_assert_max_num_queries: DjangoAssertMaxNumQueries) -> None:
        sent = {
            "geboortedatum": "1972-05-05",
            "overlijdensdatum": None,
            "geslachtsnaam": "Townsend",
            "geslacht": "m",
            "voorvoegsel": "",
            "voornamen": "Devin",
            "adres": AN_ADDRESS,
        }
        path = f"{CONTACTGEGEVENS}persoon"
        made = KISS.post(path, sent)
        assert made == {**sent, **ref(made), "url": f"http://testserver{path}/{made['uuid']}"}
        told = KISS.call("PATCH", f"{path}/{made['uuid']}", {"geslacht": "", "adres": None}).body
        assert told == {**made, "geslacht": "", "adres": NO_ADDRESS}
        with django_assert_max_num_queries(4):  # one is the line in the access log
            assert KISS.found(path) == [told]
        assert KISS.call("GET", path, naam="x").faults == {("nonFieldErrors", "unknown-parameters")}
        assert KISS.call("POST", path, {}).faults == {("geboortedatum", "required"), ("geslachtsnaam", "required")}
        assert KISS.call("DELETE", f"{path}/{made['uuid']}").status == 204

    def test_an_organisation_is_kept(self) -> None:
        path = f"{CONTACTGEGEVENS}organisatie"
        made = KISS.post(path, {"handelsnaam": "Bloem"})
        assert (made["oprichtingsdatum"], made["adres"]) == (None, NO_ADDRESS)
        whole = {"handelsnaam": "Bloem bv", "opheffingsdatum": "2026-01-01", "adres": AN_ADDRESS}
        told = KISS.call("PUT", f"{path}/{made['uuid']}", whole).body
        assert told == {**made, **whole}
        assert KISS.call("POST", path, {"handelsnaam": ""}).faults == {("handelsnaam", "blank")}
        assert KISS.call("DELETE", f"{path}/{made['uuid']}").status == 204
