"""What lists and writes cost the database: how much is asked, and that counts that are kept stay right."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.api.klantinteracties.contract.resource import rows
from aanspreekpunt.api.klantinteracties.resources.klantcontacten import Klantcontacten
from aanspreekpunt.api.klantinteracties.tests.calls import System, contact, ref
from aanspreekpunt.api.klantinteracties.tests.parties import BSN, person
from aanspreekpunt.organisation.tests.make import make_cast
from aanspreekpunt.promises.tests.make import make_handed_over
from aanspreekpunt.questions.models import Contact

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.models import ActorRecord

pytestmark = pytest.mark.django_db
SUBJECT = {
    "wasKlantcontact": None,
    "onderwerpobjectidentificator": {
        "objectId": "1",
        "codeObjecttype": "zaak",
        "codeRegister": "open-zaak",
        "codeSoortObjectId": "uuid",
    },
}
KISS, NOSY = System(), System(sees_confidential=False)
CHANNELS = ("telefoon", "balie", "e-mail", "een eigen kanaal")


def counted_one_by_one(channel: str, *, confidential: bool) -> int:
    """Count the contacts of a channel ("" for all) by looking at each."""
    found = Contact.objects.all() if confidential else Contact.objects.filter(is_confidential=False)
    return found.filter(channel_name=channel).count() if channel else found.count()


def assert_counts_are_right() -> None:
    for channel in ("", *CHANNELS):
        query = {"kanaal": channel} if channel else {}
        for system in (KISS, NOSY):
            shown = system.get("klantcontacten", pageSize="1", **query)["count"]
            assert shown == counted_one_by_one(channel, confidential=system.sees_confidential), (channel, system)


def test_counts_stay_right_whatever_other_systems_and_the_desk_do() -> None:
    cast = make_cast()
    chance, kept = random.Random(5), []
    for turn in range(40):
        what = chance.choice(("make", "make", "make", "desk", "change", "remove"))
        channel, hidden = chance.choice(CHANNELS), chance.random() < 0.3
        if what == "make":
            kept.append(KISS.post("klantcontacten", contact(kanaal=channel, vertrouwelijk=hidden))["uuid"])
        elif what == "desk":
            make_handed_over(to=chance.choice((cast.waste, cast.youth)), by=cast.anna)
        elif what == "change" and kept:
            changed = {"kanaal": channel, "vertrouwelijk": hidden}
            assert KISS.call("PATCH", f"klantcontacten/{chance.choice(kept)}", changed).status == 200
        elif kept:
            gone = kept.pop(chance.randrange(len(kept)))
            assert KISS.call("DELETE", f"klantcontacten/{gone}").status == 204
        if turn % 4 == 3:
            assert_counts_are_right()


@pytest.mark.django_db(transaction=True)
def test_counts_stay_right_when_several_write_at_once() -> None:
    make_cast()

    def write(number: int) -> None:
        for turn in range(8):
            made = KISS.post("klantcontacten", contact(kanaal=CHANNELS[(number + turn) % 4]))
            if turn % 3 == 2:
                KISS.call("DELETE", f"klantcontacten/{made['uuid']}")
        connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Contact.objects.count() == 18
    assert_counts_are_right()


PARTS = {
    "betrokkenen": ("participant", "EXISTS (SELECT FROM contact c WHERE c.id = t.contact_id AND c.is_confidential)"),
    "actorklantcontacten": (
        "contact_actor",
        "EXISTS (SELECT FROM contact c WHERE c.id = t.contact_id AND c.is_confidential)",
    ),
    "onderwerpobjecten": (
        "questions_subjectlink",
        "EXISTS (SELECT FROM contact c WHERE c.id IN (t.contact_id, t.was_contact_id) AND c.is_confidential)",
    ),
    "internetaken": (
        "task",
        (
            "EXISTS (SELECT FROM contact c WHERE c.id = t.contact_id AND c.is_confidential)"
            " OR EXISTS (SELECT FROM question q WHERE q.id = t.question_id AND q.is_confidential)"
        ),
    ),
    "digitaleadressen": (
        "parties_digitaladdress",
        (
            "EXISTS (SELECT FROM participant p JOIN contact c ON c.id = p.contact_id"
            " WHERE p.id = t.participant_id AND c.is_confidential)"
        ),
    ),
}
"""Of what belongs to contacts: our table, and when it is hidden."""


def assert_parts_are_right() -> None:
    for path, (table, hidden) in PARTS.items():
        looked = rows(f"SELECT count(*), count(*) FILTER (WHERE {hidden}) FROM {table} t")  # noqa: S608 - our own
        ((there, secret),) = looked
        assert rows(f"SELECT id FROM {table} t WHERE t.is_confidential <> ({hidden})") == [], path  # noqa: S608 - our own
        assert (KISS.get(path)["count"], NOSY.get(path)["count"]) == (there, there - secret), path
    for asked, state in (("te_verwerken", "open"), ("verwerkt", "done")):
        ((there, shown),) = rows(
            "SELECT count(*), count(*) FILTER (WHERE NOT is_confidential) FROM task WHERE state = %s", [state]
        )
        counts = [system.get("internetaken", status=asked)["count"] for system in (KISS, NOSY)]
        assert counts == [there, shown], asked


class _Parts:
    """Contacts with all that can belong to them, made, moved, hidden, shown and taken away by chance."""

    def __init__(self, seed: int, actor: str) -> None:
        self.chance, self.actor = random.Random(seed), {"uuid": actor}
        self.contacts: list[dict[str, str]] = []
        self.made: dict[str, list[str]] = {path: [] for path in PARTS}
        self.changed = {"hide_or_show": 0, "move": 0, "end": 0}

    def make(self) -> None:
        hidden = self.chance.random() < 0.4
        self.contacts.append(ref(KISS.post("klantcontacten", contact(vertrouwelijk=hidden))))
        self.add()

    def add(self) -> None:
        to, other = self.chance.choice(self.contacts), self.chance.choice([None, *self.contacts])
        who = {"hadKlantcontact": to, "wasPartij": None, "rol": "klant", "initiator": True}
        given = ref(KISS.post("betrokkenen", who))
        mail = {"verstrektDoorBetrokkene": given, "verstrektDoorPartij": None, "adres": "a@voorbeeld.nl"}
        task = {"gevraagdeHandeling": "Bel", "toegewezenAanActoren": [self.actor], "status": "te_verwerken"}
        bodies = {
            "digitaleadressen": mail | {"soortDigitaalAdres": "email", "omschrijving": ""},
            "onderwerpobjecten": {"klantcontact": to, "wasKlantcontact": other, "onderwerpobjectidentificator": None},
            "internetaken": task | {"aanleidinggevendKlantcontact": to},
        }
        self.made["betrokkenen"].append(given["uuid"])
        for path in self.chance.sample(sorted(bodies), 2):
            self.made[path].append(KISS.post(path, bodies[path])["uuid"])
        linked = KISS.call("POST", "actorklantcontacten", {"actor": self.actor, "klantcontact": to})
        if linked.status == 201:
            self.made["actorklantcontacten"].append(linked.body["uuid"])

    def hide_or_show(self) -> None:
        changed = {"vertrouwelijk": self.chance.random() < 0.5}
        answer = KISS.call("PATCH", f"klantcontacten/{self.chance.choice(self.contacts)['uuid']}", changed)
        self.changed["hide_or_show"] += answer.status == 200

    def end(self) -> None:
        if self.made["internetaken"]:
            done = {"status": self.chance.choice(("verwerkt", "verwerkt", "te_verwerken"))}
            answer = KISS.call("PATCH", f"internetaken/{self.chance.choice(self.made['internetaken'])}", done)
            self.changed["end"] += answer.status == 200

    def move(self) -> None:
        path, name = self.chance.choice(
            (
                ("betrokkenen", "hadKlantcontact"),
                ("onderwerpobjecten", "klantcontact"),
                ("onderwerpobjecten", "wasKlantcontact"),
                ("actorklantcontacten", "klantcontact"),
            )
        )
        if self.made[path]:
            moved = {name: self.chance.choice(self.contacts)}
            answer = KISS.call("PATCH", f"{path}/{self.chance.choice(self.made[path])}", moved)
            self.changed["move"] += answer.status == 200

    def remove(self) -> None:
        path = self.chance.choice(["klantcontacten", *PARTS])
        if path == "klantcontacten":
            gone = self.contacts.pop(self.chance.randrange(len(self.contacts)))
            KISS.call("DELETE", f"klantcontacten/{gone['uuid']}")
            self.made = {name: [] for name in PARTS}  # some of them went along
        elif self.made[path]:
            KISS.call("DELETE", f"{path}/{self.made[path].pop()}")
        if not self.contacts:
            self.make()


@pytest.mark.parametrize("seed", [1, 2])
def test_what_belongs_to_contacts_is_hidden_with_them_and_counted(seed: int) -> None:
    team = make_cast().waste
    parts = _Parts(seed, str(rows("SELECT uuid FROM actor WHERE id = %s", [team.register_actor_id])[0][0]))
    for turn in range(32):
        what = parts.chance.choice(
            ("make", "add", "hide_or_show", "hide_or_show", "move", "move", "end", "end", "remove")
        )
        getattr(parts, what if parts.contacts else "make")()
        if turn % 4 == 3:
            assert_parts_are_right()
    assert min(parts.changed.values()) > 0, parts.changed
    with connection.cursor() as cursor:
        cursor.execute("UPDATE question SET is_confidential = NOT is_confidential")
    assert_parts_are_right()


@pytest.mark.django_db(transaction=True)
def test_who_joins_a_contact_that_is_just_being_hidden_is_hidden_too() -> None:
    make_cast()
    to = ref(KISS.post("klantcontacten", contact()))

    def join() -> None:
        for _turn in range(6):
            KISS.post("betrokkenen", {"hadKlantcontact": to, "wasPartij": None, "rol": "klant", "initiator": True})
        connections.close_all()

    def hide_and_show() -> None:
        for turn in range(7):
            assert KISS.call("PATCH", f"klantcontacten/{to['uuid']}", {"vertrouwelijk": turn % 2 == 0}).status == 200
        connections.close_all()

    threads = [threading.Thread(target=work) for work in (join, hide_and_show, join)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert KISS.get("betrokkenen")["count"] == 12
    assert NOSY.get("betrokkenen")["count"] == 0
    assert_parts_are_right()


def test_a_kept_count_reads_no_contacts() -> None:
    KISS.post("klantcontacten", contact())
    with CaptureQueriesContext(connection) as asked:
        NOSY.get("klantcontacten", kanaal="Telefoon")
        for path in PARTS:
            NOSY.get(path)
            KISS.get(path)
        NOSY.get("internetaken", status="te_verwerken")
    assert not [each for each in asked if "count(*)" in each["sql"]]


@pytest.mark.parametrize("query", [{"zoek": "paspoort"}, {"inhoud": "aspoor"}, {"onderwerp": "Paspoort"}])
def test_what_is_searched_for_is_searched_for_once(query: dict[str, str]) -> None:
    for number in range(5):
        KISS.post("klantcontacten", contact(inhoud="Mijn paspoort is weg", nummer=str(number)))
    KISS.post("klantcontacten", contact(onderwerp="Iets anders", inhoud="Niets"))
    with CaptureQueriesContext(connection) as asked:
        first = KISS.get("klantcontacten", pageSize="2", **query)
    searching = [each["sql"] for each in asked if "lower(" in each["sql"] or "tsquery" in each["sql"]]
    assert len([sql for sql in searching if "FROM contact t" in sql]) == 1
    last = KISS.get("klantcontacten", pageSize="2", page="3", **query)
    assert [first["count"], len(first["results"]), last["count"], len(last["results"])] == [5, 2, 5, 1]
    assert (last["next"], last["previous"] is None) == (None, False)
    assert KISS.call("GET", "klantcontacten", pageSize="2", page="4", **query).status == 404
    assert KISS.get("klantcontacten", zoek="nergens")["count"] == 0


@pytest.mark.parametrize("channel", ["", "AND channel_name = 'Telefoon'"])
def test_a_page_is_found_without_reading_contacts(channel: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            f"EXPLAIN SELECT t.id FROM contact t WHERE NOT t.is_confidential {channel}"  # noqa: S608 - our own
            " ORDER BY t.occurred_at DESC, t.id DESC LIMIT 100 OFFSET 5000"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using contact_" in plan
    assert "Sort" not in plan


def test_little_waits_to_be_put_in_the_indexes_of_words() -> None:
    found = rows("SELECT relname, reloptions::text FROM pg_class WHERE relname LIKE 'contact_by_%%s' ORDER BY 1")
    assert [name for name, options in found if "gin_pending_list_limit=256" in (options or "")] == [
        "contact_by_parts",
        "contact_by_words",
    ]


def test_words_are_looked_at_again_only_when_they_changed() -> None:
    made = KISS.post("klantcontacten", contact(inhoud="Een zwerfkei op de stoep"))
    assert KISS.call("PATCH", f"klantcontacten/{made['uuid']}", {"inhoud": "Een ijsberg op de stoep"}).status == 200
    assert [each["uuid"] for each in KISS.found("klantcontacten", inhoud="jsber")] == [made["uuid"]]
    rows("DELETE FROM contact_word WHERE word = 'ijsberg' RETURNING id")
    assert KISS.call("PATCH", f"klantcontacten/{made['uuid']}", {"hoofdOnderwerpType": ""}).status == 200
    task = told_of(made, make_cast().waste.register_actor)
    KISS.post("internetaken", task)
    assert rows("SELECT FROM contact_word WHERE word = 'ijsberg'") == []


def test_ids_arrive_as_they_are_however_large() -> None:
    ids = [1, 40_000, 3_000_000_000, 2**62]
    assert [pk for (pk,) in rows("SELECT unnest(%s::bigint[])", [ids])] == ids
    assert rows("SELECT 1 WHERE 1::bigint = ANY(%s)", [[]]) == []
    assert rows("SELECT 1 WHERE 'b' = ANY(%s)", [["a", "b"]]) == [(1,)]


def _statements(path: str, system: System = NOSY, **query: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        system.get(path, **query)
    return len(asked)


def test_reading_takes_few_statements() -> None:
    """The token itself is asked in one more."""
    cast = make_cast()
    team = {"uuid": str(rows("SELECT uuid FROM actor WHERE id = %s", [cast.waste.register_actor_id])[0][0])}
    number = {"codeObjecttype": "natuurlijk_persoon", "codeSoortObjectId": "bsn", "codeRegister": "brp"}
    party = KISS.post("partijen", person())
    of_party = {"identificeerdePartij": ref(party), "partijIdentificator": number | {"objectId": BSN}}
    KISS.post("partij-identificatoren", of_party | {"anderePartijIdentificator": ""})
    for _turn in range(3):
        told = ref(KISS.post("klantcontacten", contact()))
        who = {"hadKlantcontact": told, "wasPartij": ref(party), "rol": "klant", "initiator": True}
        given = ref(KISS.post("betrokkenen", who))
        mail = {"adres": "a@voorbeeld.nl", "soortDigitaalAdres": "email", "omschrijving": ""}
        KISS.post("digitaleadressen", mail | {"verstrektDoorBetrokkene": given, "verstrektDoorPartij": None})
        KISS.post("onderwerpobjecten", SUBJECT | {"klantcontact": told})
        task = {"gevraagdeHandeling": "Bel", "toegewezenAanActoren": [team], "status": "te_verwerken"}
        KISS.post("internetaken", task | {"aanleidinggevendKlantcontact": told})
        KISS.post("actorklantcontacten", {"actor": team, "klantcontact": told})
    kin = ",".join(name for name in Klantcontacten.expands if name != "omvatteBijlagen")
    asked = {"toegewezenAanActor__uuid": team["uuid"], "status": "te_verwerken"}
    bsn = {"partijIdentificator__codeSoortObjectId": "bsn", "partijIdentificator__objectId": BSN}
    for system in (KISS, NOSY):
        assert _statements(f"klantcontacten/{told['uuid']}", system) == 2
        assert _statements(f"klantcontacten/{told['uuid']}", system, expand=kin) == 7
        assert _statements("klantcontacten", system, kanaal="Telefoon") == 4
        assert _statements("klantcontacten", system, kanaal="Telefoon", expand=kin) == 9
        assert _statements("internetaken", system, **asked) == 4
        assert _statements("partijen", system, **bsn) == 3


def test_what_is_read_by_id_is_planned_once() -> None:
    made = KISS.post("partijen", person())
    for _turn in range(20):
        KISS.get(f"partijen/{made['uuid']}")
    found = rows(
        "SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE '%%FROM parties_party t%%'"
        " AND statement LIKE '%%unnest%%'"
    )
    assert found
    assert all(generic > custom for custom, generic in found), found


def asked_by(work: Callable[[], object]) -> list[str]:
    """Return the statements this takes, without those of the savepoints that stand for transactions in a test."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]


