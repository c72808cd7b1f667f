"""Lives of questions as rows, the same that the operations leave behind: asked, handed over, promised, answered."""

from __future__ import annotations

import json
import secrets
from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from uuid_utils import uuid7

from aanspreekpunt.common.references import format_reference, make_reference
from aanspreekpunt.demo.bulk.cases import Case, Known
from aanspreekpunt.demo.bulk.chances import (
    ANONYMOUS,
    AT_ONCE,
    CALLED_BACK,
    CALLS_OFTEN,
    CHANNELS,
    COMES_BACK,
    FREQUENT,
    IN_HAND,
    IN_TIME,
    OPEN_FOR,
    OPEN_PER_TEAM,
    REMEMBERED,
    STILL_OPEN,
)
from aanspreekpunt.demo.bulk.handing_over import write_handover, write_task
from aanspreekpunt.demo.bulk.numbering import write_number
from aanspreekpunt.demo.bulk.sheets import Numbers, Sheets
from aanspreekpunt.demo.residents import Resident, Residents
from aanspreekpunt.demo.voices import language_of, voice_of
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.models import Attempt, Delivery
from aanspreekpunt.parties.models import DigitalAddress, Party
from aanspreekpunt.parties.rules import sort_key
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.questions.models import Contact, ContactActor, Participant, Question, SubjectLink

if TYPE_CHECKING:
    from random import Random

    from aanspreekpunt.demo.town import Town
    from aanspreekpunt.organisation.models import Employee


