"""What staff can do to a question: each a small form with one key and one call into the domain."""

from aanspreekpunt.desk.actions import answering, calling, describing, ending, holding, moving
from aanspreekpunt.desk.actions.base import Action

IN_ORDER: tuple[type[Action], ...] = (
    holding.TakeUp,
    answering.Answer,
    calling.CallBack,
    calling.MissCallback,
    moving.Give,
    moving.HandOver,
    moving.Return,
    answering.AskResident,
    answering.StopWaiting,
    calling.PromiseCallback,
    moving.RenewPromise,
    ending.Settle,
    ending.Reopen,
    describing.Note,
    answering.NoteAddition,
    describing.Link,
    ending.Merge,
    describing.Recategorise,
    describing.MakeConfidential,
    describing.EndConfidential,
    holding.Release,
)
ACTIONS: dict[str, type[Action]] = {action.verb: action for action in IN_ORDER}
