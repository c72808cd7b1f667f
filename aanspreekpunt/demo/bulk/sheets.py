"""Rows on their way into the database: one sheet of text per table, brought in by COPY."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import connection
from uuid_utils import UUID

from aanspreekpunt.common.writing import ids_of
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.messaging.models import Attempt, Delivery
from aanspreekpunt.parties.models import DigitalAddress, Party, PartyIdentifier
from aanspreekpunt.promises.models import Handover, Promise, Task, TaskActor
from aanspreekpunt.questions.models import Contact, ContactActor, Participant, Question, SubjectLink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

Value = str | int | bool | UUID | datetime | None

COLUMNS: Final[dict[type[Model], str]] = {
    Party: (
        "id uuid kind initials first_name infix last_name organisation_name sort_key language is_active internal_note"
        " made_at street house_number house_number_addition postcode city country number address_id address_lines"
        " mailing_address"
    ),
    PartyIdentifier: "uuid party_id kind plain sealed fingerprint other_identifier",
    Question: (
        "id uuid reference follow_code_hash kind product_id role subject party_id customer_name channel language"
        " is_confidential form_data state owner_id holder_id outcome outcome_note hops times_reopened has_news due_at"
        " registered_at settled_at"
    ),
    Contact: (
        "id uuid question_id conversation channel direction subject text reply language is_confidential has_succeeded"
        " by_employee_id by_team_id intake_account intake_id metadata told_channel told_language main_subject_type"
        " needs_follow_up came_through occurred_at registered_at"
    ),
    ContactActor: "uuid contact_id actor_id",
    Participant: (
        "id uuid contact_id party_id role is_initiator initials first_name infix last_name organisation_name phone"
        " email street house_number house_number_addition postcode city country address_id address_lines"
        " mailing_address"
    ),
    DigitalAddress: "uuid party_id participant_id kind address as_given is_preferred description reference",
    SubjectLink: "uuid contact_id was_contact_id object_id object_type register object_id_kind",
    Promise: (
        "uuid question_id kind team_id starts_at due_at remind_at phone norm_kind norm_amount state made_by_id made_at"
        " reminded_at escalated_at ended_at"
    ),
    Handover: (
        "uuid question_id contact_id from_team_id to_team_id hop asked note reason is_by_supervisor state made_by_id"
        " made_at taken_up_by_id taken_up_at ended_at return_reason"
    ),
    Task: "id uuid question_id contact_id asked note state is_leading began_question assigned_at done_at",
    TaskActor: "task_id actor_id position state",
    Entry: "event subject_kind subject_id team_id by_kind by_id by_name at shown_to_resident data",
    Delivery: (
        "id uuid key kind to_address subject body_text body_html secrets language about_kind about_id state attempts"
        " next_attempt_at made_at claimed_at ended_at"
    ),
    Attempt: "delivery_id at outcome code",
}
"""What is written of each table, in an order in which nothing refers to what is not there yet."""


class Sheets:
    """The rows of some lives, per table, until they are copied."""

    def __init__(self) -> None:
        self._lines: dict[type[Model], list[str]] = {model: [] for model in COLUMNS}

    def add(self, model: type[Model], *values: Value) -> None:
        """Add a row, its values in the order of `COLUMNS`. Texts are written as COPY reads them."""
        self._lines[model].append("\t".join(map(str, values)))

    def copy_in(self) -> None:
        """Copy everything into the tables, as part of the transaction under way."""
        with connection.cursor() as cursor:
            for model, lines in self._lines.items():
                columns = COLUMNS[model].replace(" ", ", ")
                with cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN (NULL 'None')") as copy:
                    copy.write("\n".join([*lines, ""]))


class Numbers:
    """Ids and references for some lives, taken from their sequences in one go each."""

    def __init__(self, *, count: int) -> None:
        self.party = _numbers(ids_of(Party), count)
        self.question = _numbers(ids_of(Question), count)
        self.contact = _numbers(ids_of(Contact), 3 * count)
        self.participant = _numbers(ids_of(Participant), 3 * count)
        self.task = _numbers(ids_of(Task), count)
        self.delivery = _numbers(ids_of(Delivery), 3 * count)
        self.reference = _numbers("question_reference_seq", count)


def _numbers(sequence: str, count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [sequence, count])
        return iter([number for (number,) in cursor.fetchall()])
