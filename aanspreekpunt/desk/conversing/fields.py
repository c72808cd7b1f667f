"""All that is typed and chosen in one conversation, read from a form or from the draft that survived."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Self

from aanspreekpunt.catalogue.forms import PREFIX
from aanspreekpunt.catalogue.models import QuestionKind
from aanspreekpunt.questions.choices import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

LONGEST = 500
LONGEST_TEXT = 20_000
LONG_TEXTS = frozenset({"text", "answer", "note", "refer_text"})
SUBJECT_LETTERS = 80
CHOICES = ("answer", "hand_over", "call_back", "refer", "case", "keep")
SENTENCE_ENDS = ".?!\n"
LIMITED: dict[str, tuple[str, ...]] = {
    "channel": tuple(Channel.values),
    "language": ("nl", "en"),
    "kind": ("", *QuestionKind.values),
    "choice": ("", *CHOICES),
}
"""Fields with a few possible values; anything else becomes the first."""


@dataclass(frozen=True, kw_only=True)
class Fields:
    """One conversation as far as it is typed. Texts stand as typed; reading them is done when it is registered.

    `number` says which question of the conversation this is. `receipts` (number to sealed follow code) and `files`
    (key of the form's field to uuid and name) come from the server only.
    """

    number: int = 1
    party: int | None = None
    channel: str = "phone"
    language: str = "nl"
    who: str = ""
    anonymous: bool = False
    name: str = ""
    organisation: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""
    house: str = ""
    street: str = ""
    city: str = ""
    remember: bool = False
    representative: bool = False
    text: str = ""
    subject: str = ""
    kind: str = ""
    confidential: bool = False
    product: str = ""
    product_query: str = ""
    form: dict[str, list[str]] = field(default_factory=dict)
    article: str = ""
    given: str = ""
    choice: str = ""
    answer: str = ""
    team: str = ""
    due_on: str = ""
    asks: str = ""
    note: str = ""
    window: str = ""
    callback_phone: str = ""
    refer_to: str = ""
    refer_text: str = ""
    case_number: str = ""
    files: dict[str, list[str]] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_post(cls, post: QueryDict, *, known: Fields) -> Self:
        """Read what was posted; what only the server may say is taken from `known`."""
        values: dict[str, Any] = {}
        for each in fields(cls):
            if each.type == "str":
                values[each.name] = _cut(each.name, post.get(each.name, ""))
            elif each.type == "bool":
                values[each.name] = bool(post.get(each.name))
        form = {key: post.getlist(key)[:100] for key in post if key.startswith(f"{PREFIX}-")}
        return cls(
            **values | {name: options[0] for name, options in LIMITED.items() if values[name] not in options},
            number=_number(post.get("number", "")) or known.number,
            party=_number(post.get("party", "")),
            form=form,
            files=known.files,
            receipts=known.receipts,
        )

    @classmethod
    def from_draft(cls, kept: Mapping[str, Any]) -> Self:
        """Read a draft, also one that an earlier version of this program wrote."""
        names = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in names})

    def as_draft(self) -> dict[str, Any]:
        """Return what is kept in the draft."""
        return dict(vars(self))

    @property
    def shown_subject(self) -> str:
        """The subject as typed, or else the first words of the question."""
        return self.subject.strip() or suggested_subject(self.text)

    @property
    def story(self) -> str:
        """All that was said."""
        return f"{self.subject} {self.text}".strip()

    @property
    def title(self) -> str:
        """A few words to tell this conversation from the others."""
        return self.name or self.organisation or self.who or self.shown_subject

    def for_next_question(self, *, receipt: str) -> Fields:
        """Return an empty next question of the same person in the same conversation."""
        person = {
            name: getattr(self, name)
            for name in (
                *("channel", "language", "party", "anonymous", "name", "organisation", "phone", "email"),
                *("postcode", "house", "street", "city", "representative"),
            )
        }
        return Fields(**person, number=self.number + 1, receipts={**self.receipts, str(self.number): receipt})

    def having(self, **changes: Any) -> Fields:
        """Return the same with some fields changed."""
        return replace(self, **changes)


def suggested_subject(text: str) -> str:
    """Return the first sentence of a text, cut between words: "Mijn container is niet geleegd"."""
    start = text.strip()
    ends = [start.find(sign) for sign in SENTENCE_ENDS if start.find(sign) > 0]
    sentence = " ".join(start[: min(ends, default=len(start))].split())
    if len(sentence) <= SUBJECT_LETTERS:
        return sentence
    return f"{sentence[:SUBJECT_LETTERS].rsplit(' ', 1)[0]} …"


def _cut(name: str, text: str) -> str:
    return text.replace("\x00", "")[: LONGEST_TEXT if name in LONG_TEXTS else LONGEST]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None  # noqa: PLR2004 - fits a bigint
