"""The worked cases of VNG Realisatie for customer contact, with their own example data: each person on his own screen.

The numbers are those of the cases. Where a case gives no example, those of the nearest case are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.person import HeldBack
from tests.browser.work import Call, acts, finds, follows, is_offered, submits

if TYPE_CHECKING:
    from tests.browser.person import People, Person
    from tests.browser.post import Post
    from tests.browser.town import Town
    from tests.browser.work import Receipt

NAME, PHONE, SHOWN_PHONE, EMAIL = "Karel van Deurne", "0612345678", "06 12345678", "karel@example.org"
PERMIT = "Klant heeft een vraag over de bouwvergunning."
COLLECTION = "Ophaalschema vuilnis"
ANSWER = "Geachte, U kunt het huisvuil zaterdag 22 december aanbieden. Met vriendelijke groet, Wim"
NOT_OURS = "De interne taak die was toegewezen kan ik niet uitvoeren. Gaarne her-routeren aan afdeling Vergunningen."


def ask_for_callback(anna: Person) -> Receipt:
    """C0534 and C9167, steps 1 and 2: the desk does not know, so permits will call back."""
    call = Call(anna).of(name=NAME, phone=PHONE).asks(PERMIT, product="bouwvergunning").chooses("Call back")
    anna.sees("Vergunningen", SHOWN_PHONE)
    return call.registers()


def hand_to_waste(anna: Person, text: str, *, email: str = EMAIL) -> Receipt:
    """Register a question for the waste department, of somebody who left an address."""
    call = Call(anna).of(name=NAME, phone=PHONE, email=email).asks(text, subject=COLLECTION, product="kliko")
    return call.chooses("Hand over").registers()


def test_c0992_a_question_is_answered_directly(people: People, town: Town, post: Post) -> None:
    anna, karel = people.staff(town.cast.anna), people.resident("Karel")
    call = Call(anna).of(name=NAME, email=EMAIL)
    call.asks("Wanneer kan ik het huisvuil aanbieden?", subject=COLLECTION, product="huisvuil").chooses("Answer now")
    anna.page.locator("#answer").fill(ANSWER)
    receipt = call.registers()
    anna.sees("Answered at once")
    call.ends()

    finds(anna, receipt.reference).sees(COLLECTION, NAME, "Wanneer kan ik het huisvuil aanbieden?", ANSWER)
    anna.sees("Settled", "Answered at once")
    follows(karel, receipt).sees(COLLECTION, ANSWER)
    letter = post.last_to(EMAIL)
    assert ANSWER in letter.text
    assert NAME not in letter.subject
    assert receipt.code in letter.text


def test_c0992_anonymous_is_a_right(people: People, town: Town) -> None:
    anna = people.staff(town.cast.anna)
    call = Call(anna).asks("Wanneer kan ik het huisvuil aanbieden?", product="huisvuil")
    anna.presses("Stays anonymous").sees("Not anonymous after all")
    call.chooses("Answer now")
    anna.page.locator("#answer").fill(ANSWER)
    receipt = call.registers()
    finds(anna, receipt.reference).sees("Anonymous", ANSWER)
    follows(people.resident("Niemand"), receipt).sees(ANSWER)


def test_c9167_a_and_c2984_somebody_unknown_is_called_back(people: People, town: Town) -> None:
    anna, vera, karel = people.staff(town.cast.anna), people.staff(town.vera), people.resident("Karel")
    receipt = ask_for_callback(anna)
    anna.sees("Vergunningen", SHOWN_PHONE)
    follows(karel, receipt).sees("Vergunningen")

    again = Call(anna)
    anna.page.locator("#who").fill(PHONE)
    anna.sees("Nobody we know.")  # the number was given for this question only
    expect(anna.page.locator("#people [role=option]")).to_have_count(0)
    again.of(phone=PHONE)
    anna.page.locator("#email").focus()
    anna.sees(receipt.reference)  # but what was asked with it before shows

    vera.opens("/desk/").sees(PERMIT.rstrip("."), NAME)
    vera.follows(PERMIT.rstrip(".")).sees(NAME, SHOWN_PHONE, "Klantcontactcentrum")
    expect(vera.page.locator(f"a[href='tel:+31{PHONE[1:]}']").first).to_be_visible()
    acts(vera, "Take in hand").sees("With you")
    acts(vera, "Called back").fills("What did you say?", "U krijgt de bouwvergunning vrijdag.")
    submits(vera).sees("Settled", "Called back", "The promise was kept.")
    karel.page.reload()
    karel.sees("U krijgt de bouwvergunning vrijdag.")


def test_c2984_who_is_not_reached_is_called_again(people: People, town: Town) -> None:
    anna, vera, karel = people.staff(town.cast.anna), people.staff(town.vera), people.resident("Karel")
    receipt = ask_for_callback(anna)
    finds(vera, receipt.reference)
    acts(vera, "Not reached").sees("When do you call again?")
    vera.fills("Note", "Voicemail ingesproken.")
    submits(vera).sees("Called back, but not reached.", "Voicemail ingesproken.")
    follows(karel, receipt).sees("Vergunningen").does_not_see("Voicemail ingesproken.")
    acts(vera, "Called back").fills("What did you say?", "Alles is duidelijk.")
    submits(vera).sees("Settled")


def test_c9167_c_and_b_somebody_is_remembered_and_known_the_next_time(people: People, town: Town) -> None:
    anna, vera = people.staff(town.cast.anna), people.staff(town.vera)
    call = Call(anna).of(name=NAME, phone=PHONE, email=EMAIL, remember=True)
    first = call.asks(PERMIT, product="bouwvergunning").chooses("Call back").registers()
    call.ends()

    call = Call(anna).of_known("Deurne", name=NAME)
    anna.sees(first.reference)  # earlier contacts and open questions show at once
    call.of(name="Carl", phone="0687654321")  # this time another name and number
    second = call.asks("Wanneer belt u?", product="bouwvergunning").chooses("Call back").registers()
    call.ends()
    finds(vera, second.reference).sees("Carl", "06 87654321", first.reference)
    expect(finds(vera, first.reference).page.locator("#person")).to_contain_text(NAME)
    expect(vera.page.locator("#person")).to_contain_text(SHOWN_PHONE)

    Call(anna).of_known("Deurne", name=NAME)  # what was for this time only is not remembered
    anna.sees(SHOWN_PHONE).does_not_see("06 87654321")


def test_c6114_a_wrongly_routed_question_returns_to_the_desk(people: People, town: Town) -> None:
    anna, wim, sofie = people.staff(town.cast.anna), people.staff(town.cast.wim), people.staff(town.cast.sofie)
    receipt = hand_to_waste(anna, PERMIT)
    finds(wim, receipt.reference)
    acts(wim, "Return").fills("Why is this not for your team?", NOT_OURS)
    submits(wim)
    wim.opens("/desk/").does_not_see(COLLECTION)

    anna.opens("/desk/wachtrij").sees(COLLECTION)
    finds(anna, receipt.reference).sees(
        "Klantcontactcentrum", NOT_OURS, "Teruggegeven door Afval aan Klantcontactcentrum."
    )
    assert not is_offered(anna, "Hand over")  # a second time is for a supervisor

    finds(sofie, receipt.reference)
    acts(sofie, "Hand over").selects("To which team?", "Vergunningen")
    sofie.fills("What do you ask of them?", "Klant terugbellen").fills("Why a second time?", NOT_OURS)
    submits(sofie).sees("Vergunningen")
    vera = people.staff(town.vera)
    finds(vera, receipt.reference).sees("Klant terugbellen", NOT_OURS)
    follows(people.resident("Karel"), receipt).sees("Vergunningen").does_not_see(NOT_OURS)


def test_c6114_b_wrongly_routed_question_is_passed_on_directly(people: People, town: Town, post: Post) -> None:
    anna, wim, sander = people.staff(town.cast.anna), people.staff(town.cast.wim), people.staff(town.cast.sander)
    receipt = hand_to_waste(anna, PERMIT)
    assert not is_offered(finds(wim, receipt.reference), "Hand over")
    wim.expects("404")  # his screen goes on asking for news of a question that left his team

    finds(sander, receipt.reference)
    acts(sander, "Hand over").selects("To which team?", "Vergunningen")
    sander.fills("What do you ask of them?", PERMIT).fills("Why a second time?", NOT_OURS)
    submits(sander)
    vera = people.staff(town.vera)
    finds(vera, receipt.reference).sees(PERMIT, NOT_OURS)
    anna.opens("/desk/")
    finds(anna, receipt.reference).sees("Vergunningen")
    assert "Vergunningen" in post.last_to(EMAIL).text


def test_c2716_an_internal_task_becomes_a_case(people: People, town: Town, post: Post) -> None:
    anna, vera = people.staff(town.cast.anna), people.staff(town.vera)
    call = Call(anna).of(name=NAME, phone=PHONE, email=EMAIL, remember=True)
    call.asks("Ik wil een dakkapel bouwen.", product="dakkapel").chooses("Hand over")
    anna.page.locator("#outcome summary").click()
    anna.fills("What you ask of the team", "Zaak aanmaken")
    receipt = call.registers()

    vera.opens("/desk/").follows("Ik wil een dakkapel bouwen").sees("Zaak aanmaken", NAME)
    acts(vera, "Take in hand").sees("With you")
    acts(vera, "Settle otherwise").chooses("Became a case: note its number")
    vera.fills("Which, when or why", "ZAAK-2023-0042")
    vera.fills("What do you tell the resident?", "Wij openden zaak ZAAK-2023-0042 voor uw dakkapel.")
    submits(vera).sees("Settled", "Became a case", "ZAAK-2023-0042")
    assert "Wij openden zaak ZAAK-2023-0042 voor uw dakkapel." in post.last_to(EMAIL).text
    follows(people.resident("Karel"), receipt).sees("Wij openden zaak ZAAK-2023-0042 voor uw dakkapel.")


def test_c9708_a_an_internal_task_is_answered_by_mail(people: People, town: Town, post: Post) -> None:
    anna, wim, karel = people.staff(town.cast.anna), people.staff(town.cast.wim), people.resident("Karel")
    receipt = hand_to_waste(anna, "Wanneer kan ik het huisvuil aanbieden?")
    assert receipt.code in post.last_to(EMAIL).text
    wim.opens("/desk/").follows(COLLECTION).sees("Wanneer kan ik het huisvuil aanbieden?", EMAIL)
    acts(wim, "Answer").fills("Your answer", ANSWER)
    submits(wim).sees("Settled", ANSWER)
    letter = post.last_to(EMAIL)
    assert ANSWER in letter.text
    assert "Afval" in letter.text  # under the name of who answers
    follows(karel, receipt).sees(ANSWER)


def test_c9708_b_an_internal_task_is_followed_up_by_a_colleague(people: People, town: Town, post: Post) -> None:
    anna, wim, wilma = people.staff(town.cast.anna), people.staff(town.cast.wim), people.staff(town.cast.wilma)
    receipt = hand_to_waste(anna, "Wanneer kan ik het huisvuil aanbieden?")
    finds(wim, receipt.reference)
    acts(wim, "Take in hand").sees("With you")
    wim.types("i").sees("To whom?")
    expect(wim.page.locator("#action select")).to_be_focused()
    wim.selects("To whom?", "Wilma").fills("Note for your colleague", "Opvolgen klantcontact")
    submits(wim).sees("Given. Your colleague finds it on the start screen.", "Gegeven aan Wilma.")
    assert not is_offered(wim, "Answer")  # it is hers now

    expect(wilma.page.locator("#held")).to_contain_text(COLLECTION)  # by itself
    wilma.sees("Colleagues mention you")
    wilma.page.locator("#held").get_by_role("link", name=COLLECTION).click()
    wilma.sees("With you", wilma.word("%(name)s gave this question to you.", name="Wim"), "Opvolgen klantcontact")
    acts(wilma, "Answer").fills("Your answer", ANSWER)
    submits(wilma).sees("Settled")
    assert ANSWER in post.last_to(EMAIL).text
    follows(people.resident("Karel"), receipt).sees(ANSWER).does_not_see("Opvolgen klantcontact")


def test_a_colleague_is_pointed_to_a_question_in_a_note(people: People, town: Town) -> None:
    anna, wim, wilma = people.staff(town.cast.anna), people.staff(town.cast.wim), people.staff(town.cast.wilma)
    receipt = hand_to_waste(anna, "Wanneer kan ik het huisvuil aanbieden?")
    finds(wim, receipt.reference)
    wim.types("a")
    note, list_ = wim.page.locator("#action textarea"), wim.page.locator("#mention-list")
    expect(note).to_be_focused()
    wim.page.keyboard.type("Dag @wi")
    expect(list_.get_by_role("option", name="Wilma")).to_have_attribute("aria-selected", "true")
    wim.types("Escape")
    expect(list_).to_be_hidden()
    expect(note).to_be_focused()
    wim.page.keyboard.type("l")
    expect(list_.get_by_role("option")).to_have_count(1)
    wim.types("Enter")
    expect(note).to_have_value("Dag @Wilma ")
    wim.page.keyboard.type("weet jij dit?")
    expect(list_).to_be_hidden()
    submits(wim).sees("@Wilma weet jij dit?")
    wilma.opens("/desk/").sees("Colleagues mention you")
    wilma.page.locator("#mentions").get_by_role("link", name=COLLECTION).click()
    wilma.sees("@Wilma weet jij dit?", receipt.reference)


def test_a_colleague_one_went_to_stays_chosen_when_a_newer_list_comes(people: People, town: Town) -> None:
    anna, bram = people.staff(town.cast.anna), people.staff(town.cast.bram)
    receipt = hand_to_waste(bram, "Wanneer kan ik het huisvuil aanbieden?")
    finds(anna, receipt.reference).types("a")
    expect(anna.page.locator("#action textarea")).to_be_focused()
    options = anna.page.locator("#mention-list [role=option]")
    anna.page.keyboard.type("@w")
    expect(options.nth(1)).to_be_visible()
    newer = HeldBack(anna.page, "**/collegas")
    anna.page.keyboard.type("i")
    anna.types("ArrowDown")
    newer.wait()
    chosen = options.nth(1).get_attribute("id") or ""
    options.first.evaluate("(old) => { old.dataset.old = ''; }")
    newer.let_go()
    expect(anna.page.locator("#mention-list [data-old]")).to_have_count(0)
    expect(anna.page.locator("#mention-list [aria-selected=true]")).to_have_attribute("id", chosen)


def test_c4390_a_report_of_public_space_is_a_case_at_once(people: People, town: Town, post: Post) -> None:
    anna = people.staff(town.cast.anna)
    call = Call(anna).of(name=NAME, phone=PHONE, email=EMAIL)
    call.asks("De lantaarnpaal voor mijn huis is kapot.", product="lantaarnpaal")
    anna.fills("Waar is het?", "Hoofdstraat 12")
    call.chooses("Case")
    anna.fills("Case number", "ZAAK-2023-0107")
    anna.fills("What you told the resident", "U krijgt bericht zodra de lantaarnpaal het weer doet.")
    receipt = call.registers()
    anna.sees("Became a case", "ZAAK-2023-0107")
    finds(anna, receipt.reference).sees(NAME, SHOWN_PHONE, EMAIL, "Hoofdstraat 12", "ZAAK-2023-0107")
    assert "U krijgt bericht zodra de lantaarnpaal het weer doet." in post.last_to(EMAIL).text
    follows(people.resident("Karel"), receipt).sees("U krijgt bericht zodra de lantaarnpaal het weer doet.")
