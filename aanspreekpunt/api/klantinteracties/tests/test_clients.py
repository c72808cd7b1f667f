"""What tools that municipalities have send, in their order and with their odd bodies, and what the desk shows of it.

KISS is a contact desktop, ITA a department's task list, Open Formulieren makes web forms, and the plugin belongs to the
case platform GZAC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from aanspreekpunt.api.klantinteracties.tests.calls import System, address, ref
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import Cast, make_employee
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import make_asked
from aanspreekpunt.questions.models import Contact, Question

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee

pytestmark = pytest.mark.django_db

API = System()
NONE: dict[str, str] = {"objectId": "", "codeObjecttype": "", "codeRegister": "", "codeSoortObjectId": ""}


@dataclass(frozen=True)
class Desk:
    """The screens of somebody who works here."""

    employee: Employee

    def reads(self, path: str) -> str:
        """Return what a page says."""
        browser = Client()
        browser.force_login(self.employee, "aanspreekpunt.organisation.backends.LoginBackend")
        answer = browser.get(f"/desk/{path}")
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def finds(self, words: str) -> str:
        """Return what the desk finds."""
        browser = Client()
        browser.force_login(self.employee, "aanspreekpunt.organisation.backends.LoginBackend")
        return str(browser.post("/desk/zoeken", {"text": words}, follow=True).content.decode())

    def queue(self) -> str:
        """Return what the queue says."""
        return self.reads("wachtrij")

    def question(self, question: Question) -> str:
        """Return what the page of a question says."""
        return self.reads(f"vraag/{question.reference}")


def kiss_actor(name: str, kind: str, identity: dict[str, str], **more: Any) -> dict[str, Any]:
    """Find an actor by the four parts of its identity, or make it: as this client does for everybody it names."""
    parts = {f"actoridentificator{key[0].upper()}{key[1:]}": value for key, value in identity.items()}
    found = API.found("actoren", **parts)
    if found:
        (actor,) = found
        return dict(actor)
    body = {"naam": name, "soortActor": kind, "indicatieActief": True, "actoridentificator": identity, **more}
    made: dict[str, Any] = API.post("actoren", body)
    return made


def kiss_employee(cast: Cast) -> dict[str, Any]:
    """Find or make the agent who is logged in there."""
    identity = {
        "objectId": cast.anna.email,
        "codeObjecttype": "mdw",
        "codeRegister": "msei",
        "codeSoortObjectId": "email",
    }
    # The key it sends beside actorIdentificatie means nothing to the standard.
    more = {"medewerkerIdentificatie": {"achternaam": "Anna"}, "actorIdentificatie": None}
    return kiss_actor("Anna", "medewerker", identity, **more)


def kiss_department(key: str) -> dict[str, Any]:
    """Find or make the department that should call back."""
    identity = {"objectId": key, "codeObjecttype": "afd", "codeRegister": "obj", "codeSoortObjectId": "idf"}
    return kiss_actor(key.capitalize(), "organisatorische_eenheid", identity)


def kiss_contact(cast: Cast, **fields: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Register a conversation with who took part in it, as this client does; return it and who took part."""
    agent = kiss_employee(cast)
    contact = API.post(
        "klantcontacten",
        {
            "kanaal": "Telefoon",
            "onderwerp": "Container niet geleegd",
            "inhoud": "De container staat er nog.",
            "indicatieContactGelukt": True,
            "taal": "nld",
            "vertrouwelijk": False,
            "plaatsgevondenOp": "2026-03-02T10:00:00.000Z",
            "nummer": "",
            **fields,
        },
    )
    API.post("actorklantcontacten", {"actor": ref(agent), "klantcontact": ref(contact)})
    someone = API.post(
        "betrokkenen",
        {
            "wasPartij": None,
            "hadKlantcontact": ref(contact),
            "rol": "klant",
            "initiator": True,
            "organisatienaam": "",
            "digitaleAdressen": [],
            "bezoekadres": None,
            "correspondentieadres": None,
            "contactnaam": {
                "voorletters": "",
                "voornaam": "Karel",
                "voorvoegselAchternaam": "van",
                "achternaam": "Deurne",
            },
        },
    )
    return contact, someone


def kiss_address(someone: dict[str, Any], kind: str, value: str) -> None:
    """Note how the caller is reached."""
    body = {
        "verstrektDoorBetrokkene": ref(someone),
        "verstrektDoorPartij": None,
        "adres": value,
        "soortDigitaalAdres": kind,
        "omschrijving": kind,
    }
    API.post("digitaleadressen", body)


