"""What exists for a caller: one condition in SQL for each table, for lists, counts, filters, expands and references.

A contact is as confidential as its question, which keeps its contacts so. A system that is kept to some teams sees
what is about the questions these teams have or had, what came in for them, and what it wrote itself. Whatever belongs
to a contact exists as that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aanspreekpunt.api.klantinteracties.contract.filters import Where

if TYPE_CHECKING:
    from aanspreekpunt.api.klantinteracties.contract.callers import Caller

_OF_TEAMS = (
    "EXISTS (SELECT FROM question q WHERE q.id = {column} AND q.owner_id = ANY(%s))"
    " OR EXISTS (SELECT FROM handover h WHERE h.question_id = {column} AND h.to_team_id = ANY(%s))"
)
_WRITTEN = (
    "EXISTS (SELECT FROM journal_entry e WHERE e.subject_kind = '{kind}' AND e.subject_id = {table}.id"
    " AND e.by_kind = 'token' AND e.by_id = %s)"
)
_NOT_CONFIDENTIAL = "NOT EXISTS (SELECT FROM question q WHERE q.id = {column} AND q.is_confidential)"


def questions_visible(caller: Caller, column: str) -> list[Where]:
    """Return the conditions under which the question that `column` names exists for this caller."""
    found: list[Where] = []
    if not caller.sees_confidential:
        found.append(Where(_NOT_CONFIDENTIAL.format(column=column)))
    if caller.team_ids is not None:
        teams = sorted(caller.team_ids)
        found.append(Where(_OF_TEAMS.format(column=column), (teams, teams)))
    return found


def contacts_visible(caller: Caller, table: str) -> list[Where]:
    """Return the conditions under which the contacts in `table` exist for this caller."""
    found: list[Where] = []
    if not caller.sees_confidential:
        found.append(_not_confidential(table))
    if caller.team_ids is not None:
        teams = sorted(caller.team_ids)
        of_teams = _OF_TEAMS.format(column=f"{table}.question_id")
        came_for = f"{table}.question_id IS NULL AND {table}.by_team_id = ANY(%s)"
        written = _WRITTEN.format(kind="contact", table=table)
        sql = f"{of_teams} OR ({came_for}) OR {written}"
        found.append(Where(sql, (teams, teams, teams, caller.actor.actor_id)))
    return found


def of_visible_contact(caller: Caller, column: str) -> list[Where]:
    """Return the conditions under which something that belongs to the contact in `column`, or to none, exists."""
    return _of_visible(contacts_visible(caller, "seen"), f"contact seen WHERE seen.id = {column}", column)


def of_visible_participant(caller: Caller, column: str) -> list[Where]:
    """Return the conditions under which something that was given by the participant in `column`, or by none, exists."""
    kin = f"participant given JOIN contact seen ON seen.id = given.contact_id WHERE given.id = {column}"
    return _of_visible(contacts_visible(caller, "seen"), kin, column)


def parts_visible(caller: Caller, table: str, *to_contacts: str) -> list[Where]:
    """Return the conditions under which the parts of contacts in `table` exist, of which the database keeps what hides.

    `to_contacts` are the columns that lead to the contacts they belong to, if any.
    """
    found = [] if caller.sees_confidential else [_not_confidential(table)]
    if caller.team_ids is not None:
        found += [where for column in to_contacts for where in of_visible_contact(caller, f"{table}.{column}")]
    return found


def _not_confidential(table: str) -> Where:
    """Return the condition that contacts, or what belongs to them and keeps it too, may be seen by everybody."""
    return Where(f"NOT {table}.is_confidential", kept=("is_confidential", ("false",)))


def tasks_visible(caller: Caller, table: str) -> list[Where]:
    """Return the conditions under which the tasks in `table` exist: as the question and the contact they are about."""
    found: list[Where] = []
    if not caller.sees_confidential:
        found.append(_not_confidential(table))
    if caller.team_ids is not None:
        teams = sorted(caller.team_ids)
        of_teams = _OF_TEAMS.format(column=f"{table}.question_id")
        written = _WRITTEN.format(kind="task", table=table)
        found.append(Where(f"{of_teams} OR {written}", (teams, teams, caller.actor.actor_id)))
    return found


def _of_visible(conditions: list[Where], kin: str, column: str) -> list[Where]:
    if not conditions:
        return []
    sql = " AND ".join(f"({each.sql})" for each in conditions)
    values = tuple(value for each in conditions for value in each.values)
    return [Where(f"{column} IS NULL OR EXISTS (SELECT FROM {kin} AND {sql})", values)]
