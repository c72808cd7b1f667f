"""What the register screen shows of a conversation. Everything is read only when the part that shows it is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aanspreekpunt.catalogue.models import Product, QuestionKind
from aanspreekpunt.catalogue.queries import product_named, products_for_choice, search_products
from aanspreekpunt.common.phone_numbers import is_phone_number, normalise_phone_number
from aanspreekpunt.desk.conversing.fields import Fields, suggested_subject
from aanspreekpunt.desk.conversing.outcomes import Outcome
from aanspreekpunt.desk.conversing.people import introduced
from aanspreekpunt.desk.conversing.product_forms import form_as_typed
from aanspreekpunt.desk.kinds import kind_names
from aanspreekpunt.desk.looks import CALLER, note_shown
from aanspreekpunt.knowledge.queries.answers import article_shown
from aanspreekpunt.organisation.queries import municipality
from aanspreekpunt.questions.choices import Channel
from aanspreekpunt.questions.people import HISTORY_SHOWN, find_people, history_of
from aanspreekpunt.questions.product_facts import ProductFacts, facts_of
from aanspreekpunt.questions.queries import drafts_of
from aanspreekpunt.search.queries import StoryFinds, finds_for_story
from aanspreekpunt.suggestions.queries import suggestion_for

if TYPE_CHECKING:
    from uuid import UUID

    from aanspreekpunt.catalogue.forms import ProductForm
    from aanspreekpunt.catalogue.queries import ProductChoice
    from aanspreekpunt.knowledge.queries.answers import ArticleShown
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.questions.models import Question
    from aanspreekpunt.questions.people import PersonFound
    from aanspreekpunt.search.results import Result
    from aanspreekpunt.suggestions.queries import Suggestion

FEWEST_LETTERS_OF_A_STORY = 4
PRODUCTS_MENTIONED = 3
ALWAYS_OPEN = (Channel.PHONE, Channel.COUNTER)
NOT_SPOKEN_HERE = (Channel.WEB_FORM,)
"""Channels that register themselves."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the conversations that run side by side."""

    conversation: UUID
    title: str
    channel: str
    is_here: bool

    @classmethod
    def showing(cls, conversation: UUID, fields: Fields, *, is_here: bool = False) -> Tab:
        """Return the tab of a conversation with what is typed in it."""
        return cls(conversation, fields.title, str(Channel(fields.channel).label), is_here)

    @property
    def begun_at(self) -> datetime:
        """When it began: its identifier says so, being a UUID of version 7."""
        return datetime.fromtimestamp((self.conversation.int >> 80) / 1000, tz=UTC)


def running_conversations_of(employee: Employee) -> list[Tab]:
    """Return the conversations `employee` has not ended, oldest first. One query."""
    return [Tab.showing(draft.conversation, Fields.from_draft(draft.fields)) for draft in drafts_of(employee)]