def told_of(made: dict[str, Any], unit: ActorRecord | None) -> dict[str, Any]:
    assert unit is not None
    return {
        "aanleidinggevendKlantcontact": ref(made),
        "gevraagdeHandeling": "Terugbellen",
        "status": "te_verwerken",
        "toegewezenAanActoren": [{"uuid": str(unit.uuid)}],
        "toelichting": "",
    }


@pytest.mark.parametrize("system", [KISS, NOSY])
def test_telling_of_a_contact_takes_seven_statements(system: System) -> None:
    unit = make_cast().waste.register_actor
    system.post("internetaken", told_of(system.post("klantcontacten", contact()), unit))  # a first one looks up more
    made: dict[str, Any] = {}
    who = {"hadKlantcontact": made, "wasPartij": None, "rol": "klant", "initiator": True}
    contact_costs = asked_by(lambda: made.update(ref(system.post("klantcontacten", contact()))))
    participant_costs = asked_by(lambda: system.post("betrokkenen", who))
    task_costs = asked_by(lambda: system.post("internetaken", told_of(made, unit)))
    assert [len(each) for each in (contact_costs, participant_costs, task_costs)] == [1, 2, 4], (
        "besides the one that looks up the token"
    )
    assert all(each[-1].startswith("WITH written_0 AS (INSERT INTO") for each in (contact_costs, participant_costs))
    assert "journal_access" in task_costs[-1], "what is written is in the log of who did it by the same statement"


