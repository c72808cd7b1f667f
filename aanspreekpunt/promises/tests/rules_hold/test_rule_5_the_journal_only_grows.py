"""Rule 5: the journal only grows: no update, no delete, not even through the admin.

Privacy erasure replaces personal content and leaves the bare fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from aanspreekpunt.journal.access_log import Asked, Shown, record_access
from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.models import Entry, EntryText
from aanspreekpunt.journal.operations import erase_words, record_look
from aanspreekpunt.promises.tests.make import MONDAY
from aanspreekpunt.questions.operations import write_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.questions.models import Question


from aanspreekpunt.promises.tests.rules_hold.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)


RULE_5 = (
    "UPDATE journal_entry SET at = at",
    "UPDATE journal_entry_text SET text = 'Belde vriendelijk'",
    "UPDATE journal_look SET at = at",
    "UPDATE journal_access SET at = at",
    "DELETE FROM journal_entry",
    "DELETE FROM journal_entry_text",
    "DELETE FROM journal_look",
    "DELETE FROM journal_access",
    "TRUNCATE journal_entry CASCADE",
    "TRUNCATE journal_entry_text",
    "TRUNCATE journal_look",
    "TRUNCATE journal_access",
)


@pytest.fixture
def _never_emptied(sql: Callable[..., None]) -> Iterator[None]:
    """Put back the guard that is off in tests, where the database is emptied each time."""
    tables = ("journal_entry", "journal_entry_text", "journal_look", "journal_access")
    for table in tables:
        sql(f"ALTER TABLE {table} ENABLE TRIGGER {table}_never_emptied")
    yield
    for table in tables:
        sql(f"ALTER TABLE {table} DISABLE TRIGGER {table}_never_emptied")


@pytest.mark.usefixtures("_never_emptied")
def test_rule_5_stands_against_sql(question: Question, cast: Cast, sql: Callable[..., None]) -> None:
    write_note(question=question, text="Belde boos", by=cast.anna, at=MONDAY)
    record_look(subject=question, purpose="audit", by=cast.olga, at=MONDAY)
    shown = Shown(verb="read", resource="contacts", ids=[question.uuid])
    record_access(shown=[shown], asked=Asked(), by=PlainActor("token", 1, "Ander systeem"), at=MONDAY)
    for statement in RULE_5:
        with Refused("journal_only_grows"):
            sql(statement)


def test_rule_5_stands_through_the_models(question: Question) -> None:
    entry = Entry.objects.filter(subject_id=question.pk).first()
    assert entry is not None
    for attack in (
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(by_name="Niemand"),
        lambda: Entry.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
            attack()


def test_rule_5_lets_words_be_erased_once_and_leaves_the_fact(
    question: Question, cast: Cast, sql: Callable[..., None]
) -> None:
    entry = write_note(question=question, text="Belde boos", by=cast.anna, at=MONDAY)
    assert erase_words(subject=question, by=cast.olga, at=MONDAY) == 1
    assert EntryText.objects.get(entry=entry).text == ""
    assert Entry.objects.get(pk=entry.pk).event == "question.noted"
    with Refused("journal_only_grows"):
        sql("UPDATE journal_entry_text SET text = 'Belde vriendelijk' WHERE entry_id = %(id)s", id=entry.pk)


def test_rule_5_keeps_the_name_of_a_resident_out_of_what_cannot_be_erased(
    question: Question, sql: Callable[..., None]
) -> None:
    with Refused("journal_resident_stays_nameless"):
        sql(
            "INSERT INTO journal_entry (event, subject_kind, subject_id, by_kind, by_name, at, shown_to_resident, data)"
            " VALUES ('resident.added', 'question', %(id)s, 'resident', 'Karel', now(), true, '{}')",
            id=question.pk,
        )
