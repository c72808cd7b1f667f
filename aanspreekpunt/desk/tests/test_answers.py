"""The list of answers and one answer: what needs work first, who sees what, and what one can do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from aanspreekpunt.journal.actors import SYSTEM
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.models import Chore, Use, Version
from aanspreekpunt.knowledge.operations.chores import look_for_chores
from aanspreekpunt.knowledge.operations.proposals import propose_answer
from aanspreekpunt.knowledge.operations.writing import (
    Base,
    give_owner,
    newest_version,
    save_draft,
    submit_for_review,
    withdraw,
)
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from aanspreekpunt.knowledge.models import Article
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = pytest.mark.django_db
LIST = "desk:answers"


@pytest.fixture
def carla() -> Employee:
    return make_editor()


def draft_of(article: Article, by: Employee, answer: str = "Zo gaat het nu.", **more: object) -> Version:
    newest = newest_version(article)
    content = Content(question=newest.question, answer=answer, **more)
    return save_draft(article=article, content=content, base=Base.of(newest), by=by, at=timezone.now())


def keys(answer: object) -> list[str]:
    return [row.key for row in answer.context["rows"]]


def one(key: str) -> str:
    return reverse("desk:answer", args=[key])


def do(browser: Client, key: str, verb: str, **more: object) -> object:
    base = Base.of(newest_version(Version.objects.filter(article__key=key)[0].article))
    data = {"number": base.number, "revision": base.revision, **more}
    return browser.post(reverse("desk:act-on-answer", args=[key, verb]), data)


@pytest.fixture
def of_every_kind(cast: Cast, carla: Employee) -> None:
    """Make an answer in every state, in an order other than that of the list."""
    today = timezone.localdate()
    make_answer("goed", question="Goed?")
    make_answer("verloopt", question="Verloopt?", valid_until=today + timedelta(days=9))
    draft_of(make_answer("concept", question="Concept?"), carla)
    review = draft_of(make_answer("nalezen", question="Nalezen?"), carla)
    submit_for_review(version=review, by=carla, at=timezone.now())
    about = make_answer("voorstel", question="Voorstel?")
    propose_answer(question="Voorstel?", text="Beter zo", article=about, by=cast.anna, at=timezone.now())
    make_answer("verlopen", question="Verlopen?", valid_until=today - timedelta(days=1))
    Chore.objects.create(
        article=make_answer("kapot", question="Kapot?"),
        kind="broken_link",
        detail="https://weg.example/",
        found_at=timezone.now(),
    )
    gone = make_answer("weg", question="Weg?")
    withdraw(article=gone, reason="Bestaat niet meer", by=carla, at=timezone.now())


@pytest.mark.usefixtures("of_every_kind")
def test_what_needs_work_stands_first(logged_in: LogIn, carla: Employee) -> None:
    answer = logged_in(carla).get(reverse(LIST))
    assert keys(answer) == ["verlopen", "kapot", "voorstel", "nalezen", "concept", "verloopt", "goed"]
    page = answer.content.decode()
    for words in ("weg.example", "1 voorstel", "Carla vraagt om na te lezen", "Carla schrijft", "Verlopen op"):
        assert words in page, words


@pytest.mark.usefixtures("of_every_kind")
def test_filters_narrow_the_list(logged_in: LogIn, carla: Employee) -> None:
    make_answer("engels", question="Afval?", question_en="Waste?", answer_en="So.", product_keys=("kliko",))
    mine = make_answer("mijn", question="Mijn?")
    give_owner(article=mine, owner=carla, by=carla, at=timezone.now())
    browser = logged_in(carla)
    for query, expected in (
        ("state=mis", {"verlopen", "kapot"}),
        ("state=nalezen", {"nalezen"}),
        ("state=einde", {"weg"}),
        ("product=kliko", {"engels"}),
        ("who=mine", {"mijn"}),
        (f"who={carla.pk}", {"mijn"}),
        ("text=afval", {"engels"}),
        ("text=zo+gaat+concept", {"concept"}),
        ("text=%25", set()),
        (
            "state=onzin&who=%00x",
            {"verlopen", "kapot", "voorstel", "nalezen", "concept", "verloopt", "goed", "engels", "mijn"},
        ),
    ):
        assert set(keys(browser.get(f"{reverse(LIST)}?{query}"))) == expected, query
    assert "engels" not in keys(browser.get(f"{reverse(LIST)}?english=missing"))
    assert "mijn" not in keys(browser.get(f"{reverse(LIST)}?who=nobody"))


def test_pages_follow_each_other_without_gap_or_overlap(
    logged_in: LogIn, cast: Cast, carla: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aanspreekpunt.desk.views.answers.PAGE", 2)
    at = timezone.now()
    for number in range(5):
        make_answer(f"vraag-{number}", at=at)  # all changed in the same moment
    for reader in (carla, cast.anna):
        browser, address, seen = logged_in(reader), reverse(LIST), []
        while address:
            answer = browser.get(address)
            seen += keys(answer)
            address = reverse(LIST) + answer.context["next_page"] if answer.context["next_page"] else ""
        assert seen == [f"vraag-{number}" for number in range(5)]
    for nonsense in ("x", "1_x_1", "1_2026-01-01_x", "_", "9_2026-01-01T00:00:00_1"):
        assert logged_in(carla).get(reverse(LIST), {"after": nonsense}).status_code == 200


def test_the_list_costs_the_same_number_of_queries_however_long_it_is(
    logged_in: LogIn, cast: Cast, carla: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        draft_of(make_answer(f"vraag-{number}"), carla)
    for reader, queries in ((carla, 7), (cast.anna, 4)):
        browser = logged_in(reader)
        browser.get(reverse(LIST))
        with django_assert_num_queries(queries):  # session, employee, page, versions(, chores, proposals, owners)
            browser.get(reverse(LIST))


@pytest.mark.usefixtures("of_every_kind")
def test_an_agent_reads_what_readers_see_and_nothing_else(logged_in: LogIn, cast: Cast) -> None:
    anna = logged_in(cast.anna)
    answer = anna.get(reverse(LIST))
    assert set(keys(answer)) == {"goed", "verloopt", "concept", "nalezen", "voorstel", "kapot"}
    assert "weg.example" not in answer.content.decode()
    assert set(keys(anna.get(f"{reverse(LIST)}?state=concept&who=mine"))) == set()
    page = anna.get(one("concept")).content.decode()
    assert "Zo gaat het." in page
    for hidden in ("Zo gaat het nu.", "Versies", "Te doen", "schrijven"):
        assert hidden not in page, hidden
    for key in ("verlopen", "weg"):
        assert anna.get(one(key)).status_code == 404, key


def test_absent_and_not_yours_look_the_same(logged_in: LogIn, cast: Cast, carla: Employee) -> None:
    draft_of(make_answer("geheim", is_published=False), carla)
    anna, pages = logged_in(cast.anna), []
    for key in ("geheim", "bestaatniet"):
        answer = anna.get(one(key))
        assert answer.status_code == 404
        pages.append(answer.content.decode().replace(key, "").split("csrfmiddlewaretoken")[0])
    assert pages[0] == pages[1]


def addresses() -> list[tuple[str, str]]:
    """List every address about answers with the method to try it with."""
    about = [("get", name) for name in ("answer", "answer-differences", "edit-answer")]
    return [
        *(("get", reverse(f"desk:{name}")) for name in ("answers", "new-answer", "demand", "values", "new-value")),
        *(("get", reverse(f"desk:{name}")) for name in ("proposals", "propose")),
        *((method, reverse(f"desk:{name}", args=["vraag"])) for method, name in [*about, ("post", "keep-typed")]),
        *(("post", reverse(f"desk:{name}")) for name in ("keep-typed-new", "answer-preview", "propose")),
        *(("post", reverse("desk:act-on-answer", args=["vraag", verb])) for verb in ("publish", "withdraw", "restore")),
        ("get", reverse("desk:value", args=["kosten"])),
        ("post", reverse("desk:value", args=["kosten"])),
        ("get", reverse("desk:proposal", args=[1])),
        ("post", reverse("desk:judge-proposal", args=[1])),
    ]


@pytest.mark.usefixtures("cast")
def test_nobody_gets_in_without_logging_in(client: Client) -> None:
    make_answer("vraag")
    for method, address in [*addresses(), ("post", reverse("desk:hear-of-proposals"))]:
        assert getattr(client, method)(address).status_code == (302 if method == "get" else 401), address


def test_outsiders_find_nothing(logged_in: LogIn, cast: Cast) -> None:
    make_answer("vraag")
    make_value("kosten", "5")
    olga = logged_in(cast.olga)
    for method, address in addresses():
        assert getattr(olga, method)(address).status_code == 404, address
    assert "/desk/antwoorden" not in olga.get(reverse("desk:account")).content.decode()


def test_an_agent_writes_nothing(logged_in: LogIn, cast: Cast, carla: Employee) -> None:
    draft_of(make_answer("vraag"), carla)
    make_value("kosten", "5")
    anna = logged_in(cast.anna)
    allowed = {reverse(f"desk:{name}") for name in ("answers", "proposals", "propose", "answer-preview")} | {
        one("vraag")
    }
    for method, address in addresses():
        if address not in allowed:
            assert getattr(anna, method)(address).status_code == 404, address
    assert Version.objects.filter(state="draft").count() == 1


def test_an_owner_writes_but_does_not_publish(logged_in: LogIn, cast: Cast, carla: Employee) -> None:
    article = make_answer("vraag")
    give_owner(article=article, owner=cast.olga, by=carla, at=timezone.now())
    draft_of(article, cast.olga)
    olga = logged_in(cast.olga)
    page = olga.get(one("vraag")).content.decode()
    assert "Verder schrijven" in page
    assert "Laten nalezen" in page
    assert "Publiceren" not in page
    assert keys(olga.get(f"{reverse(LIST)}?who=mine")) == ["vraag"]
    answer = olga.post(
        reverse("desk:act-on-answer", args=["vraag", "publish"]), {"number": 2, "revision": 1}, follow=True
    )
    assert "mag dit antwoord niet veranderen" in answer.content.decode()
    assert newest_version(article).state == "draft"


def test_an_editor_of_a_team_edits_the_answers_of_that_team(logged_in: LogIn, cast: Cast) -> None:
    make_answer("afval", team_keys=("waste",))
    make_answer("jeugd", team_keys=("youth",))
    make_answer("jeugd-concept", team_keys=("youth",), is_published=False)
    els = logged_in(make_employee("Els", (Role.CONTENT_EDITOR, cast.waste)))
    assert keys(els.get(reverse(LIST))) == ["afval"]
    assert "Nieuwe versie schrijven" in els.get(one("afval")).content.decode()
    assert "Nieuwe versie schrijven" not in els.get(one("jeugd")).content.decode()
    assert els.get(one("jeugd-concept")).status_code == 404


def test_one_answer_shows_everything_about_it_to_its_editor(
    logged_in: LogIn, cast: Cast, carla: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_value("kosten", "€ 86")
    article = make_answer(
        "paspoort",
        question="Wat kost een paspoort?",
        answer="Dat kost {{ kosten }}. <script>alert(1)</script> [klik](javascript:alert(1))",
        desk_note="Vraag naar de leeftijd.",
        ask=("Hoe oud bent u?",),
        product_keys=("paspoort",),
        valid_until=timezone.localdate() + timedelta(days=9),
    )
    look_for_chores(product_keys=(), at=timezone.now())
    propose_answer(
        question="Wat kost het?", text="Noem de spoedprijs", article=article, by=cast.anna, at=timezone.now()
    )
    for kind in ("helped", "did_not_help"):
        Use.objects.create(article=article, kind=kind, face="portal", at=timezone.now())
    draft_of(article, carla, "Dat kost nu {{ kosten }}.")
    browser = logged_in(carla)
    browser.get(one("paspoort"))
    with django_assert_num_queries(12):
        page = browser.get(one("paspoort")).content.decode()
    for words in (
        *("Dat kost € 86.", "Vraag naar de leeftijd.", "Hoe oud bent u?", "Noem de spoedprijs", "Wat lezers nu zien"),
        *("weken", "bestaat niet", "Dat kost nu € 86.", "Geschreven door Carla"),
    ):
        assert words in page, words
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_differences_between_any_two_versions_can_be_read(logged_in: LogIn, carla: Employee) -> None:
    draft_of(make_answer("vraag", answer="Dat kost vijf euro per jaar."), carla, "Dat kost zes euro per jaar.")
    address = reverse("desk:answer-differences", args=["vraag"])
    page = logged_in(carla).get(f"{address}?van=1&naar=2").content.decode()
    assert "vijf</del>" in page
    assert "zes</ins>" in page
    for query in (
        "",
        "?van=1",
        "?van=1&naar=99",
        "?van=x&naar=1",
        "?van=1&naar=99999999999999999999",
        "?van=1&naar=999999999999999",
    ):
        assert logged_in(carla).get(address + query).status_code == 404, query


@pytest.mark.usefixtures("cast")
def test_an_editor_does_everything_with_an_answer(logged_in: LogIn, carla: Employee) -> None:
    article = make_answer("vraag", answer="Eerst zo.")
    browser = logged_in(carla)
    draft_of(article, carla, "Later zo.")
    do(browser, "vraag", "submit")
    assert newest_version(article).state == "review"
    refused = do(browser, "vraag", "send-back", reason=" ")
    assert refused.status_code == 422
    do(browser, "vraag", "send-back", reason="Nog iets korter")
    assert (newest_version(article).state, newest_version(article).remark) == ("draft", "Nog iets korter")
    do(browser, "vraag", "publish")
    assert newest_version(article).state == "published"
    do(browser, "vraag", "restore", version=1)
    restored = newest_version(article)
    assert (restored.number, restored.state, restored.answer) == (3, "draft", "Eerst zo.")
    page = do(browser, "vraag", "restore", version=2)
    assert page.status_code == 302
    assert newest_version(article).number == 3
    do(browser, "vraag", "discard")
    assert newest_version(article).state == "discarded"
    do(browser, "vraag", "give-owner", owner=carla.pk)
    article.refresh_from_db()
    assert article.owner == carla
    base = {"number": 3, "revision": 1}
    browser.post(reverse("desk:act-on-answer", args=["vraag", "withdraw"]), {**base, "reason": "Klopt niet"})
    assert not Version.objects.filter(state="published").exists()
    assert browser.get(reverse("desk:act-on-answer", args=["vraag", "onzin"])).status_code == 404


def test_what_somebody_else_changed_meanwhile_is_not_published(logged_in: LogIn, carla: Employee) -> None:
    article = make_answer("vraag")
    before = draft_of(article, carla)
    save_draft(
        article=article,
        content=Content(question="Anders?", answer="Anders."),
        base=Base.of(before),
        by=SYSTEM,
        at=timezone.now(),
    )
    address = reverse("desk:act-on-answer", args=["vraag", "publish"])
    page = logged_in(carla).post(address, {"number": 2, "revision": 1}, follow=True).content.decode()
    assert "bewaarde dit antwoord" in page or "heeft dit antwoord" in page
    assert newest_version(article).state == "draft"


def test_who_wrote_it_does_not_publish_it_where_a_second_reader_is_wanted(
    logged_in: LogIn, carla: Employee, settings: SettingsWrapper
) -> None:
    settings.ANSWERS_NEED_SECOND_READER = True
    draft_of(make_answer("vraag"), carla)
    assert "Iemand anders moet haar goedkeuren" in logged_in(carla).get(one("vraag")).content.decode()
    assert "Publiceren" not in logged_in(carla).get(one("vraag")).content.decode()
    assert "Publiceren" in logged_in(make_editor("Dirk")).get(one("vraag")).content.decode()


@pytest.mark.usefixtures("cast")
def test_numbers_that_make_no_sense_are_nothing(logged_in: LogIn, carla: Employee) -> None:
    make_answer("vraag")
    browser, huge = logged_in(carla), "9" * 15
    for address in (f"{one('vraag')}?onder={huge}", f"{reverse(LIST)}?who={huge}&after=1_2026-01-01T00:00:00Z_{huge}"):
        assert browser.get(address).status_code == 200, address
    assert browser.get(reverse("desk:proposals"), {"after": f"2026-01-01_{huge}", "onder": huge}).status_code == 200
    assert browser.get(f"/desk/voorstellen/{huge}{huge}").status_code == 404
    assert browser.get(reverse("desk:new-answer"), {"voorstel": huge}).status_code == 200
    restored = do(browser, "vraag", "restore", version=huge)
    assert restored.status_code == 302
    assert newest_version(Version.objects.get().article).number == 1