@pytest.mark.django_db(transaction=True)
def test_a_contact_by_itself_needs_no_transaction_around_its_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        KISS.post("klantcontacten", contact())
    assert not [each["sql"] for each in asked if each["sql"].startswith(("BEGIN", "SAVEPOINT"))]


@pytest.mark.parametrize(
    "body",
    [
        contact(),
        contact(metadata={"naam": "a", "b": "", "langeNaam": "c"}, reactie="Ja", indicatieContactGelukt=True),
        contact(plaatsgevondenOp="2026-03-01T10:00:00.123456+05:00", taal="eng", nummer="77", hoofdOnderwerpType=""),
    ],
)
def test_what_was_made_is_answered_as_it_is_read(body: dict[str, Any]) -> None:
    unit = make_cast().waste.register_actor
    made = same_when_read("klantcontacten", body)
    who = {"hadKlantcontact": ref(made), "wasPartij": None, "rol": "klant", "initiator": True}
    address = {"straatnaam": "Dorpsstraat", "huisnummer": 3, "postcode": "1234 AB", "adresregel2": "achter"}
    same_when_read("betrokkenen", {**who, "bezoekadres": address, "correspondentieadres": {"stad": "Ede"}})
    party = KISS.post("partijen", {"soortPartij": "persoon", "indicatieActief": True, "digitaleAdressen": None})
    same_when_read("betrokkenen", {**who, "wasPartij": ref(party), "contactnaam": {"achternaam": "Bos"}})
    done = {"status": "verwerkt", "afgehandeldOp": "2026-03-02T10:00:00+01:00", "toelichting": "Al gedaan"}
    same_when_read("internetaken", told_of(made, unit) | done)
    same_when_read("internetaken", told_of(made, unit))
    other = same_when_read("klantcontacten", contact())
    same_when_read("internetaken", told_of(other, unit))


def same_when_read(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Make something; what is answered, its tag too, is what reading it gives."""
    made = KISS.call("POST", path, body)
    assert made.status == 201, made.body
    read = KISS.call("GET", f"{path}/{made.body['uuid']}")
    assert (read.body, read.tag) == (made.body, made.tag)
    found: dict[str, Any] = made.body
    return found
