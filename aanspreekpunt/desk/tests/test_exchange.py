"""Answers from a file and to one, on the screen: tried first, done once, by who may, and gone after a day."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from aanspreekpunt.desk import jobs
from aanspreekpunt.journal.models import Entry
from aanspreekpunt.knowledge.content import Content
from aanspreekpunt.knowledge.exchange.recognising import recognise
from aanspreekpunt.knowledge.exchange.shapes import Shape
from aanspreekpunt.knowledge.models import AnswerImport, Article, Version
from aanspreekpunt.knowledge.operations import running
from aanspreekpunt.knowledge.operations.importing import import_answers
from aanspreekpunt.knowledge.operations.imports import FOLDER, remove_old_imports
from aanspreekpunt.knowledge.operations.writing import begin_answer
from aanspreekpunt.knowledge.tests.make import make_answer, make_editor, make_value
from aanspreekpunt.organisation.models import Role
from aanspreekpunt.organisation.tests.make import make_employee

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aanspreekpunt.knowledge.operations.importing import Imported
    from aanspreekpunt.organisation.models import Employee
    from aanspreekpunt.organisation.tests.make import Cast

    LogIn = Callable[[Employee], Client]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_directory")]
IN, OUT = "/desk/antwoorden/inlezen", "/desk/antwoorden/uitvoeren"
PASSPORT = {"key": "pas", "question": "Hoe kom ik aan een pas?", "answer": "Kom langs."}


@pytest.fixture
def carla(cast: Cast) -> Employee:  # noqa: ARG001 - the municipality she works for
    return make_editor()


def lines(*rows: dict[str, Any] | str) -> bytes:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows).encode()


def upload(browser: Client, content: bytes, *, name: str = "antwoorden.jsonl", **fields: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post(IN, {"file": file, "shape": "", "how": "draft", "owner": "", **fields})


def work() -> None:
    """Do what waits for the worker."""
    for job in ProcrastinateJob.objects.filter(task_name="aanspreekpunt.desk.jobs.import_answers").order_by("id"):
        jobs.import_answers(**job.args)


def tried(browser: Client, content: bytes, **fields: str) -> str:
    """Have a file tried; return the address of what came of it."""
    answer = upload(browser, content, **fields)
    assert answer.status_code == 302, answer.content.decode()
    work()
    address: str = answer["Location"]
    return address


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_tried_first_and_done_when_the_editor_says_so(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    make_answer("oud", question="Wat is oud?", answer="Dit.")
    old = {"key": "oud", "question": "Wat is oud?", "answer": "Dit niet meer."}
    address = tried(browser, lines(PASSPORT, old, "{geen json", {**PASSPORT, "key": "Nee!"}), owner=str(carla.pk))
    page = browser.get(address).content.decode()
    for words in ("<b>1</b> nieuw", "<b>1</b> gewijzigd", "<b>2</b> geweigerd", "Dit is geen geldige JSON", "rij 3"):
        assert words in page, words
    assert "{geen json" in page
    assert not Article.objects.filter(key="pas").exists()
    assert not Entry.objects.filter(event__startswith="answers.").exists()
    browser.post(address, {"do": "bring-in"})
    assert "Antwoorden worden ingelezen." in browser.get(address).content.decode()
    work()
    page = browser.get(address).content.decode()
    assert "Wat het bestand bracht" in page
    assert f'href="{reverse("desk:answer", args=["pas"])}"' in page
    assert Article.objects.get(key="pas").owner == carla
    assert dict(Version.objects.filter(state="draft").values_list("article__key", "answer")) == {
        "pas": "Kom langs.",
        "oud": "Dit niet meer.",
    }


def test_the_journal_says_who_brought_in_how_much_and_not_what(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    address = tried(browser, lines(PASSPORT, "{"), name="Jansen.jsonl")
    browser.post(address, {"do": "bring-in"})
    work()
    begun, done = Entry.objects.filter(event__startswith="answers.").order_by("id")
    assert (begun.event, done.event) == ("answers.import_begun", "answers.imported")
    assert done.by_id == carla.pk
    assert done.data == {
        "created": 1,
        "refused": 1,
        "shape": "json_lines",
        "published": False,
        "stopped_by": "",
    }
    assert "Jansen" not in json.dumps([begun.data, done.data])
    assert Entry.objects.get(event="article.begun").by_id == carla.pk


def test_publishing_leaves_what_needs_a_value_as_a_draft_and_says_so(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    dear = {"key": "duur", "question": "Wat kost dat?", "answer": "Dat kost {{ pas_kosten }}."}
    address = tried(browser, lines(PASSPORT, dear), how="publish")
    assert "pas_kosten" in browser.get(address).content.decode()
    browser.post(address, {"do": "bring-in"})
    work()
    states = dict(Version.objects.values_list("article__key", "state"))
    assert states == {"pas": "published", "duur": "draft"}


def test_the_same_file_again_brings_nothing_and_a_corrected_one_replaces_the_drafts(
    logged_in: LogIn, carla: Employee
) -> None:
    browser = logged_in(carla)
    browser.post(tried(browser, lines(PASSPORT)), {"do": "bring-in"})
    work()
    page = browser.get(tried(browser, lines(PASSPORT))).content.decode()
    assert "Alles in dit bestand is hier al." in page
    assert 'value="bring-in"' not in page
    address = tried(browser, lines({**PASSPORT, "answer": "Bel ons."}))
    browser.post(address, {"do": "bring-in"})
    work()
    assert Version.objects.get().answer == "Bel ons."


def test_pressing_twice_does_it_once(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    address = tried(browser, lines(PASSPORT))
    for _ in range(2):
        browser.post(address, {"do": "bring-in"})
    assert Entry.objects.filter(event="answers.import_begun").count() == 1
    work()
    page = browser.post(address, {"do": "bring-in"}, follow=True).content.decode()
    assert "Dit bestand wordt al ingelezen, of dat is al klaar." in page
    assert Version.objects.count() == 1


def test_a_worker_that_dies_halfway_goes_on_later_and_nothing_comes_in_twice(
    logged_in: LogIn, carla: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"key": f"rij-{number}", "question": f"Vraag {number}?", "answer": "A."} for number in range(60)]
    browser = logged_in(carla)
    address = tried(browser, lines(*rows))
    browser.post(address, {"do": "bring-in"})

    def dying(**given: Any) -> Iterator[Imported]:
        for number, row in enumerate(import_answers(**given)):
            if number == 30:
                raise SystemExit  # as a killed process ends: nobody cleans up
            yield row

    with monkeypatch.context() as patch:
        patch.setattr(running, "import_answers", dying)
        with pytest.raises(SystemExit):
            work()
    found = AnswerImport.objects.get()
    assert (found.state, found.rows_read, found.rows_in_file) == ("doing", 25, 60)
    assert "25 van 60 rijen" in browser.get(address, headers={"X-Poll": "1"}).content.decode()
    work()
    found.refresh_from_db()
    assert found.state == "done"
    assert found.counts == {"unchanged": 31, "created": 29}
    assert Version.objects.count() == 60
    assert "begon vanzelf opnieuw" in browser.get(address).content.decode()


def test_what_breaks_says_so_and_can_be_gone_on_with(
    logged_in: LogIn, carla: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = logged_in(carla)
    address = tried(browser, lines(PASSPORT))
    browser.post(address, {"do": "bring-in"})

    def broken(**_: Any) -> Iterator[Imported]:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(running, "import_answers", broken)
        with pytest.raises(RuntimeError):
            work()
    assert "Er ging bij ons iets mis" in browser.get(address).content.decode()
    browser.post(address, {"do": "bring-in"})
    work()
    assert Version.objects.get().answer == "Kom langs."


def test_the_screen_that_waits_reloads_when_it_is_done(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    address = upload(browser, lines(PASSPORT))["Location"]
    waiting = browser.get(address, headers={"X-Poll": "1"})
    assert "HX-Refresh" not in waiting
    assert "<html" not in waiting.content.decode()
    assert 'href="' + address + '"' in browser.get(address).content.decode()  # without a script one looks again
    AnswerImport.objects.update(moved_at=timezone.now() - timedelta(minutes=5))
    assert "Het is nog niet begonnen" in browser.get(address).content.decode()
    work()
    assert browser.get(address, headers={"X-Poll": "1"})["HX-Refresh"] == "true"


def test_everything_that_is_said_of_rows_can_be_downloaded_and_is_no_formula(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    many = [f"=CMD({number})" for number in range(120)]
    address = tried(browser, lines(*many, PASSPORT))
    page = browser.get(address).content.decode()
    assert "120 rijen" in page
    assert page.count("=CMD(") == 5
    report = b"".join(browser.get(f"{address}/verslag.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(report) == 122
    assert report[0].startswith("Rij;Wat er gebeurt;Sleutel;")
    assert ";'=CMD(7);" in report[8]
    assert report[-1].startswith("121;nieuw;pas;")


def test_many_kinds_of_refusals_stay_a_short_page(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    rows = [{**PASSPORT, "key": f"k-{number}", "upl_names": [f"naam {number}"]} for number in range(90)]
    page = browser.get(tried(browser, lines(*rows))).content.decode()
    assert page.count("De Uniforme Productnamenlijst") == 40
    assert "Nog 50 rijen staan in het bestand dat u kunt downloaden." in page


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "leeg.jsonl", "leeg"),
        (b"\x00\xff" * 500_000, "onzin.bin", "Dit bestand kan van alles zijn."),
        (b"x" * 1_100_000, "groot.jsonl", "Dit bestand is te groot. Het mag hoogstens 1 MB zijn."),
    ],
)
def test_files_that_are_not_taken_get_a_clear_answer(
    content: bytes, name: str, said: str, logged_in: LogIn, carla: Employee
) -> None:
    browser = logged_in(carla)
    with override_settings(ANSWERS_FILE_MEGABYTES=1):
        answer = upload(browser, content, name=name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert upload(browser, lines(PASSPORT), shape="vreemd").status_code == 422
    assert not AnswerImport.objects.exists()
    assert not default_storage.exists(FOLDER)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"\x00\xff" * 500_000, "onzin.jsonl", "Dit is geen UTF-8"),
        ('{"question": "Café?", "answer": "Één."}\n'.encode("cp1252"), "oud.jsonl", "Dit is geen UTF-8"),
        (b"\n\n\n", "wit.jsonl", "Alles in dit bestand is hier al."),
        ("sleutel;vraag;antwoord\nk;V?;A.\n".encode("utf-16"), "breed.csv", "Dit is geen UTF-8"),
        (b"vraag;antwoord\n;\n", "leeg.csv", "Alles in dit bestand is hier al."),
        (b"[" * 200_000, "diep.jsonl", "nieuw"),
    ],
)
def test_files_that_cannot_be_read_say_why(
    content: bytes, name: str, said: str, logged_in: LogIn, carla: Employee
) -> None:
    browser = logged_in(carla)
    page = browser.get(tried(browser, content, name=name, shape="sheet" if "csv" in name else "json_lines"))
    assert said in page.content.decode()
    assert not Article.objects.exists()


def test_another_kind_of_file_is_not_read_to_its_end(
    logged_in: LogIn, carla: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_REFUSED", 50)
    browser = logged_in(carla)
    address = tried(browser, b"x\n" * 5_000)
    page = browser.get(address).content.decode()
    assert "Bijna niets in dit bestand is te gebruiken." in page
    assert AnswerImport.objects.get().rows_read == 50
    assert 'value="bring-in"' not in page
    monkeypatch.setattr(running, "MOST_ROWS", 50)
    rows = [{"key": f"rij-{number}", "question": "V?", "answer": "A."} for number in range(80)]
    page = browser.get(tried(browser, lines(*rows))).content.decode()
    assert "Er staan te veel antwoorden in dit bestand." in page


def test_what_stands_in_a_file_is_never_a_page_of_ours(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    script = "<script>alert(1)</script>"
    page = browser.get(tried(browser, lines(script, {**PASSPORT, "audience": [script]}), name=f"{script}.jsonl"))
    assert script not in page.content.decode()


def test_with_a_second_reader_answers_come_in_as_drafts_only(logged_in: LogIn, carla: Employee, settings: Any) -> None:
    settings.ANSWERS_NEED_SECOND_READER = True
    browser = logged_in(carla)
    assert 'value="publish"' not in browser.get(IN).content.decode()
    assert upload(browser, lines(PASSPORT), how="publish").status_code == 422
    assert upload(browser, lines(PASSPORT)).status_code == 302


def test_outsiders_find_nothing_and_nobody_finds_the_file_of_another(
    logged_in: LogIn, carla: Employee, cast: Cast
) -> None:
    browser = logged_in(carla)
    address = tried(browser, lines(PASSPORT))
    of_one_team = make_employee("Dora", (Role.CONTENT_EDITOR, cast.waste))
    other = make_editor("Erik")
    for employee in (cast.anna, cast.wim, cast.olga, of_one_team):
        outsider = logged_in(employee)
        for path in (IN, OUT, address, f"{address}/verslag.csv"):
            assert outsider.get(path).status_code == 404, (employee, path)
        assert upload(outsider, lines(PASSPORT)).status_code == 404
        assert outsider.post(OUT, {"shape": "json_lines"}).status_code == 404
        assert outsider.post(address, {"do": "bring-in"}).status_code == 404
    for path in (address, f"{address}/verslag.csv", f"{IN}/{uuid4()}"):
        assert logged_in(other).get(path).status_code == 404
    assert logged_in(other).post(address, {"do": "throw-away"}).status_code == 404
    assert address not in logged_in(other).get(IN).content.decode()
    assert address in browser.get(IN).content.decode()
    assert browser.post(address, {"do": "onzin"}).status_code == 404
    assert Client().get(IN).status_code == 302
    assert AnswerImport.objects.count() == 1


def test_who_lost_the_right_meanwhile_brings_in_nothing(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    address = tried(browser, lines(PASSPORT))
    browser.post(address, {"do": "bring-in"})
    carla.memberships.all().delete()
    work()
    assert AnswerImport.objects.get().stopped_by == "no_right"
    assert not Article.objects.exists()


def test_forms_of_other_sites_do_nothing(carla: Employee) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(carla, "aanspreekpunt.organisation.backends.LoginBackend")
    assert upload(browser, lines(PASSPORT)).status_code == 403
    assert browser.post(OUT, {"shape": "json_lines"}).status_code == 403


def test_files_are_thrown_away_by_hand_or_after_a_day(logged_in: LogIn, carla: Employee, tmp_path: Path) -> None:
    browser, now = logged_in(carla), timezone.now()
    address = tried(browser, lines(PASSPORT))
    assert len(files(tmp_path)) == 2
    browser.post(address, {"do": "throw-away"})
    assert files(tmp_path) == []
    assert browser.get(address).status_code == 404
    tried(browser, lines(PASSPORT))
    default_storage.save(f"{FOLDER}/stray.in", SimpleUploadedFile("x", b"x"))
    assert remove_old_imports(at=now + timedelta(hours=23)) == 0
    assert remove_old_imports(at=now + timedelta(hours=25)) == 2
    assert files(tmp_path) == []
    jobs.remove_imports(timestamp=0)


def test_who_throws_a_file_away_while_it_is_tried_hears_no_more_of_it(
    logged_in: LogIn, carla: Employee, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = [{"key": f"rij-{number}", "question": "V?", "answer": "A."} for number in range(30)]
    browser = logged_in(carla)
    address = upload(browser, lines(*rows))["Location"]

    def impatient(**given: Any) -> Iterator[Imported]:
        for row in import_answers(**given):
            if row.number == 10:
                browser.post(address, {"do": "throw-away"})
            yield row

    monkeypatch.setattr(running, "import_answers", impatient)
    work()
    assert not AnswerImport.objects.exists()
    assert files(tmp_path) == []


def test_a_file_that_is_gone_is_said(logged_in: LogIn, carla: Employee, tmp_path: Path) -> None:
    browser = logged_in(carla)
    address = upload(browser, lines(PASSPORT))["Location"]
    for path in files(tmp_path):
        path.unlink()
    work()
    assert "Het bestand is hier niet meer." in browser.get(address).content.decode()


def test_in_english(logged_in: LogIn, carla: Employee) -> None:
    carla.language = "en"
    carla.save()
    browser = logged_in(carla)
    address = tried(browser, lines("{", PASSPORT))
    page = browser.get(address).content.decode()
    for words in ("What the file would bring", "This is not valid JSON.", "Bring these answers in as drafts"):
        assert words in page
    assert "Row;What happens;" in b"".join(browser.get(f"{address}/verslag.csv").streaming_content).decode()


@pytest.mark.parametrize("shape", list(Shape))
def test_what_is_exported_is_recognised_and_comes_back(shape: Shape, logged_in: LogIn, carla: Employee) -> None:
    make_answer("pas", question="Hoe kom ik aan een pas?", answer="Kom **langs**.", desk_note="Geheim.")
    make_answer("later", answer="Nog niet af.", is_published=False)
    browser = logged_in(carla)
    before = browser.get(OUT, {"shape": shape}).content.decode()
    assert "1 antwoord" in before
    answer = browser.post(OUT, {"shape": shape})
    assert answer.streaming
    assert "attachment" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    assert b"Geheim." not in content
    assert b"Nog niet af." not in content
    assert recognise(content[:65536], name="x") == shape
    page = browser.get(tried(browser, content, name="x", how="publish")).content.decode()
    assert "<b>0</b> nieuw" in page
    assert "<b>0</b> geweigerd" in page
    internal = b"".join(browser.post(OUT, {"shape": shape, "internal": "on"}).streaming_content)
    assert b"Nog niet af." in internal
    entries = Entry.objects.filter(event="answers.exported").order_by("id")
    assert [entry.data["internal"] for entry in entries] == [False, True]


def test_an_export_says_beforehand_what_gets_lost(logged_in: LogIn, carla: Employee) -> None:
    make_value("x", "1")
    for number in range(3):
        make_answer(f"a-{number}", answer="Ja.", target_group="Jongeren")
    browser = logged_in(carla)
    page = browser.get(OUT, {"shape": "vac"}).content.decode()
    assert "“Doelgroep”" in page
    assert "3 antwoorden" in page
    assert "Er gaat niets verloren." in browser.get(OUT, {"shape": "json_lines"}).content.decode()
    assert browser.get(OUT, {"shape": "onzin"}).status_code == 422
    assert browser.post(OUT, {"shape": "onzin"}).status_code == 422


def test_no_answer_takes_the_address_of_a_screen(logged_in: LogIn, carla: Employee) -> None:
    browser = logged_in(carla)
    page = browser.get(tried(browser, lines({**PASSPORT, "key": "inlezen"}))).content.decode()
    assert "<b>1</b> geweigerd" in page
    content = Content(question="Uitvoeren", answer="Zo.")
    assert begin_answer(content=content, by=carla, at=timezone.now()).article.key == "uitvoeren-2"
