"""Start screens, supervision, search and the access log."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.desk.looks import SEARCH, note_shown
from aanspreekpunt.desk.tests.make import make_desk_question, make_question
from aanspreekpunt.journal.models import Look
from aanspreekpunt.journal.operations import record_look
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee
from aanspreekpunt.parties.models import Party
from aanspreekpunt.promises import operations
from aanspreekpunt.questions.intake import Customer
from aanspreekpunt.questions.operations import save_draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
HOME = "desk:home"


def test_an_agent_starts_with_the_next_question_and_his_conversations(logged_in: LogIn, cast: Cast) -> None:
    make_desk_question(by=cast.anna, subject="Eerst deze")
    conversation = make_desk_question(by=cast.anna).contacts.get().conversation
    save_draft(conversation=conversation, fields={"subject": "Half af"}, by=cast.anna, at=timezone.now())
    page = logged_in(cast.anna).get(reverse(HOME)).content.decode()
    assert "Eerst deze" in page
    assert "Half af" in page


def test_a_department_employee_starts_with_what_was_promised_his_own_on_top(logged_in: LogIn, cast: Cast) -> None:
    mine = make_question(to=cast.waste, by=cast.anna, subject="Van mij")
    operations.take_up(question=mine, by=cast.wim, at=timezone.now())
    make_question(to=cast.waste, by=cast.anna, subject="Van niemand")
    answer = logged_in(cast.wim).get(reverse(HOME))
    assert [row.question.subject for row in answer.context["held"]] == ["Van mij"]
    assert [row.question.subject for row in answer.context["rows"]] == ["Van niemand"]
    assert "Wat wij beloofd hebben" in answer.content.decode()


def test_start_screens_cost_a_fixed_number_of_queries(
    logged_in: LogIn, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        make_question(to=cast.waste, by=cast.anna)
        make_desk_question(by=cast.anna)
    for employee, queries in ((cast.anna, 10), (cast.wim, 9)):
        browser = logged_in(employee)
        browser.get(reverse(HOME))
        # session, employee, held, waiting, teams, mentions, (drafts,) version, proposals, chores
        with django_assert_num_queries(queries):
            browser.get(reverse(HOME))


def test_others_start_where_their_work_is(logged_in: LogIn, cast: Cast) -> None:
    assert logged_in(cast.olga).get(reverse(HOME))["Location"] == reverse("desk:access-log")
    manager = make_employee("Mo", (Role.MANAGER, None))
    assert logged_in(manager).get(reverse(HOME))["Location"] == reverse("desk:figures")
    editor = make_employee("Els", (Role.CONTENT_EDITOR, None))
    assert logged_in(editor).get(reverse(HOME)).status_code == 200


def test_a_supervisor_sees_what_broke_what_is_about_to_and_what_was_passed_on_twice(
    logged_in: LogIn, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    make_question(to=cast.waste, by=cast.anna, subject="Te laat", days_ago=20)
    held = make_question(to=cast.waste, by=cast.anna, subject="In handen")
    operations.take_up(question=held, by=cast.wim, at=now)
    twice = make_question(to=cast.waste, by=cast.anna, subject="Twee keer")
    operations.return_to_sender(question=twice, reason="Niet van ons", by=cast.wim, at=now)
    operations.hand_over(question=twice, to=cast.waste, asks="", reason="Toch wel", by=cast.sofie, at=now)
    make_question(to=cast.youth, by=cast.anna, subject="Van een ander team")
    sander = logged_in(cast.sander)
    sander.get(reverse("desk:supervision"))
    with django_assert_num_queries(
        10
    ):  # session, employee, teams, urgent, longest, counts, kept, hops, people, version
        answer = sander.get(reverse("desk:supervision"))
    page = answer.content.decode()
    assert [row.question.subject for row in answer.context["broken"]] == ["Te laat"]
    assert [hop.question.subject for hop in answer.context["hops"]] == ["Twee keer"]
    assert answer.context["longest"][0].question.subject == "Te laat"
    assert {person.name: person.held for person in answer.context["people"]}["Wim"] == 1
    assert "Toch wel" in page
    assert "Van een ander team" not in page


def test_supervision_never_shows_confidential_questions_of_another_team(logged_in: LogIn, cast: Cast) -> None:
    everywhere = make_employee("Saar", (Role.SUPERVISOR, None))
    make_question(to=cast.youth, by=cast.anna, is_confidential=True, subject="Geheim", days_ago=20)
    answer = logged_in(everywhere).get(reverse("desk:supervision"))
    assert "Geheim" not in answer.content.decode()
    assert [each.count.open for each in answer.context["teams"] if each.team == cast.youth] == [0]


def test_kept_promises_are_counted_without_confidential_questions(logged_in: LogIn, cast: Cast) -> None:
    now = timezone.now()
    for days_ago, secret in ((0, False), (30, False), (30, True)):
        question = make_question(to=cast.waste, by=cast.anna, days_ago=days_ago, is_confidential=secret)
        operations.answer(question=question, text="Ja", channel="phone", by=cast.wim, at=now)
    manager = make_employee("Mo", (Role.MANAGER, None))
    answer = logged_in(manager).get(reverse("desk:figures"))
    (waste,) = [each.kept for each in answer.context["teams"] if each.team == cast.waste]
    assert (waste.kept, waste.broken, waste.percentage) == (1, 1, 50)


def test_a_reference_leads_straight_to_its_question(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    for typed in (question.reference, question.shown_reference, f" {question.reference[:5]}-{question.reference[5:]} "):
        answer = logged_in(cast.anna).post(reverse("desk:search"), {"text": typed})
        assert answer["Location"] == reverse("desk:question", args=[question.reference])


def test_who_is_meant_is_found_by_the_address_or_number_among_other_words(logged_in: LogIn, cast: Cast) -> None:
    question, anna = make_question(to=cast.waste, by=cast.anna), logged_in(cast.anna)
    answer = anna.post(reverse("desk:search"), {"text": f"kenmerk: {question.shown_reference}?"})
    assert answer["Location"] == reverse("desk:question", args=[question.reference])
    for typed in ("Karel 06-12345678 container", "mail van karel@example.org"):
        answer = anna.post(reverse("desk:search"), {"text": typed}, follow=True)
        assert [each.reference for each in answer.context["questions"]] == [question.reference], typed


def test_phone_and_email_find_questions_of_people_known_or_not(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    for typed in ("06-12345678", "+31 6 1234 5678", "KAREL@example.org"):
        answer = logged_in(cast.anna).post(reverse("desk:search"), {"text": typed}, follow=True)
        assert [each.reference for each in answer.context["questions"]] == [question.reference], typed


def test_a_name_finds_people_and_their_questions(logged_in: LogIn, cast: Cast) -> None:
    party = Party.objects.create(
        first_name="Greet", last_name="Hofman", sort_key="hofman greet", made_at=timezone.now()
    )
    make_question(to=cast.waste, by=cast.anna, subject="Vraag van Greet", customer=Customer(party=party))
    answer = logged_in(cast.anna).post(reverse("desk:search"), {"text": "Hofman"}, follow=True)
    assert [each.subject for each in answer.context["questions"]] == ["Vraag van Greet"]
    assert "Greet Hofman" in answer.content.decode()


def test_what_was_searched_for_stands_in_no_address_and_is_nobody_elses(logged_in: LogIn, cast: Cast) -> None:
    anna = logged_in(cast.anna)
    answer = anna.post(reverse("desk:search"), {"text": "Hofman"})
    assert "Hofman" not in answer["Location"]
    assert anna.get(answer["Location"]).status_code == 200
    assert logged_in(cast.bram).get(answer["Location"]).status_code == 404
    for number in range(12):
        anna.post(reverse("desk:search"), {"text": f"Naam {number}"})
    assert anna.get(answer["Location"]).status_code == 404
    assert len(anna.session["searches"]) == 10


def test_search_does_not_find_what_one_may_not_see(logged_in: LogIn, cast: Cast) -> None:
    secret = make_question(to=cast.youth, by=cast.anna, is_confidential=True, subject="Geheim")
    for typed in (secret.reference, "06 12345678"):
        answer = logged_in(cast.anna).post(reverse("desk:search"), {"text": typed}, follow=True)
        assert "Geheim" not in answer.content.decode()


def looks() -> set[tuple[str, str, int, str]]:
    return set(Look.objects.values_list("employee_name", "subject_kind", "subject_id", "purpose"))


def test_whom_and_what_a_search_shows_is_in_the_access_log(
    logged_in: LogIn, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    party = Party.objects.create(
        first_name="Greet", last_name="Hofman", sort_key="hofman greet", made_at=timezone.now()
    )
    questions = [make_question(to=cast.waste, by=cast.anna, customer=Customer(party=party)) for _ in range(3)]
    secret = make_question(to=cast.youth, by=cast.anna, customer=Customer(party=party), is_confidential=True)
    anna = logged_in(cast.anna)
    found = anna.post(reverse("desk:search"), {"text": "Hofman"})["Location"]
    assert looks() == set(), "nothing was shown yet"
    anna.get(found)
    shown = {("Anna", "question", question.pk, "search") for question in questions}
    assert looks() == shown | {("Anna", "party", party.pk, "search")}
    assert secret.pk not in {subject for _, _, subject, _ in looks()}, "what was not shown was not seen"
    anna.get(found)
    assert Look.objects.count() == 4, "going back to it at once is the same look"
    # session, employee, teams to filter by, people in two ways, addresses, counts, questions, looks; and for contacts
    # without a question: of these people in two ways, the contacts, what has this number
    with django_assert_num_queries(13):
        anna.get(found)
    page = logged_in(cast.olga).get(reverse("desk:access-log")).content.decode()
    assert page.count("Getoond bij zoeken") == 4
    assert questions[0].shown_reference in page
    assert "Hofman" not in page


def test_who_is_shown_again_later_is_written_again(logged_in: LogIn, cast: Cast) -> None:
    question = make_question(to=cast.waste, by=cast.anna)
    long_ago = timezone.now() - timedelta(hours=1)
    note_shown(people=[], questions=[question], purpose=SEARCH, by=cast.anna, at=long_ago)
    logged_in(cast.anna).post(reverse("desk:search"), {"text": "06 12345678"}, follow=True)
    logged_in(cast.bram).post(reverse("desk:search"), {"text": "06 12345678"}, follow=True)
    assert list(Look.objects.order_by("id").values_list("employee_name", flat=True)) == ["Anna", "Anna", "Bram"]


def test_a_search_that_finds_nothing_leaves_no_trace(logged_in: LogIn, cast: Cast) -> None:
    logged_in(cast.anna).post(reverse("desk:search"), {"text": "Niemand"}, follow=True)
    assert looks() == set()


def test_the_access_log_is_read_page_by_page(
    logged_in: LogIn, cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr("aanspreekpunt.desk.views.access_log.PAGE", 2)
    question = make_question(to=cast.waste, by=cast.anna)
    now = timezone.now()
    for minutes in range(3):
        at = now + timedelta(minutes=minutes)
        record_look(subject=question, purpose="vraag behandelen", by=cast.wim, at=at)
    olga = logged_in(cast.olga)
    olga.get(reverse("desk:access-log"))
    with django_assert_num_queries(4):  # session, employee, looks, references
        first = olga.get(reverse("desk:access-log"))
    assert "Vraag behandelen" in first.content.decode()
    second = olga.get(reverse("desk:access-log"), {"before": first.context["next_before"]})
    assert question.shown_reference in first.content.decode()
    seen = [look.pk for look, _ in (*first.context["looks"], *second.context["looks"])]
    assert seen == list(Look.objects.order_by("-id").values_list("id", flat=True))
