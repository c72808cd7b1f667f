"""From the journal to the outbox: nothing is missed, nothing comes twice, and nobody hears what he may not."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection, transaction

from aanspreekpunt.common.ids import new_uuid
from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.journal.operations import record
from aanspreekpunt.parties.models import Party
from aanspreekpunt.parties.operations.addresses import make_address
from aanspreekpunt.promises.operations import hand_over
from aanspreekpunt.promises.tests.make import MONDAY, make_handed_over
from aanspreekpunt.questions.models import Contact, Question
from aanspreekpunt.questions.operations import make_confidential, write_note
from aanspreekpunt.questions.operations.parts import add_participant
from aanspreekpunt.subscriptions import webhooks
from aanspreekpunt.subscriptions.models import News, Notice
from aanspreekpunt.subscriptions.operations import pause, remove_subscription, send_all_again
from aanspreekpunt.subscriptions.rules import LEASE
from aanspreekpunt.subscriptions.sending import claim_next, recover_interrupted, send_for
from aanspreekpunt.subscriptions.spreading import AT_A_TIME, spread_all, spread_news
from aanspreekpunt.subscriptions.tests.make import Clock, make_webhook
from aanspreekpunt.tokens.operations import Grant, make_token, revoke_token

if TYPE_CHECKING:
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast
    from aanspreekpunt.subscriptions.tests.receiver import Receiver

pytestmark = pytest.mark.django_db
URL = "https://example.org/hook"
SOON = MONDAY + timedelta(minutes=5)


def make_contact(**fields: Any) -> Contact:
    """Make a contact that belongs to no question."""
    values = {"channel": "phone", "direction": "in", "occurred_at": MONDAY, "registered_at": MONDAY, **fields}
    return Contact.objects.create(conversation=new_uuid(), **values)


def told() -> list[dict[str, Any]]:
    return [json.loads(body) for body in Notice.objects.order_by("pk").values_list("body", flat=True)]


def events() -> list[str]:
    return [each["event"] for each in told()]


def test_what_the_desk_does_is_told_in_the_order_in_which_it_happened(cast: Cast, fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    write_note(question=question, text="Gebeld", by=cast.anna, at=SOON)
    assert spread_news(at=SOON) > 0
    assert events() == [
        "contact.registered",
        "question.registered",
        "question.handed_over",
        "promise.made",
        "question.noted",
    ]
    assert {each.subject for each in Notice.objects.all()} == {f"question {question.pk}"}


def test_what_is_told_holds_ids_only(cast: Cast, fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    spread_news(at=SOON)
    contact = Contact.objects.get(question=question)
    assert told()[0] == {
        "event": "contact.registered",
        "at": MONDAY.astimezone(UTC).isoformat(),
        "subject": {"kind": "contact", "uuid": str(contact.uuid)},
        "question": str(question.uuid),
    }
    everything = json.dumps(told())
    for personal in ("Karel", "Deurne", "container", "+31612345678", "karel@example.org", "Anna"):
        assert personal not in everything


def test_a_line_about_a_part_is_told_of_its_contact_and_only_while_that_is_there(fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    contact = make_contact()
    add_participant(told={"contact": contact, "first_name": "Karel"}, by=SYSTEM, at=SOON)
    spread_news(at=SOON)
    assert [(each["event"], each["subject"]) for each in told()] == [
        ("participant.added", {"kind": "contact", "uuid": str(contact.uuid)})
    ]
    add_participant(told={"contact": contact, "first_name": "Karin"}, by=SYSTEM, at=SOON)
    contact.delete()
    spread_news(at=SOON)
    assert len(told()) == 1


def test_an_address_of_nobody_is_told_to_nobody(fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    make_address(given={"kind": "email", "as_given": "k@example.org"}, by=SYSTEM, at=SOON)
    assert not News.objects.exists()


def test_nothing_is_listed_as_long_as_nobody_listens(cast: Cast, fatma: Employee) -> None:
    make_handed_over(to=cast.waste, by=cast.anna)
    assert not News.objects.exists()
    subscription = make_webhook(URL, by=fatma).subscription
    make_handed_over(to=cast.waste, by=cast.anna)
    assert News.objects.exists()
    spread_news(at=SOON)
    remove_subscription(subscription=subscription, by=fatma, at=SOON)
    make_handed_over(to=cast.waste, by=cast.anna)
    assert not News.objects.exists()


def test_nobody_hears_of_what_is_confidential_unless_he_may(cast: Cast, fatma: Employee) -> None:
    make_webhook(URL, by=fatma, name="Mag niet")
    make_webhook(URL, by=fatma, name="Mag wel", sees_confidential=True)
    question = make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True).question
    spread_news(at=SOON)
    assert question.is_confidential
    assert set(Notice.objects.values_list("subscription__name", flat=True)) == {"Mag wel"}


def test_what_waits_is_kept_back_when_it_becomes_confidential(cast: Cast, fatma: Employee) -> None:
    make_webhook(URL, by=fatma, name="Mag niet")
    make_webhook(URL, by=fatma, name="Mag wel", sees_confidential=True)
    question = make_handed_over(to=cast.youth, by=cast.anna).question
    spread_news(at=MONDAY)
    make_confidential(question=question, by=cast.anna, at=SOON)
    spread_news(at=SOON)
    kept_back = Notice.objects.filter(subscription__name="Mag niet")
    assert set(kept_back.values_list("state", flat=True)) == {"withdrawn"}
    assert set(Notice.objects.filter(subscription__name="Mag wel").values_list("state", flat=True)) == {"waiting"}


def test_what_was_given_up_or_is_on_its_way_does_not_come_after_it_became_confidential(
    cast: Cast, fatma: Employee, other: Receiver
) -> None:
    made = make_webhook(other.url, by=fatma).subscription
    question = make_handed_over(to=cast.youth, by=cast.anna).question
    spread_news(at=MONDAY)
    first, second = Notice.objects.order_by("pk")[:2]
    Notice.objects.filter(pk=first.pk).update(state="dead", ended_at=MONDAY, code="http_400")
    taken = claim_next(made.pk, at=MONDAY)
    assert taken == second
    make_confidential(question=question, by=cast.anna, at=SOON)
    spread_news(at=SOON)
    assert send_all_again(subscription=made, by=fatma, at=SOON) == 0
    recover_interrupted(at=SOON + 2 * LEASE)
    assert send_for(made.pk, clock=lambda: SOON + 3 * LEASE, seconds=5) == 0
    assert other.got == []


def test_a_contact_without_a_question_that_becomes_confidential_is_kept_back(fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    contact = make_contact()
    record("contact.registered", subject=contact, by=SYSTEM, at=MONDAY)
    spread_news(at=MONDAY)
    Contact.objects.update(is_confidential=True)
    record("contact.changed", subject=contact, by=SYSTEM, at=SOON)
    spread_news(at=SOON)
    assert list(Notice.objects.values_list("event", "state")) == [("contact.registered", "withdrawn")]


def test_what_is_said_of_a_contact_goes_before_the_question_that_came_of_it(cast: Cast, fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    contact = make_contact()
    record("contact.registered", subject=contact, by=SYSTEM, at=MONDAY)
    spread_news(at=MONDAY)
    assert Notice.objects.get().subject == f"contact {contact.pk}"
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    record("question.registered", subject=question, data={"contact": contact.pk}, by=SYSTEM, at=SOON)
    spread_news(at=SOON)
    assert {each.subject for each in Notice.objects.all()} == {f"question {question.pk}"}


def test_a_subscription_hears_what_its_filters_let_through(cast: Cast, fatma: Employee) -> None:
    make_webhook(URL, by=fatma, channels=[{"name": "question", "filters": {"event": "question.handed_over"}}])
    make_handed_over(to=cast.waste, by=cast.anna)
    spread_news(at=SOON)
    assert events() == ["question.handed_over"]


def test_a_token_that_ended_hears_nothing_and_one_of_a_team_only_of_that_team(cast: Cast, fatma: Employee) -> None:
    grant = Grant(rights=frozenset({"subscriptions.write"}), team_ids=frozenset({cast.waste.pk}))
    token = make_token(name="ITA", grant=grant, by=fatma, at=MONDAY).token
    make_webhook(URL, by=token, channels=[{"name": "question"}], sees_confidential=True)
    make_handed_over(to=cast.youth, by=cast.anna)
    spread_news(at=SOON)
    assert events() == []
    make_handed_over(to=cast.waste, by=cast.anna)
    spread_news(at=SOON)
    assert "question.registered" in events()
    question = Question.objects.latest("pk")
    handed = {"to": cast.youth, "asks": "Graag", "reason": "Toch jeugd", "by": cast.sander}
    hand_over(question=question, at=SOON, **handed)
    write_note(question=question, text="Gebeld", by=cast.joke, at=SOON)
    spread_news(at=SOON)
    assert events()[-1] == "question.noted", "what a team had, it goes on to hear of"
    before = len(events())
    revoke_token(token=token, by=fatma, at=SOON)
    make_handed_over(to=cast.waste, by=cast.anna)
    spread_news(at=SOON)
    assert len(events()) == before


def test_a_token_without_the_right_hears_of_nothing_confidential_whatever_it_asked(cast: Cast, fatma: Employee) -> None:
    grant = Grant(rights=frozenset({"subscriptions.write"}))
    token = make_token(name="ITA", grant=grant, by=fatma, at=MONDAY).token
    make_webhook(URL, by=token, sees_confidential=True)
    make_handed_over(to=cast.youth, by=cast.anna, is_confidential=True)
    spread_news(at=SOON)
    assert events() == []


def test_what_is_paused_is_told_later(cast: Cast, fatma: Employee) -> None:
    subscription = make_webhook(URL, by=fatma).subscription
    pause(subscription=subscription, by=fatma, at=MONDAY)
    make_handed_over(to=cast.waste, by=cast.anna)
    spread_news(at=SOON)
    assert set(Notice.objects.values_list("state", flat=True)) == {"waiting"}


def test_what_was_removed_is_told_by_what_others_know_it_by(fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    party = Party.objects.create(first_name="Karel", sort_key="karel", made_at=MONDAY)
    contact, hidden = make_contact(), make_contact(is_confidential=True)
    for thing, event in ((party, "party.removed"), (contact, "contact.removed"), (hidden, "contact.removed")):
        record(event, subject=thing, by=SYSTEM, at=SOON)
        thing.delete()
    spread_news(at=SOON)
    assert [each["subject"] for each in told()] == [
        {"kind": "party", "uuid": str(party.uuid)},
        {"kind": "contact", "uuid": str(contact.uuid)},
    ]


def test_many_lines_are_all_told(cast: Cast, fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    for _ in range(AT_A_TIME):
        record("question.noted", subject=question, by=SYSTEM, at=MONDAY)
    spread_all(clock=Clock(SOON))
    assert events().count("question.noted") == AT_A_TIME
    assert not News.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_line_whose_transaction_took_longer_is_told_all_the_same(cast: Cast, fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    spread_news(at=SOON)
    slow = connection.copy()
    try:
        with slow.cursor() as cursor:
            slow.set_autocommit(False)
            cursor.execute(
                "INSERT INTO journal_entry (event, subject_kind, subject_id, by_kind, by_name, at, shown_to_resident,"
                " data) VALUES ('question.slow', 'question', %s, 'system', '', %s, false, '{}') RETURNING id",
                [question.pk, SOON],
            )
            early = cursor.fetchone()[0]
            late = record("question.fast", subject=question, by=SYSTEM, at=SOON)
            assert late.pk > early
            spread_news(at=SOON)
            assert events()[-1] == "question.fast"
            slow.commit()
    finally:
        slow.close()
    spread_news(at=SOON)
    assert events()[-2:] == ["question.fast", "question.slow"]


@pytest.mark.django_db(transaction=True)
def test_a_line_that_was_taken_back_is_not_told_and_a_crash_while_spreading_loses_nothing(
    cast: Cast, fatma: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_webhook(URL, by=fatma)
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    spread_news(at=SOON)
    before = events()
    with transaction.atomic():
        record("question.undone", subject=question, by=SYSTEM, at=SOON)
        transaction.set_rollback(True)
    record("question.done", subject=question, by=SYSTEM, at=SOON)

    def die(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Notice.objects, "bulk_create", die)
        with pytest.raises(KeyboardInterrupt):
            spread_news(at=SOON)
    assert News.objects.count() == 1
    spread_news(at=SOON)
    spread_news(at=SOON)
    assert events() == [*before, "question.done"]


@pytest.mark.django_db(transaction=True)
def test_a_line_that_cannot_be_put_in_words_holds_up_no_other(
    cast: Cast, fatma: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_webhook(URL, by=fatma)
    question = make_handed_over(to=cast.waste, by=cast.anna).question
    for event in ("question.noted", "question.odd", "question.done"):
        record(event, subject=question, by=SYSTEM, at=SOON)
    as_it_was = webhooks._message

    def stumble(happening: Any, thing: Any, event: str) -> Any:
        if event == "question.odd":
            raise KeyError(event)
        return as_it_was(happening, thing, event)

    monkeypatch.setattr(webhooks, "_message", stumble)
    spread_all(clock=Clock(SOON))
    assert events()[-2:] == ["question.noted", "question.done"]
    assert not News.objects.exists()

    def be_away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError

    record("question.later", subject=question, by=SYSTEM, at=SOON)
    monkeypatch.setattr(Notice.objects, "bulk_create", be_away)
    with pytest.raises(OperationalError):
        spread_all(clock=Clock(SOON))
    assert News.objects.count() == 1, "nothing is dropped because the database is away"


def test_the_database_looks_nothing_up_for_a_line_about_something_else(fatma: Employee) -> None:
    make_webhook(URL, by=fatma)
    record("employee.chose_language", subject=fatma, by=fatma, at=MONDAY)
    assert not News.objects.exists()
    assert Question.objects.count() == 0