class Lives:
    """Makes lives one after the other, their rows gathered on sheets."""

    def __init__(self, *, town: Town, chance: Random, at: datetime) -> None:
        self._town, self._chance, self._at = town, chance, at
        self._residents = Residents(chance)
        self._known: deque[Known] = deque(maxlen=REMEMBERED)
        self._frequent: list[Known] = []
        self._open = dict.fromkeys(town.teams, 0)
        self.sheets, self._numbers = Sheets(), Numbers(count=0)

    def begin(self, numbers: Numbers) -> None:
        """Start on empty sheets, with these numbers to give out."""
        self.sheets, self._numbers = Sheets(), numbers

    def live(self, at: datetime) -> int:
        """Write the life of a question that was asked at this moment; return how many contacts it took."""
        case = self._case(at)
        if case.due is None:
            self._answered_at_once(case)
            return 1
        self._passed_on(case)
        return 1 if case.is_open else 2

    # Who asks what.

    def _case(self, at: datetime) -> Case:
        chance, town = self._chance, self._town
        (product,) = chance.choices(town.products, town.weights)
        (channel,) = chance.choices(tuple(CHANNELS), tuple(CHANNELS.values()))
        voice = voice_of(product.key)
        number = next(self._numbers.reference)
        case = Case(
            id=next(self._numbers.question),
            reference=make_reference(year=at.year, sequence=number),
            contact_id=next(self._numbers.contact),
            who=self._who(at),
            product=product,
            text=chance.choice(voice.questions),
            channel=channel,
            at=at,
            is_open=not product.refer_to and self._stays_open(at, product.team_id),
            agent=town.someone_of(town.desk.pk, chance),
            owner_id=town.desk.pk,
            reply=chance.choice(voice.answers),
        )
        if case.is_open or (chance.random() >= AT_ONCE and not product.refer_to):
            self._promise(case)
        return case

    def _stays_open(self, at: datetime, team_id: int) -> bool:
        stays = self._chance.random() < STILL_OPEN * (1 - (self._at - at) / OPEN_FOR)
        if stays and self._open[team_id] < OPEN_PER_TEAM:
            self._open[team_id] += 1
            return True
        return False

    def _who(self, at: datetime) -> Known | None:
        luck = self._chance.random()
        if luck < ANONYMOUS:
            return None
        if self._frequent and luck < ANONYMOUS + CALLS_OFTEN:
            return self._chance.choice(self._frequent)
        if self._known and luck < ANONYMOUS + CALLS_OFTEN + COMES_BACK:
            return self._chance.choice(self._known)
        known = Known(self._residents.another(), next(self._numbers.party))
        self._remember(known, at)
        return known

    def _remember(self, known: Known, at: datetime) -> None:
        self._known.append(known)
        if len(self._frequent) < FREQUENT:
            self._frequent.append(known)
        who = known.resident
        names = {"first_name": who.first_name, "infix": who.infix, "last_name": who.last_name}
        self.sheets.add(
            Party,
            *(known.party_id, uuid7(), "contact_person" if who.organisation_name else "person", "", who.first_name),
            *(who.infix, who.last_name, who.organisation_name),
            sort_key(**names, organisation_name=who.organisation_name),
            *("", True, "", at, who.street, who.house_number, "", who.postcode, who.city, ""),
            *("", "", "{}", "{}"),
        )
        self._addresses(who, party_id=known.party_id)
        if known.party_id and not who.organisation_name:
            write_number(self.sheets, party_id=known.party_id)

    def _addresses(self, who: Resident, *, party_id: int | None = None, participant_id: int | None = None) -> None:
        is_preferred = party_id is not None
        for kind, address in (("phone", who.phone), ("email", who.email)):
            if address:
                given = (kind, address, address, is_preferred, "", "")
                self.sheets.add(DigitalAddress, uuid7(), party_id, participant_id, *given)

    # What was promised, and how it went.

    def _promise(self, case: Case) -> None:
        chance, town = self._chance, self._town
        case.owner_id = case.product.team_id
        calls = case.who is not None and chance.random() < CALLED_BACK
        case.promise = "callback" if calls else "answer"
        case.due = (town.callback_due if calls else town.answer_due)(case.product, case.at)
        if case.is_open:
            case.worker = town.someone_of(case.owner_id, chance) if chance.random() < IN_HAND else None
            return
        case.worker = town.someone_of(case.owner_id, chance)
        case.ended_at = self._end(case.at, case.due.at)

    def _end(self, at: datetime, due_at: datetime) -> datetime:
        if self._chance.random() < IN_TIME:
            return min(at + (due_at - at) * (0.05 + 0.9 * self._chance.random()), self._at)
        return min(due_at + timedelta(hours=1 + 90 * self._chance.random()), self._at)

    # The rows.

    def _answered_at_once(self, case: Case) -> None:
        outcome = "referred" if case.product.refer_to else "answered_at_once"
        note = case.product.refer_to["name"] if case.product.refer_to else ""
        self._question(case, state="settled", outcome=outcome, note=note, settled_at=case.at)
        self._first_contact(case, reply=case.reply)
        self._line(case, "question.registered", case.agent, case.at, channel=case.channel, contact=case.contact_id)
        self._line(case, "question.settled", case.agent, case.at, outcome=outcome)
        self._mail("answer_at_once", case, text=case.reply, at=case.at)

    def _passed_on(self, case: Case) -> None:
        called = case.promise == "callback"
        outcome = "" if case.is_open else "callback_kept" if called else "answered"
        state = "settled" if case.ended_at else "in_hand" if case.worker else "waiting"
        self._question(case, state=state, outcome=outcome, note="", settled_at=case.ended_at)
        self._first_contact(case, reply="")
        self._promise_row(case)
        asked = self._chance.choice(voice_of(case.product.key).notes)
        if case.owner_id != self._town.desk.pk:
            write_handover(self.sheets, case, asked=asked, desk=self._town.desk)
        owner = self._town.teams[case.owner_id]
        write_task(self.sheets, case, asked=asked, owner=owner, task_id=next(self._numbers.task))
        self._beginning(case)
        if case.ended_at:
            self._answer(case, case.ended_at)

    def _beginning(self, case: Case) -> None:
        team, desk = self._town.teams[case.owner_id], self._town.desk
        self._line(case, "question.registered", case.agent, case.at, channel=case.channel, contact=case.contact_id)
        if team != desk:
            facts: dict[str, str | int] = {"from": desk.key, "to": team.key, "from_team": desk.pk, "hop": 1}
            self._line(case, "question.handed_over", case.agent, case.at, **facts)
        due_at = case.due.at.isoformat() if case.due else ""
        self._line(case, "promise.made", case.agent, case.at, kind=case.promise, due_at=due_at, team=team.key)
        if case.worker:
            self._line(case, "question.taken", case.worker, case.at)
        self._mail("receipt", case, text=case.text, at=case.at)

    def _answer(self, case: Case, at: datetime) -> None:
        contact_id, worker = next(self._numbers.contact), case.worker or case.agent
        by_mail = bool(case.email) and case.promise == "answer"
        channel = "email" if by_mail else "phone"
        self._contact(case, contact_id, channel=channel, direction="out", text=case.reply, by=worker, at=at)
        self.sheets.add(SubjectLink, uuid7(), contact_id, case.contact_id, "", "", "", "")
        self._line(case, "question.answered", worker, at, contact=contact_id, channel=channel)
        kept = "kept" if case.due and at <= case.due.at else "broken"
        outcome = "callback_kept" if case.promise == "callback" else "answered"
        self._line(case, "question.settled", worker, at, outcome=outcome, promise=kept)
        if by_mail:
            self._mail("answer", case, text=case.reply, at=at)

    def _question(self, case: Case, *, state: str, outcome: str, note: str, settled_at: datetime | None) -> None:
        who, product = case.who, case.product
        self.sheets.add(
            Question,
            # Nobody was given a code, so any hash will do that no code leads to.
            *(case.id, uuid7(), case.reference, secrets.token_hex(32), product.kind, product.pk, product.role),
            *(case.text[:200], who.party_id if who else None, who.resident.name if who else "", case.channel),
            *(language_of(case.text), product.is_confidential, "{}", state, case.owner_id),
            case.worker.pk if case.worker and state == "in_hand" else None,
            *(outcome, note, 0 if case.owner_id == self._town.desk.pk else 1, 0, False),
            case.due.at if case.due and not settled_at else None,
            *(case.at, settled_at),
        )

    def _first_contact(self, case: Case, *, reply: str) -> None:
        by = case.agent if case.channel != "web_form" else None
        self._contact(
            case, case.contact_id, channel=case.channel, direction="in", text=case.told, reply=reply, by=by, at=case.at
        )

    def _contact(
        self,
        case: Case,
        contact_id: int,
        *,
        channel: str,
        direction: str,
        text: str,
        reply: str = "",
        by: Employee | None,
        at: datetime,
    ) -> None:
        is_out = direction == "out"
        self.sheets.add(
            Contact,
            *(contact_id, uuid7(), case.id, uuid7(), channel, direction, case.text[:200], text, reply),
            *(language_of(case.text), case.product.is_confidential, True if is_out and channel == "phone" else None),
            *(by.pk if by else None, case.owner_id if is_out else None, "", "", "{}", "", "", "", False, "", at, at),
        )
        if by and by.register_actor_id:
            self.sheets.add(ContactActor, uuid7(), contact_id, by.register_actor_id)
        who = case.who.resident if case.who else NOBODY
        participant_id = next(self._numbers.participant)
        self.sheets.add(
            Participant,
            *(participant_id, uuid7(), contact_id, case.who.party_id if case.who else None, "customer", not is_out, ""),
            *(who.first_name, who.infix, who.last_name, who.organisation_name, who.phone, who.email),
            *(who.street, who.house_number, "", who.postcode, who.city, "", "", "{}", "{}"),
        )
        self._addresses(who, participant_id=participant_id)

    def _promise_row(self, case: Case) -> None:
        due = case.due
        if due is None:
            return
        is_call = case.promise == "callback"
        state = "open" if not case.ended_at else "kept" if case.ended_at <= due.at else "broken"
        self.sheets.add(
            Promise,
            *(uuid7(), case.id, case.promise, case.owner_id, due.at - timedelta(hours=2) if is_call else None, due.at),
            *(due.remind_at, case.who.resident.phone if is_call and case.who else "", due.norm.kind, due.norm.amount),
            *(state, case.agent.pk, case.at),
            # Past reminders and alarms were given, so that the jobs need not give them all at once now.
            due.remind_at if due.remind_at <= self._at else None,
            due.at if due.at < self._at and state != "kept" else None,
            case.ended_at,
        )

    def _line(self, case: Case, event: str, by: Employee, at: datetime, **facts: str | int) -> None:
        told = json.dumps(facts)
        self.sheets.add(Entry, event, "question", case.id, case.owner_id, "employee", by.pk, by.name, at, True, told)

    def _mail(self, kind: str, case: Case, *, text: str, at: datetime) -> None:
        if not case.email:
            return
        delivery_id, shown = next(self._numbers.delivery), format_reference(case.reference)
        body = rf"Kenmerk: {shown}\n\n{text}\n\nGemeente {self._town.name}\n"
        html = f"<!doctype html><html lang=nl><body><p>Kenmerk: {shown}</p><p>{text}</p></body></html>"
        self.sheets.add(
            Delivery,
            *(delivery_id, uuid7(), f"{kind}:{case.id}:{case.contact_id}", kind, case.email, f"Uw vraag ({shown})"),
            *(body, html, "{}", "nl", "question", case.id, "sent", 1, at, at, at, at),
        )
        self.sheets.add(Attempt, delivery_id, at, "sent", "250")


NOBODY: Final = Resident("", "", "", "", "", "", "", None, "", "")
