"""A command starts quickly: it loads what it needs, and leaves the rest of the product alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.conf import settings
from procrastinate.contrib.django import app

from aanspreekpunt.messaging.nudge import SEND, UNDERSTAND
from aanspreekpunt.operating.tests.installation import CHECKOUT

LOADED = "import json, sys; print(json.dumps(sorted(sys.modules)))"
HELP = f"""
from aanspreekpunt.operating.command import main
try:
    main(["--help"])
except SystemExit:
    {LOADED}
"""
COMMAND = f"""
import sys, django
django.setup()
from aanspreekpunt.operating.carrying_out import understood
understood(sys.argv[1:])
{LOADED}
"""
HEAVY = {"numpy", "scipy", "sklearn", "holidays"}


def loaded_by(source: str, *arguments: str) -> set[str]:
    command = (sys.executable, "-c", source, *arguments)
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    names: list[str] = json.loads(done.stdout.splitlines()[-1])
    return set(names)


def test_showing_the_help_needs_no_django_and_no_database() -> None:
    loaded = loaded_by(HELP)
    assert "aanspreekpunt.operating.commands" in loaded
    assert not {"django", "psycopg", "structlog", "aanspreekpunt.config.settings"} & loaded


@pytest.mark.parametrize("name", ["check", "migrate", "mailboxes", "web", "worker", "mail"])
def test_a_command_loads_no_linear_algebra_and_no_calendars_to_start(name: str) -> None:
    loaded = loaded_by(COMMAND, name)
    assert f"aanspreekpunt.operating.commands.{name}" in loaded
    assert not HEAVY & loaded


def test_a_command_loads_no_other_command_and_no_jobs() -> None:
    loaded = loaded_by(COMMAND, "migrate")
    commands = {name for name in loaded if name.startswith("aanspreekpunt.operating.commands.")}
    assert commands == {f"aanspreekpunt.operating.commands.{name}" for name in ("migrate", "arguments")}
    assert not set(settings.PROCRASTINATE_IMPORT_PATHS) & loaded


def test_a_worker_knows_the_jobs_of_every_part() -> None:
    app.perform_import_paths()
    known = {name.rpartition(".")[0] for name in app.tasks if name.startswith("aanspreekpunt.")}
    files = sorted((CHECKOUT / "aanspreekpunt").glob("*/jobs.py"))
    assert known == {f"aanspreekpunt.{file.parent.name}.jobs" for file in files}
    assert {SEND.job, UNDERSTAND.job} <= set(app.tasks)
