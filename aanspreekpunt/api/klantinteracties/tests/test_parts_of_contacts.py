"""What belongs to a contact over the standard interface: who took part, who dealt with it, its subjects and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aanspreekpunt.api.klantinteracties.tests.calls import KISS as PLAIN
from aanspreekpunt.api.klantinteracties.tests.calls import System, address, contact, ref
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.organisation.models import ActorRecord
from aanspreekpunt.parties.models import DigitalAddress
from aanspreekpunt.parties.operations import add_identifier
from aanspreekpunt.parties.tests.make import MONDAY, make_party
from aanspreekpunt.questions.attachments import store_attachment
from aanspreekpunt.questions.models import Attachment, Contact, Participant

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db

KISS = System()
ADDRESS = {
    "nummeraanduidingId": "1234567890000001",
    "straatnaam": "Dorpsstraat",
    "huisnummer": 10,
    "huisnummertoevoeging": "A2",
    "postcode": "1008 DG",
    "stad": "Voorbeeldstad",
    "adresregel1": "een",
    "adresregel2": "",
    "adresregel3": "drie",
    "land": "NL",
}
NAME = {"voorletters": "P", "voornaam": "Phil", "voorvoegselAchternaam": "de", "achternaam": "Boer"}
POINTER = {"objectId": "1", "codeObjecttype": "zaak", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid"}
EMPTY_POINTER = dict.fromkeys(POINTER, "")


@pytest.fixture
def talk() -> dict[str, Any]:
    return dict(KISS.post("klantcontacten", contact()))


def participant(talk: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"hadKlantcontact": ref(talk), "rol": "klant", "initiator": True, **fields}


# Who took part.


def test_who_took_part_comes_back_as_he_was_sent(talk: dict[str, Any]) -> None:
    sent = participant(
        talk,
        wasPartij=None,
        bezoekadres=ADDRESS,
        correspondentieadres={**ADDRESS, "huisnummer": None, "postcode": ""},
        contactnaam=NAME,
        rol="vertegenwoordiger",
        organisatienaam="Bakkerij",
        initiator=False,
    )
    made = KISS.post("betrokkenen", sent)
    assert {name: made[name] for name in sent if name != "hadKlantcontact"} == {
        name: value for name, value in sent.items() if name != "hadKlantcontact"
    }
    assert (made["volledigeNaam"], made["digitaleAdressen"]) == ("Phil de Boer", [])
    kept = Participant.objects.get()
    assert (kept.postcode, kept.role, kept.mailing_address["street"]) == ("1008DG", "representative", "Dorpsstraat")


def test_what_is_left_out_of_who_took_part_is_empty_and_an_address_is_replaced_in_whole(talk: dict[str, Any]) -> None:
    made = KISS.post("betrokkenen", participant(talk, bezoekadres=ADDRESS))
    assert made["contactnaam"] == dict.fromkeys(NAME, "")
    assert made["correspondentieadres"] == {**dict.fromkeys(ADDRESS, ""), "huisnummer": None}
    patched = KISS.call("PATCH", f"betrokkenen/{made['uuid']}", {"bezoekadres": {"stad": "Elders"}}).body
    assert patched["bezoekadres"] == {**dict.fromkeys(ADDRESS, ""), "huisnummer": None, "stad": "Elders"}
    patched = KISS.call("PATCH", f"betrokkenen/{made['uuid']}", {}).body
    assert patched["bezoekadres"]["stad"] == "Elders"


def test_what_is_wrong_with_who_took_part_is_named(talk: dict[str, Any]) -> None:
    assert KISS.call("POST", "betrokkenen", {}).faults == {
        (name, "required") for name in ("hadKlantcontact", "rol", "initiator")
    }
    bad = participant(talk, rol="baas", bezoekadres={"postcode": "1008DG", "huisnummer": 0, "land": "nl"})
    assert KISS.call("POST", "betrokkenen", bad).faults == {
        ("rol", "invalid_choice"),
        ("bezoekadres.postcode", "invalid"),
        ("bezoekadres.huisnummer", "min_value"),
        ("bezoekadres.land", "invalid"),
    }
    nobody = {"uuid": "00000000-0000-7000-8000-000000000000"}
    lost = participant(talk, hadKlantcontact=nobody)
    assert KISS.call("POST", "betrokkenen", lost).faults == {("hadKlantcontact.uuid", "invalid")}
    unknown = participant(talk, wasPartij=nobody)
    assert KISS.call("POST", "betrokkenen", unknown).faults == {("wasPartij.uuid", "invalid")}


def test_who_took_part_is_found_by_each_filter(talk: dict[str, Any]) -> None:
    party = make_party(last_name="Boer")
    mine = KISS.post(
        "betrokkenen",
        participant(talk, wasPartij={"uuid": str(party.uuid)}, contactnaam=NAME, organisatienaam="Bakkerij"),
    )
    KISS.post("betrokkenen", participant(KISS.post("klantcontacten", contact())))
    DigitalAddress.objects.create(
        participant_id=Participant.objects.get(uuid=mine["uuid"]).pk,
        kind="email",
        address="phil@voorbeeld.example",
        as_given="Phil@voorbeeld.example",
    )
    (given,) = KISS.get(f"betrokkenen/{mine['uuid']}")["digitaleAdressen"]
    queries = [
        {"contactnaamAchternaam": "Boer"},
        {"contactnaamVoorletters": "P"},
        {"contactnaamVoornaam": "Phil"},
        {"contactnaamVoorvoegselAchternaam": "de"},
        {"organisatienaam": "Bakkerij"},
        {"hadKlantcontact__uuid": talk["uuid"]},
        {"hadKlantcontact__url": address(talk)},
        {"hadKlantcontact__nummer": talk["nummer"]},
        {"hadKlantcontact__referentienummer": talk["referentienummer"]},
        {"verstrektedigitaalAdres__adres": "Phil@voorbeeld.example"},
        {"verstrektedigitaalAdres__uuid": given["uuid"]},
        {"verstrektedigitaalAdres__url": address(given)},
        {"wasPartij__uuid": str(party.uuid)},
    ]
    for query in queries:
        assert [each["uuid"] for each in KISS.found("betrokkenen", **query)] == [mine["uuid"]], query
    found = KISS.found("klantcontacten", hadBetrokkene__digitaaladres__adres__icontains="PHIL@")
    assert [each["uuid"] for each in found] == [talk["uuid"]]
    found = KISS.found("klantcontacten", hadBetrokkene__wasPartij__uuid=str(party.uuid))
    assert [each["uuid"] for each in found] == [talk["uuid"]]


def test_who_took_part_is_found_by_the_numbers_of_his_party(talk: dict[str, Any]) -> None:
    party = make_party(last_name="Boer")
    add_identifier(party=party, kind="bsn", number="111222333", by=PLAIN, at=MONDAY)
    mine = KISS.post("betrokkenen", participant(talk, wasPartij={"uuid": str(party.uuid)}))
    KISS.post("betrokkenen", participant(KISS.post("klantcontacten", contact())))
    codes = {"codeObjecttype": "natuurlijk_persoon", "codeRegister": "brp", "codeSoortObjectId": "bsn"}
    for query in ({"objectId": "111222333"}, codes, {**codes, "objectId": "111222333"}):
        of_party = {f"wasPartij__partijIdentificator__{name}": value for name, value in query.items()}
        assert [each["uuid"] for each in KISS.found("betrokkenen", **of_party)] == [mine["uuid"]], query
        of_contact = {f"hadBetrokkene__{name}": value for name, value in of_party.items()}
        assert [each["uuid"] for each in KISS.found("klantcontacten", **of_contact)] == [talk["uuid"]], query
    assert KISS.found("betrokkenen", wasPartij__partijIdentificator__objectId="123456782") == []


def test_addresses_go_with_who_gave_them_unless_a_party_has_them_too(talk: dict[str, Any]) -> None:
    made = KISS.post("betrokkenen", participant(talk))
    pk = Participant.objects.get(uuid=made["uuid"]).pk
    DigitalAddress.objects.create(participant_id=pk, kind="email", address="a@x.example", as_given="a@x.example")
    party = make_party(last_name="Boer")
    DigitalAddress.objects.create(
        participant_id=pk, party=party, kind="email", address="b@x.example", as_given="b@x.example"
    )
    assert KISS.call("DELETE", f"betrokkenen/{made['uuid']}").status == 204
    assert [(each.address, each.participant_id) for each in DigitalAddress.objects.all()] == [("b@x.example", None)]


# Who dealt with it.


def test_each_kind_of_actor_comes_back_as_it_was_sent() -> None:
    details = {
        "medewerker": {"functie": "KCC", "emailadres": "phil@bozeman.example", "telefoonnummer": "+31618234723"},
        "geautomatiseerde_actor": {"functie": "robot", "omschrijving": "doet iets"},
        "organisatorische_eenheid": {
            "omschrijving": "afdeling",
            "emailadres": "afdeling@bozeman.example",
            "faxnummer": "316893487573",
            "telefoonnummer": "0612345678",
        },
    }
    for kind, said in details.items():
        sent = {
            "naam": "Phil",
            "soortActor": kind,
            "indicatieActief": False,
            "actoridentificator": POINTER,
            "actorIdentificatie": said,
        }
        made = KISS.post("actoren", {**sent, "medewerkerIdentificatie": "unknown keys are dropped"})
        assert {name: made[name] for name in sent} == sent
        assert [each["uuid"] for each in KISS.found("actoren", soortActor=kind)] == [made["uuid"]]


def test_an_actor_without_details_has_none_and_can_change_kind() -> None:
    made = KISS.post("actoren", {"naam": "Phil", "soortActor": "medewerker"})
    assert "actorIdentificatie" not in made  # the standard says that it may be absent, and not that it may be null
    assert made["indicatieActief"] is True
    assert made["actoridentificator"] == EMPTY_POINTER
    said = {"functie": "robot"}
    put = {"naam": "P", "soortActor": "geautomatiseerde_actor", "actorIdentificatie": said}
    changed = KISS.call("PUT", f"actoren/{made['uuid']}", put).body
    assert changed["actorIdentificatie"] == {"functie": "robot", "omschrijving": ""}
    patched = KISS.call("PATCH", f"actoren/{made['uuid']}", {"actorIdentificatie": {"omschrijving": "x"}}).body
    assert patched["actorIdentificatie"] == {"functie": "robot", "omschrijving": "x"}
    assert KISS.call("PATCH", f"actoren/{made['uuid']}", {"indicatieActief": False}).body["naam"] == "P"


def test_what_is_wrong_with_an_actor_is_named() -> None:
    assert KISS.call("POST", "actoren", {}).faults == {("naam", "required"), ("soortActor", "required")}
    bad = {"naam": "x" * 201, "soortActor": "robot"}
    assert KISS.call("POST", "actoren", bad).faults == {("naam", "max_length"), ("soortActor", "invalid_choice")}
    bad = {"naam": "P", "soortActor": "medewerker", "actorIdentificatie": {"emailadres": "geen", "functie": "x" * 41}}
    assert KISS.call("POST", "actoren", bad).faults == {
        ("actorIdentificatie.emailadres", "invalid"),
        ("actorIdentificatie.functie", "max_length"),
        ("actorIdentificatie.telefoonnummer", "required"),
    }


def test_own_employees_and_teams_are_found_as_other_systems_look_for_them(cast: Cast) -> None:
    (anna,) = KISS.found(
        "actoren",
        actoridentificatorObjectId="anna@voorbeeldstad.example",
        actoridentificatorCodeRegister="msei",
        actoridentificatorCodeSoortObjectId="email",
        actoridentificatorCodeObjecttype="mdw",
    )
    assert (anna["naam"], anna["soortActor"]) == ("Anna", "medewerker")
    assert [each["naam"] for each in KISS.found("actoren", naam="wASt")] == ["Waste"]
    assert KISS.found("actoren", indicatieActief="false") == []
    made = KISS.post("actoren", {"naam": "waste", "soortActor": "organisatorische_eenheid"})
    assert ActorRecord.objects.get(uuid=made["uuid"]).team == cast.waste


@pytest.mark.usefixtures("cast")
def test_a_pair_of_actor_and_contact_exists_once(talk: dict[str, Any]) -> None:
    one, other = KISS.found("actoren", naam="anna")[0], KISS.found("actoren", naam="bram")[0]
    made = KISS.post("actorklantcontacten", {"actor": ref(one), "klantcontact": ref(talk)})
    again = KISS.call("POST", "actorklantcontacten", {"actor": ref(one), "klantcontact": ref(talk)})
    assert again.faults == {("nonFieldErrors", "unique")}
    second = KISS.post("actorklantcontacten", {"actor": ref(other), "klantcontact": ref(talk)})
    assert KISS.call("PATCH", f"actorklantcontacten/{second['uuid']}", {"actor": ref(one)}).faults == {
        ("nonFieldErrors", "unique")
    }
    shown = KISS.get(f"klantcontacten/{talk['uuid']}")["hadBetrokkenActoren"]
    assert [each["naam"] for each in shown] == ["Anna", "Bram"]
    for query in ({"actor__uuid": one["uuid"]}, {"actor__url": address(one)}):
        assert [each["uuid"] for each in KISS.found("actorklantcontacten", **query)] == [made["uuid"]]
    assert len(KISS.found("actorklantcontacten", klantcontact__uuid=talk["uuid"])) == 2
    assert KISS.call("DELETE", f"actorklantcontacten/{made['uuid']}").status == 204
    assert len(KISS.found("actorklantcontacten", klantcontact__url=address(talk))) == 1
    assert KISS.call("DELETE", f"actoren/{other['uuid']}").status == 204
    assert KISS.found("actorklantcontacten") == []


# What it was about.


def test_a_subject_comes_back_as_it_was_sent_and_keeps_what_a_put_leaves_out(talk: dict[str, Any]) -> None:
    earlier = KISS.post("klantcontacten", contact())
    made = KISS.post(
        "onderwerpobjecten",
        {"klantcontact": ref(talk), "wasKlantcontact": ref(earlier), "onderwerpobjectidentificator": POINTER},
    )
    assert (made["klantcontact"]["uuid"], made["wasKlantcontact"]["uuid"]) == (talk["uuid"], earlier["uuid"])
    assert made["onderwerpobjectidentificator"] == POINTER
    other = {"klantcontact": ref(earlier), "onderwerpobjectidentificator": {**POINTER, "objectId": "2"}}
    put = KISS.call("PUT", f"onderwerpobjecten/{made['uuid']}", other).body
    assert put["wasKlantcontact"] == made["wasKlantcontact"]
    assert put["onderwerpobjectidentificator"]["objectId"] == "2"
    alone = KISS.call("PATCH", f"onderwerpobjecten/{made['uuid']}", {"klantcontact": None}).body
    assert alone["klantcontact"] is None
    changes = Entry.objects.filter(event="subject.changed").values_list("data__contact", flat=True).order_by("pk")
    assert list(changes) == [Contact.objects.get(uuid=each["uuid"]).pk for each in (talk, earlier, earlier)]


def test_a_subject_of_nothing_is_empty() -> None:
    made = KISS.post("onderwerpobjecten", {})
    assert (made["klantcontact"], made["wasKlantcontact"]) == (None, None)
    assert made["onderwerpobjectidentificator"] == EMPTY_POINTER


def test_a_subject_goes_alone_or_with_contacts_that_belong_to_nothing_else(talk: dict[str, Any]) -> None:
    earlier = KISS.post("klantcontacten", contact())
    pair = {"klantcontact": ref(talk), "wasKlantcontact": ref(earlier)}
    first, second, third = (KISS.post("onderwerpobjecten", pair) for _ in range(3))
    assert KISS.call("DELETE", f"onderwerpobjecten/{first['uuid']}").status == 204
    kept = KISS.call("DELETE", f"onderwerpobjecten/{second['uuid']}", cascade="True")
    assert (kept.status, kept.body) == (200, {"behouden": [talk["url"], earlier["url"]]})
    gone = KISS.call("DELETE", f"onderwerpobjecten/{third['uuid']}", cascade="true")
    assert (gone.status, gone.body) == (200, {"behouden": []})
    assert not Contact.objects.exists()


@pytest.mark.parametrize("said", ["1", "yes", "ja", "false", ""])
def test_contacts_go_along_only_when_that_is_said_in_so_many_words(talk: dict[str, Any], said: str) -> None:
    made = KISS.post("onderwerpobjecten", {"klantcontact": ref(talk)})
    assert KISS.call("DELETE", f"onderwerpobjecten/{made['uuid']}", cascade=said).status == 204
    assert Contact.objects.exists()


# Its files.


def test_a_pointer_to_a_file_elsewhere_comes_back_as_it_was_sent(talk: dict[str, Any]) -> None:
    made = KISS.post("bijlagen", {"wasBijlageVanKlantcontact": ref(talk), "bijlageidentificator": POINTER})
    assert made["bijlageidentificator"] == POINTER
    assert [each["uuid"] for each in KISS.found("bijlagen", bijlageidentificatorCodeRegister="open-zaak")] == [
        made["uuid"]
    ]
    assert len(KISS.found("bijlagen", klantcontact__uuid=talk["uuid"])) == 1
    put = KISS.call("PUT", f"bijlagen/{made['uuid']}", {"wasBijlageVanKlantcontact": None}).body
    assert (put["wasBijlageVanKlantcontact"], put["bijlageidentificator"]) == (None, POINTER)
    assert KISS.call("DELETE", f"bijlagen/{made['uuid']}").status == 204
    assert KISS.found("bijlagen") == []


def test_a_file_of_our_own_is_shown_as_ours_and_never_moved(
    talk: dict[str, Any], settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    png = SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    file = store_attachment(file=png, contact=Contact.objects.get(uuid=talk["uuid"]))
    (shown,) = KISS.found("bijlagen", bijlageidentificatorCodeRegister="aanspreekpunt")
    assert shown["bijlageidentificator"] == {
        "objectId": str(file.uuid),
        "codeObjecttype": "bestand",
        "codeRegister": "aanspreekpunt",
        "codeSoortObjectId": "uuid",
    }
    KISS.call("PATCH", f"bijlagen/{shown['uuid']}", {"bijlageidentificator": POINTER})
    assert Attachment.objects.get().object_id == ""


def test_a_file_that_waits_in_a_form_is_nobodys_business(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    store_attachment(file=SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40))
    assert KISS.found("bijlagen") == []


# All at once.


def test_a_contact_is_made_with_its_parts_at_once() -> None:
    made = KISS.post(
        "maak-klantcontact",
        {
            "klantcontact": contact(metadata={"Betreft": 123}),
            "betrokkene": {"rol": "klant", "initiator": True, "wasPartij": None, "contactnaam": NAME},
            "onderwerpobject": {"wasKlantcontact": None, "onderwerpobjectidentificator": POINTER},
        },
    )
    assert made["betrokkene"]["hadKlantcontact"]["uuid"] == made["klantcontact"]["uuid"]
    assert made["onderwerpobject"]["klantcontact"]["uuid"] == made["klantcontact"]["uuid"]
    assert made["klantcontact"]["metadata"] == {"Betreft": "123"}
    assert made["klantcontact"] == KISS.get(f"klantcontacten/{made['klantcontact']['uuid']}")


def test_a_contact_is_made_without_parts_too() -> None:
    made = KISS.post("maak-klantcontact", {"klantcontact": contact()})
    assert (made["betrokkene"], made["onderwerpobject"]) == (None, None)


def test_when_one_part_is_wrong_nothing_is_made() -> None:
    nobody = {"uuid": "00000000-0000-7000-8000-000000000000"}
    answer = KISS.call(
        "POST",
        "maak-klantcontact",
        {"klantcontact": contact(), "betrokkene": {"rol": "klant", "initiator": True, "wasPartij": nobody}},
    )
    assert answer.faults == {("betrokkene.wasPartij.uuid", "invalid")}
    answer = KISS.call(
        "POST", "maak-klantcontact", {"klantcontact": contact(metadata={"Betreft": "x" * 256}), "betrokkene": {}}
    )
    assert answer.faults == {
        ("klantcontact.metadata._betreft", "max_length"),
        ("betrokkene.rol", "required"),
        ("betrokkene.initiator", "required"),
    }
    assert not Contact.objects.exists()
