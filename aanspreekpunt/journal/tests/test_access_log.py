"""What other systems read and wrote: one line for each request, however much it showed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from aanspreekpunt.journal.access_log import (
    MOST_IDS_OF_ONE_REQUEST,
    Asked,
    Shown,
    accesses_before,
    accesses_to,
    record_access,
)
from aanspreekpunt.journal.actors import PlainActor
from aanspreekpunt.journal.models import Access

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

KISS, ITA = PlainActor("token", 7, "KISS"), PlainActor("token", 8, "ITA")


def write(*ids: object, by: PlainActor = KISS, verb: str = "list") -> None:
    shown = Shown(verb=verb, resource="contacts", ids=[str(each) for each in ids])
    asked = Asked(purpose="klantcontact", on_behalf_of="els", trace_id="a" * 32)
    record_access(shown=[shown], asked=asked, by=by, at=timezone.now())


@pytest.mark.django_db
def test_a_line_says_who_saw_what_and_what_for(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, other = uuid4(), uuid4()
    with django_assert_num_queries(1):
        write(one, other)
    line = Access.objects.get()
    assert (line.token_id, line.token_name, line.verb, line.resource) == (7, "KISS", "list", "contacts")
    assert (line.ids, line.shown) == ([one, other], 2)
    assert (line.purpose, line.on_behalf_of, line.trace_id) == ("klantcontact", "els", "a" * 32)


@pytest.mark.django_db
def test_what_was_shown_along_has_lines_of_its_own(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    contact, people = uuid4(), [uuid4(), uuid4()]
    shown = [
        Shown(verb="read", resource="contacts", ids=[contact]),
        Shown(verb="read", resource="participants", ids=people),
    ]
    with django_assert_num_queries(1):
        record_access(shown=shown, asked=Asked(trace_id="a" * 32), by=KISS, at=timezone.now())
    lines = Access.objects.order_by("id").values_list("resource", "ids", "shown")
    assert list(lines) == [("contacts", [contact], 1), ("participants", people, 2)]


@pytest.mark.django_db
def test_a_long_list_is_counted_in_full_and_named_in_part() -> None:
    write(*(uuid4() for _ in range(MOST_IDS_OF_ONE_REQUEST + 7)))
    line = Access.objects.get()
    assert (len(line.ids), line.shown) == (MOST_IDS_OF_ONE_REQUEST, MOST_IDS_OF_ONE_REQUEST + 7)
    write()
    assert Access.objects.filter(shown=0, ids=[]).exists()


@pytest.mark.django_db
def test_one_finds_who_saw_a_thing_and_what_a_system_saw() -> None:
    one, other = uuid4(), uuid4()
    write(one)
    write(other, by=ITA)
    write(one, other, by=ITA)
    assert [line.token_name for line in accesses_to(one, limit=9)] == ["ITA", "KISS"]
    assert [line.token_name for line in accesses_before(None, token_id=7, limit=9)] == ["KISS"]
    newest, middle, _oldest = accesses_before(None, limit=9)
    assert accesses_before(newest.pk, limit=1)[0] == middle


@pytest.mark.django_db(transaction=True)
def test_a_line_about_writing_waits_for_the_disk_like_what_was_written() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = 'local'")
        with transaction.atomic():
            write(uuid4(), verb="create")
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("local",)
            transaction.set_rollback(True)
        assert not Access.objects.exists(), "nothing was written"
        write(uuid4())
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("local",), "only that one line did not wait"
        cursor.execute("RESET synchronous_commit")
