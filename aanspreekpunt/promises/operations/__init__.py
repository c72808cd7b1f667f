"""Everything that changes a promise or moves a question. Faces call these."""

from aanspreekpunt.promises.operations.answering import answer, settle
from aanspreekpunt.promises.operations.asked_elsewhere import TaskGiven, add_task
from aanspreekpunt.promises.operations.asking_back import (
    ask_resident,
    note_addition,
    receive_addition,
    stop_waiting,
)
from aanspreekpunt.promises.operations.brought_over import TaskBrought, bring_over_tasks
from aanspreekpunt.promises.operations.calling_back import call_back, miss_callback, promise_callback
from aanspreekpunt.promises.operations.handing_over import (
    give_to_colleague,
    hand_over,
    return_to_sender,
    take_up,
)
from aanspreekpunt.promises.operations.heard_elsewhere import join_reply, participant_joined
from aanspreekpunt.promises.operations.merging import merge
from aanspreekpunt.promises.operations.registering import (
    Registered,
    answer_at_once,
    keep_at_desk,
    receive_question,
    refer_elsewhere,
    register_and_hand_over,
    register_and_promise_callback,
    register_case,
)
from aanspreekpunt.promises.operations.removing import remove_contact
from aanspreekpunt.promises.operations.renewing import renew_promise, reopen, reopen_by_employee
from aanspreekpunt.promises.operations.sending_again import send_receipts_again
from aanspreekpunt.promises.operations.taking_back import take_back
from aanspreekpunt.promises.operations.watching import (
    continue_without_reply,
    escalate_broken_promises,
    remind_of_promises,
)
from aanspreekpunt.promises.operations.worked_elsewhere import (
    TaskChange,
    change_task,
    remove_task,
)
from aanspreekpunt.promises.operations.writing_back import receive_reply, tell_what_was_left_out

__all__ = [
    "Registered",
    "TaskBrought",
    "TaskChange",
    "TaskGiven",
    "add_task",
    "answer",
    "answer_at_once",
    "ask_resident",
    "bring_over_tasks",
    "call_back",
    "change_task",
    "continue_without_reply",
    "escalate_broken_promises",
    "give_to_colleague",
    "hand_over",
    "join_reply",
    "keep_at_desk",
    "merge",
    "miss_callback",
    "note_addition",
    "participant_joined",
    "promise_callback",
    "receive_addition",
    "receive_question",
    "receive_reply",
    "refer_elsewhere",
    "register_and_hand_over",
    "register_and_promise_callback",
    "register_case",
    "remind_of_promises",
    "remove_contact",
    "remove_task",
    "renew_promise",
    "reopen",
    "reopen_by_employee",
    "return_to_sender",
    "send_receipts_again",
    "settle",
    "stop_waiting",
    "take_back",
    "take_up",
    "tell_what_was_left_out",
]
