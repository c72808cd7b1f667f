"""Tasks over the standard interface: as sent, found by every filter, and one with what stands at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aanspreekpunt.api.klantinteracties.tests.calls import System, address, contact, ref
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.models import Task
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.questions.models import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db

KISS = System()


def unit(name: str = "Onbekend") -> dict[str, Any]:
    """Make an actor as a client does."""
    made: dict[str, Any] = KISS.post("actoren", {"naam": name, "soortActor": "organisatorische_eenheid"})
    return made


def task(*actors: dict[str, Any], of: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """Return a task as a client sends it."""
    return {
        "aanleidinggevendKlantcontact": ref(of or KISS.post("klantcontacten", contact())),
        "toegewezenAanActoren": [ref(each) for each in actors],
        "gevraagdeHandeling": "Terugbellen",
        "toelichting": "Haast",
        "status": "te_verwerken",
        **fields,
    }


@pytest.mark.usefixtures("cast")
def test_a_task_comes_back_as_it_was_sent() -> None:
    one, other = unit("Eerste"), unit("Andere")
    sent = task(other, one, nummer="1312312312", referentienummer="1312312313")
    made = KISS.post("internetaken", sent)
    assert made == KISS.get(f"internetaken/{made['uuid']}")
    for name in ("nummer", "referentienummer", "gevraagdeHandeling", "toelichting", "status"):
        assert made[name] == sent[name]
    assert [each["uuid"] for each in made["toegewezenAanActoren"]] == [other["uuid"], one["uuid"]]
    assert made["toegewezenAanActor"] == made["toegewezenAanActoren"][0]
    assert made["toegewezenAanActor"]["url"] == other["url"]
    assert made["aanleidinggevendKlantcontact"]["uuid"] == sent["aanleidinggevendKlantcontact"]["uuid"]
    assert made["afgehandeldOp"] is None
    (of_contact,) = KISS.get(f"klantcontacten/{sent['aanleidinggevendKlantcontact']['uuid']}")["leiddeTotInterneTaken"]
    assert of_contact["uuid"] == made["uuid"]


@pytest.mark.usefixtures("cast")
def test_two_tasks_without_a_number_have_two_numbers() -> None:
    """One client sends an empty number with every task."""
    first, second = (KISS.post("internetaken", task(unit(), nummer="")) for _ in range(2))
    assert {len(each["nummer"]) for each in (first, second)} == {10}
    assert first["nummer"] != second["nummer"]
    taken = KISS.call("POST", "internetaken", task(unit(), nummer=first["nummer"]))
    assert (taken.status, taken.faults) == (400, {("nummer", "unique")})
    more = KISS.call("POST", "internetaken", task(unit(), nummer=first["nummer"], status="klaar"))
    assert more.faults == {("nummer", "unique"), ("status", "invalid_choice")}


@pytest.mark.usefixtures("cast")
def test_nobody_may_be_named() -> None:
    made = KISS.post("internetaken", task())
    assert (made["toegewezenAanActoren"], made["toegewezenAanActor"]) == ([], {"uuid": None})


@pytest.mark.usefixtures("cast")
def test_who_is_named_is_said_in_one_of_two_ways() -> None:
    actor = unit()
    both = KISS.call("POST", "internetaken", {**task(actor), "toegewezenAanActor": ref(actor)})
    neither = task(actor)
    del neither["toegewezenAanActoren"]
    assert both.faults == {("nonFieldErrors", "invalid")}
    assert KISS.call("POST", "internetaken", neither).faults == {("nonFieldErrors", "invalid")}
    made = KISS.post("internetaken", {**neither, "toegewezenAanActor": ref(actor)})
    assert KISS.call("PUT", f"internetaken/{made['uuid']}", neither).faults == {("nonFieldErrors", "invalid")}
    assert KISS.call("PATCH", f"internetaken/{made['uuid']}", neither).status == 200
    absent = KISS.call("POST", "internetaken", task({"uuid": "0e2dd9d1-4f0e-4d0e-8a2e-3a3b3f3f3f3f"}))
    assert absent.status == 400


@pytest.mark.usefixtures("cast")
def test_done_has_a_time_and_not_done_has_none() -> None:
    made = KISS.post("internetaken", task(unit(), status="verwerkt"))
    assert made["afgehandeldOp"] is not None
    given = KISS.post("internetaken", task(unit(), status="verwerkt", afgehandeldOp="2024-01-01T01:00:00Z"))
    assert given["afgehandeldOp"] == "2024-01-01T01:00:00Z"
    early = KISS.call("POST", "internetaken", task(unit(), afgehandeldOp="2024-01-01T01:00:00Z"))
    assert early.faults == {("afgehandeldOp", "invalid")}
    path = f"internetaken/{made['uuid']}"
    reopened = KISS.call("PATCH", path, {"status": "te_verwerken"}).body
    assert (reopened["status"], reopened["afgehandeldOp"]) == ("te_verwerken", None)
    assert KISS.call("PATCH", path, {"afgehandeldOp": "2024-01-01T01:00:00Z"}).status == 400
    assert KISS.call("PATCH", path, {"status": "verwerkt"}).body["afgehandeldOp"] is not None


@pytest.mark.usefixtures("cast")
def test_a_whole_change_and_a_part_of_one() -> None:
    one, two, three = unit("1"), unit("2"), unit("3")
    made = KISS.post("internetaken", task(one, nummer="1237713712"))
    path, other = f"internetaken/{made['uuid']}", KISS.post("klantcontacten", contact())
    changed = KISS.call(
        "PUT",
        path,
        task(two, three, of=other, nummer="9999999999", gevraagdeHandeling="Anders", status="verwerkt"),
    ).body
    assert (changed["nummer"], changed["referentienummer"]) == ("9999999999", made["referentienummer"])
    assert changed["aanleidinggevendKlantcontact"]["uuid"] == other["uuid"]
    assert [each["uuid"] for each in changed["toegewezenAanActoren"]] == [two["uuid"], three["uuid"]]
    named = KISS.call("PATCH", path, {"toegewezenAanActor": ref(one)}).body
    assert [each["uuid"] for each in named["toegewezenAanActoren"]] == [one["uuid"]]
    assert {key: value for key, value in named.items() if "Actor" not in key} == {
        key: value for key, value in changed.items() if "Actor" not in key
    }


@pytest.mark.usefixtures("cast")
def test_a_task_goes_and_its_question_with_it() -> None:
    made = KISS.post("internetaken", task(unit()))
    assert KISS.call("DELETE", f"internetaken/{made['uuid']}").status == 204
    assert KISS.call("GET", f"internetaken/{made['uuid']}").status == 404
    assert KISS.found("internetaken") == []
    assert Question.objects.get().outcome == "withdrawn"


FILTERS: dict[str, Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], str]] = {
    "aanleidinggevendKlantcontact__url": lambda _task, of, _actor: address(of),
    "aanleidinggevendKlantcontact__uuid": lambda _task, of, _actor: of["uuid"],
    "actoren__naam": lambda _task, _of, actor: actor["naam"],
    "klantcontact__nummer": lambda _task, of, _actor: of["nummer"],
    "klantcontact__referentienummer": lambda _task, of, _actor: of["referentienummer"],
    "klantcontact__uuid": lambda _task, of, _actor: of["uuid"],
    "nummer": lambda task, _of, _actor: task["nummer"],
    "referentienummer": lambda task, _of, _actor: task["referentienummer"],
    "status": lambda _task, _of, _actor: "te_verwerken",
    "toegewezenAanActor__url": lambda _task, _of, actor: address(actor),
    "toegewezenAanActor__uuid": lambda _task, _of, actor: actor["uuid"],
    "toegewezenOp": lambda task, _of, _actor: task["toegewezenOp"],
    "toegewezenOp__gte": lambda task, _of, _actor: task["toegewezenOp"],
}


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("name", FILTERS)
def test_tasks_are_found_by(name: str) -> None:
    KISS.post("internetaken", task(unit("Andere"), status="verwerkt"))
    of, actor = KISS.post("klantcontacten", contact()), unit("Deze")
    made = KISS.post("internetaken", task(actor, of=of))
    value = FILTERS[name](made, of, actor)
    assert [each["uuid"] for each in KISS.found("internetaken", **{name: value})] == [made["uuid"]]
    if name.endswith("__url"):
        assert KISS.found("internetaken", **{name: value.replace(value.rsplit("/", 1)[1], "not-a-uuid")}) == []
        assert KISS.call("GET", "internetaken", **{name: "ValueError"}).faults == {(name, "invalid")}


@pytest.mark.usefixtures("cast")
def test_what_is_unknown_is_refused() -> None:
    made = KISS.post("internetaken", task(unit()))
    assert KISS.call("GET", "internetaken", invalid="1").faults == {("nonFieldErrors", "unknown-parameters")}
    found = KISS.call("GET", f"internetaken/{made['uuid']}", invalid="1")
    assert found.faults == {("nonFieldErrors", "unknown-parameters")}
    assert KISS.call("GET", "internetaken", status="klaar").status == 400


@pytest.mark.usefixtures("cast")
def test_what_led_to_it_is_shown_in_whole_only_when_asked() -> None:
    made = KISS.post("internetaken", task(unit("Deze")))
    (plain,) = KISS.found("internetaken")
    assert plain == made
    (shown,) = KISS.found("internetaken", expand="aanleidinggevendKlantcontact,toegewezenAanActoren")
    assert shown["_expand"]["aanleidinggevendKlantcontact"]["onderwerp"] == "Paspoort"
    assert [each["naam"] for each in shown["_expand"]["toegewezenAanActoren"]] == ["Deze"]


def test_the_work_of_the_desk_is_there_at_once(cast: Cast) -> None:
    handed = make_handed_over(to=cast.waste, by=cast.anna)
    (team,) = KISS.found("actoren", actoridentificatorObjectId="waste")
    (shown,) = KISS.found("internetaken", toegewezenAanActor__uuid=team["uuid"], status="te_verwerken")
    assert (shown["gevraagdeHandeling"], len(shown["toegewezenAanActoren"])) == ("Bel de inwoner over de container", 1)
    operations.take_up(question=handed.question, by=cast.wim, at=MONDAY)
    (person,) = KISS.found("actoren", actoridentificatorObjectId=cast.wim.email)
    (mine,) = KISS.found("internetaken", toegewezenAanActor__uuid=person["uuid"])
    assert [each["uuid"] for each in mine["toegewezenAanActoren"]] == [team["uuid"], person["uuid"]]
    operations.answer(question=handed.question, text="Ja", channel="phone", by=cast.wim, at=MONDAY)
    done = KISS.get(f"internetaken/{mine['uuid']}")
    assert (done["status"], len(done["toegewezenAanActoren"])) == ("verwerkt", 1)
    assert done["afgehandeldOp"] == "2026-03-02T09:00:00Z"
    assert KISS.found("internetaken", toegewezenAanActor__uuid=team["uuid"], status="te_verwerken") == []


def test_a_confidential_task_does_not_exist_for_who_may_not_see_it(cast: Cast) -> None:
    youth = ref(KISS.found("actoren", actoridentificatorObjectId="youth")[0])
    made = KISS.post("internetaken", task(youth, of=KISS.post("klantcontacten", contact(vertrouwelijk=True))))
    outsider = System(sees_confidential=False)
    elsewhere = System(team_ids=frozenset({cast.waste.pk}))
    for system in (outsider, elsewhere):
        assert system.get("internetaken")["count"] == 0
        assert system.found("internetaken", toegewezenAanActor__uuid=youth["uuid"], status="te_verwerken") == []
        for method in ("GET", "PATCH", "DELETE"):
            assert system.call(method, f"internetaken/{made['uuid']}", {}).status == 404
    hidden = outsider.call("POST", "internetaken", task(of=made["aanleidinggevendKlantcontact"]))
    assert hidden.faults == {("aanleidinggevendKlantcontact.uuid", "invalid")}
    assert System(team_ids=frozenset({cast.youth.pk})).get("internetaken")["count"] == 1


@pytest.mark.usefixtures("cast")
def test_a_task_about_a_confidential_contact_does_not_exist_either() -> None:
    made, hidden = KISS.post("internetaken", task(unit())), KISS.post("klantcontacten", contact(vertrouwelijk=True))
    KISS.call("PATCH", f"internetaken/{made['uuid']}", {"aanleidinggevendKlantcontact": ref(hidden)})
    assert KISS.get(f"klantcontacten/{hidden['uuid']}")["vertrouwelijk"] is True
    assert System(sees_confidential=False).get("internetaken")["count"] == 0


def test_a_list_of_tasks_takes_few_queries_however_long_it_is(cast: Cast) -> None:
    (team,) = KISS.found("actoren", actoridentificatorObjectId="waste")
    for _ in range(3):
        make_handed_over(to=cast.waste, by=cast.anna)
    query = {"toegewezenAanActor__uuid": team["uuid"], "status": "te_verwerken", "pageSize": "20"}
    with CaptureQueriesContext(connection) as asked:
        assert KISS.get("internetaken", **query)["count"] == 3
    said = [each["sql"][:70] for each in asked]
    assert len(said) == 4, said  # the actor, how many, all on the page, and the line in the access log


def test_the_open_tasks_of_an_actor_are_one_stretch_of_an_index(cast: Cast) -> None:
    make_handed_over(to=cast.waste, by=cast.anna)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO task SELECT (jsonb_populate_record(t, jsonb_build_object('id', 10000000 + n, 'uuid',"
            " gen_random_uuid(), 'number', '', 'reference_number', '', 'is_leading', false,"
            " 'state', CASE n % 10 WHEN 0 THEN 'open' ELSE 'done' END,"
            " 'done_at', CASE n % 10 WHEN 0 THEN NULL ELSE t.assigned_at END))).*"
            " FROM task t, generate_series(1, 6000) n"
        )
        cursor.execute(
            "INSERT INTO task_actor (task_id, actor_id, position, state) SELECT task.id, (SELECT register_actor_id FROM"
            " organisation_team WHERE key = CASE WHEN task.id % 7 = 0 THEN 'waste' ELSE 'youth' END), 0, state"
            " FROM task WHERE task.id > 10000000"
        )
        cursor.execute("ANALYZE task, task_actor")
    assert Task.objects.count() > 6000
    (team,) = KISS.found("actoren", actoridentificatorObjectId="waste")
    with CaptureQueriesContext(connection) as asked:
        KISS.get("internetaken", toegewezenAanActor__uuid=team["uuid"], status="te_verwerken", pageSize="20")
    wanted = next(each["sql"] for each in asked if "ORDER BY t.id DESC LIMIT 20" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {wanted}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on task" not in plan, plan
    assert "Index Only Scan using task_of_actor_in_state" in plan, plan
