"""Production refuses to start with an unsafe setting, and says which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from aanspreekpunt.config.safety import CHECKS, Verdict, refuse_unsafe_settings, unsafe_settings

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

KEY = "Vq1zR8mK3xT7wB5nJ9pL2sD4fG6hC0yEaUiOqWnZbXvMcKlPoT"

UNSAFE: list[tuple[str, Verdict, dict[str, Any]]] = [
    ("AANSPREEKPUNT_SECRET_KEY", Verdict.ERROR, {"SECRET_KEY": ""}),
    ("AANSPREEKPUNT_SECRET_KEY", Verdict.ERROR, {"SECRET_KEY": KEY[:49]}),
    ("AANSPREEKPUNT_SECRET_KEY", Verdict.ERROR, {"SECRET_KEY": "ab" * 30}),
    ("AANSPREEKPUNT_SECRET_KEY", Verdict.ERROR, {"SECRET_KEY": f"django-insecure-{KEY}"}),
    ("AANSPREEKPUNT_FOLLOW_CODE_KEY", Verdict.ERROR, {"FOLLOW_CODE_KEY": ""}),
    ("AANSPREEKPUNT_FOLLOW_CODE_KEY", Verdict.ERROR, {"FOLLOW_CODE_KEY": KEY[:31]}),
    ("AANSPREEKPUNT_FOLLOW_CODE_KEY", Verdict.ERROR, {"FOLLOW_CODE_KEY": KEY}),
    ("AANSPREEKPUNT_FIELD_KEY", Verdict.ERROR, {"FIELD_KEY": ""}),
    ("AANSPREEKPUNT_FIELD_KEY", Verdict.ERROR, {"FIELD_KEY": KEY}),
    ("AANSPREEKPUNT_FIELD_KEY", Verdict.ERROR, {"FIELD_KEY": KEY[::-1]}),
    ("AANSPREEKPUNT_DEBUG", Verdict.ERROR, {"DEBUG": True}),
    ("AANSPREEKPUNT_BASE_URL", Verdict.ERROR, {"BASE_URL": "", "IS_HTTPS": False}),
    ("AANSPREEKPUNT_BASE_URL", Verdict.ERROR, {"BASE_URL": "http://vragen.nl", "IS_HTTPS": False}),
    ("AANSPREEKPUNT_ALLOWED_HOSTS", Verdict.ERROR, {"ALLOWED_HOSTS": ["*"]}),
    ("AANSPREEKPUNT_ALLOWED_HOSTS", Verdict.ERROR, {"ALLOWED_HOSTS": [".nl"]}),
    ("AANSPREEKPUNT_PROXY_COUNT", Verdict.ERROR, {"PROXY_COUNT": 0}),
    ("DATABASE_URL", Verdict.WARNING, {"DATABASE_URL": ""}),
    ("AANSPREEKPUNT_SMTP_HOST", Verdict.ERROR, {"EMAIL_HOST": ""}),
    ("AANSPREEKPUNT_SMTP_SECURITY", Verdict.ERROR, {"SMTP_SECURITY": "none", "EMAIL_HOST_PASSWORD": "geheim"}),
    ("AANSPREEKPUNT_SMTP_SECURITY", Verdict.WARNING, {"SMTP_SECURITY": "none"}),
    ("AANSPREEKPUNT_MAIL_FROM", Verdict.ERROR, {"DEFAULT_FROM_EMAIL": "gemeente"}),
    ("AANSPREEKPUNT_METRICS_TOKEN", Verdict.ERROR, {"METRICS_TOKEN": "kort"}),
]


@pytest.fixture
def safe(settings: SettingsWrapper) -> SettingsWrapper:
    """Give settings as production should have them."""
    values = {
        "IS_PRODUCTION": True,
        "SECRET_KEY": KEY,
        "FOLLOW_CODE_KEY": KEY[::-1],
        "FIELD_KEY": KEY[20:] + KEY[:20],
        "DEBUG": False,
        "BASE_URL": "https://vragen.voorbeeld.nl",
        "IS_HTTPS": True,
        "ALLOWED_HOSTS": ["vragen.voorbeeld.nl"],
        "PROXY_COUNT": 1,
        "DATABASE_URL": "postgresql://localhost/a",
        "EMAIL_HOST": "mail.voorbeeld.nl",
        "EMAIL_HOST_PASSWORD": "",
        "SMTP_SECURITY": "starttls",
        "DEFAULT_FROM_EMAIL": "vragen@voorbeeld.nl",
        "METRICS_TOKEN": KEY,
    }
    for name, value in values.items():
        setattr(settings, name, value)
    return settings


def test_safe_settings_are_safe(safe: SettingsWrapper) -> None:
    assert safe.IS_PRODUCTION
    assert {finding.verdict for finding in unsafe_settings()} == {Verdict.OK}
    refuse_unsafe_settings()


@pytest.mark.parametrize(("name", "verdict", "values"), UNSAFE)
def test_each_unsafe_setting_is_found(
    safe: SettingsWrapper, name: str, verdict: Verdict, values: dict[str, Any]
) -> None:
    for setting, value in values.items():
        setattr(safe, setting, value)
    found = {finding.name: finding for finding in unsafe_settings()}
    assert found[name].verdict is verdict
    assert found[name].message


@pytest.mark.parametrize(("name", "verdict", "values"), UNSAFE)
def test_production_refuses_errors_only_and_names_them(
    safe: SettingsWrapper, name: str, verdict: Verdict, values: dict[str, Any]
) -> None:
    for setting, value in values.items():
        setattr(safe, setting, value)
    if verdict is Verdict.ERROR:
        with pytest.raises(ImproperlyConfigured, match=name):
            refuse_unsafe_settings()
    else:
        refuse_unsafe_settings()


def test_a_demo_may_be_unsafe(safe: SettingsWrapper) -> None:
    safe.IS_PRODUCTION = False
    safe.SECRET_KEY = "x"
    refuse_unsafe_settings()


def test_every_check_is_tried() -> None:
    assert {name for name, _verdict, _values in UNSAFE} == set(CHECKS)
