"""Everything that changes a question itself. Promises and handovers stand a floor higher."""

from aanspreekpunt.questions.operations.beginning import NUMBERS_OF_A_QUESTION, follow_code_key, open_question_of
from aanspreekpunt.questions.operations.drafts import discard_draft, save_draft
from aanspreekpunt.questions.operations.files import release_file
from aanspreekpunt.questions.operations.marking import (
    end_confidential,
    give_feedback,
    link,
    link_what_belongs_together,
    make_confidential,
    read_mentions,
    recategorise,
    write_note,
)
from aanspreekpunt.questions.operations.opening import (
    change_state,
    locked,
    locked_together,
    open_question,
    write_contact,
)
from aanspreekpunt.questions.operations.parts import (
    add_participant,
    change_participant,
    link_actor,
    link_subject,
    note_address,
    note_addresses,
    point_elsewhere,
    point_to_file,
    relink_actor,
    relink_subject,
    remove_attachment,
    remove_participant,
    unlink_actor,
    unlink_subject,
)
from aanspreekpunt.questions.operations.post import make_question_of_message, try_all_again, try_message_again
from aanspreekpunt.questions.operations.removing import erase_contact
from aanspreekpunt.questions.operations.telling import (
    change_contact,
    hold_questions_of,
    hold_questions_where,
    locked_contact,
    register_contact,
)

__all__ = [
    "NUMBERS_OF_A_QUESTION",
    "add_participant",
    "change_contact",
    "change_participant",
    "change_state",
    "discard_draft",
    "end_confidential",
    "erase_contact",
    "follow_code_key",
    "give_feedback",
    "hold_questions_of",
    "hold_questions_where",
    "link",
    "link_actor",
    "link_subject",
    "link_what_belongs_together",
    "locked",
    "locked_contact",
    "locked_together",
    "make_confidential",
    "make_question_of_message",
    "note_address",
    "note_addresses",
    "open_question",
    "open_question_of",
    "point_elsewhere",
    "point_to_file",
    "read_mentions",
    "recategorise",
    "register_contact",
    "release_file",
    "relink_actor",
    "relink_subject",
    "remove_attachment",
    "remove_participant",
    "save_draft",
    "try_all_again",
    "try_message_again",
    "unlink_actor",
    "unlink_subject",
    "write_contact",
    "write_note",
]
