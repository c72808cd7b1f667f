"""Contacts over the standard interface: kept as sent, found by every filter, shown with what belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.api.klantinteracties.tests.calls import System, address, contact, ref
from aanspreekpunt.api.klantinteracties.tests.examples import NOWHERE
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.promises.operations import answer_at_once, register_and_hand_over
from aanspreekpunt.promises.tests.make import MONDAY, make_asked
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from pytest_django import Settings

    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db

KISS = System()


def test_a_contact_comes_back_as_it_was_sent() -> None:
    sent = contact(
        nummer="1234567890",
        reactie="Morgen.",
        indicatieContactGelukt=True,
        hoofdOnderwerpType="https://zaken.example/zaaktypen/1",
        plaatsgevondenOp="2026-03-02T10:00:00+01:00",
        metadata={"bron": "web", "leeg": ""},
    )
    made = KISS.post("klantcontacten", sent)
    assert made == KISS.get(f"klantcontacten/{made['uuid']}")
    assert made["url"] == f"http://testserver/klantinteracties/api/v1/klantcontacten/{made['uuid']}"
    assert made["plaatsgevondenOp"] == "2026-03-02T09:00:00Z"
    assert {name: made[name] for name in sent if name != "plaatsgevondenOp"} == {
        name: value for name, value in sent.items() if name != "plaatsgevondenOp"
    }
    assert len(made["referentienummer"]) == 10
    assert made["verdereActieOndernomen"] is False
    empty = ("gingOverOnderwerpobjecten", "hadBetrokkenActoren", "omvatteBijlagen", "hadBetrokkenen")
    assert all(made[name] == [] for name in (*empty, "leiddeTotInterneTaken"))


@pytest.mark.parametrize("nothing", [None, "", "   "])
def test_numbers_that_are_left_empty_are_made(nothing: Any) -> None:
    first = KISS.post("klantcontacten", contact(nummer=nothing, referentienummer=nothing))
    second = KISS.post("klantcontacten", contact(nummer=nothing))
    assert first["nummer"] == first["referentienummer"]
    assert first["nummer"] != second["nummer"]
    kept = KISS.call("PATCH", f"klantcontacten/{first['uuid']}", {"nummer": nothing}).body
    assert kept["nummer"] == first["nummer"]


def test_what_is_wrong_is_named_with_the_codes_of_the_standard() -> None:
    answer = KISS.call("POST", "klantcontacten", {})
    assert answer.status == 400
    assert answer.faults == {(name, "required") for name in ("kanaal", "onderwerp", "taal", "vertrouwelijk")}
    answer = KISS.call("POST", "klantcontacten", contact(onderwerp="x" * 201, inhoud="x" * 1001, reactie="x" * 4001))
    assert answer.faults == {(name, "max_length") for name in ("onderwerp", "inhoud", "reactie")}
    answer = KISS.call("POST", "klantcontacten", contact(onderwerp="", kanaal=" "))
    assert answer.faults == {("onderwerp", "blank"), ("kanaal", "blank")}
    answer = KISS.call("POST", "klantcontacten", contact(indicatieContactGelukt=True, verdereActieOndernomen=True))
    assert answer.faults == {("nonFieldErrors", "no-further-action-when-contact-succesful")}
    answer = KISS.call("POST", "klantcontacten", contact(metadata={"Betreft": "x" * 256}))
    assert answer.faults == {("metadata._betreft", "max_length")}


def test_a_change_that_makes_no_sense_with_what_is_kept_is_refused() -> None:
    made = KISS.post("klantcontacten", contact(indicatieContactGelukt=True))
    answer = KISS.call("PATCH", f"klantcontacten/{made['uuid']}", {"verdereActieOndernomen": True})
    assert answer.faults == {("nonFieldErrors", "no-further-action-when-contact-succesful")}


@pytest.mark.parametrize("name", ["nummer", "referentienummer"])
def test_a_number_is_used_once(name: str) -> None:
    KISS.post("klantcontacten", contact(**{name: "12345"}))
    assert KISS.call("POST", "klantcontacten", contact(**{name: "12345"})).faults == {(name, "unique")}


def test_channels_can_be_kept_to_a_list(settings: Settings) -> None:
    settings.API_CHANNELS = ["Telefoon", "Balie"]
    made = KISS.post("klantcontacten", contact(kanaal="Balie"))
    assert KISS.call("POST", "klantcontacten", contact(kanaal="balie")).faults == {("kanaal", "invalid")}
    answer = KISS.call("PATCH", f"klantcontacten/{made['uuid']}", {"kanaal": "Duif"})
    assert answer.faults == {("kanaal", "invalid")}


def test_a_channel_or_number_that_may_not_be_is_named_with_all_else_that_is_wrong(settings: Settings) -> None:
    settings.API_CHANNELS = ["Telefoon"]
    KISS.post("klantcontacten", contact(nummer="12345", referentienummer="6"))
    wrong = {"kanaal": "Duif", "nummer": 12345, "referentienummer": "6", "taal": "nederlands"}
    faults = {("kanaal", "invalid"), ("nummer", "unique"), ("referentienummer", "unique"), ("taal", "max_length")}
    assert KISS.call("POST", "klantcontacten", contact(**wrong)).faults == faults
    whole = {"klantcontact": contact(**wrong), "betrokkene": {"initiator": True, "wasPartij": {"uuid": NOWHERE}}}
    assert KISS.call("POST", "maak-klantcontact", whole).faults == {
        *((f"klantcontact.{name}", code) for name, code in faults),
        ("betrokkene.rol", "required"),
        ("betrokkene.wasPartij.uuid", "invalid"),
    }
    done = contact(indicatieContactGelukt=True, verdereActieOndernomen=True)
    rule = ("klantcontact.nonFieldErrors", "no-further-action-when-contact-succesful")
    for said, fault in ((done, rule), ({**done, "taal": "nederlands"}, ("klantcontact.taal", "max_length"))):
        whole = {"klantcontact": said, "betrokkene": {"initiator": True}}
        assert KISS.call("POST", "maak-klantcontact", whole).faults == {fault, ("betrokkene.rol", "required")}
    own = KISS.post("klantcontacten", contact(nummer="7"))
    again = {"nummer": "7", "referentienummer": "\x00", "taal": []}
    assert KISS.call("PATCH", f"klantcontacten/{own['uuid']}", again).faults == {
        ("referentienummer", "null_characters_not_allowed"),
        ("taal", "invalid"),
    }


def test_a_put_leaves_alone_what_it_does_not_mention() -> None:
    made = KISS.post("klantcontacten", contact(reactie="Morgen."))
    put = KISS.call("PUT", f"klantcontacten/{made['uuid']}", contact(onderwerp="Rijbewijs", inhoud="Anders"))
    assert put.body == {**made, "onderwerp": "Rijbewijs", "inhoud": "Anders"}


def test_contacts_of_the_desk_are_shown_in_the_words_of_the_standard(cast: Cast) -> None:
    answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY)
    (shown,) = KISS.found("klantcontacten", kanaal="telefoon")
    assert (shown["onderwerp"], shown["reactie"], shown["taal"]) == ("Container niet geleegd", "Zaterdag.", "nld")
    (actor,) = shown["hadBetrokkenActoren"]
    assert actor["actoridentificator"]["objectId"] == "anna@voorbeeldstad.example"
    assert actor["actorIdentificatie"]["emailadres"] == "anna@voorbeeldstad.example"
    (who,) = KISS.found("betrokkenen", hadKlantcontact__uuid=shown["uuid"])
    assert who["volledigeNaam"] == "Karel van Deurne"
    assert len(who["digitaleAdressen"]) == 2


def test_writing_back_what_was_read_changes_nothing(cast: Cast) -> None:
    answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY)
    (found,) = KISS.found("klantcontacten")
    shown = KISS.get(f"klantcontacten/{found['uuid']}")
    assert KISS.call("PUT", f"klantcontacten/{shown['uuid']}", shown).body == shown
    assert not Entry.objects.filter(event="contact.changed").exists()


def test_taking_away_the_answer_of_a_settled_question_is_refused(cast: Cast) -> None:
    answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY)
    (shown,) = KISS.found("klantcontacten")
    answer = KISS.call("PATCH", f"klantcontacten/{shown['uuid']}", {"reactie": ""})
    assert answer.faults == {("reactie", "answer-must-stay")}


def test_a_deleted_contact_is_gone_and_its_question_withdrawn(cast: Cast) -> None:
    question = register_and_hand_over(asked=make_asked(), to=cast.waste, asks="", by=cast.anna, at=MONDAY).question
    (shown,) = KISS.found("klantcontacten")
    assert KISS.call("DELETE", f"klantcontacten/{shown['uuid']}").status == 204
    assert KISS.call("GET", f"klantcontacten/{shown['uuid']}").status == 404
    question.refresh_from_db()
    assert question.outcome == "withdrawn"


@pytest.mark.usefixtures("cast")
def test_confidential_contacts_do_not_exist_for_who_may_not_see_them() -> None:
    secret = KISS.post("klantcontacten", contact(vertrouwelijk=True, nummer="1"))
    who = KISS.post("betrokkenen", {"hadKlantcontact": ref(secret), "rol": "klant", "initiator": True})
    about = KISS.post("onderwerpobjecten", {"klantcontact": ref(secret)})
    file = KISS.post("bijlagen", {"wasBijlageVanKlantcontact": ref(secret)})
    (actor,) = KISS.found("actoren", naam="anna")
    dealt = KISS.post("actorklantcontacten", {"actor": ref(actor), "klantcontact": ref(secret)})
    nosy = System(sees_confidential=False)
    parts = {"betrokkenen": who, "onderwerpobjecten": about, "bijlagen": file, "actorklantcontacten": dealt}
    for path, thing in {"klantcontacten": secret, **parts}.items():
        assert nosy.get(path)["count"] == 0
        assert nosy.call("GET", f"{path}/{thing['uuid']}").status == 404
        assert nosy.call("DELETE", f"{path}/{thing['uuid']}").status == 404
        assert KISS.get(path)["count"] == 1
    answer = nosy.call("POST", "betrokkenen", {"hadKlantcontact": ref(secret), "rol": "klant", "initiator": True})
    assert answer.faults == {("hadKlantcontact.uuid", "invalid")}


def test_a_system_of_one_team_sees_what_is_of_that_team(cast: Cast) -> None:
    register_and_hand_over(asked=make_asked(), to=cast.waste, asks="", by=cast.anna, at=MONDAY)
    KISS.post("klantcontacten", contact())
    of_waste = System(team_ids=frozenset({cast.waste.pk}))
    mine = of_waste.post("klantcontacten", contact(onderwerp="Van ons"))
    assert {each["onderwerp"] for each in of_waste.found("klantcontacten")} == {"Van ons", "Container niet geleegd"}
    assert Contact.objects.get(uuid=mine["uuid"]).by_team == cast.waste
    assert System(team_ids=frozenset({cast.youth.pk})).get("klantcontacten")["count"] == 0


def _full_contact(nummer: str) -> dict[str, Any]:
    made = KISS.post("klantcontacten", contact(nummer=nummer))
    KISS.post("betrokkenen", {"hadKlantcontact": ref(made), "rol": "klant", "initiator": True})
    subject = {"objectId": f"zaak-{nummer}", "codeObjecttype": "zaak", "codeRegister": "oz", "codeSoortObjectId": "id"}
    KISS.post("onderwerpobjecten", {"klantcontact": ref(made), "onderwerpobjectidentificator": subject})
    KISS.post("bijlagen", {"wasBijlageVanKlantcontact": ref(made)})
    return dict(made)


def test_each_filter_finds_what_it_should() -> None:
    one = _full_contact("1")
    two = KISS.post(
        "klantcontacten",
        contact(
            nummer="2",
            referentienummer="22",
            kanaal="Balie",
            onderwerp="50% korting_nu",
            inhoud="Iets heel ANDERS",
            reactie="Ja hoor",
            indicatieContactGelukt=True,
            plaatsgevondenOp="2020-01-01T00:00:00Z",
        ),
    )
    (who,) = KISS.found("betrokkenen")
    (about,) = KISS.found("onderwerpobjecten")
    KISS.post("onderwerpobjecten", {"klantcontact": ref(one), "wasKlantcontact": ref(two)})
    earlier = KISS.found("onderwerpobjecten", wasKlantcontact__uuid=two["uuid"])[0]
    wanted: list[tuple[dict[str, str], set[str]]] = [
        ({"nummer": "1"}, {"1"}),
        ({"referentienummer": "22"}, {"2"}),
        ({"kanaal": "Balie"}, {"2"}),
        ({"kanaal": "balie"}, set()),
        ({"onderwerp": "0% KORTING_"}, {"2"}),
        ({"onderwerp": "0%_korting"}, set()),
        ({"inhoud": "l ander"}, {"2"}),
        ({"reactie": "HOOR"}, {"2"}),
        ({"inhoud": "wanneer", "onderwerp": "pas"}, {"1"}),
        ({"inhoud": "t"}, {"1", "2"}),
        ({"zoek": "paspoorten"}, {"1"}),
        ({"zoek": "korting hoor"}, {"2"}),
        ({"zoek": "korting paspoort"}, set()),
        ({"indicatieContactGelukt": "true"}, {"2"}),
        ({"indicatieContactGelukt": "false"}, set()),
        ({"vertrouwelijk": "false"}, {"1", "2"}),
        ({"vertrouwelijk": "true"}, set()),
        ({"plaatsgevondenOp": "2020-01-01T01:00:00+01:00"}, {"2"}),
        ({"plaatsgevondenOp__gte": "2020-01-02"}, {"1"}),
        ({"plaatsgevondenOp__lte": "2020-01-02T00:00:00Z"}, {"2"}),
        ({"hadBetrokkene__uuid": who["uuid"]}, {"1"}),
        ({"hadBetrokkene__url": address(who)}, {"1"}),
        ({"hadBetrokkene__wasPartij": "true"}, set()),
        ({"hadBetrokkene__wasPartij": "False"}, {"1", "2"}),
        ({"onderwerpobject__uuid": about["uuid"]}, {"1"}),
        ({"onderwerpobject__url": address(about)}, {"1"}),
        ({"onderwerpobject__onderwerpobjectidentificatorObjectId": "zaak-1"}, {"1"}),
        ({"onderwerpobject__onderwerpobjectidentificatorCodeRegister": "x"}, set()),
        ({"wasOnderwerpobject__uuid": earlier["uuid"]}, {"2"}),
        ({"leiddeTotInterneTaken": "true"}, set()),
        ({"leiddeTotInterneTaken": "false"}, {"1", "2"}),
    ]
    for query, numbers in wanted:
        assert {each["nummer"] for each in KISS.found("klantcontacten", **query)} == numbers, query


def test_a_subject_that_only_says_which_contact_it_was_finds_that_contact() -> None:
    meant = KISS.post("klantcontacten", contact(nummer="1"))
    KISS.post("klantcontacten", contact(nummer="2"))
    pointer = {"objectId": "zaak-1", "codeObjecttype": "zaak", "codeRegister": "x", "codeSoortObjectId": "uuid"}
    link = KISS.post("onderwerpobjecten", {"wasKlantcontact": ref(meant), "onderwerpobjectidentificator": pointer})
    for name, value in (("uuid", link["uuid"]), ("onderwerpobjectidentificatorObjectId", "zaak-1")):
        found = KISS.found("klantcontacten", **{f"wasOnderwerpobject__{name}": value})
        assert [each["nummer"] for each in found] == ["1"], name


def test_the_last_page_can_be_asked_without_its_number() -> None:
    for day in ("01", "02", "03"):
        KISS.post("klantcontacten", contact(nummer=day, plaatsgevondenOp=f"2026-01-{day}T12:00:00Z"))
    for asked in ({}, {"inhoud": "halen"}):
        last = KISS.get("klantcontacten", page="last", pageSize="2", **asked)
        assert ([each["nummer"] for each in last["results"]], last["count"], last["next"]) == (["01"], 3, None)
        assert last["previous"].endswith("pageSize=2")
    assert KISS.get("klantcontacten", page="last", nummer="4")["results"] == []


def test_lists_are_newest_first_unless_asked_otherwise() -> None:
    for day in ("02", "03", "01"):
        KISS.post("klantcontacten", contact(nummer=day, plaatsgevondenOp=f"2026-01-{day}T12:00:00Z"))
    assert [each["nummer"] for each in KISS.found("klantcontacten")] == ["03", "02", "01"]
    oldest_first = KISS.found("klantcontacten", ordering="plaatsgevondenOp")
    assert [each["nummer"] for each in oldest_first] == ["01", "02", "03"]
    assert KISS.call("GET", "klantcontacten", ordering="taal").faults == {("ordering", "invalid_choice")}


def test_a_hundred_contacts_take_as_many_queries_as_one() -> None:
    for number in range(1, 13):
        _full_contact(str(number))
    with CaptureQueriesContext(connection) as queries:
        assert len(KISS.found("klantcontacten", kanaal="Telefoon")) == 12
    assert len(queries) <= 6  # the line in the access log is one


def test_expanding_costs_one_query_or_two_for_each_name() -> None:
    made = _full_contact("1")
    with CaptureQueriesContext(connection) as queries:
        shown = KISS.get(
            f"klantcontacten/{made['uuid']}", expand="hadBetrokkenen,gingOverOnderwerpobjecten,omvatteBijlagen"
        )
    assert len(queries) <= 8
    assert shown["_expand"]["hadBetrokkenen"][0]["hadKlantcontact"]["uuid"] == made["uuid"]
    assert shown["_expand"]["gingOverOnderwerpobjecten"][0]["onderwerpobjectidentificator"]["objectId"] == "zaak-1"
    assert shown["_expand"]["omvatteBijlagen"][0]["wasBijlageVanKlantcontact"]["uuid"] == made["uuid"]