def kiss_task(contact: dict[str, Any], *actors: dict[str, Any]) -> dict[str, Any]:
    """Ask a department to call back: with an empty number, as this client sends every time."""
    made: dict[str, Any] = API.post(
        "internetaken",
        {
            "nummer": "",
            "gevraagdeHandeling": "Contact opnemen met betrokkene",
            "aanleidinggevendKlantcontact": ref(contact),
            "toegewezenAanActoren": [ref(each) for each in actors],
            "toelichting": "Belt liever na vijven",
            "status": "te_verwerken",
        },
    )
    return made


def test_kiss_registers_a_conversation_and_the_desk_finds_it(cast: Cast) -> None:
    contact, someone = kiss_contact(cast)
    kiss_address(someone, "telefoonnummer", "0612345678")
    subject = {
        "klantcontact": ref(contact),
        "wasKlantcontact": None,
        "onderwerpobjectidentificator": {
            "objectId": "ZAAK-1",
            "codeObjecttype": "zgw-Zaak",
            "codeRegister": "openzaak",
            "codeSoortObjectId": "uuid",
        },
    }
    API.post("onderwerpobjecten", subject)
    (found,) = API.found("klantcontacten", onderwerpobject__onderwerpobjectidentificatorObjectId="ZAAK-1")
    assert [each["naam"] for each in found["hadBetrokkenActoren"]] == ["Anna"]
    assert found["hadBetrokkenActoren"][0]["uuid"] == str(cast.anna.register_actor.uuid)  # type: ignore[union-attr]
    assert not Question.objects.exists()  # it was dealt with there
    assert "Container niet geleegd" in Desk(cast.anna).finds("0612345678")


def test_kiss_asks_a_department_to_call_back(cast: Cast) -> None:
    contact, someone = kiss_contact(cast)
    kiss_address(someone, "email", "karel@example.org")
    kiss_address(someone, "telefoonnummer", "0612345678")
    first = kiss_task(contact, kiss_department("waste"))
    second = kiss_task(kiss_contact(cast)[0], kiss_department("waste"))
    assert first["nummer"] != second["nummer"]
    assert API.get("actoren", actoridentificatorObjectId="waste")["count"] == 1  # it found ours
    question = Contact.objects.get(uuid=contact["uuid"]).question
    assert question is not None
    assert (question.owner, question.hops) == (cast.waste, 1)
    assert Delivery.objects.get(kind="receipt").to_address == "karel@example.org"
    assert "Container niet geleegd" in Desk(cast.wim).queue()
    page = Desk(cast.wim).question(question)
    for words in ("De container staat er nog.", "Karel van Deurne", "Belt liever na vijven"):
        assert words in page
    assert "Contact desktop" in page  # who registered it


def test_kiss_may_note_the_address_after_it_asked_the_department(cast: Cast) -> None:
    contact, someone = kiss_contact(cast)
    kiss_task(contact, kiss_department("waste"))
    assert not Delivery.objects.filter(kind="receipt").exists()
    kiss_address(someone, "email", "karel@example.org")
    assert Delivery.objects.get(kind="receipt").to_address == "karel@example.org"


def test_kiss_keeps_a_customer_with_keys_that_are_only_read(cast: Cast) -> None:
    party = API.post(
        "partijen",
        {
            "nummer": "",
            "interneNotitie": "",
            "soortPartij": "persoon",
            "indicatieActief": True,
            "indicatieGeheimhouding": False,
            "voorkeurstaal": "nld",
            "digitaleAdressen": [],
            "voorkeursDigitaalAdres": None,
            "rekeningnummers": [],
            "voorkeursRekeningnummer": None,
            "betrokkenen": [],
            "categorieRelaties": [],
            "vertegenwoordigden": [],
            "partijIdentificatie": {"contactnaam": {"voornaam": "Karel", "achternaam": "Deurne"}},
        },
    )
    contact, someone = kiss_contact(cast)
    API.call("PATCH", f"betrokkenen/{someone['uuid']}", {"wasPartij": ref(party)})
    kiss_task(contact, kiss_department("waste"))
    (found,) = API.found("betrokkenen", wasPartij__url=address(party), pageSize="100")
    assert found["uuid"] == someone["uuid"]
    assert "Container niet geleegd" in Desk(cast.anna).reads(f"persoon/{party['uuid']}")


