"""Every screen of the desk, in every state that looks different, and how one gets there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.parties.models import Party
from aanspreekpunt.promises import operations
from aanspreekpunt.promises.tests.make import make_asked
from aanspreekpunt.questions.intake import Customer
from aanspreekpunt.questions.models import Participant
from aanspreekpunt.questions.operations import register_contact
from tests.browser.answer_screens import ANSWER_SCREENS, ANSWERS_WITHOUT_SCREEN
from tests.browser.insight_screens import INSIGHT_SCREENS
from tests.browser.mail_screens import MAIL_SCREENS, MAIL_WITHOUT_SCREEN
from tests.browser.subscription_screens import SUBSCRIPTION_SCREENS, SUBSCRIPTIONS_WITHOUT_SCREEN
from tests.browser.token_screens import TOKEN_SCREENS, TOKENS_WITHOUT_SCREEN
from tests.browser.work import Call, submits

if TYPE_CHECKING:
    from collections.abc import Callable

    from aanspreekpunt.questions.operations.telling import ContactTold
    from tests.browser.person import Person
    from tests.browser.stage import Stage


NO_ANSWER = "No answer fits these words yet. Hand the question over, or ask on."


def _login_refused(stage: Stage) -> Person:
    person = stage.resident("/desk/inloggen")
    return person.fills("E-mail", "anna@voorbeeldstad.example").fills("Password", "x").presses("Log in")


def _locked(stage: Stage) -> Person:
    person = stage.resident("/desk/inloggen").expects("429")
    for _ in range(12):
        person.page.wait_for_load_state()
        if person.page.locator("input[type=password]").count():
            person.fills("E-mail", "olga@voorbeeldstad.example").fills("Password", "x").presses("Log in")
    return person.sees("You cannot log in for a while")


def _logged_out(stage: Stage) -> Person:
    person = stage.act("answer").expects("401")
    person.context.clear_cookies(name="sessionid")
    return submits(person.fills("Your answer", "Morgen.")).sees("Log in")


def _resumed(stage: Stage) -> Person:
    person = _logged_out(stage)
    stage.people.log_in(person, stage.town.cast.wim)
    return person.sees("You are logged in again")


def _account_refused(person: Person) -> Person:
    """Send the form for a new password with nothing in it."""
    person.page.locator("main form .button--primary").click()
    return person


def _answer_refused(stage: Stage) -> Person:
    return submits(stage.act("answer").expects("422"))


def _previewed(stage: Stage) -> Person:
    return stage.act("answer").fills("Your answer", "Wij komen morgen.").presses("Preview")


def _mentioned(stage: Stage) -> Person:
    person = stage.act("note")
    person.page.keyboard.type("@wi")
    person.page.locator("#mention-list [role=option]").first.wait_for()
    return person


def _own_channels(stage: Stage) -> Person:
    assert stage.handed
    wim = stage.wim("/desk/account").chooses("Phone").presses("Keep my channels").sees("Your channels are kept.")
    wim.opens("/desk/wachtrij").sees("Alleen uw kanalen: Telefoon.", "Container")
    wim.selects("Channel", "Counter").presses("Show").sees("No question matches what you chose.")
    wim.follows("Only my channels").sees("Container").follows("Show all channels").sees("Only my channels")
    return wim.opens("/desk/wachtrij")


def _settled(stage: Stage) -> Person:
    stage.settle()
    return stage.wim(stage.question())


def _returned(stage: Stage) -> Person:
    question, wim = stage.handed.question, stage.town.cast.wim
    operations.return_to_sender(question=question, reason="Niet van ons.", by=wim, at=timezone.now())
    return stage.anna(stage.question())


def _looked_at_by_two(stage: Stage) -> Person:
    stage.staff(stage.town.cast.wilma, stage.question())
    return stage.wim(stage.question()).sees("Wilma")


def _keys(stage: Stage) -> Person:
    return stage.anna(stage.question()).types("?")


def _searched(stage: Stage, text: str) -> Person:
    person = stage.anna()
    person.page.locator("#bar-search").fill(text)
    return person.types("Enter").sees(text)


def _found(stage: Stage) -> Person:
    assert stage.handed
    return _searched(stage, "Deurne")


def _person(stage: Stage) -> Person:
    """Look at somebody who asked us something, and was helped in another system."""
    party = Party.objects.create(
        first_name="Greet", last_name="Hofman", sort_key="hofman greet", made_at=timezone.now()
    )
    stage.hand_over(stage.town.container, customer=Customer(party=party))
    told: ContactTold = {"told_channel": "Balie", "subject": "Paspoort opgehaald", "occurred_at": timezone.now()}
    contact = register_contact(told=told, by=SYSTEM, at=timezone.now())
    Participant.objects.create(contact=contact, party=party, role="customer")
    return stage.anna(f"/desk/persoon/{party.uuid}").sees("Paspoort opgehaald", "Greet Hofman")


def _found_everything(stage: Stage) -> Person:
    """Search for what an answer, a product, a team, colleagues and an earlier question are about."""
    assert stage.handed
    person = _searched(stage, "container").sees("Earlier questions", "Colleague", "Team", "Product")
    return person.sees("Mijn container is niet geleegd")


def _found_some(stage: Stage) -> Person:
    person = _found_everything(stage).selects("Show", "Answers").selects("Product", "Container")
    return person.presses("Filter").sees("Mijn container is niet geleegd")


def _suggested(stage: Stage) -> Person:
    person = stage.anna()
    person.page.locator("#bar-search").press_sequentially("container")
    person.page.locator(".bar__found a").first.wait_for()
    return person.types("ArrowDown")


def _answers_found(stage: Stage) -> Person:
    agent = stage.call().agent
    agent.page.locator("#answers .option", has_text="Mijn container").wait_for()
    return agent


def _answer_of_no_use(stage: Stage) -> Person:
    return Call(stage.anna()).asks("Xyzzy.").agent.sees(NO_ANSWER)


def _chosen(choice: str) -> Callable[[Stage], Person]:
    return lambda stage: stage.call().asks("Container.", product="kliko").chooses(choice).agent


def _people_found(stage: Stage) -> Person:
    call = stage.call().of(remember=True).asks("Container.", product="kliko").chooses("Hand over")
    call.registers()
    again = Call(call.agent).agent
    again.page.locator("#who").fill("Deurne")
    again.page.locator("#people [role=option]").first.wait_for()
    return again


def _with_form(stage: Stage) -> Person:
    return stage.call().asks("Kapot.", product="lantaarnpaal").agent


def _refused_call(stage: Stage) -> Person:
    call = stage.call().of(email="geen-adres").asks("Kapot.", product="lantaarnpaal").chooses("Hand over")
    call.agent.expects("422").presses("Register")
    return call.agent.sees("Not registered yet. Everything you typed is still here.")


def _anonymous(stage: Stage) -> Person:
    return stage.call().agent.presses("Stays anonymous").sees("Not anonymous after all")


def _registered(stage: Stage) -> Person:
    call = stage.call().asks("Container.", product="kliko").chooses("Hand over")
    call.registers()
    return call.agent


def _article_open(stage: Stage) -> Person:
    agent = stage.call().agent
    agent.page.locator("#answers .option").first.click()
    return agent.sees("Use as answer", "Ask first:", "Welke kleur heeft het deksel?")


def _overdue(stage: Stage) -> Person:
    assert stage.handed
    asked = make_asked(subject="Lang geleden")
    at = timezone.now() - timedelta(days=20)
    operations.keep_at_desk(asked=asked, by=stage.town.cast.anna, at=at)
    return stage.staff(stage.town.cast.sofie, "/desk/toezicht")


VERBS = (
    *("answer", "give", "hand-over", "return", "ask-resident", "promise-callback", "renew-promise", "settle", "note"),
    *("note-addition", "link", "merge", "recategorise"),
)

SCREENS: dict[str, Callable[[Stage], Person]] = {
    "login": lambda stage: stage.resident("/desk/inloggen"),
    "login refused": _login_refused,
    "login locked": _locked,
    "logged out while typing": _logged_out,
    "logged in again": _resumed,
    "account": lambda stage: stage.anna("/desk/account"),
    "account refused": lambda stage: _account_refused(stage.anna("/desk/account")),
    "start of an agent, empty": lambda stage: stage.anna("/desk/"),
    "start of a department, empty": lambda stage: stage.wim("/desk/"),
    "start of a department": lambda stage: (stage.handed, stage.wim("/desk/"))[1],
    "queue, empty": lambda stage: stage.wim("/desk/wachtrij"),
    "queue": lambda stage: (stage.handed, stage.anna("/desk/wachtrij?team=waste"))[1],
    "queue of my channels": _own_channels,
    "queue, nothing matches": lambda stage: stage.anna("/desk/wachtrij?who=mine&channel=letter"),
    "question": lambda stage: stage.wim(stage.question()),
    "question of another team": lambda stage: stage.anna(stage.question()),
    "question, confidential": lambda stage: stage.staff(
        stage.town.cast.joke, stage.question(stage.hand_over(stage.town.youth_care).question)
    ),
    "question, returned": _returned,
    "question, settled": _settled,
    "question, two people": _looked_at_by_two,
    "question, answer refused": _answer_refused,
    "question, answer previewed": _previewed,
    **{f"question, {verb}": (lambda stage, verb=verb: stage.act(verb)) for verb in VERBS},
    "question, colleagues suggested": _mentioned,
    "keys": _keys,
    "found": _found,
    "found, of every kind": _found_everything,
    "found, only some": _found_some,
    "found, another spelling": lambda stage: _searched(stage, "kontainer").sees("gelezen als “container”"),
    "person": _person,
    "suggestions in the bar": _suggested,
    "found nothing": lambda stage: _searched(stage, "Niemand"),
    "supervision, empty": lambda stage: stage.staff(stage.town.cast.sofie, "/desk/toezicht"),
    "supervision": _overdue,
    "figures": lambda stage: (stage.handed, stage.staff(stage.town.cast.sander, "/desk/beloften"))[1],
    "access log": lambda stage: (stage.wim(stage.question()), stage.staff(stage.town.cast.olga, "/desk/inzagen"))[1],
    "nothing for you": lambda stage: stage.staff(stage.town.cast.olga).expects("404").opens("/desk/vraag/1"),
    "conversation, empty": lambda stage: Call(stage.anna()).agent,
    "conversation": lambda stage: stage.call().agent,
    **{
        f"conversation, {choice}": _chosen(choice)
        for choice in ("Answer now", "Hand over", "Call back", "Refer", "Case", "Keep here")
    },
    "conversation, people found": _people_found,
    "conversation, form of a product": _with_form,
    "conversation, refused": _refused_call,
    "conversation, anonymous": _anonymous,
    "conversation, answers found": _answers_found,
    "conversation, no answer found": _answer_of_no_use,
    "conversation, answer open": _article_open,
    "conversation, registered": _registered,
    **ANSWER_SCREENS,
    **INSIGHT_SCREENS,
    **MAIL_SCREENS,
    **TOKEN_SCREENS,
    **SUBSCRIPTION_SCREENS,
}

WITHOUT_SCREEN = {
    "desk:queue-data": "data for programs",
    "desk:queue-news": "asked by screens themselves",
    "desk:question-news": "asked by screens themselves",
    "desk:colleagues": "asked while typing a note",
    "desk:supervision-news": "asked by screens themselves",
    "desk:attachment": "gives a file",
    "desk:next": "leads on to a question",
    "desk:search": "leads on to what was found",
    "desk:suggest": "a part of the bar",
    "desk:logout": "leads on to the login page",
    "desk:choose-language": "leads back",
    "desk:choose-channels": "leads back",
    "desk:say-available": "leads back",
    "desk:new-contact": "leads on to a conversation",
    "desk:save-conversation": "asked by the screen itself",
    "desk:conversation-part": "a part of the conversation",
    **ANSWERS_WITHOUT_SCREEN,
    **MAIL_WITHOUT_SCREEN,
    **SUBSCRIPTIONS_WITHOUT_SCREEN,
    **TOKENS_WITHOUT_SCREEN,
}
"""Addresses at which there is nothing to look at, and why."""