@dataclass
class Screen:
    """The register screen of one conversation."""

    conversation: UUID
    fields: Fields
    employee: Employee
    at: datetime
    problems: dict[str, str] = field(default_factory=dict)
    checked_form: ProductForm | None = None

    @cached_property
    def tabs(self) -> list[Tab]:
        """The conversations of this employee that have not ended, this one among them."""
        others = [tab for tab in running_conversations_of(self.employee) if tab.conversation != self.conversation]
        here = Tab.showing(self.conversation, self.fields, is_here=True)
        return sorted([*others, here], key=lambda tab: tab.conversation)

    @cached_property
    def channels(self) -> list[tuple[str, str]]:
        """The channels to choose from: telephone and counter, and whatever else this municipality keeps open."""
        is_open = {*ALWAYS_OPEN, *municipality().open_channels, self.fields.channel} - {*NOT_SPOKEN_HERE}
        return [(value, str(label)) for value, label in Channel.choices if value in is_open]

    @cached_property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of question, the one the product says first."""
        names = kind_names()
        usual = QuestionKind(self.product.kind) if self.product else QuestionKind.QUESTION
        return [("", names[usual]), *((kind, name) for kind, name in names.items() if kind != usual)]

    # Who.

    @cached_property
    def is_known(self) -> bool:
        """Whether somebody was chosen."""
        return self.fields.party is not None

    @cached_property
    def people(self) -> list[PersonFound]:
        """Who may be meant by what is typed."""
        if self.is_known or self.fields.anonymous:
            return []
        return find_people(self.fields.who, visible_to=self.employee)

    @cached_property
    def introduced(self) -> Fields:
        """The fields with what was typed in the search field in its place."""
        return introduced(self.fields)

    @cached_property
    def history(self) -> list[Question]:
        """What this person or address asked before."""
        if self.fields.anonymous:
            return []
        typed = self.introduced
        phone = normalise_phone_number(typed.phone) if is_phone_number(typed.phone) else ""
        email = typed.email.strip().lower() if "@" in typed.email else ""
        return history_of(party_id=self.fields.party, phone=phone, email=email, visible_to=self.employee)

    @property
    def history_shown(self) -> int:
        """How much of it fits."""
        return HISTORY_SHOWN

    def note_shown(self) -> None:
        """Write in the access log whom and what this screen showed of people; call it once the screen is drawn."""
        drawn = vars(self)  # where a part that was read is kept, and what was not read was not shown
        people, questions = drawn.get("people", []), drawn.get("history", [])
        note_shown(people=people, questions=questions, purpose=CALLER, by=self.employee, at=self.at)

    @property
    def has_address(self) -> bool:
        """Whether there is anybody or any address whose history can be shown."""
        return self.is_known or bool(self.introduced.phone or self.introduced.email)

    # What.

    @cached_property
    def product(self) -> Product | None:
        """The product that was chosen."""
        return product_named(self.fields.product)

    @cached_property
    def role(self) -> str:
        """What the municipality is to the resident in this product, in plain words."""
        return {
            Product.Role.SERVES: _("We provide this service."),
            Product.Role.MANAGES: _("We look after this: streets, green, buildings."),
            Product.Role.ENFORCES: _("We enforce rules here. It can lead to a warning or a fine."),
            Product.Role.GOVERNS: _("This is for the council or the mayor and aldermen to decide."),
        }[Product.Role(self.product.role)] if self.product else ""  # fmt: skip

    @cached_property
    def facts(self) -> ProductFacts:
        """What to know about the product, for the agent to read or say."""
        return facts_of(self.product, on=localdate(self.at)) if self.product else ProductFacts()

    @cached_property
    def form(self) -> ProductForm | None:
        """The form of the product, with its errors once it was checked."""
        return self.checked_form or form_as_typed(self.product, self.fields)

    @cached_property
    def products(self) -> list[ProductChoice]:
        """The products that fit what is typed."""
        return search_products(self.fields.product_query)

    @cached_property
    def all_products(self) -> list[ProductChoice]:
        """All products, for a screen without JavaScript."""
        return products_for_choice()

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """What the story is probably about by what was asked before, as long as neither product nor team was chosen."""
        return None if self.fields.product or self.fields.team else suggestion_for(self.story)

    @cached_property
    def products_mentioned(self) -> list[ProductChoice]:
        """The products the story names, as long as none was chosen and none is suggested."""
        if self.fields.product or len(self.story) < FEWEST_LETTERS_OF_A_STORY:
            return []
        if self.suggestion is not None and self.suggestion.product is not None:
            return list(self.suggestion.others)
        known = {product.key: product for product in products_for_choice()}
        return [known[key] for key in self._finds.products if key in known]

    @property
    def story(self) -> str:
        """All that was said."""
        return self.fields.story

    @property
    def subject_suggested(self) -> str:
        """The subject it gets when none is typed."""
        return suggested_subject(self.fields.text)

    @cached_property
    def articles(self) -> tuple[Result, ...]:
        """The answers that fit the story."""
        return self._finds.answers.results

    @cached_property
    def _finds(self) -> StoryFinds:
        """What fits the story: the answers, and the products as long as they are asked for."""
        story = self.story if len(self.story) >= FEWEST_LETTERS_OF_A_STORY else ""
        is_known = self.fields.product or (self.suggestion is not None and self.suggestion.product is not None)
        return finds_for_story(story, product_key=self.fields.product, products=0 if is_known else PRODUCTS_MENTIONED)

    @cached_property
    def article(self) -> ArticleShown | None:
        """The answer that is open."""
        return article_shown(self.fields.article) if self.fields.article else None

    @cached_property
    def outcome(self) -> Outcome:
        """What happens with the question."""
        return Outcome(self.fields, self.product, self.at)
