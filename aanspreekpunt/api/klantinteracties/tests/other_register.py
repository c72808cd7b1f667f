"""Another register for tests: lists over HTTP on this machine, as honest or as odd as a test wants it."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = "/klantinteracties/api/v1/"
TOKEN = "a-token-of-that-register"


class OtherRegister:
    """What it has, newest first per path, and what it was asked. `odd` may answer a request in its own way."""

    def __init__(self) -> None:
        self.lists: dict[str, list[dict[str, Any]]] = {}
        self.asked: list[str] = []
        self.connections = 0
        self.odd: Callable[[str, int], tuple[int, bytes] | None] = lambda _path, _page: None
        self.after_page: Callable[[str, int], None] = lambda _path, _page: None
        self.size = 500
        self.address = ""

    def add(self, path: str, **fields: Any) -> dict[str, Any]:
        """Let it have one thing more, and return how others name that."""
        body = {"uuid": str(uuid4()), **fields}
        self.lists.setdefault(path, []).insert(0, body)
        return {"uuid": body["uuid"], "url": f"http://elsewhere.invalid{ROOT}{path}/{body['uuid']}"}

    def said(self, path: str, thing: dict[str, Any]) -> dict[str, Any]:
        """Return what it says of a thing, to change."""
        return next(each for each in self.lists[path] if each["uuid"] == thing["uuid"])

    def answer(self, target: str) -> tuple[int, bytes]:
        """Answer a request for a page."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path, number = parts.path.rsplit("/", 1)[1], int(query.get("page", "1"))
        self.asked.append(f"{path} {number}")
        strange = self.odd(path, number)
        if strange is not None:
            return strange
        wanted = query.get("status")
        things = [each for each in self.lists.get(path, []) if wanted is None or each.get("status") == wanted]
        size = min(int(query.get("pageSize", "100")), self.size)
        begin = (number - 1) * size
        if number > 1 and begin >= len(things):
            return 404, b"{}"
        more = begin + size < len(things)
        after = f"http://elsewhere.invalid{parts.path}?page={number + 1}" if more else None
        body = {"count": len(things), "next": after, "previous": None, "results": things[begin : begin + size]}
        said = json.dumps(body).encode()
        self.after_page(path, number)
        return 200, said