def asked(cast: Cast) -> tuple[dict[str, Any], dict[str, Any], Question]:
    """Let the contact desktop ask waste to call back; return contact, task and question."""
    contact, someone = kiss_contact(cast)
    kiss_address(someone, "telefoonnummer", "0612345678")
    task = kiss_task(contact, kiss_department("waste"))
    question = Contact.objects.get(uuid=contact["uuid"]).question
    assert question is not None
    return contact, task, question


def ita_contact(cast: Cast, earlier: dict[str, Any], *, reached: bool) -> None:
    """Note that somebody was called about an earlier contact, reached or not."""
    contact = API.post(
        "klantcontacten",
        {
            "kanaal": "telefoon",
            "onderwerp": "Opvolging contactverzoek",
            "inhoud": "Uitgelegd wanneer we komen.",
            "indicatieContactGelukt": reached,
            "taal": "nld",
            "vertrouwelijk": False,
            "nummer": None,
        },
    )
    identity = {
        "objectId": cast.wim.email,
        "codeObjecttype": "mdw",
        "codeRegister": "msei",
        "codeSoortObjectId": "email",
    }
    API.post(
        "actorklantcontacten", {"actor": ref(kiss_actor("Wim", "medewerker", identity)), "klantcontact": ref(contact)}
    )
    API.post(
        "onderwerpobjecten",
        {"klantcontact": ref(contact), "wasKlantcontact": ref(earlier), "onderwerpobjectidentificator": NONE},
    )


def test_ita_lists_and_shows_what_a_department_has_to_do(cast: Cast) -> None:
    contact, task, _question = asked(cast)
    operations.keep_at_desk(
        asked=make_asked(), by=cast.anna, at=Question.objects.get().registered_at
    )  # the desk has work of its own
    team = kiss_department("waste")
    query = {"toegewezenAanActor__uuid": team["uuid"], "status": "te_verwerken", "pageSize": "100"}
    assert [each["uuid"] for each in API.found("internetaken", **query)] == [task["uuid"]]
    assert [each["uuid"] for each in API.found("internetaken", actoren__naam="Waste")] == [task["uuid"]]
    assert [each["uuid"] for each in API.found("internetaken", klantcontact__nummer=contact["nummer"])] == [
        task["uuid"]
    ]
    assert [each["uuid"] for each in API.found("internetaken", nummer=task["nummer"])] == [task["uuid"]]
    parts = (
        "leiddeTotInterneTaken",
        "gingOverOnderwerpobjecten",
        "hadBetrokkenen",
        "hadBetrokkenen.digitaleAdressen",
        "hadBetrokkenen.wasPartij",
    )
    shown = API.get(f"klantcontacten/{contact['uuid']}", expand=",".join(parts))["_expand"]
    assert shown["leiddeTotInterneTaken"][0]["gevraagdeHandeling"] == "Contact opnemen met betrokkene"
    (someone,) = shown["hadBetrokkenen"]
    assert someone["volledigeNaam"] == "Karel van Deurne"
    assert [each["adres"] for each in someone["_expand"]["digitaleAdressen"]] == ["0612345678"]


def test_ita_calls_back_and_ends_the_task(cast: Cast) -> None:
    contact, task, question = asked(cast)
    ita_contact(cast, contact, reached=True)
    done = API.call("PATCH", f"internetaken/{task['uuid']}", {"status": "verwerkt"}).body
    assert (done["status"], bool(done["afgehandeldOp"])) == ("verwerkt", True)
    question.refresh_from_db()
    assert (question.state, question.outcome) == ("settled", "callback_kept")
    page = Desk(cast.wim).question(question)
    assert "Uitgelegd wanneer we komen." in page
    assert "Container niet geleegd" not in Desk(cast.wim).queue()


def test_ita_did_not_reach_anybody_and_the_question_stays(cast: Cast) -> None:
    contact, task, question = asked(cast)
    ita_contact(cast, contact, reached=False)
    question.refresh_from_db()
    assert question.state == "waiting"
    assert API.get(f"internetaken/{task['uuid']}")["status"] == "te_verwerken"
    assert "Container niet geleegd" in Desk(cast.wim).queue()


def test_ita_passes_on_to_another_department(cast: Cast) -> None:
    _contact, task, question = asked(cast)
    other = kiss_department("youth")
    whole = {**API.get(f"internetaken/{task['uuid']}"), "toegewezenAanActoren": [ref(other)]}
    del whole["toegewezenAanActor"]
    assert API.call("PUT", f"internetaken/{task['uuid']}", whole).status == 200
    question.refresh_from_db()
    assert (question.owner, question.hops) == (cast.youth, 2)
    assert "Container niet geleegd" not in Desk(cast.wim).queue()
    assert "Container niet geleegd" in Desk(cast.joke).queue()
    supervision = Desk(make_employee("Eva", (Role.SUPERVISOR, None))).reads("toezicht")
    assert "Container niet geleegd" in supervision
    assert "Contact desktop" in supervision
    assert Delivery.objects.filter(kind="second_hop").exists()


