"""What each letter says, block by block, in the language that is active: short sentences, dates in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from aanspreekpunt.catalogue.address import read_address
from aanspreekpunt.catalogue.forms import readable_answers
from aanspreekpunt.common.paper import Block, Facts, Heading, Link, Paragraph, Quote
from aanspreekpunt.common.phone_numbers import format_phone_number
from aanspreekpunt.common.times import spell_moment, spell_window
from aanspreekpunt.promises.left_out_texts import what_stays_closed, what_was_too_large
from aanspreekpunt.promises.models import Promise
from aanspreekpunt.promises.team_letter_texts import second_hop, supervisor_alarm, team_notice, team_reminder
from aanspreekpunt.questions.choices import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.organisation.models import Team
    from aanspreekpunt.promises.told import Told
    from aanspreekpunt.questions.models import Participant, Question

FOLLOW_PATH = "/volgen/"
"""Where residents follow their question. A path, because this floor does not know the portal; a test compares them."""

CODE = "[[follow_code]]"


def promise_in_words(promise: Promise) -> str:
    """Return what was promised as a sentence: who, what and by when."""
    if promise.kind == Promise.Kind.CALLBACK and promise.starts_at:
        return _("%(team)s calls you on %(window)s.") % {
            "team": promise.team.shown_name,
            "window": spell_window(promise.starts_at, promise.due_at),
        }
    if promise.kind == Promise.Kind.WAIT_FOR_REPLY:
        return _("We wait for your reply until %(date)s.") % {"date": spell_moment(promise.due_at)}
    return _("%(team)s answers by %(date)s at the latest.") % {
        "team": promise.team.shown_name,
        "date": spell_moment(promise.due_at),
    }


def receipt(told: Told) -> list[Block]:
    """Tell that we have the question, who has it, by when, and give back everything that was entered."""
    return [
        _greeting(told.question),
        Paragraph(_("We received your question. You find below what we understood, and what happens next.")),
        Facts([(_("Your question"), told.asked), (_("Number"), told.question.shown_reference)]),
        Heading(_("What happens next")),
        *_promised(told),
        *what_stays_closed(told.left_out),
        *_how_to_follow(told.question, with_code=True),
        Heading(_("What you told us")),
        *_copy(told),
        Paragraph(_("Is something wrong or missing? Add it on the page where you follow your question, or call us.")),
    ]


def too_large(told: Told) -> list[Block]:
    """Tell that we have the beginning of a mail, how to give us the rest, and what happens meanwhile."""
    return [
        _greeting(told.question),
        *what_was_too_large(told.left_out),
        Heading(_("What happens next")),
        Facts([(_("Your question"), told.asked), (_("Number"), told.question.shown_reference)]),
        *_promised(told),
        *_how_to_follow(told.question, with_code=True),
        Heading(_("What we received")),
        *_copy(told),
    ]


def left_out(told: Told) -> list[Block]:
    """Tell that something that was added to a question could not be taken in."""
    return [
        _greeting(told.question),
        Paragraph(_("We received what you added to your question.")),
        Facts([(_("Your question"), told.asked), (_("Number"), told.question.shown_reference)]),
        *what_stays_closed(told.left_out),
        *_how_to_follow(told.question),
    ]


def answer_at_once(told: Told) -> list[Block]:
    """Give in writing the answer that was given in the contact itself."""
    answer = told.contact.reply if told.contact else ""
    return [
        _greeting(told.question),
        Paragraph(_("You asked us something. This is our answer.")),
        Facts([(_("Your question"), told.asked), (_("Number"), told.question.shown_reference)]),
        Heading(_("Our answer")),
        Quote(answer),
        *_belongs_elsewhere(told.question),
        *_how_to_follow(told.question, with_code=True),
        Paragraph(_("Was this no answer to your question? Tell us on that page, or call us. Then we go on with it.")),
    ]


def answer(told: Told) -> list[Block]:
    """Give the answer of a team, under its own name."""
    return [
        _greeting(told.question),
        Paragraph(_("You asked us: %(subject)s. This is our answer.") % {"subject": told.asked}),
        Quote(told.contact.text if told.contact else ""),
        *_sent_along(told),
        *_signed_by(told.team),
        *_belongs_elsewhere(told.question),
        Paragraph(_("Was this no answer to your question? Tell us, and we go on with it.")),
        *_how_to_follow(told.question),
    ]


def passed_on(told: Told) -> list[Block]:
    """Tell to whom the question was passed on, and that the term starts now."""
    team = told.team.shown_name if told.team else ""
    return [
        _greeting(told.question),
        Paragraph(_("We passed your question on to %(team)s. You need not do anything.") % {"team": team}),
        Facts([(_("Your question"), told.asked), (_("Number"), told.question.shown_reference)]),
        *_promised(told),
        Paragraph(_("This time starts today.")),
        *_how_to_follow(told.question),
    ]


def new_date(told: Told) -> list[Block]:
    """Tell when the resident hears from us now."""
    return [
        _greeting(told.question),
        Paragraph(_("There is a new date for your question. This is when you hear from us.")),
        Facts([(_("Your question"), told.asked), (_("Number"), told.question.shown_reference)]),
        *_promised(told),
        *_how_to_follow(told.question),
    ]


def asked_back(told: Told) -> list[Block]:
    """Ask what we need, say by when, and what happens without it."""
    until = spell_moment(told.due_at) if told.due_at else ""
    return [
        _greeting(told.question),
        Paragraph(_("We work on your question: %(subject)s.") % {"subject": told.asked}),
        Paragraph(_("We need something from you first:")),
        Quote(told.contact.text if told.contact else ""),
        *_sent_along(told),
        *_signed_by(told.team),
        Paragraph(_("Please reply by %(date)s.") % {"date": until}),
        Paragraph(_("If we hear nothing, we go on with what we know.")),
        *_how_to_follow(told.question),
        Paragraph(_("You may call us as well. Have your number at hand.")),
    ]


def merged(told: Told) -> list[Block]:
    """Tell under which number the question goes on."""
    number = told.into.shown_reference if told.into else ""
    return [
        _greeting(told.question),
        Paragraph(_("We have two questions from you about the same thing. We go on with one of them.")),
        Facts(
            [
                (_("Your question"), told.asked),
                (_("Number of this question"), told.question.shown_reference),
                (_("It goes on under number"), number),
            ]
        ),
        Paragraph(_("Everything you told us is kept. Do you have no code for that number? Call us.")),
    ]


TEXTS: dict[str, Callable[[Told], list[Block]]] = {
    "receipt": receipt,
    "too_large": too_large,
    "left_out": left_out,
    "answer_at_once": answer_at_once,
    "answer": answer,
    "passed_on": passed_on,
    "new_date": new_date,
    "asked_back": asked_back,
    "merged": merged,
    "team_notice": team_notice,
    "team_reminder": team_reminder,
    "supervisor_alarm": supervisor_alarm,
    "second_hop": second_hop,
}
"""The text of each kind of letter."""


def what_was_entered(question: Question, participant: Participant | None) -> list[tuple[str, str]]:
    """Return the answers to the form and who asked, as label and value, in the language that is active."""
    pairs = readable_answers(question.product, question.form_data, question.language)
    return pairs + _who(participant) if participant else pairs


def _greeting(question: Question) -> Paragraph:
    if question.customer_name:
        return Paragraph(_("Dear %(name)s,") % {"name": question.customer_name})
    return Paragraph(_("Dear reader,"))


def _promised(told: Told) -> list[Block]:
    promise = told.promise
    if promise is None:
        return []
    blocks: list[Block] = [Paragraph(promise_in_words(promise))]
    if promise.kind == Promise.Kind.CALLBACK:
        number = format_phone_number(promise.phone)
        blocks.append(Paragraph(_("We call this number: %(number)s.") % {"number": number}))
    return blocks


def _how_to_follow(question: Question, *, with_code: bool = False) -> list[Block]:
    blocks: list[Block] = [
        Heading(_("Follow your question")),
        Link(_("You see how it stands, and can add something, on this page"), settings.BASE_URL + FOLLOW_PATH),
    ]
    if with_code:
        keep_it = _("Keep this code to yourself. Whoever has it can read your question.")
        numbers = [(_("Your number"), question.shown_reference), (_("Your code"), CODE)]
        return [*blocks, Facts(numbers), Paragraph(keep_it)]
    needed = _(
        "You need your number, %(number)s, and the code from the message in which we told you that we received your "
        "question."
    )
    return [*blocks, Paragraph(needed % {"number": question.shown_reference})]


def _copy(told: Told) -> list[Block]:
    words = told.contact.text if told.contact else ""
    facts = what_was_entered(told.question, told.participant)
    return [*([Quote(words)] if words else []), *([Facts(facts)] if facts else [])]


def _who(participant: Participant) -> list[tuple[str, str]]:
    address = {
        "street": participant.street,
        "house_number": participant.house_number or "",
        "addition": participant.house_number_addition,
        "postcode": participant.postcode,
        "city": participant.city,
    }
    pairs = [
        (_("Name"), participant.full_name),
        (_("Phone"), format_phone_number(participant.phone) if participant.phone else ""),
        (_("E-mail"), participant.email),
        (_("Address"), read_address(address)),
    ]
    return [(label, value) for label, value in pairs if value]


def _signed_by(team: Team | None) -> list[Block]:
    return [Paragraph(_("With kind regards, %(team)s") % {"team": team.shown_name})] if team else []


def _sent_along(told: Told) -> list[Block]:
    names = "\n".join(f"{each.file_name} ({filesizeformat(each.size)})" for each in told.files)
    return [Facts([(_("We send along"), names)])] if names else []


def _belongs_elsewhere(question: Question) -> list[Block]:
    if question.outcome == Outcome.REFERRED and question.outcome_note:
        return [Paragraph(_("For this you can go to: %(body)s.") % {"body": question.outcome_note})]
    return []