@contextmanager
def served(register: OtherRegister) -> Iterator[OtherRegister]:
    """Let a register be read over HTTP as long as the block lasts; it asks for the token."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            register.connections += 1

        def do_GET(self) -> None:
            is_known = self.headers.get("Authorization") == f"Token {TOKEN}"
            status, body = register.answer(self.path) if is_known else (401, b"{}")
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    register.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield register
    finally:
        server.shutdown()
        server.server_close()


def furnished(register: OtherRegister) -> dict[str, dict[str, Any]]:
    """Give a register one of each kind that belong together, and return them by a name."""
    add = register.add
    unit = add(
        "actoren",
        naam="Afvalteam",
        soortActor="organisatorische_eenheid",
        indicatieActief=True,
        actoridentificator={
            "objectId": "waste",
            "codeObjecttype": "afd",
            "codeRegister": "obj",
            "codeSoortObjectId": "idf",
        },
        actorIdentificatie=None,
    )
    firm = add(
        "partijen",
        nummer="0000000001",
        soortPartij="organisatie",
        indicatieActief=True,
        partijIdentificatie={"naam": "Bakkerij Smit"},
        voorkeursDigitaalAdres=None,
    )
    person = add(
        "partijen",
        nummer="0000000002",
        soortPartij="contactpersoon",
        indicatieActief=True,
        indicatieGeheimhouding=True,
        voorkeurstaal="dut",
        interneNotitie="",
        partijIdentificatie={
            "uuid": str(uuid4()),
            "contactnaam": {
                "voornaam": "Karin",
                "achternaam": "Smit",
                "voorletters": "K.",
                "voorvoegselAchternaam": "de",
            },
            "volledigeNaam": "Karin de Smit",
            "werkteVoorPartij": {"uuid": firm["uuid"]},
        },
        bezoekadres={
            "straatnaam": "Kerkstraat",
            "huisnummer": 3,
            "postcode": "1234 AB",
            "stad": "Voorbeeldstad",
            "land": "NL",
        },
    )
    kvk = add(
        "partij-identificatoren",
        identificeerdePartij=firm,
        anderePartijIdentificator="",
        partijIdentificator={
            "codeObjecttype": "niet_natuurlijk_persoon",
            "codeSoortObjectId": "kvk_nummer",
            "objectId": "12345678",
            "codeRegister": "hr",
        },
        subIdentificatorVan=None,
    )
    add(
        "partij-identificatoren",
        identificeerdePartij=firm,
        subIdentificatorVan=kvk,
        partijIdentificator={
            "codeObjecttype": "vestiging",
            "codeSoortObjectId": "vestigingsnummer",
            "objectId": "123456789012",
            "codeRegister": "hr",
        },
    )
    bsn = add(
        "partij-identificatoren",
        identificeerdePartij=person,
        subIdentificatorVan=None,
        partijIdentificator={
            "codeObjecttype": "natuurlijk_persoon",
            "codeSoortObjectId": "bsn",
            "objectId": "999990019",
            "codeRegister": "brp",
        },
    )
    account = add("rekeningnummers", partij=firm, iban="NL91ABNA0417164300", bic="ABNANL2A")
    category = add("categorieen", naam="Ondernemers")
    add("categorie-relaties", partij=firm, categorie=category, beginDatum="2024-01-01", eindDatum=None)
    add("vertegenwoordigingen", vertegenwoordigendePartij=person, vertegenwoordigdePartij=firm)
    add("persoon", geboortedatum="1980-01-02", geslachtsnaam="Smit", voornamen="Karin", geslacht="v")
    add("organisatie", handelsnaam="Bakkerij Smit")
    talk = add("klantcontacten", **contact_said(nummer="0000000101", referentienummer="0000000201"))
    add("actorklantcontacten", actor=unit, klantcontact=talk)
    taker = add(
        "betrokkenen",
        hadKlantcontact=talk,
        wasPartij=person,
        rol="klant",
        initiator=True,
        contactnaam={"voornaam": "Karin", "achternaam": "Smit"},
        organisatienaam="",
    )
    mail = add(
        "digitaleadressen",
        verstrektDoorPartij=person,
        verstrektDoorBetrokkene=taker,
        adres="Karin@Smit.example",
        soortDigitaalAdres="email",
        isStandaardAdres=True,
        omschrijving="werk",
        referentie="",
        verificatieDatum=None,
    )
    register.said("partijen", person)["voorkeursDigitaalAdres"] = mail
    register.said("partijen", firm)["voorkeursRekeningnummer"] = account
    add(
        "onderwerpobjecten",
        klantcontact=talk,
        wasKlantcontact=None,
        onderwerpobjectidentificator={
            "objectId": "ZAAK-1",
            "codeObjecttype": "zaak",
            "codeRegister": "open-zaak",
            "codeSoortObjectId": "uuid",
        },
    )
    add(
        "bijlagen",
        wasBijlageVanKlantcontact=talk,
        bijlageidentificator={
            "objectId": "DOC-1",
            "codeObjecttype": "document",
            "codeRegister": "drc",
            "codeSoortObjectId": "uuid",
        },
    )
    task = add("internetaken", **task_said(talk, unit, nummer="0000000301"))
    return {
        "unit": unit,
        "firm": firm,
        "person": person,
        "bsn": bsn,
        "talk": talk,
        "taker": taker,
        "mail": mail,
        "account": account,
        "task": task,
        "kvk": kvk,
    }


def contact_said(**fields: Any) -> dict[str, Any]:
    """Return what such a register says of a contact."""
    return {
        "kanaal": "Telefoon",
        "onderwerp": "Container niet geleegd",
        "inhoud": "Kapot in mijn straat",
        "reactie": "",
        "indicatieContactGelukt": True,
        "taal": "dut",
        "vertrouwelijk": False,
        "metadata": {},
        "plaatsgevondenOp": "2025-03-04T10:00:00+01:00",
        "hadBetrokkenen": [],
        "leiddeTotInterneTaken": [],
        **fields,
    }


def task_said(talk: dict[str, Any], *actors: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return what such a register says of a task."""
    return {
        "gevraagdeHandeling": "Terugbellen",
        "aanleidinggevendKlantcontact": talk,
        "toelichting": "na 17 uur",
        "toegewezenAanActor": actors[0] if actors else None,
        "toegewezenAanActoren": list(actors),
        "status": "te_verwerken",
        "toegewezenOp": "2025-03-04T10:05:00+01:00",
        "afgehandeldOp": None,
        **fields,
    }