def test_ita_ends_it_without_a_word_and_opens_it_again(cast: Cast) -> None:
    _contact, task, question = asked(cast)
    path = f"internetaken/{task['uuid']}"
    API.call("PATCH", path, {"status": "verwerkt"})
    question.refresh_from_db()
    assert question.outcome == "handled_elsewhere"
    assert API.call("PATCH", path, {"status": "te_verwerken"}).body["afgehandeldOp"] is None
    question.refresh_from_db()
    assert (question.state, question.times_reopened) == ("waiting", 1)
    assert "Container niet geleegd" in Desk(cast.wim).queue()


def test_what_the_desk_does_is_seen_by_ita(cast: Cast) -> None:
    _contact, task, question = asked(cast)
    at = question.registered_at
    operations.take_up(question=question, by=cast.wim, at=at)
    held = API.get(f"internetaken/{task['uuid']}")
    assert len(held["toegewezenAanActoren"]) == 2
    operations.return_to_sender(question=question, reason="Niet van ons", by=cast.wim, at=at)
    returned = API.get(f"internetaken/{task['uuid']}")
    (desk,) = returned["toegewezenAanActoren"]
    assert desk["uuid"] == str(cast.desk.register_actor.uuid)  # type: ignore[union-attr]
    operations.answer(question=question, text="Morgen komen we.", channel="phone", by=cast.anna, at=at)
    assert API.get(f"internetaken/{task['uuid']}")["status"] == "verwerkt"
    (reply,) = API.found("klantcontacten", inhoud="Morgen komen we")
    assert reply["indicatieContactGelukt"] in {None, True}


def test_open_formulieren_sends_a_form_in_one_call(cast: Cast) -> None:
    made = API.post(
        "maak-klantcontact",
        {
            "klantcontact": {
                "kanaal": "Webformulier",
                "onderwerp": "Melding afval",
                "inhoud": "Zwerfafval bij de school",
                "indicatieContactGelukt": True,
                "taal": "nld",
                "vertrouwelijk": False,
                "plaatsgevondenOp": "2026-03-02T10:00:00+01:00",
            },
            "betrokkene": {
                "rol": "klant",
                "initiator": True,
                "organisatienaam": "",
                "contactnaam": {"voorletters": "K", "voornaam": "Karel", "achternaam": "Deurne"},
            },
            "onderwerpobject": {
                "onderwerpobjectidentificator": {
                    "objectId": "OF-12345",
                    "codeObjecttype": "form",
                    "codeRegister": "openforms",
                    "codeSoortObjectId": "public_registration_reference",
                }
            },
        },
    )
    assert made["betrokkene"]["hadKlantcontact"]["uuid"] == made["klantcontact"]["uuid"]
    party = API.post(
        "partijen",
        {
            "soortPartij": "persoon",
            "indicatieActief": True,
            "partijIdentificatie": {"contactnaam": {"voornaam": "Karel", "achternaam": "Deurne"}},
        },
    )
    email = API.post(
        "digitaleadressen",
        {
            "adres": "karel@example.org",
            "soortDigitaalAdres": "email",
            "omschrijving": "OF",
            "verstrektDoorPartij": ref(party),
            "verstrektDoorBetrokkene": None,
            "isStandaardAdres": False,
        },
    )
    preferred = API.call("PATCH", f"digitaleadressen/{email['uuid']}", {"isStandaardAdres": True})
    assert preferred.body["isStandaardAdres"] is True
    assert "Melding afval" in Desk(cast.anna).finds(made["klantcontact"]["nummer"])


