"""Every screen of the portal, in every state that looks different, and how one gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from aanspreekpunt.promises import operations
from tests.browser.work import follows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.browser.stage import Stage


UNSURE = "We are not sure that your answer is among these. Rather ask us? Below you see how."
NOTHING = "We found nothing for these words. Try other words, or ask us your question."


def _asked_back(stage: Stage) -> Person:
    question, wim = stage.handed.question, stage.town.cast.wim
    operations.ask_resident(question=question, text="Welke kleur?", channel="phone", by=wim, at=timezone.now())
    return follows(stage.people.resident(), stage.taken)


def _followed_settled(stage: Stage) -> Person:
    stage.settle()
    return follows(stage.people.resident(), stage.taken)


def _wrong_code(stage: Stage) -> Person:
    person = stage.resident("/volgen/").fills("Number of your question", "123").fills("Your code", "AAAA")
    return person.presses("Show my question")


def _asking(stage: Stage, key: str, *, until: str) -> Person:
    person = stage.resident(f"/vraag/over/{key}/")
    if until == "refused":
        return person.presses("Go on").sees("There is something wrong with what you filled in")
    person.fills("What do you want to ask or tell us?", "Hij is vol.").fills("Your name", "Karel")
    person.presses("Go on").sees("Is this right?")
    return person.presses("Send").sees("We received your question") if until == "receipt" else person


def _too_many(stage: Stage) -> Person:
    person = stage.resident("/volgen/").expects("429")
    for _ in range(12):
        person.page.wait_for_load_state()
        if person.page.locator("#id_code").count():
            person.fills("Number of your question", stage.taken.reference).fills("Your code", "AAAA-BBBB-CCCC")
            person.presses("Show my question")
    return person


def _typing(stage: Stage, words: str, *, until: str) -> Person:
    """Type in the search box of the front door, and wait for what shows below it."""
    person = stage.resident("/")
    person.page.locator("#search").press_sequentially(words)
    person.page.locator("[data-suggestions]").get_by_text(person.word(until)).first.wait_for()
    return person


def _said_it_helped(stage: Stage) -> Person:
    person = stage.resident("/antwoord/container-gemist/").presses("Yes")
    return person.sees("Thank you. It helps us to write better answers.")


SCREENS: dict[str, Callable[[Stage], Person]] = {
    "front page": lambda stage: stage.resident("/"),
    "portal found": lambda stage: stage.resident("/zoeken/?q=kliko"),
    "portal found, another spelling": lambda stage: stage.resident("/zoeken/?q=kontainer").sees("“kontainer”"),
    "portal found, and why": lambda stage: stage.resident("/zoeken/?q=ophalen").sees("“geleegd” hoort bij “ophalen”"),
    "portal found, only some": lambda stage: stage.resident("/zoeken/?q=container&soort=answers&voor=resident"),
    "portal found, unsure": lambda stage: stage.resident("/zoeken/?q=container+feest+vrijdag").sees(UNSURE),
    "portal found nothing": lambda stage: stage.resident("/zoeken/?q=xyzzy").sees(NOTHING),
    "portal, suggestions": lambda stage: _typing(stage, "kapot", until="with form"),
    "portal, no suggestions": lambda stage: _typing(
        stage, "xyzzy", until="Nothing found yet. Go on typing, or ask us your question."
    ),
    "all subjects": lambda stage: stage.resident("/onderwerpen/"),
    "contact": lambda stage: stage.resident("/contact/"),
    "answer": lambda stage: stage.resident("/antwoord/container-gemist/").sees("Did this help you?"),
    "answer, said that it helped": _said_it_helped,
    "subject": lambda stage: stage.resident("/onderwerp/container/"),
    "subject of another body": lambda stage: stage.resident("/onderwerp/toeslagen/"),
    "ask anything": lambda stage: stage.resident("/vraag/"),
    "ask about a subject": lambda stage: stage.resident("/vraag/over/container/"),
    "ask, with a form": lambda stage: stage.resident("/vraag/over/melding/"),
    "ask, refused": lambda stage: _asking(stage, "container", until="refused"),
    "ask, refused with a form": lambda stage: _asking(stage, "melding", until="refused"),
    "ask, closed": lambda stage: stage.resident("/vraag/over/toeslagen/"),
    "ask, check": lambda stage: _asking(stage, "container", until="check"),
    "ask, receipt": lambda stage: _asking(stage, "container", until="receipt"),
    "ask, step gone": lambda stage: stage.resident("/vraag/stap/weg/"),
    "ask, receipt gone": lambda stage: stage.resident("/vraag/ontvangst/weg/"),
    "follow": lambda stage: stage.resident("/volgen/"),
    "follow, refused": _wrong_code,
    "follow, too often": _too_many,
    "followed": lambda stage: follows(stage.people.resident(), stage.taken),
    "followed, asked back": _asked_back,
    "followed, settled": _followed_settled,
    "privacy": lambda stage: stage.resident("/privacy/"),
    "accessibility": lambda stage: stage.resident("/toegankelijkheid/"),
    "not found": lambda stage: stage.people.resident().expects("404").opens("/bestaat-niet/"),
}

WITHOUT_SCREEN = {
    "portal:suggest": "a part of the pages on which one searches",
    "portal:helped": "leads back to the answer",
    "portal:add": "leads back to the question",
    "portal:no-answer": "leads back to the question",
    "portal:better": "leads back to the question",
    "portal:stop": "leads back to the form",
    "portal:download": "gives a file",
}
"""Addresses at which there is nothing to look at, and why."""
