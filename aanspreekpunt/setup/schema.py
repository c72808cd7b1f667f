"""The format of `municipality.yaml`: what an organisation may say about itself, field by field."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from aanspreekpunt.common.settings_files.fields import (
    Email,
    Key,
    Line,
    Optional,
    Part,
    WebAddress,
    refusal,
)
from aanspreekpunt.setup.fields import (
    Days,
    FieldKey,
    Holiday,
    Hours,
    OptionalText,
    Phone,
    Sentence,
    Sentences,
    StyleSheet,
    Text,
)
from aanspreekpunt.setup.starter_schema import StarterPart, ValuePart

Channel = Literal["phone", "counter", "web_form", "email", "chat", "letter", "whatsapp", "sms", "social", "visit"]
WITHOUT_COMPUTER: tuple[Channel, ...] = ("phone", "counter", "letter", "visit")
"""The channels that ask no computer, phone app or account of anyone."""
QuestionKind = Literal["question", "request", "report", "complaint", "compliment", "idea"]
MunicipalRole = Literal["serves", "manages", "enforces", "governs"]
Language = Literal["nl", "en"]
Role = Literal[
    "agent",
    "department_employee",
    "supervisor",
    "content_editor",
    "functional_administrator",
    "manager",
    "privacy_officer",
]
ROLES_WITHOUT_TEAM: tuple[Role, ...] = ("functional_administrator", "privacy_officer")
"""These look after the whole installation; a team would suggest a fence that is not there."""
FieldType = Literal[
    "text",
    "textarea",
    "number",
    "date",
    "email",
    "phone",
    "postcode",
    "choice",
    "choices",
    "yes_no",
    "address",
    "file",
    "explanation",
]
_TYPES_TO_CHOOSE_FROM: tuple[FieldType, ...] = ("choice", "choices")
_TYPES_OF_TEXT: tuple[FieldType, ...] = ("text", "textarea")
_FEWEST_OPTIONS = 2


class ContactData(Part):
    """How the municipality itself can be reached."""

    phone: Line
    email: Email
    street: Line
    postcode: Line
    city: Line
    website: WebAddress


class ClosedDay(Part):
    """One extra day on which the whole municipality is closed."""

    on: date
    reason: Optional = ""


class MunicipalityPart(Part):
    """The municipality as a whole."""

    name: Line
    slug: Key
    theme: Key
    theme_css: StyleSheet | None = None
    contact: ContactData
    open_channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    hours: Hours
    closed_holidays: tuple[Holiday, ...] = ()
    extra_closed_days: tuple[ClosedDay, ...] = ()


class Norm(Part):
    """Within how much time someone hears from us."""

    kind: Literal["working_hours", "working_days", "calendar_days"]
    amount: Annotated[int, Field(ge=1, le=1000)]


class Norms(Part):
    """The norm for each kind of question, for products that have none of their own."""

    question: Norm
    request: Norm
    report: Norm
    complaint: Norm
    compliment: Norm
    idea: Norm
    callback_working_hours: Annotated[int, Field(ge=1, le=400)] = 16


class TeamPart(Part):
    """A department, or a group within one, that answers questions."""

    key: Key
    name: Line
    name_en: Optional = ""
    kind: Literal["department", "group"] = "department"
    mailbox: Email
    is_contact_centre: bool = False
    hours: Hours | None = None
    closed_days: Days = ()
    parent: Key | None = None


class RolePart(Part):
    """A role that someone plays, in one team or everywhere."""

    role: Role
    team: Key | None = None

    @model_validator(mode="after")
    def _everywhere_means_everywhere(self) -> Self:
        if self.team and self.role in ROLES_WITHOUT_TEAM:
            raise refusal("fixed_names_no_team", role=self.role)
        return self


class EmployeePart(Part):
    """Someone who works with the desk; the file never holds a password."""

    email: Email
    name: Line
    function: Optional = ""
    phone: Optional = ""
    language: Language = "nl"
    channels: tuple[Channel, ...] | None = None
    roles: Annotated[tuple[RolePart, ...], Field(min_length=1)]


class OptionPart(Part):
    """One of the answers to choose from."""

    value: Line
    label: Line
    label_en: Optional = ""


class OnlyIf(Part):
    """A field is asked only if an earlier field has this answer."""

    field: FieldKey
    answer: Annotated[str, Field(alias="is", min_length=1)]


class FieldPart(Part):
    """One field of a form."""

    key: FieldKey
    type: FieldType
    label: Annotated[str, Field(min_length=1, max_length=1000)]
    label_en: Annotated[str, Field(max_length=1000)] = ""
    help: OptionalText = ""
    help_en: OptionalText = ""
    required: bool = False
    options: tuple[OptionPart, ...] = ()
    only_if: OnlyIf | None = None
    max_length: Annotated[int, Field(ge=1, le=20_000)] | None = None

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        chooses = self.type in _TYPES_TO_CHOOSE_FROM
        if chooses and len(self.options) < _FEWEST_OPTIONS:
            raise refusal("choice_without_options")
        if self.options and not chooses:
            raise refusal("options_without_choice")
        if self.max_length and self.type not in _TYPES_OF_TEXT:
            raise refusal("length_without_text")
        if self.required and self.type == "explanation":
            raise refusal("required_explanation")
        return self

    @model_validator(mode="after")
    def _names_each_option_once(self) -> Self:
        values = [option.value for option in self.options]
        twice = next((value for value in values if values.count(value) > 1), None)
        if twice:
            raise refusal("option_stands_twice", name=twice)
        return self


class FormPart(Part):
    """What is asked of someone who wants this product, on every channel alike."""

    intro: OptionalText = ""
    intro_en: OptionalText = ""
    fields: Annotated[tuple[FieldPart, ...], Field(min_length=1)]


class ReferTo(Part):
    """Another body that this product belongs to, and the sentence for whoever asks."""

    name: Line
    phone: Phone = ""
    website: WebAddress | None = None
    text: Annotated[Sentences, Field(min_length=1)]
    text_en: Sentences = ""
    offer: Sentences = ""
    offer_en: Sentences = ""


class ProductPart(Part):
    """What people come for: who answers it, within what time, and what is asked of them."""

    key: Key
    name: Line
    name_en: Optional = ""
    description: OptionalText = ""
    description_en: OptionalText = ""
    everyday_names: tuple[Line, ...] = ()
    upl_name: Optional = ""
    upl_uri: WebAddress | None = None
    team: Key
    kind: QuestionKind = "question"
    role: MunicipalRole = "serves"
    norm: Norm | None = None
    callback_working_hours: Annotated[int, Field(ge=1, le=400)] | None = None
    costs: Sentences = ""
    costs_en: Sentences = ""
    bring: tuple[Sentence, ...] = ()
    bring_en: tuple[Sentence, ...] = ()
    steps: tuple[Sentence, ...] = ()
    steps_en: tuple[Sentence, ...] = ()
    desk_settles: tuple[QuestionKind, ...] = ()
    is_confidential: bool = False
    is_formal: bool = False
    channels: tuple[Channel, ...] | None = None
    form: FormPart | None = None
    refer_to: ReferTo | None = None

    @model_validator(mode="after")
    def _names_the_upl_in_full(self) -> Self:
        if self.upl_uri and not self.upl_name:
            raise refusal("upl_half")
        return self

    @model_validator(mode="after")
    def _says_as_much_in_english(self) -> Self:
        for name in ("bring", "steps"):
            dutch, english = getattr(self, name), getattr(self, f"{name}_en")
            if english and len(english) != len(dutch):
                raise refusal("english_list_differs", name=f"{name}_en", dutch=len(dutch), english=len(english))
        return self


class ArticlePart(Part):
    """A question as people ask it, with its answer in plain language."""

    key: Key
    question: Line
    question_en: Optional = ""
    answer: Text
    answer_en: OptionalText = ""
    desk_note: OptionalText = ""
    product: Key | None = None
    upl_names: tuple[Line, ...] = ()
    search_words: tuple[Line, ...] = ()


class MunicipalityFile(Part):
    """Everything in `municipality.yaml` and the files it names; a list that is left out is left alone."""

    municipality: MunicipalityPart
    norms: Norms
    teams: Annotated[tuple[TeamPart, ...], Field(min_length=1)]
    employees: tuple[EmployeePart, ...] | None = None
    values: tuple[ValuePart, ...] | None = None
    products: tuple[ProductPart, ...] | None = None
    starter: StarterPart | None = None
    articles: tuple[ArticlePart, ...] | None = None
