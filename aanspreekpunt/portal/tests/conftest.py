"""What every test of the portal starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aanspreekpunt.organisation.tests.make import Cast, make_cast

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - the cast lives in the database
    return make_cast()


@pytest.fixture(autouse=True)
def _own_directory(settings: SettingsWrapper, tmp_path: Path) -> None:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
