"""The way in for web servers."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanspreekpunt.config.settings")

import django

from aanspreekpunt.config.safety import refuse_unsafe_settings

refuse_unsafe_settings()
django.setup(set_prefix=False)

from aanspreekpunt.config.handling import Handler  # noqa: E402 - reads settings that are there only now

application = Handler()

from aanspreekpunt.search.shelf import warm_shelf  # noqa: E402 - its tables can be imported only now

warm_shelf()
