"""Rows of several tables go in one statement: new ones, changes, ids of one another, and lines that go along."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aanspreekpunt.common.reading import rows_read
from aanspreekpunt.common.writing import Change, IdOf, many_numbers, next_numbers, taking_along, write
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.journal.operations import line
from aanspreekpunt.questions.models import Contact

pytestmark = pytest.mark.django_db


def new_contact(**fields: object) -> Contact:
    now = timezone.now()
    return Contact(**{"channel": "phone", "direction": "in", "occurred_at": now, "registered_at": now} | fields)


def line_about(contact: Contact) -> Entry:
    return line("contact.registered", subject=contact, by=SYSTEM, at=timezone.now())


def test_a_line_names_what_is_written_with_it() -> None:
    contact = new_contact(conversation="018f0000-0000-7000-8000-000000000000", told_channel="Balie 3")
    entry = line_about(contact)
    with CaptureQueriesContext(connection) as asked:
        write([contact, entry])
    assert len(asked) == 1
    assert Entry.objects.get(pk=entry.pk).subject_id == contact.pk == entry.subject_id
    kept = Contact.objects.get(pk=contact.pk)
    made = (kept.number, kept.reference_number, kept.channel_name)
    assert (contact.number, contact.reference_number, contact.channel_name) == made
    assert made[2] == "Balie 3"


def test_of_several_rows_none_can_be_named() -> None:
    twice = [new_contact(conversation="018f0000-0000-7000-8000-000000000000") for _ in range(2)]
    with pytest.raises(ValueError, match="alone"):
        write([*twice, line_about(twice[1])])
    assert not Contact.objects.exists()


def test_rows_change_in_the_statement_that_writes_others() -> None:
    contact = new_contact(conversation="018f0000-0000-7000-8000-000000000000", subject="Before")
    write([contact])
    contact.subject, contact.text = "After", "not asked to be changed"
    with CaptureQueriesContext(connection) as asked:
        write([line_about(contact)], changes=[Change(contact, ("subject",))])
    assert len(asked) == 1
    (kept,) = rows_read(Contact, "WHERE t.id = %s", [contact.pk])
    assert (kept.subject, kept.text, kept.metadata) == ("After", "", {})
    contact.subject = "Alone"
    write((), changes=[Change(contact, ("subject",))])
    assert Contact.objects.get(pk=contact.pk).subject == "Alone"


def test_lines_go_along_with_what_is_written_next_or_by_themselves() -> None:
    contact = new_contact(conversation="018f0000-0000-7000-8000-000000000000")
    write([contact])
    with CaptureQueriesContext(connection) as asked, taking_along(line_about(contact)):
        write([line_about(contact)])
        write([line_about(contact)])
    assert (len(asked), Entry.objects.count()) == (2, 3)
    with taking_along(line_about(contact)):
        pass
    assert Entry.objects.count() == 4


def test_lines_that_would_go_along_are_forgotten_after_a_failure() -> None:
    contact = new_contact(conversation="018f0000-0000-7000-8000-000000000000")
    write([contact])
    with pytest.raises(IntegrityError), transaction.atomic(), taking_along(line_about(contact)):
        write([new_contact(conversation=contact.conversation, direction="sideways")])
    with pytest.raises(RuntimeError), taking_along(line_about(contact)):
        raise RuntimeError
    write([line_about(contact)])
    assert Entry.objects.count() == 1


def test_many_numbers_are_taken_at_once() -> None:
    (before,) = next_numbers("contact_id_seq")
    found = many_numbers(3, "contact_id_seq", "question_id_seq")
    assert [first for first, _second in found] == [before + 1, before + 2, before + 3]
    assert many_numbers(0, "contact_id_seq") == []


def test_an_id_that_nothing_gives_is_never_written() -> None:
    entry = line_about(new_contact())
    assert type(entry.subject_id) is IdOf
    with pytest.raises(ValueError, match="in list"):
        write([entry])