def test_the_plugin_of_gzac_registers_a_contact_and_finds_it_by_case_and_by_party(cast: Cast) -> None:
    party = API.post(
        "partijen",
        {
            "soortPartij": "persoon",
            "indicatieActief": True,
            "voorkeurstaal": "nld",
            "digitaleAdressen": [],
            "partijIdentificatie": {"contactnaam": {"voornaam": "Karel", "achternaam": "Deurne"}},
            "partijIdentificatoren": [
                {
                    "partijIdentificator": {
                        "objectId": "123456782",
                        "codeObjecttype": "natuurlijk_persoon",
                        "codeRegister": "brp",
                        "codeSoortObjectId": "bsn",
                    }
                }
            ],
        },
    )
    API.post(
        "maak-klantcontact",
        {
            "klantcontact": {
                "kanaal": "E-mail",
                "onderwerp": "Uw aanvraag",
                "inhoud": "We hebben uw aanvraag ontvangen.",
                "indicatieContactGelukt": True,
                "taal": "nld",
                "vertrouwelijk": False,
            },
            "betrokkene": {"rol": "klant", "initiator": False, "wasPartij": ref(party)},
            "onderwerpobject": {
                "onderwerpobjectidentificator": {
                    "objectId": "3d1f9d2a-0000-4000-8000-000000000001",
                    "codeObjecttype": "zaak",
                    "codeRegister": "open-zaak",
                    "codeSoortObjectId": "uuid",
                }
            },
        },
    )
    by_case = API.found(
        "klantcontacten",
        onderwerpobject__onderwerpobjectidentificatorObjectId="3d1f9d2a-0000-4000-8000-000000000001",
        onderwerpobject__onderwerpobjectidentificatorCodeObjecttype="zaak",
    )
    by_bsn = API.found(
        "klantcontacten",
        hadBetrokkene__wasPartij__partijIdentificator__objectId="123456782",
        hadBetrokkene__wasPartij__partijIdentificator__codeSoortObjectId="bsn",
    )
    by_party = API.found("klantcontacten", hadBetrokkene__wasPartij__url=address(party))
    assert [each["onderwerp"] for each in by_case] == ["Uw aanvraag"]
    assert by_case == by_bsn == by_party
    assert "Uw aanvraag" in Desk(cast.anna).reads(f"persoon/{party['uuid']}")


def test_the_desk_reads_what_a_stranger_is_asked_who_spoke_and_what_it_is_about(cast: Cast) -> None:
    contact, _someone = kiss_contact(cast, kanaal="Livechat")
    about = NONE | {"objectId": "ZAAK-7", "codeObjecttype": "zgw-Zaak", "codeRegister": "openzaak"}
    API.post(
        "onderwerpobjecten",
        {"klantcontact": ref(contact), "wasKlantcontact": None, "onderwerpobjectidentificator": about},
    )
    kiss_task(contact, kiss_department("bijzondere-zaken"))
    question = Contact.objects.get(uuid=contact["uuid"]).question
    assert question is not None
    assert question.owner == cast.desk
    page = Desk(cast.anna).question(question)
    for words in (
        "Contact desktop vraagt Bijzondere-zaken:",
        "Contact opnemen met betrokkene",
        "Belt liever na vijven",
        "Anna · Livechat · via Contact desktop",
        "ZAAK-7",
        "in openzaak",
    ):
        assert words in page, words


def test_the_desk_reads_a_task_beside_the_first_and_no_words_twice(cast: Cast) -> None:
    contact, _someone = kiss_contact(cast)
    kiss_task(contact, kiss_department("waste"))
    question = Contact.objects.get(uuid=contact["uuid"]).question
    assert question is not None
    assert Desk(cast.wim).question(question).count("Belt liever na vijven") == 1
    beside = {
        "gevraagdeHandeling": "Kijk ook naar de deksel",
        "aanleidinggevendKlantcontact": ref(contact),
        "toegewezenAanActoren": [ref(kiss_department("waste"))],
        "status": "te_verwerken",
    }
    made = API.post("internetaken", beside)
    page = Desk(cast.wim).question(question)
    assert "Contact desktop vraagt:" in page
    assert "Kijk ook naar de deksel" in page
    assert "Gedaan" not in page
    assert API.call("PATCH", f"internetaken/{made['uuid']}", {"status": "verwerkt"}).status == 200
    assert '<span class="mark">Gedaan</span>' in Desk(cast.wim).question(question)


def test_the_desk_counts_how_often_another_system_handed_over(cast: Cast) -> None:
    contact, _someone = kiss_contact(cast)
    task = kiss_task(contact, kiss_department("waste"))
    for key in ("youth", "waste"):
        named = {"toegewezenAanActoren": [ref(kiss_department(key))]}
        assert API.call("PATCH", f"internetaken/{task['uuid']}", named).status == 200
    question = Contact.objects.get(uuid=contact["uuid"]).question
    assert question is not None
    page = Desk(cast.wim).question(question)
    assert page.count("Dit is de tweede keer.") == 1
    assert "Nu 3 keer doorgezet." in page
