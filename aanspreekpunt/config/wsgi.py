"""The way in for web servers."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanspreekpunt.config.settings")

import django

from aanspreekpunt.config.safety import refuse_unsafe_settings

refuse_unsafe_settings()
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - they are there only now

from aanspreekpunt.config.handling import Handler  # noqa: E402 - reads settings
from aanspreekpunt.config.postgres.base import bound_statements  # noqa: E402 - reads settings

bound_statements(settings.WEB_QUERY_SECONDS)
application = Handler()

from aanspreekpunt.search.shelf import warm_shelf  # noqa: E402 - its tables can be imported only now

warm_shelf()
