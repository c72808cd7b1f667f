"""The way in for web servers."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aanspreekpunt.config.settings")

from django.core.wsgi import get_wsgi_application

from aanspreekpunt.config.safety import refuse_unsafe_settings

refuse_unsafe_settings()
application = get_wsgi_application()

from aanspreekpunt.search.shelf import warm_shelf  # noqa: E402 - its tables can be imported only now

warm_shelf()
