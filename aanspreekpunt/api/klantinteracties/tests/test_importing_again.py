"""Copying another register more than once, after a stop, or while it changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from aanspreekpunt.api.klantinteracties.importing import running
from aanspreekpunt.api.klantinteracties.importing.register import CannotRead
from aanspreekpunt.api.klantinteracties.tests.calls import System
from aanspreekpunt.api.klantinteracties.tests.copying import NOW, bring, numbers, rows_here, why
from aanspreekpunt.api.klantinteracties.tests.other_register import (
    OtherRegister,
    contact_said,
    furnished,
    task_said,
)
from aanspreekpunt.imports.models import ImportedThing, ImportRun
from aanspreekpunt.imports.report import lines_of
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.parties.models import DigitalAddress, Party, PartyIdentifier
from aanspreekpunt.promises.models import Promise, Task
from aanspreekpunt.questions.models import Contact, Participant, Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]

US = System()


def test_a_second_time_changes_nothing(other: OtherRegister) -> None:
    furnished(other)
    bring(other)
    before, lines = rows_here(), Entry.objects.count()
    run = bring(other)
    assert rows_here() == before
    assert numbers(run, "unchanged") == {path: len(each) for path, each in other.lists.items()}
    assert numbers(run, "came_in") == {}
    assert Entry.objects.count() == lines + 2  # that it began and ended


def test_a_task_that_came_later_opens_its_question_again(other: OtherRegister) -> None:
    things = furnished(other)
    other.said("internetaken", things["task"]).update(status="verwerkt")
    bring(other)
    other.add("internetaken", **task_said(things["talk"], things["unit"]))
    bring(other)
    question = Question.objects.get()
    assert (question.state, question.times_reopened) == ("waiting", 1)
    assert Promise.objects.get().state == "open"


def test_what_changed_there_is_brought_up_to_date(other: OtherRegister) -> None:
    things = furnished(other)
    bring(other)
    other.said("klantcontacten", things["talk"])["onderwerp"] = "Container vol"
    other.said("partijen", things["person"])["interneNotitie"] = "belt vaak"
    other.said("actoren", things["unit"])["naam"] = "Afval en grondstoffen"
    run = bring(other)
    assert numbers(run, "brought_up_to_date") == {"klantcontacten": 1, "partijen": 1, "actoren": 1}
    assert Contact.objects.get().subject == "Container vol"
    assert Party.objects.get(uuid=things["person"]["uuid"]).internal_note == "belt vaak"


def test_a_party_that_prefers_an_address_that_is_new_too_is_brought_up_to_date_at_once(other: OtherRegister) -> None:
    things = furnished(other)
    bring(other)
    new = {"soortDigitaalAdres": "email", "adres": "nieuw@smit.example", "verstrektDoorPartij": things["person"]}
    address = other.add("digitaleadressen", **new, verstrektDoorBetrokkene=None, omschrijving="", referentie="")
    other.said("partijen", things["person"]).update(
        interneNotitie="belt vaak", voorkeursDigitaalAdres={"uuid": address["uuid"]}
    )
    run = bring(other)
    assert why(run) == set()
    party = Party.objects.get(uuid=things["person"]["uuid"])
    assert party.preferred_address is not None
    assert (party.internal_note, party.preferred_address.address) == ("belt vaak", "nieuw@smit.example")
    assert numbers(bring(other), "unchanged") == {path: len(each) for path, each in other.lists.items()}


def test_what_was_missing_and_came_after_all_is_no_longer_reported(other: OtherRegister) -> None:
    other.size = 10
    for _ in range(3):
        other.add("klantcontacten", **contact_said())
    one, two = other.lists["klantcontacten"][:2]
    other.add("onderwerpobjecten", klantcontact=one, wasKlantcontact={"uuid": two["uuid"]})
    other.lists["klantcontacten"].remove(two)

    def come(path: str, _number: int) -> None:
        if path == "bijlagen" and two not in other.lists["klantcontacten"]:
            other.lists["klantcontacten"].insert(0, two)

    other.add("bijlagen", wasBijlageVanKlantcontact=one)
    other.after_page = come
    run = bring(other)
    assert why(run) == set()


def test_a_task_that_is_done_there_since_settles_its_question_here(other: OtherRegister) -> None:
    things = furnished(other)
    bring(other)
    other.said("internetaken", things["task"]).update(status="verwerkt", afgehandeldOp="2026-03-03T10:00:00Z")
    later = NOW + timedelta(days=1)
    run = bring(other, at=later)
    assert numbers(run, "brought_up_to_date") == {"internetaken": 1}
    question = Question.objects.get()
    assert (question.state, question.outcome) == ("settled", "handled_elsewhere")
    assert numbers(bring(other, at=later), "unchanged")["internetaken"] == 1


def test_a_question_that_was_dealt_with_here_is_not_opened_again(other: OtherRegister) -> None:
    furnished(other)
    bring(other)
    task = Task.objects.get()
    US.call("PATCH", f"internetaken/{task.uuid}", {"status": "verwerkt"})
    assert Question.objects.get().state == "settled"
    assert numbers(bring(other), "unchanged")["internetaken"] == 1
    assert Question.objects.get().state == "settled"


def test_what_changed_here_is_left_alone(other: OtherRegister) -> None:
    things = furnished(other)
    bring(other)
    Contact.objects.update(subject="Zoals wij het noemen")
    other.said("klantcontacten", things["talk"])["onderwerp"] = "Container vol"
    run = bring(other)
    assert numbers(run, "changed_here") == {"klantcontacten": 1}
    assert Contact.objects.get().subject == "Zoals wij het noemen"


def test_what_was_removed_here_stays_away(other: OtherRegister) -> None:
    things = furnished(other)
    bring(other)
    PartyIdentifier.objects.get(uuid=things["bsn"]["uuid"]).delete()
    run = bring(other)
    assert numbers(run, "removed_here") == {"partij-identificatoren": 1}
    assert not PartyIdentifier.objects.filter(kind="bsn").exists()


def test_what_has_that_uuid_here_from_elsewhere_is_left_alone(other: OtherRegister) -> None:
    made = US.post("categorieen", {"naam": "Van ons"})
    other.lists["categorieen"] = [{"uuid": made["uuid"], "naam": "Van hen"}]
    run = bring(other)
    assert numbers(run, "was_here") == {"categorieen": 1}
    assert US.get(f"categorieen/{made['uuid']}")["naam"] == "Van ons"


def test_a_number_in_use_is_left_out_and_told(other: OtherRegister) -> None:
    things = furnished(other)
    mine = US.post("klantcontacten", {**contact_said(nummer="0000000101"), "indicatieContactGelukt": None})
    run = bring(other)
    theirs = US.get(f"klantcontacten/{things['talk']['uuid']}")
    assert theirs["nummer"] not in {mine["nummer"], "", None}
    assert theirs["referentienummer"] == "0000000201"
    assert ("klantcontacten", "nummer", "unique") in why(run)
    assert numbers(run, "incomplete") == {"klantcontacten": 1}
    assert numbers(bring(other), "came_in") == {}


def test_what_was_refused_comes_in_once_it_is_mended(other: OtherRegister) -> None:
    made = other.add("klantcontacten", **contact_said(kanaal=""))
    run = bring(other)
    assert numbers(run, "refused") == {"klantcontacten": 1}
    other.said("klantcontacten", made)["kanaal"] = "Telefoon"
    run = bring(other)
    assert numbers(run, "refused") == {}
    assert Contact.objects.count() == 1


def test_what_comes_in_there_meanwhile_is_found_in_the_end(other: OtherRegister) -> None:
    other.size = 10
    for _ in range(25):
        other.add("klantcontacten", **contact_said())

    def grow(path: str, number: int) -> None:
        if path == "betrokkenen" and number == 1 and len(other.lists["klantcontacten"]) == 25:
            talk = other.add("klantcontacten", **contact_said())
            other.add("betrokkenen", hadKlantcontact=talk, rol="klant", initiator=True)

    other.add("betrokkenen", hadKlantcontact=other.lists["klantcontacten"][3], rol="klant", initiator=True)
    other.after_page = grow
    run = bring(other)
    assert Contact.objects.count() == 26
    assert Participant.objects.count() == 2
    assert all(line.is_whole for line in lines_of(run))


def test_what_a_removal_there_drew_to_a_page_read_already_is_found_in_the_end(other: OtherRegister) -> None:
    other.size = 10
    for _ in range(35):
        other.add("klantcontacten", **contact_said())

    def shrink(path: str, number: int) -> None:
        if (path, number) == ("klantcontacten", 1) and len(other.lists["klantcontacten"]) == 35:
            other.lists["klantcontacten"].pop(0)

    other.after_page = shrink
    run = bring(other)
    assert Contact.objects.count() == 35
    assert all(line.is_whole for line in lines_of(run))


def test_going_on_after_a_stop_does_no_page_twice(other: OtherRegister) -> None:
    other.size = 10
    for _ in range(45):
        other.add("klantcontacten", **contact_said())
    other.odd = lambda path, number: (503, b"") if (path, number) == ("klantcontacten", 4) else None
    with pytest.raises(CannotRead):
        bring(other)
    assert Contact.objects.count() == 30
    assert ImportRun.objects.get().stopped_by == "http_503"
    other.odd, other.asked = lambda _path, _number: None, []
    run = bring(other)
    assert Contact.objects.count() == 45
    assert other.asked[0] == "klantcontacten 4"
    assert ImportRun.objects.count() == 1
    assert ImportRun.objects.get().stopped_by == ""
    assert all(line.is_whole for line in lines_of(run))


def test_a_page_that_fails_half_way_leaves_nothing_of_itself(
    other: OtherRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.size = 10
    for _ in range(25):
        other.add("klantcontacten", **contact_said())
    real, seen = running.take_page, []

    def die(kind: Any, bodies: Any, **more: Any) -> Any:
        if kind.path == "klantcontacten":
            seen.append(kind)
            if len(seen) == 2:
                more["forward"] = _pull_the_plug
        return real(kind, bodies, **more)

    monkeypatch.setattr(running, "take_page", die)
    with pytest.raises(KeyboardInterrupt):
        bring(other)
    assert ImportRun.objects.get().stopped_by == "interrupted"
    assert Contact.objects.count() == 10
    monkeypatch.setattr(running, "take_page", real)
    assert all(line.is_whole for line in lines_of(bring(other)))
    assert Contact.objects.count() == 25


def _pull_the_plug(_stretch: Any) -> None:
    raise KeyboardInterrupt


def test_each_thing_is_counted_once_however_often_it_was_met(other: OtherRegister) -> None:
    other.size = 10
    made = [other.add("klantcontacten", **contact_said()) for _ in range(25)]
    made[3]["kanaal"] = ""
    other.lists["klantcontacten"] += other.lists["klantcontacten"][:12]

    def mend(path: str, number: int) -> None:
        if (path, number) == ("klantcontacten", 3):
            other.said("klantcontacten", made[3])["kanaal"] = "Telefoon"
            other.said("klantcontacten", made[4])["onderwerp"] = "Iets anders"

    other.after_page = mend
    run = bring(other)
    (line,) = (line for line in lines_of(run) if line.path == "klantcontacten")
    assert line.met == ImportedThing.objects.filter(path="klantcontacten", seen_in=run.pk).count() == 25


def test_the_report_of_a_run_stays_what_it_was(other: OtherRegister) -> None:
    furnished(other)
    first = bring(other)
    before = lines_of(first)
    other.lists["bijlagen"].clear()
    bring(other)
    assert lines_of(ImportRun.objects.get(pk=first.pk)) == before
    assert all(line.is_whole for line in before)


def test_of_a_list_that_may_not_be_read_nothing_is_said_to_be_gone(other: OtherRegister) -> None:
    furnished(other)
    bring(other)
    other.odd = lambda path, _number: (403, b"") if path == "bijlagen" else None
    run = bring(other)
    assert numbers(run, "gone_there") == {}
    assert {line.path: line.troubles for line in lines_of(run) if line.troubles} == {"bijlagen": ("not_allowed",)}


def test_what_is_gone_there_is_told_and_stays(other: OtherRegister) -> None:
    furnished(other)
    bring(other)
    other.lists["bijlagen"].clear()
    run = bring(other)
    assert numbers(run, "gone_there") == {"bijlagen": 1}
    assert rows_here()["bijlagen"] == 1


def mail_of(other: OtherRegister, party: dict[str, Any], adres: str, **said: Any) -> dict[str, Any]:
    """Let the other register have an address that it calls the standard one of a party."""
    said = {"isStandaardAdres": True, "verstrektDoorBetrokkene": None, "omschrijving": "", "referentie": "", **said}
    return other.add("digitaleadressen", verstrektDoorPartij=party, soortDigitaalAdres="email", adres=adres, **said)


def preferred() -> list[str]:
    """Return the e-mail addresses that a party prefers here."""
    found = DigitalAddress.objects.filter(kind="email", is_preferred=True)
    return sorted(found.values_list("as_given", flat=True))


@pytest.mark.parametrize("size", [1, 100])
def test_of_two_addresses_that_are_both_preferred_there_the_same_one_is_each_time(
    other: OtherRegister, size: int
) -> None:
    other.size = size
    party = furnished(other)["person"]
    other.lists["digitaleadressen"].clear()
    older, newer = (mail_of(other, party, f"{name}@bos.example") for name in ("oud", "nieuw"))
    for changing in ([], [older], [newer], [older, newer], []):
        for each in changing:
            other.said("digitaleadressen", each)["omschrijving"] += "!"
        run = bring(other)
        assert preferred() == ["nieuw@bos.example"]
        assert ("digitaleadressen", "isStandaardAdres", "unique") in why(run)
        assert numbers(run, "brought_up_to_date").get("digitaleadressen", 0) == len(changing)
        assert "digitaleadressen" not in numbers(run, "changed_here")
    assert sorted(DigitalAddress.objects.values_list("description", flat=True)) == ["!!", "!!"]


@pytest.mark.parametrize("size", [1, 100])
@pytest.mark.parametrize("to", ["oud", "nieuw"])
def test_a_preference_that_went_to_another_address_there_goes_there_here(
    other: OtherRegister, to: str, size: int
) -> None:
    other.size = size
    party = furnished(other)["person"]
    other.lists["digitaleadressen"].clear()
    for name in ("oud", "nieuw"):
        mail_of(other, party, f"{name}@bos.example", isStandaardAdres=name != to)
    bring(other)
    assert preferred() != [f"{to}@bos.example"]
    for each in other.lists["digitaleadressen"]:
        each["isStandaardAdres"] = not each["isStandaardAdres"]
    run = bring(other)
    assert preferred() == [f"{to}@bos.example"]
    assert ("digitaleadressen", "isStandaardAdres", "unique") not in why(run)
    assert numbers(bring(other), "unchanged")["digitaleadressen"] == 2
