"""Mail at the desk: read with what was quoted folded away, looked at safely, answered with files, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from aanspreekpunt.desk.tests.make import PNG, make_file, make_mail
from aanspreekpunt.knowledge.tests.make import make_answer
from aanspreekpunt.messaging.models import Delivery
from aanspreekpunt.questions.models import Question
from tests.browser.person import HeldBack
from tests.browser.stage import Stage
from tests.browser.work import searches_in_bar, soon_found

if TYPE_CHECKING:
    from tests.browser.person import People, Person
    from tests.browser.post import Post
    from tests.browser.town import Town

HOSTILE = (
    "<script>parent.document.title='hit';fetch('https://elders.example/a')</script>"
    "<script>top.location='https://elders.example/b'</script>"
    "<img src='https://elders.example/c.png' onerror=\"parent.document.title='hit'\">"
    "<img src=x onerror=\"parent.document.title='hit'\">"
    "<svg onload=\"parent.document.title='hit'\"><use href='https://elders.example/d.svg#x'/></svg>"
    "<iframe src='https://elders.example/e'></iframe>"
    "<iframe srcdoc=\"<script>top.document.title='hit'</script>\"></iframe>"
    "<object data='https://elders.example/f'></object><embed src='https://elders.example/g'>"
    "<link rel=stylesheet href='https://elders.example/h.css'><style>@import 'https://elders.example/i.css';"
    "body{background:url(https://elders.example/j.png)} @font-face{font-family:x;src:url(https://elders.example/k)}</style>"
    "<p style=\"font-family:x;background:url('https://elders.example/l.png')\">Hallo</p>"
    "<video src='https://elders.example/m' autoplay></video><audio src='https://elders.example/n' autoplay></audio>"
    "<meta http-equiv=refresh content='0;url=https://elders.example/o'>"
    "<form action='https://elders.example/p'><input name=q autofocus onfocus=\"parent.document.title='hit'\"></form>"
    "<a id=out href='https://elders.example/q'>Klik</a><base href='https://elders.example/'>"
    "<a id=script href=\"javascript:parent.document.title='hit'\">Klik</a>"
)
"""As if nothing had been taken out of it: the frame has to hold by itself."""

STOPPED = frozenset({"csp", "origin"})
"""What the browser says of a request that a policy did not let out; one that was made would say it found no name."""


@pytest.fixture
def stage(people: People, town: Town) -> Stage:
    """Set the stage."""
    return Stage(people, town)


def test_a_hostile_mail_runs_nothing_and_loads_nothing(stage: Stage) -> None:
    question = stage.handed.question
    mail = make_mail(question, html=HOSTILE)
    make_file(mail, name="foto.png", content_id="foto@hier")
    wim = stage.wim(stage.question()).expects("elders.example|Content.Security|sandbox|Refused|blocked|violates|frame")
    failures: dict[str, str | None] = {}
    wim.page.on("requestfailed", lambda request: failures.update({request.url: request.failure}))
    answered: list[str] = []
    wim.page.on("response", lambda response: answered.append(response.url))
    wim.follows("Show as it was sent")
    frame = wim.page.frame_locator("iframe.mail-frame")
    expect(frame.get_by_text("Hallo")).to_be_visible()
    frame.locator("#script").click(no_wait_after=True)
    with wim.page.expect_console_message(lambda said: "frame-src" in said.text):  # the page holds its frame
        frame.locator("#out").click(no_wait_after=True)
    assert "hit" not in wim.page.title()
    assert wim.page.url.endswith(f"/mail/{mail.uuid}")
    assert {failure for url, failure in failures.items() if "elders.example" in url} <= STOPPED
    assert not [url for url in answered if "elders.example" in url]


def test_quoted_text_is_folded_and_an_unknown_sender_warned_of(stage: Stage) -> None:
    make_mail(
        stage.handed.question,
        text="Dit is nieuw.",
        quoted="Dit schreef u eerder.",
        signature="Groeten, Karel",
        from_address="karel@elders.example",
    )
    wim = stage.wim(stage.question()).sees("Dit is nieuw.", "karel@elders.example")
    wim.sees(
        "This address is not one the resident gave us. An address is no proof of who wrote: "
        "check before you tell anything personal."
    )
    old = wim.page.get_by_text("Dit schreef u eerder.")
    expect(old).to_be_hidden()
    wim.page.locator("summary", has_text=wim.word("Text of earlier mails")).click()
    expect(old).to_be_visible()


def _with_an_answer(stage: Stage) -> Person:
    """Return somebody at the question, when there is an answer that is found."""
    question = "Hoe raak ik mijn grofvuil kwijt?"
    make_answer("grofvuil", question=question, answer="Breng het naar de milieustraat.")
    wim = stage.wim("/desk/")
    soon_found(question, lambda: searches_in_bar(wim, "grofvuil"))
    return wim.opens(stage.question())


def _attach(wim: Person) -> None:
    wim.page.locator("input[type=file]").set_input_files({"name": "kaart.png", "mimeType": "image/png", "buffer": PNG})


def test_an_answer_by_keyboard_with_an_article_and_a_file_arrives_as_previewed(stage: Stage, post: Post) -> None:
    wim = _with_an_answer(stage)
    wim.types("e")
    text = wim.page.locator("textarea[name=text]")
    expect(text).to_be_focused()
    wim.page.keyboard.type("Beste Karel,")
    wim.types("Control+i")
    expect(wim.page.locator("#look-for")).to_be_focused()
    wim.page.keyboard.type("grofvuil")
    expect(wim.page.locator("button[name=insert][value=grofvuil]")).to_be_visible()
    wim.types("ArrowDown", "Enter")
    expect(text).to_be_focused()
    expect(text).to_have_value("Beste Karel,\n\nBreng het naar de milieustraat.")
    _attach(wim)
    wim.presses("Preview").sees("kaart.png", "Breng het naar de milieustraat.")
    shown = wim.page.locator(".letter").inner_text()
    wim.presses("Answer and settle").sees("Take it back")
    letter = post.last_to("karel@example.org")
    (part,) = list(letter.message.iter_attachments())
    assert (part.get_filename(), part.get_content()) == ("kaart.png", PNG)
    for line in letter.text.splitlines():
        assert " ".join(line.split()) in " ".join(shown.split())


def test_what_one_does_in_a_letter_on_a_slow_line_is_heard(stage: Stage) -> None:
    wim = _with_an_answer(stage)
    script = HeldBack(wim.page, "**/insert-answer*.js")
    wim.types("e")
    expect(wim.page.locator("textarea[name=text]")).to_be_focused()
    wim.types("Control+i")
    script.wait().let_go()
    expect(wim.page.locator("#look-for")).to_be_focused()
    wim.page.keyboard.type("grofvui")
    found = wim.page.locator("button[name=insert][value=grofvuil]")
    expect(found).to_be_visible()
    found.evaluate("(old) => { old.dataset.old = ''; }")
    newer = HeldBack(wim.page, "**/invoegen")
    wim.page.keyboard.type("l")
    wim.types("ArrowDown")
    expect(found).to_be_focused()
    newer.wait().let_go()
    expect(wim.page.locator("button[name=insert][value=grofvuil]:not([data-old])")).to_be_focused()


def test_a_letter_is_taken_back_and_never_arrives(stage: Stage, post: Post) -> None:
    wim = stage.wim(stage.question()).types("e")
    wim.page.locator("textarea[name=text]").fill("Dit klopt niet.")
    _attach(wim)
    wim.presses("Answer and settle").sees("Take it back").types("Z")
    wim.sees("Taken back. Nothing was sent, and the question is with you again.", "kaart.png")
    expect(wim.page.locator("textarea[name=text]")).to_have_value("Dit klopt niet.")
    post.bring()
    assert not [letter for letter in post.letters if "Dit klopt niet." in letter.text]
    assert Delivery.objects.get(kind="answer").state == "withdrawn"
    assert Question.objects.get(pk=stage.handed.question.pk).state == "in_hand"


def test_the_post_is_reached_from_the_bar(stage: Stage) -> None:
    anna = stage.anna("/desk/")
    anna.follows("Post").sees("Everything that came in could be read.")
    assert anna.page.url.endswith(reverse("desk:post"))
