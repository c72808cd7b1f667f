"""What is wrong in a file is found all at once, each with its line, its field and what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.setup.reading import read
from aanspreekpunt.setup.tests.make import SMALL, file_with, line_of, problems_in

if TYPE_CHECKING:
    from pathlib import Path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    file = read(file_with(tmp_path))
    assert file.municipality.hours.mon == ("08:30-12:00", "13:00-17:00")
    assert file.municipality.contact.phone == "14 0199"
    assert file.products is not None
    assert file.products[0].form is not None
    condition = file.products[0].form.fields[1].only_if
    assert condition is not None
    assert condition.answer == "yes"


WRONG = [
    # what stands there, what we put instead, kind of problem, path, text on the line of the problem
    ("  name: Kleinveen\n", "", "missing", "municipality.name", "municipality:"),
    ("  slug: kleinveen", "  sluck: kleinveen", "unknown_field_looks_like", "municipality.sluck", "sluck"),
    ("  slug: kleinveen", "  xyz: 1\n  slug: kleinveen", "unknown_field", "municipality.xyz", "xyz"),
    ("slug: kleinveen", "slug: Klein veen", "not_a_key", "municipality.slug", "slug"),
    ("name: Kleinveen", "name: ''", "too_short", "municipality.name", "name: ''"),
    ("name: Kleinveen", "name: [a]", "not_text", "municipality.name", "name: ["),
    ("name: Kleinveen", "name: " + "x" * 201, "too_long", "municipality.name", "xxx"),
    ("email: info@kleinveen.example", "email: info", "not_an_email", "municipality.contact.email", "email: info"),
    ("https://www", "www", "not_a_web_address", "municipality.contact.website", "website"),
    ("[phone, counter, web_form]", "[phone, fax]", "not_one_of", "municipality.open_channels[2]", "fax"),
    ("[phone, counter, web_form]", "phone", "not_a_list", "municipality.open_channels", "open_channels"),
    ("08:30-12:00", "8.30 tot 12", "not_a_span", "municipality.hours.mon[1]", "mon:"),
    ("08:30-12:00", "12:00-08:30", "ends_before_it_starts", "municipality.hours.mon[1]", "mon:"),
    ("08:30-12:00", "08:30-13:30", "hours_overlap", "municipality.hours.mon", "mon:"),
    *(
        (
            "theme: voorbeeld-theme",
            f"theme: voorbeeld-theme\n  theme_css: {wrong}",
            "not_a_style_sheet",
            "municipality.theme_css",
            wrong,
        )
        for wrong in ("https://elders.example/a.css", "//elders.example/a.css", "../a.css", "/a/../b.css", "a.js")
    ),
    ("[Koningsdag]", "[Koninginnedag]", "unknown_holiday", "municipality.closed_holidays[1]", "Koninginnedag"),
    ("on: 2026-12-24", "on: 2026-02-30", "not_a_date", "municipality.extra_closed_days[1].on", "2026-02-30"),
    ("amount: 24", "amount: veel", "not_a_whole_number", "norms.report.amount", "veel"),
    ("amount: 24", "amount: 0", "number_too_small", "norms.report.amount", "amount: 0"),
    ("amount: 24", "amount: 1001", "number_too_large", "norms.report.amount", "1001"),
    (
        "is_contact_centre: true",
        "is_contact_centre: misschien",
        "not_true_or_false",
        "teams[1].is_contact_centre",
        "missch",
    ),
    ("is_contact_centre: true", "is_contact_centre: false", "no_contact_centre", "teams", "teams:"),
    ("parent: balie", "is_contact_centre: true", "contact_centre_stands_twice", "teams[2].is_contact_centre", None),
    ("parent: balie", "parent: balei", "unknown_team_looks_like", "teams[2].parent", "balei"),
    ("parent: balie", "parent: werf", "team_in_circle", "teams[2].parent", "parent: werf"),
    ("key: werf", "key: balie", "key_stands_twice", "teams[2].key", None),
    ("contact:\n", "contact: thuis\n  x:\n", "not_a_group", "municipality.contact", "contact: thuis"),
    ("team: werf", "team: zzz", "unknown_team", "products[1].team", "team: zzz"),
    ("    team: werf\n", "", "missing", "products[1].team", "- key: stoep"),
    ("{role: agent, team: balie}", "{role: agent, team: qq}", "unknown_team", "employees[1].roles[1].team", "team: qq"),
    (
        "{role: functional_administrator}",
        "{role: functional_administrator, team: balie}",
        "fixed_names_no_team",
        "employees[1].roles[2]",
        "{role: functional",
    ),
    (
        "- {role: functional_administrator}",
        "- {role: agent, team: balie}",
        "role_stands_twice",
        "employees[1].roles[2]",
        None,
    ),
    (
        "field: danger",
        "field: gone",
        "only_if_unknown_field",
        "products[1].form.fields[2].only_if.field",
        "field: gone",
    ),
    ("is: yes", "is: soms", "only_if_unknown_answer", "products[1].form.fields[2].only_if.is", "is: soms"),
    ("type: yes_no", "type: text", "only_if_no_choice", "products[1].form.fields[2].only_if.field", "only_if"),
    ("type: yes_no", "type: choice", "choice_without_options", "products[1].form.fields[1]", "- key: danger"),
    (
        "label: Gevaar?",
        "label: Gevaar?\n          options: [{value: a, label: A}]",
        "options_without_choice",
        "products[1].form.fields[1]",
        "- key: danger",
    ),
    (
        "type: yes_no\n",
        "type: choice\n          options: [{value: yes, label: A}, {value: yes, label: B}]\n",
        "option_stands_twice",
        "products[1].form.fields[1]",
        "- key: danger",
    ),
    (
        "label: Gevaar?",
        "label: Gevaar?\n          max_length: 5",
        "length_without_text",
        "products[1].form.fields[1]",
        "- key: danger",
    ),
    (
        "type: text",
        "type: explanation\n          required: true",
        "required_explanation",
        "products[1].form.fields[2]",
        "- key: which",
    ),
    ("key: which", "key: Which", "not_a_field_key", "products[1].form.fields[2].key", "key: Which"),
    ("key: which", "key: danger", "key_stands_twice", "products[1].form.fields[2].key", None),
    ("name: Stoep", "name: Stoep\n    upl_uri: http://a.example", "upl_half", "products[1]", "- key: stoep"),
    (
        "name: Stoep",
        "name: Stoep\n    steps: [Bel.]\n    steps_en: [Call., Wait.]",
        "english_list_differs",
        "products[1]",
        "- key: stoep",
    ),
    (
        "name: Stoep",
        "name: Stoep\n    costs: Dat kost {{ Prijs }}",
        "value_cannot_be_read",
        "products[1].costs",
        "costs:",
    ),
    (
        "name: Stoep",
        "name: Stoep\n    refer_to: {name: W, text: T, phone: 12}",
        "not_a_phone_number",
        "products[1].refer_to.phone",
        "refer_to",
    ),
    (
        "name: Stoep",
        "name: Stoep\n    desk_settles: [wish]",
        "not_one_of",
        "products[1].desk_settles[1]",
        "desk_settles",
    ),
    (
        "name: Stoep",
        "name: Stoep\n    steps: ['Dat kost {{ zzqq }}.']",
        "unknown_value",
        "products[1].steps[1]",
        "steps:",
    ),
    (
        "name: Stoep",
        "name: Stoep\n    refer_to: {name: W, text: 'Dat kost {{ paspoort_koste }}.'}",
        "unknown_value_looks_like",
        "products[1].refer_to.text",
        "refer_to",
    ),
    ("products:", "values:\n  - {key: pas, text: x}\nproducts:", "value_without_label", "values[1]", "key: pas"),
    ("products:", "values:\n  - {key: P-s, text: x}\nproducts:", "not_a_value_name", "values[1].key", "key: P-s"),
    (
        "products:",
        "values:\n  - {key: pas, label: Pas, text: x, theme: '-'}\nproducts:",
        "not_a_theme",
        "values[1].theme",
        "key: pas",
    ),
    (
        "products:",
        "values: [{key: grofvuil_kosten, text: a}, {key: grofvuil_kosten, text: b}]\nproducts:",
        "key_stands_twice",
        "values[2].key",
        None,
    ),
    ("products:", "starter: {themes: [afvla]}\nproducts:", "unknown_theme_looks_like", "starter.themes[1]", "starter"),
    ("products:", "starter: {themes: [xyz]}\nproducts:", "unknown_theme", "starter.themes[1]", "starter"),
    ("products:", "starter: {team: wref}\nproducts:", "unknown_team_looks_like", "starter.team", "starter"),
    ("products:", "starter: {owner: x@y.example}\nproducts:", "unknown_employee", "starter.owner", "starter"),
    (
        "products:",
        "starter: {owner: b.bos@kleinveen.example}\nproducts:",
        "unknown_employee_looks_like",
        "starter.owner",
        "starter",
    ),
    ("name: Stoep", "name: Stoep\n    upl_name: xyzzy", "unknown_upl_name", "products[1].upl_name", "xyzzy"),
    (
        "name: Stoep",
        "name: Stoep\n    upl_name: pasport",
        "unknown_upl_name_looks_like",
        "products[1].upl_name",
        "upl_name: pasport",
    ),
    (
        "name: Stoep",
        "name: Stoep\n    upl_name: paspoort\n    upl_uri: http://a.example",
        "upl_other_address",
        "products[1].upl_uri",
        "upl_uri",
    ),
    (
        "product: stoep",
        "product: stoep\n    upl_names: [paspoort, stoep]",
        "unknown_upl_name_looks_like",
        "articles[1].upl_names[2]",
        "upl_names",
    ),
    (
        "name: Stoep",
        "name: Stoep\n    channels: [web_form]",
        "no_way_without_computer",
        "products[1].channels",
        "channels: [web_form]",
    ),
    (
        "name: Stoep",
        "name: Stoep\n    channels: [phone, letter]",
        "channel_is_closed",
        "products[1].channels[2]",
        "letter",
    ),
    (
        "name: Ada Bos",
        "name: Ada Bos\n    channels: [phone, email]",
        "channel_is_closed",
        "employees[1].channels[2]",
        "email]",
    ),
    ("product: stoep", "product: stoop", "unknown_product_looks_like", "articles[1].product", "stoop"),
    ("product: stoep", "product: zzz", "unknown_product", "articles[1].product", "zzz"),
    ("  slug: kleinveen", "  slug: a\n  slug: b", "name_stands_twice", "municipality.slug", "slug: b"),
    ("name: Kleinveen", "name: &a Kleinveen\n  x: *a", "alias_is_refused", "", "*a"),
    ("name: Kleinveen", "name: 'Kleinveen", "file_is_not_yaml", "", None),
]


@pytest.mark.parametrize("row", WRONG, ids=[f"{row[2]}-{row[3]}" for row in WRONG])
def test_each_mistake_is_named_with_its_place(tmp_path: Path, row: tuple[str, str, str, str, str | None]) -> None:
    old, new, kind, path, on_line = row
    file = file_with(tmp_path, old, new)
    problem = next(problem for problem in problems_in(file) if problem.kind == kind)
    assert problem.path == path
    text = file.read_text(encoding="utf-8")
    if on_line:
        assert problem.place.line == line_of(text, on_line)
    assert str(problem).startswith(f"municipality.yaml:{problem.place.line}: ")
    assert "%(" not in problem.message


def test_the_second_of_two_is_the_problem_and_the_first_is_named(tmp_path: Path) -> None:
    again = "  - name: Bo\n    email: A.Bos@kleinveen.example\n    roles: [{role: agent}]\nproducts:"
    file = file_with(tmp_path, "products:", again)
    (problem,) = problems_in(file)
    assert problem.kind == "email_stands_twice"
    assert problem.facts["line"] == line_of(SMALL, "email: a.bos")


def test_two_answers_to_one_question_are_refused(tmp_path: Path) -> None:
    second = SMALL + "  - {key: ander, question: wie maakt de stoep?, answer: Wij.}\n"
    second = second.replace("wie maakt de stoep?", "'wie maakt de stoep?'")
    assert [problem.kind for problem in problems_in(file_with(tmp_path, text=second))] == ["question_stands_twice"]


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        SMALL.replace("slug: kleinveen", "slug: Klein")
        .replace("amount: 24", "amount: x")
        .replace("field: danger", "field: q")
    )
    problems = problems_in(file_with(tmp_path, text=text.replace("team: werf", "team: wref")))
    assert [problem.kind for problem in problems] == [
        "not_a_key",
        "not_a_whole_number",
        "unknown_team_looks_like",
        "only_if_unknown_field",
    ]
    assert [problem.place.line for problem in problems] == sorted(problem.place.line for problem in problems)


def test_a_list_may_stand_in_a_file_of_its_own_and_problems_name_that_file(tmp_path: Path) -> None:
    main, articles = SMALL.split("articles:\n")
    (tmp_path / "answers.yaml").write_text(articles.replace("product: stoep", "product: gone"), encoding="utf-8")
    (problem,) = problems_in(file_with(tmp_path, text=main + "articles: answers.yaml\n"))
    assert str(problem).startswith("answers.yaml:2: articles[1].product: ")


def test_a_file_that_is_named_but_not_there_is_a_problem_on_the_line_that_names_it(tmp_path: Path) -> None:
    main, _articles = SMALL.split("articles:\n")
    (problem,) = problems_in(file_with(tmp_path, text=main + "articles: answers.yaml\n"))
    assert (problem.kind, problem.path, problem.place.line) == (
        "file_is_missing",
        "articles",
        line_of(main + "articles", "articles"),
    )


def test_answers_may_name_products_when_the_file_leaves_products_alone(tmp_path: Path) -> None:
    start, _, rest = SMALL.partition("products:")
    assert read(file_with(tmp_path, text=start + "articles:" + rest.partition("articles:")[2])).products is None


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert [problem.kind for problem in problems_in(tmp_path / "gone.yaml")] == ["file_is_missing"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "file_is_empty"),
        (b"# nothing\n", "file_is_empty"),
        (b"a: \xff\n", "file_is_not_text"),
        (b"a: \x07\n", "file_is_not_yaml"),
        (b"[" * 5000, "file_is_not_yaml"),
        (b"- a\n", "not_a_group"),
        (b"#" * 10_000_001, "file_is_too_large"),
    ],
)
def test_a_file_of_the_wrong_sort_is_refused(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "municipality.yaml"
    path.write_bytes(content)
    assert kind in [problem.kind for problem in problems_in(path)]


def test_words_that_other_readers_of_yaml_change_stay_text(tmp_path: Path) -> None:
    file = read(file_with(tmp_path, "name: Balie", "name: no"))
    assert file.teams[0].name == "no"
    assert read(file_with(tmp_path, "phone: 14 0199", "phone: 0199440000")).municipality.contact.phone == "0199440000"
