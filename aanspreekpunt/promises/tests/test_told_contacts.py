"""Contacts that another system registered: kept as told, changed, and taken away with all that belongs to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stdnum.iso7064 import mod_11_10

from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.models import Entry, EntryText
from aanspreekpunt.organisation.actors import remove_actor
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.operations import answer, answer_at_once, register_and_hand_over, remove_contact
from aanspreekpunt.promises.tests.make import MONDAY, make_asked
from aanspreekpunt.questions.models import Attachment, Contact, ContactActor, Participant, Question, SubjectLink
from aanspreekpunt.questions.operations import (
    add_participant,
    change_contact,
    link_actor,
    link_subject,
    point_to_file,
    register_contact,
)
from aanspreekpunt.questions.refusals import AlreadyLinked, AnswerMustStay, FollowUpNotNeeded, NumberInUse

if TYPE_CHECKING:
    from aanspreekpunt.organisation.tests.make import Cast

pytestmark = pytest.mark.django_db

KISS = PlainActor("token", 1, "Contact desktop")


def told(**fields: object) -> Contact:
    """Register a contact as another system does."""
    facts = {"told_channel": "Telefoon", "subject": "Paspoort", "text": "Wanneer kan ik het halen?", **fields}
    return register_contact(told=facts, by=KISS, at=MONDAY)  # type: ignore[arg-type]  # facts are given by name


def test_a_contact_is_kept_as_told_beside_our_own_words_for_it() -> None:
    contact = told(told_channel="Telefoon", told_language="dut", number=None, reference_number="")
    contact.refresh_from_db()
    assert (contact.told_channel, contact.channel, contact.channel_name) == ("Telefoon", "phone", "Telefoon")
    assert (contact.told_language, contact.language) == ("dut", "nl")
    assert (contact.question, contact.came_through) == (None, "Contact desktop")
    assert contact.number == contact.reference_number
    assert mod_11_10.is_valid(contact.number or "")


def test_the_numbers_that_are_given_stay_and_are_never_made_again() -> None:
    first = told(number="12", reference_number=None)
    assert first.number == "12"
    assert mod_11_10.is_valid(first.reference_number or "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT with_check_digit((last_value + 1)::text) FROM register_number_seq")
        (upcoming,) = cursor.fetchone()
    told(number=upcoming)
    assert told().number != upcoming
    with pytest.raises(NumberInUse):
        told(number="12")
    with pytest.raises(NumberInUse):
        change_contact(contact=told(), told={"reference_number": first.reference_number}, by=KISS, at=MONDAY)


def test_a_number_that_is_left_empty_stays_what_it_was() -> None:
    contact = told(number="77", reference_number="78")
    changed = change_contact(contact=contact, told={"number": "", "reference_number": None}, by=KISS, at=MONDAY)
    assert (changed.number, changed.reference_number) == ("77", "78")
    changed = change_contact(contact=contact, told={"number": "79"}, by=KISS, at=MONDAY)
    assert (changed.number, changed.reference_number) == ("79", "78")


def test_every_contact_of_the_desk_has_a_number_and_a_channel_name_too(cast: Cast) -> None:
    asked = answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY)
    contact = Contact.objects.get(pk=asked.contact.pk)
    assert mod_11_10.is_valid(contact.number or "")
    assert contact.channel_name == "telefoon"


def test_the_employee_stands_among_the_actors_in_the_same_statement(cast: Cast) -> None:
    answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY)  # what is remembered is so now
    with CaptureQueriesContext(connection) as queries:
        asked = answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY)
    written = [each["sql"] for each in queries if "contact_actor" in each["sql"]]
    assert len(written) == 1
    assert '"question"' in written[0]
    assert ContactActor.objects.get(contact=asked.contact).actor == cast.anna.register_actor


def test_an_actor_that_was_removed_comes_back_with_the_next_contact(cast: Cast) -> None:
    assert cast.anna.register_actor is not None
    remove_actor(actor=cast.anna.register_actor, by=KISS, at=MONDAY)
    cast.anna.refresh_from_db()
    asked = answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY)
    assert ContactActor.objects.get(contact=asked.contact).actor.employee == cast.anna


def test_nothing_has_to_be_done_about_a_contact_that_succeeded() -> None:
    with pytest.raises(FollowUpNotNeeded):
        told(has_succeeded=True, needs_follow_up=True)
    contact = told(has_succeeded=True)
    with pytest.raises(FollowUpNotNeeded):
        change_contact(contact=contact, told={"needs_follow_up": True}, by=KISS, at=MONDAY)


def test_one_actor_deals_with_a_contact_once(cast: Cast) -> None:
    contact, actor = told(), cast.anna.register_actor
    assert actor is not None
    link_actor(contact=contact, actor=actor, by=KISS, at=MONDAY)
    with pytest.raises(AlreadyLinked):
        link_actor(contact=contact, actor=actor, by=KISS, at=MONDAY)


def test_making_a_contact_confidential_hides_its_question_and_the_other_way_round(cast: Cast) -> None:
    question = register_and_hand_over(asked=make_asked(), to=cast.waste, asks="", by=cast.anna, at=MONDAY).question
    contact = question.contacts.get()
    change_contact(contact=contact, told={"is_confidential": True}, by=KISS, at=MONDAY)
    question.refresh_from_db()
    assert question.is_confidential
    change_contact(contact=contact, told={"is_confidential": False}, by=KISS, at=MONDAY)
    question.refresh_from_db()
    assert not question.is_confidential


def test_the_answer_a_question_was_settled_with_stays(cast: Cast) -> None:
    contact = answer_at_once(asked=make_asked(), answer="Zaterdag.", by=cast.anna, at=MONDAY).contact
    with pytest.raises(AnswerMustStay):
        change_contact(contact=contact, told={"reply": ""}, by=KISS, at=MONDAY)
    changed = change_contact(contact=contact, told={"reply": "Zondag."}, by=KISS, at=MONDAY)
    assert changed.reply == "Zondag."


def test_the_journal_says_which_facts_changed_and_no_words() -> None:
    contact = told()
    change_contact(contact=contact, told={"text": "Iets anders", "subject": "Rijbewijs"}, by=KISS, at=MONDAY)
    line = Entry.objects.get(event="contact.changed")
    assert (line.data, line.by_kind, line.by_name) == ({"fields": ["subject", "text"]}, "token", "Contact desktop")


def test_a_contact_goes_with_all_its_parts(cast: Cast) -> None:
    contact, other = told(), told()
    actor = cast.anna.register_actor
    assert actor is not None
    add_participant(told={"contact": contact, "last_name": "Berg"}, by=KISS, at=MONDAY)
    link_actor(contact=contact, actor=actor, by=KISS, at=MONDAY)
    link_subject(told={"contact": contact, "object_id": "zaak-1"}, by=KISS, at=MONDAY)
    link_subject(told={"contact": other, "was_contact": contact}, by=KISS, at=MONDAY)
    point_to_file(told={"contact": contact, "object_id": "doc-1"}, by=KISS, at=MONDAY)
    remove_contact(contact=contact, by=KISS, at=MONDAY)
    assert list(Contact.objects.all()) == [other]
    assert not any(model.objects.exists() for model in (Participant, ContactActor, SubjectLink, Attachment))
    assert Entry.objects.filter(event="contact.removed", by_kind="token").count() == 1


def test_a_question_whose_last_contact_goes_is_withdrawn_and_forgets_who_asked(cast: Cast) -> None:
    question = register_and_hand_over(asked=make_asked(), to=cast.waste, asks="", by=cast.anna, at=MONDAY).question
    remove_contact(contact=question.contacts.get(), by=KISS, at=MONDAY + timedelta(hours=1))
    question.refresh_from_db()
    assert (question.state, question.outcome) == ("settled", "withdrawn")
    assert (question.subject, question.customer_name, question.party) == ("-", "", None)
    assert Promise.objects.get().state == "withdrawn"
    assert not EntryText.objects.exclude(text="").exists()


def test_a_question_keeps_going_while_another_contact_is_left(cast: Cast) -> None:
    question = register_and_hand_over(asked=make_asked(), to=cast.waste, asks="", by=cast.anna, at=MONDAY).question
    answer(question=question, text="Zaterdag.", channel="phone", by=cast.wim, at=MONDAY + timedelta(hours=1))
    first, last = question.contacts.order_by("id")
    remove_contact(contact=first, by=KISS, at=MONDAY + timedelta(hours=2))
    question.refresh_from_db()
    assert (question.outcome, question.subject) == ("answered", "Container niet geleegd")
    remove_contact(contact=last, by=KISS, at=MONDAY + timedelta(hours=3))
    question.refresh_from_db()
    assert (question.outcome, question.subject) == ("withdrawn", "-")


def test_a_question_that_lost_its_answer_was_not_answered(cast: Cast) -> None:
    question = register_and_hand_over(asked=make_asked(), to=cast.waste, asks="", by=cast.anna, at=MONDAY).question
    answer(question=question, text="Zaterdag.", channel="phone", by=cast.wim, at=MONDAY + timedelta(hours=1))
    remove_contact(contact=question.contacts.get(direction="out"), by=KISS, at=MONDAY + timedelta(hours=2))
    question = Question.objects.get(pk=question.pk)
    assert (question.state, question.outcome) == ("settled", "withdrawn")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the database holds to at commit
