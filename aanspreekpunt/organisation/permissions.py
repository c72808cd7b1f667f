"""Who may do what: the one table of roles and permissions."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

AGENT, EMPLOYEE, SUPERVISOR = "agent", "department_employee", "supervisor"
EDITOR, ADMINISTRATOR, MANAGER, PRIVACY = (
    "content_editor",
    "functional_administrator",
    "manager",
    "privacy_officer",
)


class Permission(StrEnum):
    """Something one may be allowed to do, in a team or everywhere."""

    REGISTER_CONTACT = "register_contact"
    SEE_QUESTIONS_OF_ALL_TEAMS = "see_questions_of_all_teams"
    SEE_QUESTIONS_OF_TEAM = "see_questions_of_team"
    WORK_ON_QUESTIONS = "work_on_questions"
    HAND_OVER = "hand_over"
    HAND_OVER_AGAIN = "hand_over_again"
    SUPERVISE = "supervise"
    SEE_FIGURES = "see_figures"
    DECIDE_DESK_WORK = "decide_desk_work"
    EDIT_ANSWERS = "edit_answers"
    ADMINISTER = "administer"
    SEE_ACCESS_LOG = "see_access_log"
    HANDLE_POST = "handle_post"
    SEE_ALARMS = "see_alarms"


P = Permission

GRANTS: Final[dict[str, frozenset[Permission]]] = {
    AGENT: frozenset(
        {
            P.REGISTER_CONTACT,
            P.SEE_QUESTIONS_OF_ALL_TEAMS,
            P.SEE_QUESTIONS_OF_TEAM,
            P.WORK_ON_QUESTIONS,
            P.HAND_OVER,
            P.HANDLE_POST,
        }
    ),
    EMPLOYEE: frozenset({P.SEE_QUESTIONS_OF_TEAM, P.WORK_ON_QUESTIONS, P.HAND_OVER}),
    SUPERVISOR: frozenset(
        {
            P.REGISTER_CONTACT,
            P.SEE_QUESTIONS_OF_TEAM,
            P.WORK_ON_QUESTIONS,
            P.HAND_OVER,
            P.HAND_OVER_AGAIN,
            P.SUPERVISE,
            P.SEE_FIGURES,
            P.SEE_ALARMS,
        }
    ),
    EDITOR: frozenset({P.EDIT_ANSWERS}),
    ADMINISTRATOR: frozenset({P.ADMINISTER, P.HANDLE_POST, P.SEE_ALARMS}),
    MANAGER: frozenset({P.SEE_FIGURES, P.DECIDE_DESK_WORK}),
    PRIVACY: frozenset({P.SEE_ACCESS_LOG}),
}
"""A role held in a team grants these in that team; held without a team, everywhere.

`SEE_QUESTIONS_OF_ALL_TEAMS` counts wherever it is held: whoever has a resident on the line must be able to say where
any question is. Confidential questions are the exception and stay with the members of the team that owns them.
"""
