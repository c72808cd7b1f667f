"""A question's way through three tools: a contact desktop asks, the desk here works, a task list there sees it done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from aanspreekpunt.questions.models import Contact
from aanspreekpunt.tokens.tests.make import make
from tests.browser.work import acts

if TYPE_CHECKING:
    from tests.browser.person import People
    from tests.browser.server import Server
    from tests.browser.town import Town

ROOT = "/klantinteracties/api/v1/"
SUBJECT, STORY, ANSWER = "Container niet geleegd", "De container staat er nog.", "We komen morgen langs."


class System:
    """Another system, with a key of its own."""

    def __init__(self, server: Server, name: str) -> None:
        self.url, self.key = f"{server.url}{ROOT}", make(name).key

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Send a request and return what comes back."""
        headers = {"Authorization": f"Token {self.key}", "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body is not None else None
        with urlopen(Request(f"{self.url}{path}", data, headers, method=method), timeout=30) as answer:  # noqa: S310 - our own server
            return json.load(answer)


def ref(thing: dict[str, Any]) -> dict[str, str]:
    return {"uuid": thing["uuid"]}


def ask(kiss: System, key: str) -> dict[str, Any]:
    """Register a conversation and ask a department to call back, as a contact desktop does; return the task."""
    contact = kiss.call(
        "POST",
        "klantcontacten",
        {"kanaal": "Telefoon", "onderwerp": SUBJECT, "inhoud": STORY, "taal": "nld", "vertrouwelijk": False},
    )
    someone = kiss.call(
        "POST",
        "betrokkenen",
        {
            "wasPartij": None,
            "hadKlantcontact": ref(contact),
            "rol": "klant",
            "initiator": True,
            "contactnaam": {"voornaam": "Karel", "voorvoegselAchternaam": "van", "achternaam": "Deurne"},
        },
    )
    address = {"adres": "karel@example.org", "soortDigitaalAdres": "email", "omschrijving": "e-mail"}
    kiss.call("POST", "digitaleadressen", {**address, "verstrektDoorBetrokkene": ref(someone)})
    (team,) = kiss.call("GET", f"actoren?actoridentificatorObjectId={key}")["results"]
    task: dict[str, Any] = kiss.call(
        "POST",
        "internetaken",
        {
            "nummer": "",
            "gevraagdeHandeling": "Bel terug",
            "aanleidinggevendKlantcontact": ref(contact),
            "toegewezenAanActoren": [ref(team)],
            "status": "te_verwerken",
        },
    )
    return task


def test_what_a_contact_desktop_asks_is_answered_here_and_done_there(
    people: People, town: Town, server: Server
) -> None:
    kiss, ita = System(server, "KISS"), System(server, "ITA")
    task = ask(kiss, town.cast.waste.key)
    question = Contact.objects.get(uuid=task["aanleidinggevendKlantcontact"]["uuid"]).question
    assert question is not None

    wim = people.staff(town.cast.wim).opens("/desk/wachtrij").sees(SUBJECT)
    wim.opens(f"/desk/vraag/{question.reference}").sees(STORY, "Karel van Deurne", "Bel terug")
    acts(wim, "Take in hand").sees("You have this question in hand.")
    held = ita.call("GET", f"internetaken/{task['uuid']}")
    assert [each["uuid"] for each in held["toegewezenAanActoren"]] == [
        str(each.register_actor.uuid) for each in (town.cast.waste, town.cast.wim) if each.register_actor
    ]

    reply = ita.call(
        "POST",
        "klantcontacten",
        {
            "kanaal": "Telefoon",
            "onderwerp": SUBJECT,
            "inhoud": ANSWER,
            "indicatieContactGelukt": True,
            "taal": "nld",
            "vertrouwelijk": False,
        },
    )
    linked = {"klantcontact": ref(reply), "wasKlantcontact": task["aanleidinggevendKlantcontact"]}
    ita.call("POST", "onderwerpobjecten", {**linked, "onderwerpobjectidentificator": None})
    done = ita.call("PATCH", f"internetaken/{task['uuid']}", {"status": "verwerkt"})
    assert done["afgehandeldOp"] is not None
    wim.opens(f"/desk/vraag/{question.reference}").sees(ANSWER, "Called back")
