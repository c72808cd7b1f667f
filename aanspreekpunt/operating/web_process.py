"""What one web process loads: the application, and the promise to end with the server it belongs to."""

from __future__ import annotations

import multiprocessing

from aanspreekpunt.config.wsgi import application
from aanspreekpunt.operating.processes import end_with_parent

__all__ = ["application"]

server = multiprocessing.parent_process()
end_with_parent(server.pid if server else None)
