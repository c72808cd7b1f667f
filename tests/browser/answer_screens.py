"""Every screen about answers, local values and proposals, in every state that looks different."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.catalogue.operations.upl import fill_upl
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models import Article, Chore, LocalValue, Proposal, SearchTally, Use, Version
from aanspreekpunt.knowledge.operations.proposals import decline_proposal, propose_answer
from aanspreekpunt.knowledge.operations.scratches import keep_scratch
from aanspreekpunt.knowledge.operations.uses import note_helped, tally_search
from aanspreekpunt.knowledge.operations.values import say_value
from aanspreekpunt.knowledge.operations.writing import Base, newest_version, save_draft, submit_for_review
from aanspreekpunt.knowledge.tests.make import make_answer, make_value
from tests.browser.exchange_screens import EXCHANGE_SCREENS, EXCHANGE_WITHOUT_SCREEN, clear_imports

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.person import Person
    from tests.browser.stage import Stage

BIN = "container-gemist"
HARD = (
    "U dient tijdig een verzoek in te dienen bij de desbetreffende afdeling, waarna door ons een beslissing wordt "
    "genomen omtrent de door u ingediende aanvraag. Het kost {{ container_kosten }}. **Let op**: {{ onbekend }}."
)


def fill_shelves(stage: Stage) -> None:
    """Put answers, values and proposals on the shelves that show all a screen can show."""
    at, today, carla = timezone.now(), timezone.localdate(), stage.town.carla
    if not LocalValue.objects.exists():
        make_value("container_kosten", "€ 25")
        make_value("paspoort_kosten", "€ 86", text_en="86 euros", is_confirmed=False)
        LocalValue.objects.filter(key="paspoort_kosten").update(theme="burgerzaken")
        next_year = today.replace(year=today.year + 1, month=1, day=1)
        say_value(key="container_kosten", text="€ 27", from_on=next_year, by=carla, at=at)
    if not Article.objects.filter(key="container-kopen").exists():
        make_answer(
            "container-kopen", question="Wat kost een extra container?", answer="Dat kost {{ container_kosten }}."
        )
        make_answer("oud", question="Gaat dit nog door?", answer="Ja.", valid_until=today - timedelta(days=1))
        make_answer("bijna", question="Geldt dit nog?", answer="Ja.", valid_until=today + timedelta(days=9))
    Chore.objects.get_or_create(
        article=Article.objects.get(key=BIN), kind="broken_link", detail="https://weg.example/", found_at=at
    )
    if not Proposal.objects.exists():
        propose_answer(question="Hoe laat komen jullie?", text="Noem de tijden.", by=stage.town.cast.anna, at=at)
        old = at - timedelta(days=30)
        propose_answer(
            question="Container niet geleegd",
            text="Noem vrijdag.",
            article=bin_answer(),
            by=stage.town.cast.wim,
            at=old,
        )
    if not SearchTally.objects.exists():
        tally_search(text="grofvuil ophalen", certainty="nothing", face="portal", on=today)
        note_helped(article=bin_answer(), has_helped=False, at=at)


def clear_shelves() -> None:
    """Take away what one screen put there, so that the next begins with what the town is built with."""
    clear_imports()
    for model in (Proposal, Chore, Use, SearchTally, LocalValue):
        model.objects.all().delete()
    Version.objects.exclude(article__key=BIN, number=1).delete()
    Article.objects.exclude(key=BIN).delete()


def bin_answer() -> Article:
    """Return the answer that is always there."""
    return Article.objects.get(key=BIN)


def draft(stage: Stage, *, is_submitted: bool = False) -> Version:
    """Let Carla write a next version of the answer that is always there."""
    newest = newest_version(bin_answer())
    content = Content(question=newest.question, answer=HARD, question_en="My bin?", answer_en="Wait for it.")
    by, at = stage.town.carla, timezone.now()
    version = save_draft(article=newest.article, content=content, base=Base.of(newest), by=by, at=at)
    return submit_for_review(version=version, by=by, at=at) if is_submitted else version


def _editor(path: str, *, is_filled: bool = True) -> Callable[[Stage], Person]:
    def look(stage: Stage) -> Person:
        clear_shelves()
        if is_filled:
            fill_shelves(stage)
        return stage.staff(stage.town.carla, path)

    return look


def _answer(verb: str = "", *, state: str = "draft") -> Callable[[Stage], Person]:
    def look(stage: Stage) -> Person:
        clear_shelves()
        fill_shelves(stage)
        if state:
            draft(stage, is_submitted=state == "review")
        address = reverse("desk:act-on-answer", args=[BIN, verb]) if verb else reverse("desk:answer", args=[BIN])
        return stage.staff(stage.town.carla, address)

    return look


def _agent_reads(stage: Stage) -> Person:
    clear_shelves()
    return stage.anna(reverse("desk:answer", args=[BIN]))


def _differences(stage: Stage) -> Person:
    clear_shelves()
    draft(stage)
    return stage.staff(stage.town.carla, reverse("desk:answer-differences", args=[BIN]) + "?van=1&naar=2")


def _writing(stage: Stage) -> Person:
    clear_shelves()
    fill_shelves(stage)
    draft(stage)
    person = stage.staff(stage.town.carla, reverse("desk:edit-answer", args=[BIN]))
    person.page.locator(".insertable summary").click()
    return person


def _choosing_a_name(stage: Stage) -> Person:
    fill_upl()
    person = _writing(stage)
    person.page.locator("#upl_query").press_sequentially("afval")
    person.page.locator("#upl-options [role=option]").first.wait_for()
    return person.types("ArrowDown")


def _refused(stage: Stage) -> Person:
    person = _writing(stage).expects("422")
    person.page.locator("#id_question").fill("")
    person.page.locator("#id_answer").fill("Dat kost {{ kosten")
    return person.presses("Save as a draft").sees("Not saved yet. Everything you typed is still here.")


def _collided(stage: Stage) -> Person:
    clear_shelves()
    person = stage.staff(stage.town.dirk, reverse("desk:edit-answer", args=[BIN])).expects("409")
    draft(stage)
    person.page.locator("#id_answer").fill("Laat de container staan tot vrijdag.")
    return person.presses("Save as a draft").sees("Carla")


def _kept(stage: Stage) -> Person:
    clear_shelves()
    typed = {"question": ["Half"], "answer": [""], "number": ["1"], "revision": ["1"]}
    keep_scratch(article=bin_answer(), fields=typed, by=stage.town.carla, at=timezone.now())
    person = stage.staff(stage.town.carla, reverse("desk:edit-answer", args=[BIN])).sees("Half")
    Article.objects.filter(key=BIN).update(changed_at=timezone.now())
    return person


def _judging(stage: Stage) -> Person:
    clear_shelves()
    fill_shelves(stage)
    first = Proposal.objects.filter(article__isnull=False).first()
    assert first
    return stage.staff(stage.town.carla, reverse("desk:proposal", args=[first.pk]))


def _heard(stage: Stage) -> Person:
    clear_shelves()
    fill_shelves(stage)
    for proposal in Proposal.objects.filter(proposed_by=stage.town.cast.anna):
        decline_proposal(proposal=proposal, reply="Dat staat er al.", by=stage.town.carla, at=timezone.now())
    return stage.anna("/desk/").sees("Dat staat er al.")


def _proposing(stage: Stage) -> Person:
    clear_shelves()
    person = stage.wim(stage.question())
    return person.types("f").sees("What was asked")


def _proposing_confidential(stage: Stage) -> Person:
    clear_shelves()
    question = stage.hand_over(stage.town.youth_care).question
    person = stage.staff(stage.town.cast.joke, f"{reverse('desk:propose')}?vraag={question.reference}").expects("422")
    person.page.locator("#id_text").fill("Bel mevrouw Jansen op 06-12345678.")
    return person.presses("Propose").sees("This comes from a confidential question. Check it and say so here.")


ANSWER_SCREENS: dict[str, Callable[[Stage], Person]] = {
    "start of an editor, empty": _editor("/desk/", is_filled=False),
    "start of an editor": _editor("/desk/"),
    "start of an agent who proposed": _heard,
    "answers at the desk": _editor("/desk/antwoorden"),
    "answers, nothing matches": _editor("/desk/antwoorden?text=zzz"),
    "answers, read by an agent": lambda stage: stage.anna("/desk/antwoorden"),
    "answer at the desk": _answer(),
    "answer to review": _answer(state="review"),
    "answer, read by an agent": _agent_reads,
    **{f"answer, {verb}": _answer(verb, state="review") for verb in ("send-back", "discard", "withdraw", "give-owner")},
    "differences": _differences,
    "new answer": _editor("/desk/antwoord/nieuw"),
    "writing": _writing,
    "writing, refused": _refused,
    "writing, names of the UPL": _choosing_a_name,
    "writing, two at once": _collided,
    "writing, kept": _kept,
    "searched and used, empty": _editor("/desk/antwoord/zoeken", is_filled=False),
    "searched and used": _editor("/desk/antwoord/zoeken"),
    "values, empty": _editor("/desk/waarden", is_filled=False),
    "values": _editor("/desk/waarden"),
    "values of a theme": _editor("/desk/waarden?theme=burgerzaken&only=unconfirmed"),
    "value": _editor("/desk/waarden/container_kosten"),
    "new value": _editor("/desk/waarde/nieuw"),
    "proposals, empty": _editor("/desk/voorstellen", is_filled=False),
    "proposals": _editor("/desk/voorstellen"),
    "proposal": _judging,
    "proposing": _proposing,
    "proposing, confidential": _proposing_confidential,
    **EXCHANGE_SCREENS,
}

ANSWERS_WITHOUT_SCREEN = {
    "desk:keep-typed": "asked by the screen itself",
    "desk:keep-typed-new": "asked by the screen itself",
    "desk:suggest-upl": "a part of the screen in which one writes",
    **EXCHANGE_WITHOUT_SCREEN,
    "desk:answer-preview": "a part of the screen in which one writes",
    "desk:hear-of-proposals": "leads back",
    "desk:judge-proposal": "leads on to the editor",
}
"""Addresses about answers at which there is nothing to look at, and why."""
