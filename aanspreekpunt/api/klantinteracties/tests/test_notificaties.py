"""Abonnementen and kanalen as the Notificaties API has them, and what a notification says."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from aanspreekpunt.api.klantinteracties.contract.resource import KLANTINTERACTIES, NOTIFICATIES
from aanspreekpunt.api.klantinteracties.documents import document_of
from aanspreekpunt.api.klantinteracties.notifications import CHANNELS
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import Cast, make_employee
from aanspreekpunt.parties.models import Party
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Task
from aanspreekpunt.promises.operations import remove_task
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.questions.models import Contact
from aanspreekpunt.subscriptions.models import Notice, Subscription
from aanspreekpunt.subscriptions.operations import MOST_OF_A_TOKEN
from aanspreekpunt.subscriptions.spreading import spread_news
from aanspreekpunt.tokens.choices import Resource, Verb
from aanspreekpunt.tokens.operations import Grant, make_token
from aanspreekpunt.tokens.rules import all_rights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_django.fixtures import SettingsWrapper

    from aanspreekpunt.organisation.models import Employee

pytestmark = pytest.mark.django_db
ALL = [{"naam": channel.name} for channel in CHANNELS]
GOOD = {"callbackUrl": "https://ita.example.org/api/notificaties", "auth": "Bearer geheim", "kanalen": ALL}
ABONNEMENTEN = f"{NOTIFICATIES}abonnement"
KANALEN = f"{NOTIFICATIES}kanaal"


@pytest.fixture
def fatma() -> Employee:
    return make_employee("Fatma", (Role.FUNCTIONAL_ADMINISTRATOR, None))


def make_ita(
    fatma: Employee, name: str = "ITA", *, sees_confidential: bool = False, verbs: Sequence[str] = Verb.values
) -> Client:
    """Let another system in; return what it sends its requests with."""
    rights = frozenset(f"subscriptions.{verb}" for verb in verbs)
    grant = Grant(rights=rights, sees_confidential=sees_confidential)
    made = make_token(name=name, grant=grant, by=fatma, at=MONDAY)
    return Client(headers={"Authorization": f"Token {made.key}"})


@pytest.fixture
def ita(fatma: Employee) -> Client:
    return make_ita(fatma)


def send(browser: Client, verb: str, url: str, body: Any = None) -> Any:
    return getattr(browser, verb)(url, data=json.dumps(body), content_type="application/json")


def refused(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 400, response.content
    return [(each["name"], each["code"]) for each in response.json()["invalidParams"]]


def told() -> list[dict[str, Any]]:
    return [json.loads(body) for body in Notice.objects.order_by("pk").values_list("body", flat=True)]


def test_an_abonnement_is_made_read_changed_and_taken_away(ita: Client) -> None:
    wanted = {**GOOD, "kanalen": [{"naam": "internetaken", "filters": {"status": "te_verwerken"}}]}
    made = send(ita, "post", ABONNEMENTEN, wanted)
    assert made.status_code == 201, made.content
    url = made.json()["url"]
    assert made.json() == {
        "url": url,
        "callbackUrl": wanted["callbackUrl"],
        "kanalen": [{"filters": {"status": "te_verwerken"}, "naam": "internetaken"}],
    }
    assert made.headers["API-version"] == "1.0.1"
    assert ita.get(ABONNEMENTEN).json() == [made.json()]
    assert ita.get(url).json() == made.json()
    changed = send(ita, "patch", url, {"kanalen": ALL})
    assert [each["naam"] for each in changed.json()["kanalen"]] == [channel.name for channel in CHANNELS]
    assert refused(send(ita, "put", url, {"kanalen": ALL})) == [("callbackUrl", "required"), ("auth", "required")]
    assert send(ita, "put", url, {**GOOD, "callbackUrl": "https://anders.example.org/"}).status_code == 200
    assert ita.delete(url).status_code == 204
    assert ita.get(url).status_code == 404
    assert ita.get(ABONNEMENTEN).json() == []


def test_the_secret_goes_in_and_never_comes_out(ita: Client) -> None:
    made = send(ita, "post", ABONNEMENTEN, GOOD)
    everything = made.content + ita.get(ABONNEMENTEN).content + ita.get(made.json()["url"]).content
    assert b"geheim" not in everything
    assert b"geheim" not in bytes(Subscription.objects.get().sealed_secret)


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"callbackUrl": "geen adres"}, [("callbackUrl", "invalid")]),
        ({"callbackUrl": "http://ita.example.org/"}, [("callbackUrl", "https-required")]),
        ({"callbackUrl": "https://127.0.0.1/"}, [("callbackUrl", "internal-address")]),
        ({"callbackUrl": "https://169.254.169.254/latest"}, [("callbackUrl", "internal-address")]),
        ({"callbackUrl": "https://a:b@ita.example.org/"}, [("callbackUrl", "invalid")]),
        ({"auth": ""}, [("auth", "blank")]),
        ({"auth": "Bearer é"}, [("auth", "invalid")]),
        ({"kanalen": [{"naam": "zaken"}]}, [("naam", "kanaal_naam")]),
        (
            {"kanalen": [{"naam": "internetaken", "filters": {"toelichting": "x"}}]},
            [("filters", "inconsistent-abonnement-filters")],
        ),
        ({"kanalen": [{"filters": {}}]}, [("kanalen.0.naam", "required")]),
        ({"kanalen": None}, [("kanalen", "null")]),
    ],
)
def test_what_cannot_be_is_refused_by_name(ita: Client, change: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    assert refused(send(ita, "post", ABONNEMENTEN, {**GOOD, **change})) == faults
    assert not Subscription.objects.exists()


def test_a_token_finds_only_its_own_subscriptions_and_has_so_many_at_most(fatma: Employee) -> None:
    url = send(make_ita(fatma), "post", ABONNEMENTEN, GOOD).json()["url"]
    other = make_ita(fatma, "KISS")
    assert other.get(ABONNEMENTEN).json() == []
    assert other.get(url).status_code == 404
    assert send(other, "patch", url, {"kanalen": []}).status_code == 404
    assert other.delete(url).status_code == 404
    for _ in range(MOST_OF_A_TOKEN):
        assert send(other, "post", ABONNEMENTEN, GOOD).status_code == 201
    assert refused(send(other, "post", ABONNEMENTEN, GOOD)) == [("nonFieldErrors", "too-many")]


def test_a_token_without_the_right_comes_to_nothing(fatma: Employee) -> None:
    reader = make_ita(fatma, verbs=["read"])
    assert reader.get(ABONNEMENTEN).json() == []
    assert send(reader, "post", ABONNEMENTEN, GOOD).status_code == 403
    assert send(Client(), "post", ABONNEMENTEN, GOOD).status_code == 401
    assert not Subscription.objects.exists()


def test_the_channels_are_those_of_this_register(ita: Client) -> None:
    channels = ita.get(KANALEN).json()
    assert [each["naam"] for each in channels] == ["klantcontacten", "internetaken", "partijen"]
    assert channels[1]["filters"] == ["nummer", "status"]
    assert ita.get(f"{KANALEN}?naam=partijen").json() == [channels[2]]
    assert ita.get(f"{KANALEN}?naam=zaken").json() == []
    assert ita.get(channels[0]["url"]).json() == channels[0]
    assert refused(send(ita, "post", KANALEN, {"naam": "partijen"})) == [("naam", "unique")]
    assert send(ita, "post", KANALEN, {"naam": "zaken"}).status_code == 403
    for verb in ("put", "patch", "delete"):
        assert send(ita, verb, channels[0]["url"], {"naam": "zaken"}).status_code == 405


def test_a_contact_registered_at_the_desk_is_a_klantcontact_that_was_created(
    cast: Cast, ita: Client, settings: SettingsWrapper
) -> None:
    settings.BASE_URL = "https://aanspreekpunt.example.org"
    send(ita, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "klantcontacten"}]})
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    spread_news(at=MONDAY)
    contact = Contact.objects.get(question=question)
    address = f"https://aanspreekpunt.example.org/klantinteracties/api/v1/klantcontacten/{contact.uuid}"
    assert told() == [
        {
            "kanaal": "klantcontacten",
            "hoofdObject": address,
            "resource": "klantcontact",
            "resourceUrl": address,
            "actie": "create",
            "aanmaakdatum": "2026-03-02T09:00:00Z",
            "kenmerken": {"verdereActieOndernomen": "False"},
        }
    ]


def test_what_the_desk_does_to_a_question_is_told_of_its_internetaak(cast: Cast, ita: Client) -> None:
    send(ita, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "internetaken"}]})
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    spread_news(at=MONDAY)
    task = Task.objects.get(question=question)
    assert [(each["actie"], each["kenmerken"]["status"]) for each in told()] == [("create", "te_verwerken")]
    assert told()[0]["resource"] == "internetaak"
    assert told()[0]["resourceUrl"].endswith(f"/klantinteracties/api/v1/internetaken/{task.uuid}")
    at = MONDAY + timedelta(hours=1)
    operations.answer(question=question, text="Morgen komen wij.", channel="email", by=cast.wim, at=at)
    spread_news(at=at)
    assert [(each["actie"], each["kenmerken"]["status"]) for each in told()[1:]] == [("update", "verwerkt")]
    assert {each.subject for each in Notice.objects.all()} == {f"question {question.pk}"}


def test_an_internetaak_that_is_removed_was_destroyed(cast: Cast, ita: Client, fatma: Employee) -> None:
    send(ita, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "internetaken"}]})
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    task = Task.objects.get(question=question)
    remove_task(task=task, by=fatma, at=MONDAY + timedelta(hours=1))
    spread_news(at=MONDAY)
    told_of_it = [each["actie"] for each in told() if str(task.uuid) in each["resourceUrl"]]
    assert told_of_it == ["destroy"], "what was made and removed since is not told as made"


def test_a_confidential_question_has_no_internetaak_for_who_may_not_know(cast: Cast, ita: Client) -> None:
    send(ita, "post", ABONNEMENTEN, GOOD)
    make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True)
    spread_news(at=MONDAY)
    assert told() == []


def test_what_other_systems_do_is_told_under_the_name_of_what_they_did(ita: Client) -> None:
    send(ita, "post", ABONNEMENTEN, GOOD)
    party = Party.objects.create(first_name="Karel", sort_key="karel", number="123", internal_note="x", made_at=MONDAY)
    record("party.made", subject=party, by=SYSTEM, at=MONDAY)
    for event in ("party.changed", "party.identified", "party.removed"):
        record(event, subject=party, by=SYSTEM, at=MONDAY + timedelta(minutes=1))
    spread_news(at=MONDAY)
    assert [(each["kanaal"], each["actie"]) for each in told()] == [
        ("partijen", "create"),
        ("partijen", "update"),
        ("partijen", "destroy"),
    ], "what changed at one moment is told once"
    assert told()[0]["kenmerken"] == {"nummer": "123", "soortPartij": "persoon"}


def test_a_klantcontact_that_another_system_makes_changes_and_removes_is_told(fatma: Employee) -> None:
    grant = Grant(rights=frozenset(all_rights(Resource.values, Verb.values)))
    made = make_token(name="KISS", grant=grant, by=fatma, at=MONDAY)
    kiss = Client(headers={"Authorization": f"Token {made.key}"})
    send(kiss, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "klantcontacten"}]})
    contact = {
        "kanaal": "telefoon",
        "onderwerp": "Afval",
        "inhoud": "Karel belt",
        "taal": "nld",
        "vertrouwelijk": False,
    }
    url = send(kiss, "post", f"{KLANTINTERACTIES}klantcontacten", contact).json()["url"]
    assert send(kiss, "patch", url, {"indicatieContactGelukt": True}).status_code == 200
    assert kiss.delete(url).status_code == 204
    spread_news(at=MONDAY)
    assert [each["actie"] for each in told()] == ["destroy"], "what is gone by now cannot be fetched any more"
    url = send(kiss, "post", f"{KLANTINTERACTIES}klantcontacten", contact).json()["url"]
    spread_news(at=MONDAY)
    send(kiss, "patch", url, {"indicatieContactGelukt": True})
    spread_news(at=MONDAY)
    assert [each["actie"] for each in told()] == ["destroy", "create", "update"]
    assert told()[2]["kenmerken"]["indicatieContactGelukt"] == "True"
    assert told()[2]["resourceUrl"].endswith(url.rpartition("/")[2])
    assert "Karel" not in json.dumps(told())
    assert "Afval" not in json.dumps(told())


@pytest.fixture
def kiss(fatma: Employee) -> Client:
    """Let a system in that may do everything, and hears of contacts and parties."""
    grant = Grant(rights=frozenset(all_rights(Resource.values, Verb.values)), sees_confidential=True)
    made = make_token(name="KISS", grant=grant, by=fatma, at=MONDAY)
    return Client(headers={"Authorization": f"Token {made.key}"})


def register(kiss: Client, path: str, **body: Any) -> str:
    made = send(kiss, "post", f"{KLANTINTERACTIES}{path}", body)
    assert made.status_code == 201, made.content
    return str(made.json()["uuid"])


def talk(kiss: Client, *, vertrouwelijk: bool = False) -> dict[str, str]:
    said = {"kanaal": "telefoon", "onderwerp": "Afval", "taal": "nld", "vertrouwelijk": vertrouwelijk}
    return {"uuid": register(kiss, "klantcontacten", **said)}


POINTER = {"objectId": "1", "codeObjecttype": "zaak", "codeRegister": "open-zaak", "codeSoortObjectId": "uuid"}


def part_of(kiss: Client, path: str, contact: dict[str, str]) -> str:
    """Give a contact a part of its own; of an address, that of who took part."""
    if path == "digitaleadressen":
        who = part_of(kiss, "betrokkenen", contact)
        spread_news(at=MONDAY)
        body = {"verstrektDoorBetrokkene": {"uuid": who}, "soortDigitaalAdres": "email", "adres": "k@example.org"}
        return register(kiss, path, **body, verstrektDoorPartij=None, omschrijving="")
    if path == "betrokkenen":
        return register(kiss, path, hadKlantcontact=contact, wasPartij=None, rol="klant", initiator=True)
    if path == "onderwerpobjecten":
        body = {"klantcontact": contact, "wasKlantcontact": None, "onderwerpobjectidentificator": POINTER}
        return register(kiss, path, **body)
    if path == "bijlagen":
        return register(kiss, path, wasBijlageVanKlantcontact=contact, bijlageIdentificator=POINTER)
    actor = register(kiss, "actoren", naam="Balie", soortActor="organisatorische_eenheid", indicatieActief=True)
    return register(kiss, path, actor={"uuid": actor}, klantcontact=contact)


@pytest.mark.parametrize(
    "path", ["betrokkenen", "digitaleadressen", "onderwerpobjecten", "bijlagen", "actorklantcontacten"]
)
def test_a_part_that_comes_or_goes_is_a_klantcontact_that_was_updated(kiss: Client, path: str) -> None:
    send(kiss, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "klantcontacten"}]})
    contact = talk(kiss)
    spread_news(at=MONDAY)
    uuid = part_of(kiss, path, contact)
    spread_news(at=MONDAY)
    created, *updates = told()
    assert created["actie"] == "create"
    assert {each["actie"] for each in updates} == {"update"}
    assert {(each["resource"], each["resourceUrl"]) for each in updates} == {("klantcontact", created["resourceUrl"])}
    before = len(told())
    assert kiss.delete(f"{KLANTINTERACTIES}{path}/{uuid}").status_code == 204
    spread_news(at=MONDAY)
    assert [each["actie"] for each in told()[before:]] == ["update"]
    assert {each.subject for each in Notice.objects.all()} == {f"contact {Contact.objects.get().pk}"}
    assert "k@example.org" not in json.dumps(told())


MOVES: dict[str, str] = {
    "betrokkenen": "hadKlantcontact",
    "onderwerpobjecten": "klantcontact",
    "bijlagen": "wasBijlageVanKlantcontact",
    "actorklantcontacten": "klantcontact",
    "digitaleadressen": "verstrektDoorBetrokkene",
}
"""Of each part of a contact, the field by which it goes to another."""


def moved(kiss: Client, path: str, uuid: str, body: dict[str, Any]) -> list[str]:
    """Return what was told of a part that changed: the last part of the address of each thing, and what was done."""
    spread_news(at=MONDAY)
    before = len(told())
    assert send(kiss, "patch", f"{KLANTINTERACTIES}{path}/{uuid}", body).status_code == 200
    spread_news(at=MONDAY)
    assert {each["actie"] for each in told()[before:]} <= {"update"}
    return sorted(each["resourceUrl"].rpartition("/")[2] for each in told()[before:])


@pytest.mark.parametrize("path", MOVES)
def test_both_contacts_were_updated_when_a_part_went_from_one_to_the_other(kiss: Client, path: str) -> None:
    send(kiss, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "klantcontacten"}]})
    first, second = talk(kiss), talk(kiss)
    uuid = part_of(kiss, path, first)
    to = {"uuid": part_of(kiss, "betrokkenen", second)} if path == "digitaleadressen" else second
    assert moved(kiss, path, uuid, {MOVES[path]: to}) == sorted([first["uuid"], second["uuid"]])
    assert moved(kiss, path, uuid, {MOVES[path]: to}) in ([], [second["uuid"]])


@pytest.mark.parametrize("path", ["onderwerpobjecten", "bijlagen", "digitaleadressen"])
def test_a_contact_was_updated_when_it_lost_a_part(kiss: Client, path: str) -> None:
    send(kiss, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "klantcontacten"}]})
    contact = talk(kiss)
    uuid = part_of(kiss, path, contact)
    assert moved(kiss, path, uuid, {MOVES[path]: None}) == [contact["uuid"]]


def test_both_parties_were_updated_when_an_address_or_account_went_from_one_to_the_other(kiss: Client) -> None:
    send(kiss, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "partijen"}]})
    said = {"soortPartij": "persoon", "indicatieActief": True}
    first, second = ({"uuid": register(kiss, "partijen", **said)} for _ in range(2))
    both = sorted([first["uuid"], second["uuid"]])
    body = {"soortDigitaalAdres": "email", "adres": "k@example.org", "verstrektDoorPartij": first}
    address = register(kiss, "digitaleadressen", **body, verstrektDoorBetrokkene=None, omschrijving="")
    assert moved(kiss, "digitaleadressen", address, {"verstrektDoorPartij": second}) == both
    assert moved(kiss, "partijen", first["uuid"], {"digitaleAdressen": [{"uuid": address}]}) == both
    account = {"uuid": register(kiss, "rekeningnummers", iban="NL18BANK23481326", partij=first)}
    assert moved(kiss, "partijen", second["uuid"], {"rekeningnummers": [account]}) == both


def test_a_part_of_something_confidential_is_told_to_nobody_who_may_not_know(kiss: Client, fatma: Employee) -> None:
    send(make_ita(fatma), "post", ABONNEMENTEN, GOOD)
    send(kiss, "post", ABONNEMENTEN, GOOD)
    contact = talk(kiss, vertrouwelijk=True)
    for path in ("digitaleadressen", "bijlagen", "onderwerpobjecten", "actorklantcontacten"):
        part_of(kiss, path, contact)
        spread_news(at=MONDAY)
    assert len(told()) == 6
    assert set(Notice.objects.values_list("subscription__name", flat=True)) == {"KISS"}


def test_what_is_made_in_one_request_was_created_and_no_more(kiss: Client) -> None:
    send(kiss, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "klantcontacten"}]})
    said = {"kanaal": "telefoon", "onderwerp": "Afval", "taal": "nld", "vertrouwelijk": False}
    who = {"wasPartij": None, "rol": "klant", "initiator": True}
    register_all = {"klantcontact": said, "betrokkene": who, "onderwerpobject": {"wasKlantcontact": None}}
    made = send(kiss, "post", f"{KLANTINTERACTIES}maak-klantcontact", register_all)
    assert made.status_code == 201, made.content
    spread_news(at=MONDAY)
    assert [each["actie"] for each in told()] == ["create"]


def test_an_address_of_a_party_is_a_partij_that_was_updated(kiss: Client) -> None:
    send(kiss, "post", ABONNEMENTEN, {**GOOD, "kanalen": [{"naam": "partijen"}]})
    party = Party.objects.create(first_name="Karel", sort_key="karel", number="123", made_at=MONDAY)
    body = {"verstrektDoorPartij": {"uuid": str(party.uuid)}, "soortDigitaalAdres": "email", "adres": "k@example.org"}
    register(kiss, "digitaleadressen", **body, verstrektDoorBetrokkene=None, omschrijving="")
    spread_news(at=MONDAY)
    assert [(each["actie"], each["resource"]) for each in told()] == [("update", "partij")]


def test_filters_let_through_what_agrees(ita: Client) -> None:
    wanted = [{"naam": "partijen", "filters": {"soortPartij": "organisatie"}}]
    send(ita, "post", ABONNEMENTEN, {**GOOD, "kanalen": wanted})
    for kind in ("person", "organisation"):
        party = Party.objects.create(
            kind=kind, organisation_name="Bakkerij", sort_key="bakkerij", made_at=MONDAY, number=kind
        )
        record("party.made", subject=party, by=SYSTEM, at=MONDAY)
    spread_news(at=MONDAY)
    assert [each["kenmerken"]["nummer"] for each in told()] == ["organisation"]


def test_without_the_scope_nothing_confidential_is_told(cast: Cast, fatma: Employee) -> None:
    send(make_ita(fatma), "post", ABONNEMENTEN, GOOD)
    send(make_ita(fatma, "Jeugd", sees_confidential=True), "post", ABONNEMENTEN, GOOD)
    make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True)
    spread_news(at=MONDAY)
    assert set(Notice.objects.values_list("subscription__name", flat=True)) == {"Jeugd"}


def test_the_document_has_what_a_publisher_has() -> None:
    document = document_of(NOTIFICATIES)
    verbs = {path: sorted(verbs) for path, verbs in document["paths"].items()}
    assert verbs == {
        "/abonnement": ["get", "post"],
        "/abonnement/{uuid}": ["delete", "get", "patch", "put"],
        "/kanaal": ["get", "post"],
        "/kanaal/{uuid}": ["get"],
    }
    abonnement = document["components"]["schemas"]["Abonnement"]
    assert set(abonnement["required"]) >= {"callbackUrl", "auth", "kanalen"}
    assert abonnement["properties"]["auth"]["writeOnly"]
    listed = document["paths"]["/kanaal"]["get"]
    assert [each["name"] for each in listed["parameters"]] == ["naam"]
    assert listed["responses"]["200"]["content"]["application/json"]["schema"]["type"] == "array"
