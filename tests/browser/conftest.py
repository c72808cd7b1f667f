"""What every journey needs: a web server, a mail server, one Chromium, and people with a window of their own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from tests.browser.person import PATIENCE_MS, People
from tests.browser.post import Post
from tests.browser.server import Server
from tests.browser.town import Town, build_town, clear_town, demolish_town
from tools import chromium as chromium_to_use

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser, StorageState
    from pytest_django.plugin import DjangoDbBlocker

HERE = Path(__file__).parent
SCREENSHOTS = settings.DATA_DIR / "screenshots"
CHROMIUM_OPTIONS = (
    "--no-sandbox",  # Chromium's own sandbox does not work for root; it shows our own pages only
    "--disable-gpu",
    "--site-per-process",  # as in a whole Chromium: a frame of nobody's origin has a process of its own
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as driving a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know whether their test failed."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001 - makes the database
    """Work on the test database without a transaction around each test: the web server has to see what happens."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in this thread; nothing runs in it
        yield


@pytest.fixture(scope="package")
def town(db: None) -> Iterator[Town]:  # noqa: ARG001 - stands in it
    """Build the municipality once; each journey finds it without history."""
    demolish_town()
    yield build_town()
    demolish_town()


@pytest.fixture(scope="package")
def server(town: Town) -> Iterator[Server]:  # noqa: ARG001 - it works on this database
    """Run the product's web server."""
    running = Server(log=settings.DATA_DIR / f"web-{os.environ.get('PYTEST_XDIST_WORKER', '')}.log")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Run one Chromium for all journeys."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=chromium_to_use.program(), args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture
def post(town: Town) -> Iterator[Post]:  # noqa: ARG001 - what is sent stands in this database
    """Open a mail server."""
    opened = Post()
    opened.controller.start()
    yield opened
    opened.controller.stop()


@pytest.fixture(autouse=True)
def _clean_town(town: Town) -> None:  # noqa: ARG001 - what is cleaned
    clear_town()


@pytest.fixture(scope="package")
def logins() -> dict[str, StorageState]:
    """Remember who logged in before, so that not every journey begins at the login page."""
    return {}


@pytest.fixture
def people(
    chromium: Browser, server: Server, logins: dict[str, StorageState], request: pytest.FixtureRequest
) -> Iterator[People]:
    """Let people come in; fail when something went wrong on a screen of one of them."""
    everyone = People(chromium, url=server.url, logins=logins)
    yield everyone
    if request.node.stash.get(FAILED, False):
        everyone.take_pictures(SCREENSHOTS, request.node.name)
    everyone.leave()
    assert not everyone.wrongs
