"""Everything that changes a question itself. Promises and handovers stand a floor higher."""

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
    follow_code_key,
    locked,
    locked_together,
    open_question,
    write_contact,
)
from aanspreekpunt.questions.operations.post import make_question_of_message, try_all_again, try_message_again

__all__ = [
    "change_state",
    "discard_draft",
    "end_confidential",
    "follow_code_key",
    "give_feedback",
    "link",
    "link_what_belongs_together",
    "locked",
    "locked_together",
    "make_confidential",
    "make_question_of_message",
    "open_question",
    "read_mentions",
    "recategorise",
    "release_file",
    "save_draft",
    "try_all_again",
    "try_message_again",
    "write_contact",
    "write_note",
]
